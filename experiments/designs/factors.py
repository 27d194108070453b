"""A factor: one thing that an experiment varies, by name, with the values or the bounds that it may have."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kastje.experiments.designs.levers import ALL, STARTS, TIMING
from kastje.model import LESSONS, InputError
from kastje.model.errors import unknown
from kastje.model.numbers import number, whole
from kastje.model.parameters import BY_SHORT, PARAMETERS, find

PROFILE = "profile"
"""The factor whose values are profiles: names of shipped ones, or TOML files."""

LONGEST_DAYS = 1095.0

Level = float | str


@dataclass(frozen=True)
class Factor:
    """One thing that is varied: either `levels` are given, or the bounds `low`..`high` of a continuous one.

    `name` is a lesson, `all`, `start_day`, `start_day.LESSON`, `ramp_days`, a parameter (dotted), or `profile`.
    """

    name: str
    levels: tuple[Level, ...] = ()
    low: float = 0.0
    high: float = 1.0

    @property
    def is_lesson(self) -> bool:
        """Whether it says how far or when a lesson is there: a run without lessons does not depend on it."""
        return self.name in (*LESSONS, ALL, *TIMING) or self.name in STARTS

    def at(self, unit: NDArray[np.float64]) -> NDArray[Any]:
        """The values at these places in the unit interval: on a line from low to high, or the level in that turn.

        A parameter that is a whole number is rounded so that each whole value has the same width.
        """
        if self.levels:
            turn = np.minimum((unit * len(self.levels)).astype(int), len(self.levels) - 1)
            return np.array(self.levels, object if self.name == PROFILE else np.float64)[turn]
        if self.whole:
            count = round(self.high) - round(self.low) + 1
            return round(self.low) + np.minimum(np.floor(unit * count), count - 1)
        return self.low + unit * (self.high - self.low)

    def ends(self) -> tuple[Level, Level]:
        """The two values of a two-level design. Raises InputError when there are more or fewer."""
        if not self.levels:
            return self.low, self.high
        if len(self.levels) != 2:
            raise InputError(f"factors.{self.name} has {len(self.levels)} values, expected 2 in a two-level design")
        return self.levels[0], self.levels[1]

    def all_levels(self) -> tuple[Level, ...]:
        """Every value of a grid. Raises InputError when only bounds are given."""
        if not self.levels:
            raise InputError(f"factors.{self.name} has bounds only, expected values (or levels = N) in a grid")
        return self.levels

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are meant."""
        return self.name in PARAMETERS and find(self.name).whole

    def as_data(self) -> list[Level] | dict[str, float]:
        """The factor as it stands in a design's file."""
        return list(self.levels) if self.levels else {"low": self.low, "high": self.high}


def canonical(name: str, where: str) -> str:
    """The full name of a factor. Raises InputError for one that nobody knows."""
    if name in (*LESSONS, ALL, *TIMING, PROFILE) or name in STARTS:
        return name
    if name in PARAMETERS or name in BY_SHORT:
        return find(name).name
    known = (*LESSONS, ALL, *TIMING, *STARTS, PROFILE, *PARAMETERS, *BY_SHORT)
    raise unknown(where, name, known, list_all=False)


def factor_of(name: str, data: Any, where: str) -> Factor:
    """A factor from its values [0, 1], or {low, high} or {low, high, levels}. Raises InputError with the field."""
    full = canonical(name, where)
    here = f"{where}.{name}"
    if isinstance(data, Mapping):
        return _with_bounds(full, data, here)
    data = data.tolist() if isinstance(data, np.ndarray) else data
    if not isinstance(data, Sequence) or isinstance(data, str) or not data:
        raise InputError(f"{here} is {data!r}, expected a list of values or {{ low, high }}")
    levels = tuple(checked(full, value, here) for value in data)
    if len(set(levels)) < len(levels):
        raise InputError(f"{here} has a value twice, expected each once")
    return Factor(full, levels, *_bounds(levels))


def checked(name: str, value: Any, where: str) -> Level:
    """A value of the factor of that name within its bounds. Raises InputError."""
    if name == PROFILE:
        if not isinstance(value, str):
            raise InputError(f"{where}: {value!r}, expected the name of a profile or a TOML file")
        return value
    found = number(value)
    if math.isnan(found):
        raise InputError(f"{where}: {value!r}, expected a number")
    if name in PARAMETERS:
        return find(name).check(value, where)
    high = 1.0 if name in (*LESSONS, ALL) else LONGEST_DAYS
    if not 0.0 <= found <= high:
        raise InputError(f"{where}: {found:g}, expected a number from 0 to {high:g}")
    return found


def _with_bounds(name: str, data: Mapping[str, Any], where: str) -> Factor:
    for key in data:
        if key not in ("low", "high", "levels"):
            raise unknown(where, str(key), ("low", "high", "levels"))
    if name == PROFILE:
        raise InputError(f"{where}: bounds, expected a list of profiles")
    ends = []
    for end in ("low", "high"):
        if end not in data:
            raise InputError(f"{where}.{end} is missing, and it is required")
        ends.append(float(checked(name, data[end], f"{where}.{end}")))
    if not ends[0] < ends[1]:
        raise InputError(f"{where}: from {ends[0]:g} to {ends[1]:g}, expected a lower value first")
    if "levels" not in data:
        return Factor(name, (), ends[0], ends[1])
    count = whole(data["levels"])
    if count is None or not 2 <= count <= 1000:
        raise InputError(f"{where}.levels is {data['levels']!r}, expected a whole number from 2 to 1000")
    spaced = [float(f"{value:.12g}") for value in np.linspace(ends[0], ends[1], count)]
    if name in PARAMETERS and find(name).whole:
        spaced = sorted({float(round(value)) for value in spaced})
    return Factor(name, tuple(spaced), *ends)


def _bounds(levels: Iterable[Level]) -> tuple[float, float]:
    numbers = [level for level in levels if not isinstance(level, str)]
    return (float(min(numbers)), float(max(numbers))) if numbers else (0.0, 1.0)
