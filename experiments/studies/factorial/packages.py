"""The best and the worst packages of lessons, and honestly: chosen on half of the seeds, reported on the other half.

The best of hundreds looks better than it is on the very seeds that it was chosen on (the winner's curse).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Floats
from kastje.experiments.studies.factorial.cube import Cube, over_seeds, spoken
from kastje.model import OUTCOMES

HOURS = "lever_hours"


@dataclass(frozen=True)
class Package:
    """The best or worst package for one outcome: `chosen` is its mean difference from none on the seeds that chose
    it, `difference` that on the other seeds, `rival` what those others would have chosen."""

    load: float
    outcome: str
    which: str
    combination: int
    rival: int
    chosen: float
    difference: Difference
    hours: Difference

    def as_row(self) -> dict[str, object]:
        """As a row of a table."""
        return {
            "load": self.load,
            "outcome": self.outcome,
            "which": self.which,
            "package": spoken(self.combination),
            "combination": self.combination,
            "lessons": self.combination.bit_count(),
            "chosen_mean": self.chosen,
            **self.difference.as_row(),
            "hours": self.hours.mean,
            "other_half_chooses": spoken(self.rival),
            "agree": self.combination == self.rival,
        }


def packages(cube: Cube) -> Iterator[Package]:
    """The best and the worst package for every outcome of which one way is better; none where not available."""
    choosing, reporting = cube.halves()
    hours = _from_none(cube, HOURS)
    for name in cube.outcomes:
        better = OUTCOMES[name].better
        if not better:
            continue
        found = _from_none(cube, name)
        first, second = (means(found[:, half]) * better for half in (choosing, reporting))
        for which, sign in (("best", 1.0), ("worst", -1.0)):
            one, rival = (_highest(sign * half) for half in (first, second))
            if one is None or rival is None:
                continue
            chosen = float(first[one] * better)
            there, spent = over_seeds(found[one, reporting], name), over_seeds(hours[one, reporting], HOURS)
            yield Package(cube.load, name, which, one, rival, chosen, there, spent)


def packages_table(cubes: list[Cube]) -> pd.DataFrame:
    """The best and worst packages at every load: one row each."""
    return pd.DataFrame([package.as_row() for cube in cubes for package in packages(cube)])


@dataclass(frozen=True)
class Frontier:
    """Packages from which no other is both better and cheaper: `members` by rising hours, chosen on half of the seeds.

    `hours` and `gain` are mean differences from none on the other half, for all combinations; `gains` the intervals
    of the members there.
    """

    outcome: str
    members: tuple[int, ...]
    hours: Floats
    gain: Floats
    gains: tuple[Difference, ...]


def frontier(cube: Cube, outcome: str) -> Frontier:
    """Which packages are worth their hours for one outcome."""
    choosing, reporting = cube.halves()
    better = OUTCOMES[outcome].better or 1
    gain, hours = _from_none(cube, outcome), _from_none(cube, HOURS)
    members = undominated(means(hours[:, choosing]), means(gain[:, choosing]) * better)
    there = tuple(over_seeds(gain[one, reporting], outcome) for one in members)
    return Frontier(outcome, members, means(hours[:, reporting]), means(gain[:, reporting]), there)


def undominated(cost: Floats, worth: Floats) -> tuple[int, ...]:
    """Which are worth more than everything that costs no more: from cheap to dear. What is NaN is not among them."""
    best = -np.inf
    found: list[int] = []
    for at in np.lexsort((-worth, cost)):
        if np.isfinite(cost[at]) and worth[at] > best:
            best = worth[at]
            found.append(int(at))
    return tuple(found)


def means(values: Floats) -> Floats:
    """The mean over the seeds of each row; NaN for a row with a seed that is not available, or without seeds."""
    return values.mean(axis=1) if values.shape[1] else np.full(len(values), np.nan)


def _from_none(cube: Cube, outcome: str) -> Floats:
    column = cube.column(outcome)
    return column - column[0]


def _highest(values: Floats) -> int | None:
    """Where the highest value is; the first when there are several, None when none is available."""
    return int(np.nanargmax(values)) if np.isfinite(values).any() else None
