"""What every set of lessons is worth and what it costs, as the runs of all combinations say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kastje.experiments.difference.mean import Floats
from kastje.experiments.difference.shapley import members_of
from kastje.experiments.difference.yardstick import Yardstick
from kastje.experiments.phrase import phrase
from kastje.experiments.studies.factorial.cube import Cube
from kastje.experiments.studies.factorial.packages import HOURS
from kastje.model import OUTCOMES, InputError
from kastje.model.errors import unexpected, unknown
from kastje.model.phrase import Argument

QUARTERS_A_YEAR = 4.0
DAYS_A_YEAR = 365.0
DAYS_A_QUARTER = DAYS_A_YEAR / QUARTERS_A_YEAR
WORTH = Yardstick(1)
"""Worth is counted for the better, whatever it is made of; how much of it matters is up to who gave the weights."""
TOTALS = (HOURS, "overtime_hours", "penalty_eur")
"""Outcomes that add up over the period, so that a longer one has more."""


@dataclass(frozen=True, eq=False)
class Terrain:
    """What a roadmap is laid over, by set of lessons (bits, as in `Cube`).

    `worth[set, seed]`: what it is worth while it is there, more than no lessons. `running[set]`: staff hours a quarter
    that it takes while it is there. `budget`: hours a quarter that there are. `introduction`: the hours of introducing
    a lesson, in years of the hours that it then adds. `horizon`: over how many quarters worth counts.
    """

    worth: Floats
    running: Floats
    budget: float
    horizon: float
    introduction: float = 1.0

    @classmethod
    def of(
        cls,
        cube: Cube,
        weights: Mapping[str, float],
        days: float,
        *,
        budget: float,
        horizon: float,
        introduction: float = 1.0,
    ) -> "Terrain":
        """From runs of `days` days. Seeds with a set that is not available are left out; InputError when all are."""
        worth = np.asarray(sum(weight * signed(cube.column(name), name, days) for name, weight in weights.items()))
        hours = cube.column(HOURS)
        usable = np.isfinite(worth).all(axis=0) & np.isfinite(hours).all(axis=0)
        if not usable.any():
            raise InputError(phrase("roadmap.no_seed", outcomes=(*weights, HOURS)))
        worth, hours = worth[:, usable], hours[:, usable].mean(axis=1)
        a_quarter = (hours - hours[0]) * DAYS_A_QUARTER / days
        return cls(worth - worth[0], np.maximum(a_quarter, 0.0), budget, horizon, introduction)

    @property
    def members(self) -> int:
        """How many lessons there are."""
        return members_of(self.running)

    @property
    def everyone(self) -> int:
        """The set of all lessons."""
        return len(self.running) - 1

    @cached_property
    def mean(self) -> Floats:
        """The worth of each set, the mean over the seeds."""
        return np.asarray(self.worth.mean(axis=1))

    def hours(self, there: int, lesson: int) -> float:
        """The hours of introducing a lesson where some are there: never less than 0."""
        added = self.running[there | 1 << lesson] - self.running[there]
        return float(max(0.0, added) * QUARTERS_A_YEAR * self.introduction)

    def quarters(self, there: int, lesson: int) -> float:
        """How long introducing it takes: its hours over what the running costs leave of the budget.

        Infinite when it does not fit: what then is there costs more a quarter than the budget, or nothing is left.
        """
        left = self.budget - self.running[there]
        hours = self.hours(there, lesson)
        if self.running[there | 1 << lesson] > self.budget or (hours > 0.0 and left <= 0.0):
            return float("inf")
        return float(hours / left) if hours > 0.0 else 0.0

    @cached_property
    def durations(self) -> Floats:
        """`quarters` for every set and lesson: shape (combinations, lessons); NaN where the lesson is there already."""
        found = np.full((len(self.running), self.members), np.nan)
        for there in range(len(self.running)):
            for lesson in range(self.members):
                if not there >> lesson & 1:
                    found[there, lesson] = self.quarters(there, lesson)
        return found

    @cached_property
    def fitting(self) -> tuple[tuple[int, ...], ...]:
        """For every set the lessons that can be introduced next."""
        return tuple(tuple(np.flatnonzero(row < np.inf).tolist()) for row in self.durations)

    @cached_property
    def reachable(self) -> tuple[int, ...]:
        """The sets that can come about by lessons that fit the budget in their turn; smaller ones first."""
        found = {0}
        for there in range(len(self.running)):
            if there in found:
                found |= {there | 1 << lesson for lesson in self.fitting[there]}
        return tuple(sorted(found, key=lambda one: (one.bit_count(), one)))

    def never(self) -> list[int]:
        """The lessons whose costs never fit, whatever came before."""
        ever = {lesson for there in self.reachable for lesson in self.fitting[there]}
        return [lesson for lesson in range(self.members) if lesson not in ever]


def signed(values: Floats, outcome: str, days: float) -> Floats:
    """Values of an outcome over `days` days so that more is better; a total over the period becomes that of a year."""
    to_a_year = DAYS_A_YEAR / days if outcome in TOTALS else 1.0
    return values * OUTCOMES[outcome].better * to_a_year


def checked_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """What counts as worth: a weight for each outcome. Raises InputError for what does not fit.

    A weight counts for the better, in the outcome's own unit: lead_time_days_mean 0.1 gives a tenth for a day less.
    """
    for name, weight in weights.items():
        if name not in OUTCOMES:
            raise unknown(Argument("weights"), name, tuple(OUTCOMES), list_all=False)
        if not OUTCOMES[name].better:
            raise InputError(phrase("roadmap.no_better", where=Argument("weights", name)))
        if not 0.0 < weight < float("inf"):
            raise unexpected(Argument("weights", name), weight, phrase("roadmap.weight"))
    return dict(weights)
