"""The documents that are made from the code: the tables in docs/odd.md and the whole of docs/validation.md.

`python -m experiments.documents` (or `make docs`) renews both; a test holds the tables against the code.
"""

import math
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from experiments.bands import Landing, landings
from experiments.files import written_aside
from model import LESSON_TABLE, OUTCOMES, PARAMETERS, Scenario
from model import beginning as beginning_
from model import cases, contacts, front_office, measures, meetings, network, residents, roster, state, steps, week
from model import worklist as worklist_
from model.channels import CHANNELS, Channels
from model.simulate import drive, start_of, world_of

DOCS = Path(__file__).parent.parent / "docs"
RUNS = 20
WEEKS = 15
COUNTED_WEEKS = 20
Counts = NDArray[np.int64]

PARTS = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.S)

GROUPS = {
    "work": "Work: what is picked, what gives way, how long the run is",
    "staff": "Staff: absence and turnover",
    "act": "The act-rule",
    "crm": "Shared information",
    "early": "Early participation",
    "incomplete": "Incomplete applications",
    "tailored": "Tailored solutions",
    "ownership": "Ownership, sending away, stalls",
    "vision": "Vision and attitudes",
    "integral": "Integral working",
    "support": "Support by managers",
    "renew": "Improvement work and the outside standard",
    "resident": "Residents",
    "question": "Questions",
}

CONSTANTS: tuple[tuple[ModuleType, str, str, str], ...] = (
    (roster, "OPENS", "hour of the day", "when a working day begins"),
    (roster, "DAY_HOURS", "hours", "how long a working day is"),
    (worklist_, "WEEK_HOURS", "hours", "a week's hours; the most of each purse that can be saved up, times its share"),
    (meetings, "SLOTS", "slots", "parts of a working day that a meeting can be booked in"),
    (state, "MEETING_SEATS", "people", "most people in one meeting about a case"),
    (front_office, "CONTACT_CV", "-", "coefficient of variation of the (lognormal) time of a contact"),
    (contacts, "RETRY_HOURS", "hours", "mean time until somebody who hung up tries again"),
    (contacts, "TRIES_MOST", "tries", "most times that one contact is tried again"),
    (steps, "NEVER_DAYS", "days", "until an application that is never completed is closed"),
    (cases, "RETURNS_MOST", "returns", "most times that one applicant comes back"),
    (residents, "WANTED", "components", "what an applicant needs (|n|)"),
    (residents, "COMPONENTS", "components", "what a solution can consist of (K)"),
    (week, "COVER_DAYS", "days", "a longer absence sends what lies on one's own list to the team"),
    (week, "FORGET", "per week", "what is left each week of the hours written down to a cause of rework"),
    (network, "MANAGER_WEIGHT", "share", "weight of the own manager in what one hears within the team"),
    (network, "CROSS_TIES", "people", "colleagues in other teams that one hears"),
    (beginning_, "MOST_INHABITANTS_KEPT", "residents", "most residents with a memory of their own"),
    (measures, "LONGEST_DAYS", "days", "mean lead time counts no case for longer"),
)
"""Numbers that are written in the code, because no question is asked of them."""

REAL_COMPLETE = (117, 242, 287, 231, 238, 189, 204, 360, 53, 20, 19, 18, 12, 24, 10, 10, 7, 11, 6, 3)
REAL_EXTENDED = (0, 0, 0, 0, 0, 0, 0, 5, 19, 15, 19, 16, 17, 42, 9, 5, 4, 3, 6, 7)
"""First decisions in week 1 to 20 after receipt in three municipalities together (BPI Challenge 2015)."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def parameters() -> str:
    """Every parameter by group."""
    head = ("parameter", "what", "unit", "bounds", "default", "status", "source")
    parts = []
    for group, title in _groups():
        rows = [
            (f"`{p.short}`", p.label["en"], p.unit, f"{p.low:g} .. {p.high:g}", f"{p.default:g}", p.status, p.source)
            for p in PARAMETERS.values()
            if p.name.startswith(f"{group}.")
        ]
        parts.append(f"**`{group}`** {title}\n\n{table(head, rows)}")
    return "\n".join(parts)


def _groups() -> list[tuple[str, str]]:
    return [(g, GROUPS.get(g, "")) for g in dict.fromkeys(name.split(".")[0] for name in PARAMETERS)]


def levers() -> str:
    """The lever register, lesson by lesson."""
    rows = []
    for lesson in LESSON_TABLE.values():
        sets = "; ".join(f"`{x.parameter}` {PARAMETERS[x.parameter].default:g} → {x.full:g}" for x in lesson.levers)
        name = f"{lesson.number} {lesson.label['en']} (`{lesson.id}`)"
        rows.append((name, sets, lesson.mediator, lesson.cost["en"]))
    return table(("lesson", "sets, from today's default to full intensity", "carried by", "costs"), rows)


def outcomes() -> str:
    """Every outcome with its definition."""
    better = {-1: "lower", 0: "-", 1: "higher"}
    rows = [
        (f"`{o.name}`", o.label["en"], o.unit["en"], better[o.better], o.definition["en"]) for o in OUTCOMES.values()
    ]
    return table(("outcome", "label", "unit shown", "better", "definition"), rows)


def channels() -> str:
    """The six channels as they are unless a profile says otherwise."""
    head = ("channel", "share", "low-skill weight", "live", "staff hours", "lost", "lost, low skill", "contact", "minutes")
    rows = [
        (
            name,
            f"{c.share:g}",
            f"{c.low_skill_weight:g}",
            "yes" if c.live else "no",
            *(f"{x:g}" for x in (c.hours, c.loss, c.loss_low_skill, c.richness, c.minutes)),
        )
        for name, c in zip(CHANNELS, Channels().all(), strict=True)
    ]
    return table(head, rows)


def constants() -> str:
    """The numbers that no parameter holds."""
    rows = [
        (f"`{module.__name__}.{name}`", what, unit, f"{getattr(module, name):g}")
        for module, name, unit, what in CONSTANTS
    ]
    return table(("constant", "what", "unit", "value"), rows)


GENERATED: dict[str, Callable[[], str]] = {
    "parameters": parameters,
    "levers": levers,
    "outcomes": outcomes,
    "channels": channels,
    "constants": constants,
}


def renewed(text: str) -> str:
    """The text of a document with every part between markers made afresh."""
    return PARTS.sub(lambda part: f"{part[1]}\n{GENERATED[part[2]]()}\n{part[3]}", text)


def decisions_by_week(scenario: Scenario, runs: int) -> dict[str, tuple[Counts, Counts]]:
    """First decisions in week 1 to 20 after filing, by process: complete cases in one term, and extended ones.

    Of the decisions that fell in the comparison; complete is not asked for documents, week k more than k - 1 weeks.
    """
    world = world_of(scenario)
    counts = {p.id: (np.zeros(COUNTED_WEEKS, np.int64), np.zeros(COUNTED_WEEKS, np.int64)) for p in world.profile.processes}
    for seed in range(1, runs + 1):
        end = drive(scenario, world, start_of(scenario, seed), world.arrays.end)
        needs = end.needs[: int(end.run["needs"][0])]
        needs = needs[(needs["first_decided"] >= end.run["branch"][0]) & (needs["first_decided"] <= world.arrays.end)]
        for number, process in enumerate(world.profile.processes):
            mine = needs[needs["process"] == number]
            weeks = np.ceil((mine["first_decided"] - mine["filed"]) / 168.0).astype(np.int64).clip(1)
            granted = mine["first_due"] - mine["filed"] - mine["suspended_total"]
            extended = granted > 24.0 * process.legal_days + 1.0
            for found, which in zip(counts[process.id], (~extended & (mine["asked"] == 0), extended), strict=True):
                found += np.bincount(weeks[which], minlength=COUNTED_WEEKS + 1)[1 : COUNTED_WEEKS + 1]
    return counts


def verdict(landing: Landing) -> str:
    """In a word where a figure lands."""
    return {True: "in", False: "**outside**", None: "not available"}[landing.inside]


def _landed(found: Sequence[Landing]) -> str:
    rows = [
        (one.band.label["en"], f"{one.band.low:g} .. {one.band.high:g}", f"{one.value:.3g}", verdict(one), one.reason, one.band.source)
        for one in found
    ]
    return table(("figure", "band", "today", "verdict", "what the profile says of it", "source of the band"), rows)


def _week_row(name: str, counts: Sequence[int] | Counts) -> tuple[str, ...]:
    total = max(1, int(np.sum(counts)))
    return (name, f"{int(np.sum(counts)):,}", *(f"{100 * n / total:.0f}" for n in counts[:WEEKS]))


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else math.inf


SHAPES: tuple[tuple[str, Callable[[Sequence[int] | Counts], float], float, bool], ...] = (
    ("week 8 beside week 7, at least", lambda c: _ratio(c[7], c[6]), 1.5, True),
    ("week 9 beside week 8, at most", lambda c: _ratio(c[8], c[7]), 0.25, False),
    ("share decided in weeks 1 to 4, at least", lambda c: _ratio(sum(c[:4]), sum(c)), 0.3, True),
    ("share decided after week 9, at most", lambda c: _ratio(sum(c[9:]), sum(c)), 0.1, False),
)
"""What the logs show of complete cases that were not extended, as bounds that a simulated process has to keep."""


def validation(runs: int = RUNS) -> str:
    """The whole of docs/validation.md: where today's organisation lands, and when decisions fall."""
    unmet: list[str] = []
    blocks: list[str] = []
    complete: list[tuple[str, Sequence[int] | Counts]] = [("real logs", REAL_COMPLETE)]
    extended: list[tuple[str, Sequence[int] | Counts]] = [("real logs", REAL_EXTENDED)]
    for name in Scenario.profiles():
        scenario = Scenario.load(name)
        found = landings(scenario, replications=runs)
        for one in found:
            if one.inside is not True:
                why = f" {one.reason}" if one.reason else " The profile does not say why."
                unmet.append(f"- {name}: {one.band.label['en']} is {one.value:.3g}, not {one.band.low:g} .. {one.band.high:g}.{why}")
        blocks.append(f"### `{name}`\n\n{scenario.profile.slice.en}\n\n{_landed(found)}")
        for process, (plain, longer) in decisions_by_week(scenario, runs).items():
            complete.append((f"{name}: {process}", plain))
            if longer.sum():
                extended.append((f"{name}: {process}", longer))
    shapes = []
    for what, figure, bound, at_least in SHAPES:
        cells = []
        for which, counts in complete:
            value = figure(counts)
            kept = value >= bound if at_least else value <= bound
            cells.append(f"{value:.2f}" if kept else f"**{value:.2f}**")
            if not kept:
                unmet.append(f"- {which}, complete cases: {what} {bound:g}; it is {value:.2f}.")
        shapes.append((f"{what} {bound:g}", *cells))
    weeks = ("", "decisions", *(f"w{k}" for k in range(1, WEEKS + 1)))
    return VALIDATION.format(
        runs=runs,
        landed="\n".join(blocks),
        complete=table(weeks, [_week_row(*one) for one in complete]),
        extended=table(weeks, [_week_row(*one) for one in extended]),
        shapes=table(("", *(name for name, _ in complete)), shapes),
        unmet="\n".join(unmet) if unmet else "Everything is met.",
    )


VALIDATION = (DOCS / "validation.template.md").name
