"""From what a user asks for (a profile, lessons, parameters) to one Scenario, or one line that says what is wrong."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from kastje.model import LESSONS, InputError, Scenario
from kastje.model.errors import unknown
from kastje.model.parameters import BY_SHORT, PARAMETERS, find

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
            raise unknown("lesson or parameter", name, known, list_all=False)
    return scenario.with_parameters(**parameters).with_lessons(**levers).with_starts(**starts)


def read_lessons(settings: Iterable[str]) -> dict[str, float]:
    """Which intensities `NAME=0..1` settings ask for; `all=1` sets every lesson, and what comes later wins."""
    intensities: dict[str, float] = {}
    for setting in settings:
        name, number = _read(setting, "--lesson", "NAME=INTENSITY, such as ownership=0.5 or all=1")
        if name != ALL and name not in LESSONS:
            raise unknown("--lesson", name, (*LESSONS, ALL))
        if not 0 <= number <= 1:
            raise InputError(f"--lesson {name}: {number:g}, expected a number from 0 to 1")
        intensities.update(dict.fromkeys(LESSONS if name == ALL else (name,), number))
    return intensities


def read_parameters(settings: Iterable[str]) -> dict[str, float]:
    """Which values `PARAMETER=VALUE` settings ask for, by dotted name; what comes later wins."""
    values: dict[str, float] = {}
    for setting in settings:
        name, number = _read(setting, "--set", "PARAMETER=VALUE, such as load=1.2")
        try:
            parameter = find(name)
        except InputError as error:
            raise InputError(f"--set: {error}") from None
        values[parameter.name] = parameter.check(number, "--set")
    return values


def with_days(parameters: dict[str, float], days: int | None) -> dict[str, float]:
    """These parameters with the horizon of `--days`. Raises InputError when `--set` gives one too."""
    if days is None:
        return parameters
    name = find("horizon_days").name
    if name in parameters:
        raise InputError(f"--days: given with --set {name}, expected one of them")
    return parameters | {name: find(name).check(days, "--days")}


def _read(setting: str, option: str, form: str) -> tuple[str, float]:
    name, equals, text = (part.strip() for part in setting.partition("="))
    if not (equals and name and text):
        raise InputError(f"{option}: {setting!r}, expected {form}")
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"{option} {name}: {text!r}, expected a number: {form}")
    return name, int(number) if number.is_integer() else number
