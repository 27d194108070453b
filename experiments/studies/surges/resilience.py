"""The lead time week by week around a surge of demand, and when it is back to what it is without the surge."""

import math

import numpy as np

from kastje.experiments.phrase import phrase
from kastje.model import InputError, Scenario
from kastje.model.period import Period, lasting
from kastje.model.result import outcomes_of
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.state import State
from kastje.model.terms import LONGEST_DAYS

WINDOW_WEEKS = 4
"""The lead time of a week is that of the cases under way in the four weeks before it."""
YEAR_WEEKS = 52
"""So long after its end a surge is followed; to see who is back only then, a few weeks longer are simulated."""
BACK_WITHIN = 0.1
"""Back is: within ten per cent of the same weeks without the surge, and so for four weeks on end."""


def followed(scenario: Scenario, seed: int) -> tuple[np.ndarray, dict[str, float]]:
    """One run: the lead time around each week of the comparison, and every outcome over all of it."""
    end = _ended(scenario, seed)
    return _by_week(end), outcomes_of(world_of(scenario), end).as_dict()


def _ended(scenario: Scenario, seed: int) -> State:
    world = world_of(scenario)
    return drive(scenario, world, start_of(scenario, seed), world.arrays.end)


def _by_week(end: State) -> np.ndarray:
    run = end.run[0]
    begin, stop = float(run["branch"]), float(run["t"])
    period = Period(end.needs[: run["needs"]], end.contacts[:0], end.weeks[: run["weeks"]], begin, stop)
    weeks = np.arange(begin + 168.0 * WINDOW_WEEKS, stop + 1.0, 168.0)
    return np.array([lasting(period.cases, t - 168.0 * WINDOW_WEEKS, t).mean(LONGEST_DAYS) for t in weeks])


def check_applications(scenario: Scenario) -> None:
    """Raises InputError for a profile without applications: a surge is one of cases."""
    if not scenario.profile.applications:
        raise InputError(phrase("runs.no_applications", profile=scenario.profile.id))


def days_needed(weeks: float) -> int:
    """How many days of comparison it takes to see whether the lead time is back within a year of such a surge.

    Back is for four weeks on end: who is back in the last week of the year is known three weeks later.
    """
    return math.ceil(7 * (WINDOW_WEEKS + weeks + YEAR_WEEKS + WINDOW_WEEKS - 1))


def weeks_until_back(calm: np.ndarray, surged: np.ndarray, after: int) -> float:
    """The first week from `after` on from which `surged` stays within ten per cent of `calm` for four; NaN if never."""
    near = surged <= (1.0 + BACK_WITHIN) * calm
    for week in range(after, near.size - WINDOW_WEEKS + 1):
        if near[week : week + WINDOW_WEEKS].all():
            return float(week - after)
    return math.nan
