"""Decisions by week after filing: how many fall in each, simulated and real, and the shape that they make."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kastje.evidence.documents.markdown import table
from kastje.experiments.logs.patterns.decisions import WEEKS as COUNTED_WEEKS
from kastje.experiments.logs.patterns.real import real
from kastje.model import Scenario
from kastje.model.simulate import drive, start_of, world_of

WEEKS = 15
"""Weeks shown; more are counted."""

Counts = Sequence[int] | NDArray[np.int64]
"""Decisions in week 1, 2, .. after filing."""

LATE_PEAK = 1.5
"""Extended cases: week 14 beside week 13, at least."""


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
    return {process: (plain, longer) for process, (plain, longer) in counts.items()}


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else math.inf


SHAPES: tuple[tuple[str, Callable[[Counts], float], float, bool], ...] = (
    ("week 8 beside week 7, at least", lambda n: _ratio(n[7], n[6]), 1.5, True),
    ("week 9 beside week 8, at most", lambda n: _ratio(n[8], n[7]), 0.25, False),
    ("share of weeks 1 to 4, at least", lambda n: _ratio(sum(n[:4]), sum(n)), 0.3, True),
    ("share after week 9, at most", lambda n: _ratio(sum(n[9:]), sum(n)), 0.1, False),
)
"""What the logs show of complete permit cases that were not extended, as bounds for a simulated process."""


class Weeks:
    """The tables of decisions by week, and what of them is not met; one row a process, below that of the real logs."""

    def __init__(self) -> None:
        self.complete: list[tuple[str, Counts]] = [("real logs", real().weeks("complete_not_extended"))]
        self.extended: list[tuple[str, Counts]] = [("real logs", real().weeks("extended"))]

    def add(self, name: str, scenario: Scenario, runs: int) -> None:
        """Run a profile and add its processes."""
        for process, (plain, longer) in decisions_by_week(scenario, runs).items():
            self.complete.append((f"{name}: {process}", plain))
            if sum(longer):
                self.extended.append((f"{name}: {process}", longer))

    def table(self, rows: Sequence[tuple[str, Counts]]) -> str:
        """Per cent of decisions in each week."""
        head = ("", "decisions", *(f"w{k}" for k in range(1, WEEKS + 1)))
        return table(head, [_row(*one) for one in rows])

    def shapes(self) -> str:
        """What the shape of complete cases asks for, beside what each process has."""
        rows = []
        for what, measure, bound, at_least in SHAPES:
            found = [(measure(n), _kept(who, measure(n), bound, at_least)) for who, n in self.complete]
            rows.append((f"{what} {bound:g}", *(f"{x:.2f}" if kept else f"**{x:.2f}**" for x, kept in found)))
        return table(("", *(who for who, _ in self.complete)), rows)

    def unmet(self) -> list[str]:
        """A line for each process that does not keep to a bound."""
        lines = [
            f"{who}, complete cases: {what} {bound:g}; it is {measure(n):.2f}."
            for what, measure, bound, at_least in SHAPES
            for who, n in self.complete
            if not _kept(who, measure(n), bound, at_least)
        ]
        late = [(who, _ratio(n[13], n[12])) for who, n in self.extended]
        return lines + [
            f"{who}, extended cases: week 14 beside week 13 is {x:.2f}, not {LATE_PEAK:g} or more."
            for who, x in late
            if x < LATE_PEAK
        ]


def _kept(who: str, value: float, bound: float, at_least: bool) -> bool:
    """Whether a permit keeps to a bound; other processes are not judged by it."""
    return not who.endswith("permit") or (value >= bound if at_least else value <= bound)


def _row(name: str, counts: Counts) -> tuple[str, ...]:
    total = int(np.sum(counts))
    return (name, f"{total:,}", *(f"{100 * n / max(1, total):.0f}" for n in counts[:WEEKS]))
