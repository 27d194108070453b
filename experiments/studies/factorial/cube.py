"""A cube of results: the outcomes of every combination of the lessons with every seed, at one load."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Floats, Mean
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.studies.factorial.design import LOAD
from kastje.model import LESSONS, OUTCOMES

EVERYONE = (1 << len(LESSONS)) - 1
"""The combination of all lessons; 0 is that of none. Lesson i of the source's order is bit i, as in contributions."""


@dataclass(frozen=True, eq=False)
class Cube:
    """The outcomes at one load: `worth[combination, seed, outcome]`; NaN where a run failed or has no such outcome."""

    load: float
    seeds: tuple[int, ...]
    outcomes: tuple[str, ...]
    worth: Floats

    @classmethod
    def of(cls, table: pd.DataFrame, load: float, outcomes: Sequence[str] = tuple(OUTCOMES)) -> "Cube":
        """The cube of the rows of one load, of a sweep of `lessons_design`; combinations that are not there are NaN."""
        rows = table[table[LOAD] == load]
        seeds = np.unique(rows["seed"].to_numpy())
        worth = np.full((EVERYONE + 1, len(seeds), len(outcomes)), np.nan)
        at = np.searchsorted(seeds, rows["seed"].to_numpy())
        worth[combination_of(rows), at] = rows[list(outcomes)].to_numpy(np.float64)
        return cls(load, tuple(int(seed) for seed in seeds), tuple(outcomes), worth)

    def column(self, outcome: str) -> Floats:
        """One outcome: shape (combinations, seeds). Raises ValueError for one that is not in the cube."""
        return self.worth[..., self.outcomes.index(outcome)]

    def halves(self) -> tuple[slice, slice]:
        """Two halves of the seeds: one to choose with, and one to report what was chosen."""
        return slice(0, None, 2), slice(1, None, 2)


def cubes_of(table: pd.DataFrame, outcomes: Sequence[str] = tuple(OUTCOMES)) -> list[Cube]:
    """A cube for each load in the table, the lowest first."""
    return [Cube.of(table, float(load), outcomes) for load in np.unique(table[LOAD])]


def combination_of(rows: pd.DataFrame) -> np.ndarray:
    """The number of the combination of each row: its bits are the lessons that are there."""
    there = rows[list(LESSONS)].to_numpy(np.float64) > 0.0
    return np.asarray(there @ (1 << np.arange(len(LESSONS))), np.int64)


def lessons_in(combination: int) -> tuple[str, ...]:
    """The lessons of a combination, in the source's order."""
    return tuple(lesson for at, lesson in enumerate(LESSONS) if combination >> at & 1)


def spoken(combination: int) -> str:
    """A combination as text: its lessons, `none`, or `all`, or `all but` the one or two that are missing."""
    there, missing = lessons_in(combination), lessons_in(EVERYONE ^ combination)
    if not there:
        return "none"
    if len(missing) <= 2:
        return f"all but {' + '.join(missing)}" if missing else "all"
    return " + ".join(there)


def numbers_of(combination: int) -> str:
    """A combination by the numbers of its lessons in the source, such as `1 3 4`; `none`."""
    return " ".join(str(at) for at in range(1, len(LESSONS) + 1) if combination >> (at - 1) & 1) or "none"


def over_seeds(values: Floats, outcome: str) -> Difference:
    """A difference in an outcome, over the seeds for which there is a value."""
    return Difference(Mean.of(values), yardstick(outcome))
