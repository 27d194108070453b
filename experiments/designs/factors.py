"""A factor: one thing that an experiment varies, by name, with the values or the bounds that it may have."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kastje.experiments.designs.levers import ALL, STARTS, TIMING
from kastje.experiments.phrase import phrase
from kastje.model import LESSONS, InputError
from kastje.model.errors import Place, missing, part_of, unexpected, unknown
from kastje.model.errors import phrase as of_the_model
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
    """What is varied."""
    levels: tuple[Level, ...] = ()
    """Its values; none where there are bounds."""
    low: float = 0.0
    """The lower bound."""
    high: float = 1.0
    """The upper bound."""

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
            raise InputError(phrase("design.two_values", where=f"factors.{self.name}", count=len(self.levels)))
        return self.levels[0], self.levels[1]

    def all_levels(self) -> tuple[Level, ...]:
        """Every value of a grid. Raises InputError when only bounds are given."""
        if not self.levels:
            raise InputError(phrase("design.bounds_only", where=f"factors.{self.name}"))
        return self.levels

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are meant."""
        return self.name in PARAMETERS and find(self.name).whole

    def as_data(self) -> list[Level] | dict[str, float]:
        """The factor as it stands in a design's file."""
        return list(self.levels) if self.levels else {"low": self.low, "high": self.high}


def canonical(name: str, where: Place) -> str:
    """The full name of a factor. Raises InputError for one that nobody knows."""
    if name in (*LESSONS, ALL, *TIMING, PROFILE) or name in STARTS:
        return name
    if name in PARAMETERS or name in BY_SHORT:
        return find(name).name
    known = (*LESSONS, ALL, *TIMING, *STARTS, PROFILE, *PARAMETERS, *BY_SHORT)
    raise unknown(where, name, known, list_all=False)


def factor_of(name: str, data: Any, where: Place) -> Factor:
    """A factor from its values [0, 1], or {low, high} or {low, high, levels}. Raises InputError with the field."""
    full = canonical(name, where)
    here = part_of(where, name)
    if isinstance(data, Mapping):
        return _with_bounds(full, data, here)
    data = data.tolist() if isinstance(data, np.ndarray) else data
    if not isinstance(data, Sequence) or isinstance(data, str) or not data:
        raise unexpected(here, data, phrase("design.values"))
    levels = tuple(checked(full, value, here) for value in data)
    if len(set(levels)) < len(levels):
        raise InputError(phrase("design.value_twice", where=here))
    return Factor(full, levels, *_bounds(levels))


def checked(name: str, value: Any, where: Place) -> Level:
    """A value of the factor of that name within its bounds. Raises InputError."""
    if name == PROFILE:
        if not isinstance(value, str):
            raise unexpected(where, value, phrase("design.profile"))
        return value
    found = number(value)
    if math.isnan(found):
        raise unexpected(where, value, of_the_model("expected.number"))
    if name in PARAMETERS:
        return find(name).check(value, where)
    high = 1.0 if name in (*LESSONS, ALL) else LONGEST_DAYS
    if not 0.0 <= found <= high:
        raise unexpected(where, value, of_the_model("expected.between", low=0, high=high))
    return found


def _with_bounds(name: str, data: Mapping[str, Any], where: Place) -> Factor:
    for key in data:
        if key not in ("low", "high", "levels"):
            raise unknown(where, str(key), ("low", "high", "levels"))
    if name == PROFILE:
        raise InputError(phrase("design.no_bounds", where=where))
    ends = []
    for end in ("low", "high"):
        if end not in data:
            raise missing(part_of(where, end))
        ends.append(float(checked(name, data[end], part_of(where, end))))
    if not ends[0] < ends[1]:
        raise InputError(phrase("design.lower_first", where=where, low=ends[0], high=ends[1]))
    if "levels" not in data:
        return Factor(name, (), ends[0], ends[1])
    count = whole(data["levels"])
    if count is None or not 2 <= count <= 1000:
        expected = of_the_model("expected.whole_within", low=2, high=1000, unit="")
        raise unexpected(part_of(where, "levels"), data["levels"], expected)
    spaced = [float(f"{value:.12g}") for value in np.linspace(ends[0], ends[1], count)]
    if name in PARAMETERS and find(name).whole:
        spaced = sorted({float(round(value)) for value in spaced})
    return Factor(name, tuple(spaced), *ends)


def _bounds(levels: Iterable[Level]) -> tuple[float, float]:
    numbers = [level for level in levels if not isinstance(level, str)]
    return (float(min(numbers)), float(max(numbers))) if numbers else (0.0, 1.0)
