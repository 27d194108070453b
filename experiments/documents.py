"""The documents that are made from the code: the tables in docs/odd.md and the whole of docs/validation.md.

`python -m experiments.documents` (or `make docs`) renews both; a test holds the tables against the code.
"""

import math
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from pkgutil import resolve_name

import numpy as np
from numpy.typing import NDArray

from experiments.bands import Landing, landings
from experiments.files import written_aside
from model import LESSON_TABLE, OUTCOMES, PARAMETERS, Scenario
from model.channels import CHANNELS, Channels
from model.simulate import drive, start_of, world_of

DOCS = Path(__file__).parent.parent / "docs"
RUNS = 20
WEEKS = 15
COUNTED_WEEKS = 20
Counts = NDArray[np.int64]

PARTS = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.S)

CONSTANTS: tuple[tuple[str, str, str], ...] = (
    ("roster:OPENS", "hour of the day", "when a working day begins"),
    ("roster:DAY_HOURS", "hours", "how long a working day is"),
    ("worklist:WEEK_HOURS", "hours", "a week's hours; the most of each purse that can be saved up, times its share"),
    ("meetings:SLOTS", "slots", "parts of a working day that a meeting can be booked in"),
    ("state:MEETING_SEATS", "people", "most people in one meeting about a case"),
    ("contacts:RETRY_HOURS", "hours", "mean time until somebody who hung up tries again"),
    ("contacts:TRIES_MOST", "tries", "most times that one contact is tried again"),
    ("steps:NEVER_DAYS", "days", "until an application that is never completed is closed"),
    ("cases:RETURNS_MOST", "returns", "most times that one applicant comes back"),
    ("residents:WANTED", "components", "what an applicant needs (|n|)"),
    ("residents:COMPONENTS", "components", "what a solution can consist of (K)"),
    ("week:COVER_DAYS", "days", "a longer absence sends what lies on one's own list to the team"),
    ("week:FORGET", "per week", "what is left each week of the hours written down to a cause of rework"),
    ("network:MANAGER_WEIGHT", "share", "weight of the own manager in what one hears within the team"),
    ("network:CROSS_TIES", "people", "colleagues in other teams that one hears"),
    ("beginning:MOST_INHABITANTS_KEPT", "residents", "most residents with a memory of their own"),
    ("measures:LONGEST_DAYS", "days", "mean lead time counts no case for longer"),
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
    for group in dict.fromkeys(name.split(".")[0] for name in PARAMETERS):
        rows = [
            (f"`{p.short}`", p.label["en"], p.unit, f"{p.low:g} .. {p.high:g}", f"{p.default:g}", p.status, p.source)
            for p in PARAMETERS.values()
            if p.name.startswith(f"{group}.")
        ]
        parts.append(f"**`{group}`**\n\n{table(head, rows)}")
    return "\n".join(parts)


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
    head = ("channel", "share", "low-skill weight", "live", "staff hours", "lost", "low skill", "rich", "minutes", "cv")
    rows = [
        (
            name,
            f"{c.share:g}",
            f"{c.low_skill_weight:g}",
            "yes" if c.live else "no",
            *(f"{x:g}" for x in (c.hours, c.loss, c.loss_low_skill, c.richness, c.minutes, c.cv)),
        )
        for name, c in zip(CHANNELS, Channels().all(), strict=True)
    ]
    return table(head, rows)


def constants() -> str:
    """The numbers that no parameter holds."""
    rows = [
        (f"`model.{name.replace(':', '.')}`", what, unit, f"{resolve_name(f'model.{name}'):g}")
        for name, unit, what in CONSTANTS
    ]
    return table(("constant", "what", "unit", "value"), rows)


GENERATED: dict[str, Callable[[], str]] = {
    "parameters": parameters,
    "levers": levers,
    "outcomes": outcomes,
    "channels": channels,
    "constants": constants,
}


def renewed(text: str, made: Mapping[str, Callable[[], str]] = GENERATED) -> str:
    """The text of a document with every part between markers made afresh."""
    return PARTS.sub(lambda part: f"{part[1]}\n{made[part[2]]()}\n{part[3]}", text)


def decisions_by_week(scenario: Scenario, runs: int) -> dict[str, tuple[Counts, Counts]]:
    """First decisions in week 1 to 20 after filing, by process: complete cases in one term, and extended ones.

    Of the decisions that fell in the comparison; complete is not asked for documents, week k more than k - 1 weeks.
    """
    world = world_of(scenario)
    counts = {
        p.id: (np.zeros(COUNTED_WEEKS, np.int64), np.zeros(COUNTED_WEEKS, np.int64)) for p in world.profile.processes
    }
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
    rows = []
    for one in found:
        figures = (f"{one.band.low:g} .. {one.band.high:g}", f"{one.value:.3g}", verdict(one))
        rows.append((one.band.label["en"], *figures, one.reason, one.band.source))
    return table(("figure", "band", "today", "verdict", "what the profile says of it", "source of the band"), rows)


def _week_row(name: str, counts: Sequence[int] | Counts) -> tuple[str, ...]:
    total = max(1, int(np.sum(counts)))
    return (name, f"{int(np.sum(counts)):,}", *(f"{100 * n / total:.0f}" for n in counts[:WEEKS]))


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else math.inf


SHAPES: tuple[tuple[str, Callable[[Sequence[int] | Counts], float], float, bool], ...] = (
    ("week 8 beside week 7, at least", lambda n: _ratio(n[7], n[6]), 1.5, True),
    ("week 9 beside week 8, at most", lambda n: _ratio(n[8], n[7]), 0.25, False),
    ("share of weeks 1 to 4, at least", lambda n: _ratio(sum(n[:4]), sum(n)), 0.3, True),
    ("share after week 9, at most", lambda n: _ratio(sum(n[9:]), sum(n)), 0.1, False),
)
"""What the logs show of complete permit cases that were not extended, as bounds for a simulated process."""


def validation(runs: int = RUNS) -> dict[str, Callable[[], str]]:
    """The parts of docs/validation.md: where today's organisation lands, when decisions fall, what is not met."""
    unmet: list[str] = []
    landed: list[str] = []
    complete: list[tuple[str, Sequence[int] | Counts]] = [("real logs", REAL_COMPLETE)]
    extended: list[tuple[str, Sequence[int] | Counts]] = [("real logs", REAL_EXTENDED)]
    for name in Scenario.profiles():
        scenario = Scenario.load(name)
        found = landings(scenario, replications=runs)
        landed.append(f"### `{name}`\n\n{scenario.profile.slice.en}\n\n{_landed(found)}")
        for one in (x for x in found if x.inside is not True):
            figure = f"{one.band.label['en']} is {one.value:.3g}, not {one.band.low:g} .. {one.band.high:g}"
            unmet.append(f"- {name}: {figure}. {one.reason or 'The profile does not say why.'}\n")
        for process, (plain, longer) in decisions_by_week(scenario, runs).items():
            complete.append((f"{name}: {process}", plain))
            if longer.sum():
                extended.append((f"{name}: {process}", longer))
    rows = []
    for what, measure, bound, at_least in SHAPES:
        kept = [
            (who, x, not who.endswith("permit") or (x >= bound if at_least else x <= bound))
            for who, n in complete
            for x in [measure(n)]
        ]
        rows.append((f"{what} {bound:g}", *(f"{x:.2f}" if met else f"**{x:.2f}**" for _, x, met in kept)))
        unmet += [f"- {who}, complete cases: {what} {bound:g}; it is {x:.2f}.\n" for who, x, met in kept if not met]
    late = [(who, _ratio(n[13], n[12])) for who, n in extended]
    unmet += [
        f"- {who}, extended cases: week 14 beside week 13 is {x:.2f}, not 1.5 or more.\n" for who, x in late if x < 1.5
    ]
    head = ("", "decisions", *(f"w{k}" for k in range(1, WEEKS + 1)))
    return {
        "runs": lambda: f"Mean over {runs} runs of a year each, seeds 1 to {runs}, every lesson at 0.\n",
        "landings": lambda: "\n".join(landed),
        "complete": lambda: table(head, [_week_row(*one) for one in complete]),
        "extended": lambda: table(head, [_week_row(*one) for one in extended]),
        "shapes": lambda: table(("", *(who for who, _ in complete)), rows),
        "unmet": lambda: "".join(unmet) or "Everything is met.\n",
    }


def main() -> int:
    """Renew both documents; 1 when they are not there, as in an installed package."""
    if not (DOCS / "odd.md").is_file():
        print(f"{DOCS}: expected the folder with the documents odd.md and validation.md", file=sys.stderr)
        return 1
    for name, made in (("odd.md", GENERATED), ("validation.md", validation())):
        text = (DOCS / name).read_text(encoding="utf-8")
        with written_aside(DOCS / name) as aside:
            aside.write_text(renewed(text, made), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
