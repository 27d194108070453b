"""From what a user asks for (a profile, lessons, parameters) to one Scenario, or one line that says what is wrong."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kastje.experiments.phrase import phrase
from kastje.model import LESSONS, Scenario
from kastje.model.errors import unknown
from kastje.model.parameters import BY_SHORT, PARAMETERS

ALL = "all"
"""In place of a lesson's name: every lesson."""

TIMING = ("start_day", "ramp_days")
"""When the lessons begin [day of the horizon] and over how many days they grow to their intensity."""

STARTS = {f"start_day.{lesson}": lesson for lesson in LESSONS}
"""The names that give one lesson a start day of its own."""


def load(profile: str | Path) -> Scenario:
    """Which scenario a shipped profile's name or a TOML file stands for, with all lessons at 0.

    Raises InputError when it is neither or the file is wrong.
    """
    return _shipped(str(profile)) if str(profile) in Scenario.profiles() else Scenario.load(profile)


@lru_cache
def _shipped(name: str) -> Scenario:
    """A shipped profile's scenario, read once: it is frozen, and run_once asks for it thousands of times."""
    return Scenario.load(name)


def scenario_of(profile: str | Path, values: Mapping[str, float]) -> Scenario:
    """Which scenario a profile with these values makes: see `laid_over`."""
    return laid_over(load(profile), values)


def levers_of(scenario: Scenario) -> dict[str, float]:
    """Which values make this scenario of its profile, the other way round from `laid_over`: only those that differ."""
    timing = {name: getattr(scenario, name) for name in TIMING}
    return {
        **scenario.parameters,
        **{lesson: value for lesson, value in scenario.lessons.items() if value > 0.0},
        **{name: value for name, value in timing.items() if value != Scenario.model_fields[name].default},
        **{name: scenario.starts[lesson] for name, lesson in STARTS.items() if lesson in scenario.starts},
    }


def laid_over(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """The scenario with these values: lesson ids, `all`, `start_day`, `start_day.LESSON`, `ramp_days`, parameters.

    Raises InputError for a name that nobody knows or a value out of bounds.
    """
    levers = {name: value for name, value in values.items() if name in (*LESSONS, ALL, *TIMING)}
    starts = {STARTS[name]: value for name, value in values.items() if name in STARTS}
    parameters = {name: value for name, value in values.items() if name not in levers and name not in STARTS}
    for name in parameters:
        if name not in PARAMETERS and name not in BY_SHORT:
            known = (*LESSONS, *TIMING, *STARTS, *PARAMETERS, *BY_SHORT)
            raise unknown(phrase("levers.either"), name, known, list_all=False)
    return scenario.with_parameters(**parameters).with_lessons(**levers).with_starts(**starts)
