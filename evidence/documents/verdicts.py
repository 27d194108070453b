"""The verdicts on claims in docs/findings.md: in a table, and each with its intervals under all circumstances."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kastje.evidence.documents.markdown import table
from kastje.experiments.studies.claims.cells import STRUCTURE
from kastje.experiments.studies.claims.verdicts import DEPENDS, FAILS, HOLDS, UNCLEAR
from kastje.model import OUTCOMES

MARKS = {HOLDS: "✓", FAILS: "✗", UNCLEAR: "?"}
CHANGED = {
    "act_rule": "{} act-rule",
    "disappointment": "disappointment {}",
    "pressure": "pressure {}",
    "seeds": "{} seeds",
    "labels": "{}",
}
USUAL = ("logit", "on", "on", "first", "plain")

Data = Mapping[str, Any]


def short(found: Data) -> str:
    """Which claims hold, which depend on something, which fail, which cannot be told."""
    said = {HOLDS: "Hold everywhere", DEPENDS: "Depend on something", FAILS: "Fail", UNCLEAR: "Cannot be told yet"}
    lines = []
    for verdict, words in said.items():
        ids = [f"`{one['id']}`" for one in found["claims"] if one["verdict"] == verdict]
        lines.append(f"- **{words}** ({len(ids)} of {len(found['claims'])}): {', '.join(ids) or 'none'}.\n")
    return "".join(lines)


def verdicts(found: Data) -> str:
    """One row a claim."""
    rows = [
        (f"[`{one['id']}`](#{one['id']})", one["source"], f"**{one['verdict']}**", one["statement"]["en"], one["why"])
        for one in found["claims"]
    ]
    return table(("claim", "source", "verdict", "it says", "why"), rows)


def matrices(found: Data) -> str:
    """Each claim with its intervals: profiles down, loads and structural alternatives across."""
    return "\n".join(_claim(one) for one in found["claims"])


def _claim(one: Data) -> str:
    note = f"\n{one['note']}\n" if one["note"] else ""
    head = f"### {one['id']}\n\n{one['statement']['en']} **{one['verdict'].capitalize()}**: {one['why']}.\n{note}"
    outcomes = dict.fromkeys(effect["outcome"] for effect in one["cells"][0]["effects"])
    return head + "".join(f"\n{_unit(outcome, one)}\n\n{_matrix(one, outcome)}" for outcome in outcomes)


def _unit(outcome: str, one: Data) -> str:
    unit = "ratio" if one["ratio"] else OUTCOMES[outcome].unit["en"]
    against = "; the least favourable of those it is compared with" if _rivals(one, outcome) > 1 else ""
    return f"{OUTCOMES[outcome].label['en']} [{unit}]{against}:"


def _rivals(one: Data, outcome: str) -> int:
    return sum(effect["outcome"] == outcome for effect in one["cells"][0]["effects"])


def _matrix(one: Data, outcome: str) -> str:
    columns: dict[str, dict[str, str]] = {}
    for cell in one["cells"]:
        columns.setdefault(_column(cell), {})[cell["profile"]] = _shown(cell, outcome)
    profiles = dict.fromkeys(cell["profile"] for cell in one["cells"])
    rows = [(f"`{Path(name).name}`", *(column.get(name, "") for column in columns.values())) for name in profiles]
    return table(("", *columns), rows)


def _column(cell: Data) -> str:
    return ", ".join([f"load {cell['load']}", *_alternatives(cell)])


def _alternatives(cell: Data) -> Iterator[str]:
    for dimension, usual in zip(STRUCTURE, USUAL, strict=True):
        if cell[dimension] != usual:
            yield CHANGED[dimension].format(cell[dimension])


def _shown(cell: Data, outcome: str) -> str:
    """The effect of which it is least sure that it is as was said."""
    effects = [effect for effect in cell["effects"] if effect["outcome"] == outcome]
    worst = max(effects, key=lambda effect: 2.0 if effect["right"] is None else effect["right"])
    digits = OUTCOMES[outcome].decimals + 1
    ends = [_number(worst[name], digits) for name in ("low", "high")]
    flattered = " (more stay open)" if cell["flattered"] else ""
    return f"{MARKS[cell['status']]} {_number(worst['mean'], digits)} ({' .. '.join(ends)}){flattered}"


def _number(value: float | None, digits: int) -> str:
    if value is None or not math.isfinite(value):
        return "n/a"
    return f"{round(value, digits) + 0.0:+.{digits}f}"
