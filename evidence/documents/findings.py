"""The parts of docs/findings.md: what each lesson does, which claims hold, what the folders of all combinations show.

`python -m kastje.evidence.documents.findings --claims DIR` makes them from a folder of `kastje claims`; with `--lessons
DIR`, `--roadmaps DIR` and `--sensitivities DIR`, repeatable, also from folders of those commands. Without any it only
says whether they are of today's model.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from kastje.evidence.documents.factorials import factorials
from kastje.evidence.documents.folders import parquet
from kastje.evidence.documents.markdown import DOCS, Made, finer, outcome_label, renewed, table
from kastje.evidence.documents.roadmaps import roadmaps
from kastje.evidence.documents.sensitivities import sensitivities
from kastje.evidence.documents.verdicts import matrices, short, verdicts
from kastje.evidence.phrase import phrase
from kastje.experiments.difference.mean import side
from kastje.experiments.files import read_json, written_aside
from kastje.experiments.runs.origin import model_hash
from kastje.experiments.runs.results import MANIFEST
from kastje.experiments.studies.claims.report import ALONE_TABLE, COLLAPSE
from kastje.model import LESSON_TABLE, InputError
from kastje.model.errors import wrong

NAME = "findings.md"
EXPECTED = phrase("folder.all_claims")
SHOWN = (
    "lead_time_days_mean",
    "on_time_share",
    "stories_per_case",
    "satisfaction",
    "fit",
    "equity_gap",
    "staff_utilisation",
    "lever_hours",
    "open_share",
)
"""The outcomes of the main table; the last stands there because it can flatter what is counted per decided case."""
STUDIES: Mapping[str, Callable[[Sequence[Path], str], str]] = {
    "factorials": factorials,
    "roadmaps": roadmaps,
    "sensitivities": sensitivities,
}
"""What tells of the folders of other studies, by the name of its part."""
OPTIONS = {"lessons": "factorials", "roadmaps": "roadmaps", "sensitivities": "sensitivities"}
"""Which part an option gives folders for."""
NO_STUDIES: Mapping[str, Sequence[Path]] = {}
MODEL = re.compile(r"model `([0-9a-f]{16})`")
AGE = re.compile(r"(<!-- generated: age -->\n).*?(<!-- end -->)", re.S)
OLD = "**These figures are of an older model**: its sources have changed since. `make findings` makes them afresh.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Renew docs/findings.md; 1 when it is not there, 2 when a folder is not what was expected."""
    parser = argparse.ArgumentParser(prog="python -m kastje.evidence.documents.findings", description=__doc__)
    parser.add_argument("--claims", type=Path, metavar="DIR", help="a folder of kastje claims")
    for option in OPTIONS:
        said = "folders of another study, repeatable"
        parser.add_argument(f"--{option}", type=Path, metavar="DIR", action="append", default=[], help=said)
    given = parser.parse_args(arguments)
    path = DOCS / NAME
    if not path.is_file():
        print(f"{path}: expected the document to renew", file=sys.stderr)
        return 1
    try:
        text = path.read_text(encoding="utf-8")
        studies = {part: getattr(given, option) for option, part in OPTIONS.items()}
        if given.claims is not None:
            text = renewed(text, findings(given.claims, studies))
        elif any(studies.values()):
            raise InputError(phrase("folder.without_claims", options=tuple(f"--{option}" for option in OPTIONS)))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    with written_aside(path) as aside:
        aside.write_text(dated(text), encoding="utf-8")
    return 0


def dated(text: str) -> str:
    """The document, saying of itself that it is of an older model when it is."""
    of = MODEL.search(text)
    said = OLD if of is not None and of[1] != model_hash() else ""
    return AGE.sub(lambda part: f"{part[1]}\n{said}\n{part[2]}" if said else f"{part[1]}{part[2]}", text)


def findings(folder: Path, studies: Mapping[str, Sequence[Path]] = NO_STUDIES) -> Made:
    """What makes each part: from the claims, and from the folders of other studies by part.

    Raises InputError for a folder that is not one of `kastje claims`, or not a whole one.
    """
    found = _document(folder)
    alone, collapse = (parquet(folder, name, EXPECTED) for name in (ALONE_TABLE, COLLAPSE))
    return {
        "age": lambda: "",
        "origin": lambda: origin(found),
        "short": lambda: short(found),
        "lessons": lambda: lessons_alone(alone),
        "collapse": lambda: collapsing(collapse),
        "verdicts": lambda: verdicts(found),
        "matrices": lambda: matrices(found),
    } | {part: partial(made, studies.get(part, ()), found["model"]) for part, made in STUDIES.items()}


def origin(found: dict[str, Any]) -> str:
    """Which version and model, which seeds, how many pairs, and what else decided the figures."""
    seeds = found["seeds"]
    first, far = (f"{seeds[block][0]} .. {seeds[block][1]}" for block in ("first", "far"))
    layout = {"usual": "", "quick": " A first look, without structural alternatives.", "full": " All combinations."}
    settings = ", ".join(f"{name} = {value:g}" for name, value in found["settings"].items())
    failed = sum(found["failures"].values())
    parts = (
        f"Kastje {found['kastje']}, model `{found['model']}`. {found['replications']} pairs of runs in every cell:",
        f"seeds {first}, and {far} as the seeds far away.{layout[found['layout']]}",
        f"With {settings} in every run." if settings else "Parameters as shipped.",
        f"{failed} runs failed." if failed else "No run failed.",
    )
    return f"{' '.join(parts)}\n"


def lessons_alone(alone: pd.DataFrame) -> str:
    """Per profile and load: each lesson by itself, and all of them, against today."""
    head = ("", *map(outcome_label, SHOWN))
    parts = []
    for (profile, load), here in alone.groupby(["profile", "load"], sort=True):
        by = here.set_index(["lesson", "outcome"])
        lessons = list(dict.fromkeys(here["lesson"]))
        today = ("*today*", *(finer(name, by.loc[(lessons[0], name), "today"]) for name in SHOWN))
        rows = [today, *((_spoken(one), *(_cell(by.loc[(one, name)], name) for name in SHOWN)) for one in lessons)]
        parts.append(f"### `{Path(str(profile)).name}`, load {load:g}\n\n{table(head, rows)}")
    return "\n".join(parts)


def collapsing(collapse: pd.DataFrame) -> str:
    """Where some runs had tipped by the end: there a mean describes no run."""
    tipped = collapse[collapse["collapse"] > 0.0]
    if tipped.empty:
        return "No run had tipped by the end, in today's organisation or with any lesson.\n"
    head = ("profile", "load", "", "runs that had tipped", "95 % interval", "lead time [days]: 10th .. 50th .. 90th")
    rows = [
        (
            f"`{Path(row['profile']).name}`",
            f"{row['load']:g}",
            _spoken(row["lesson"]),
            f"{row['collapse']:.0%}",
            f"{row['collapse_low']:.0%} .. {row['collapse_high']:.0%}",
            " .. ".join(f"{row[part]:.0f}" for part in ("lead_p10", "lead_p50", "lead_p90")),
        )
        for row in tipped.to_dict("records")
    ]
    return table(head, rows)


def _cell(row: Any, name: str) -> str:
    mean, low, high = (finer(name, row[part], sign=True) for part in ("mean", "low", "high"))
    sure = side(row["low"], row["high"]) != 0
    return f"{'**' if sure else ''}{mean}{'**' if sure else ''} ({low} .. {high})"


def _spoken(lesson: str) -> str:
    if lesson in LESSON_TABLE:
        return f"{LESSON_TABLE[lesson].number} {LESSON_TABLE[lesson].label.en}"
    return {"all": "all lessons", "today": "today"}[lesson]


def _document(folder: Path) -> dict[str, Any]:
    path = folder / "claims.json"
    found = read_json(path, phrase("folder.claims"))
    if not (folder / MANIFEST).is_file() or not isinstance(found, dict) or "claims" not in found:
        raise wrong(str(folder), phrase("folder.other", expected=phrase("folder.claims")))
    return found


if __name__ == "__main__":
    sys.exit(main())
