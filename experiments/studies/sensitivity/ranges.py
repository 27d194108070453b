"""Within which bounds is an input uncertain? A list for the assumed parameters that matter, and a rule for the rest."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kastje.experiments.designs.factors import PROFILE, Factor, canonical, factor_of
from kastje.experiments.designs.levers import ALL
from kastje.experiments.phrase import phrase
from kastje.model import LESSONS, InputError, Scenario
from kastje.model.errors import part_of, unexpected
from kastje.model.parameters import PARAMETERS, find
from kastje.model.phrase import Argument

LOAD = "work.load"
FACTORS = Argument("factors")
AROUND = (0.5, 1.5)
"""A parameter without a range of its own is varied from half to one and a half times its value in the profile."""
SWITCH = 2.0
"""Up to this many steps between its bounds a whole number is a switch: all its values are varied."""


@dataclass(frozen=True)
class Range:
    """The bounds within which an assumed parameter is uncertain, and why those; `core`: varied by default."""

    low: float
    high: float
    why: str
    core: bool = False


@lru_cache
def ranges() -> dict[str, Range]:
    """The parameters with a range of their own, by dotted name, in the order of the file; load is the first."""
    text = resources.files("kastje.experiments.studies.sensitivity").joinpath("ranges.toml").read_text(encoding="utf-8")
    return {
        find(f"{group}.{name}").name: Range(**entry)
        for group, entries in tomllib.loads(text).items()
        for name, entry in entries.items()
    }


def uncertain(name: str, today: Scenario) -> Factor:
    """The factor of that name within the bounds in which it is uncertain; the profile's own value is within them.

    Raises InputError where there is no telling: the user has to give bounds.
    """
    if name in (*LESSONS, ALL):
        return Factor(name)
    if name not in PARAMETERS:
        raise InputError(phrase("sensitivity.no_bounds", where=part_of(FACTORS, name)))
    parameter, value = find(name), today.value(name)
    if name in ranges():
        known = ranges()[name]
        low, high = min(known.low, value), max(known.high, value)
    elif parameter.whole and parameter.high - parameter.low <= SWITCH:
        low, high = parameter.low, parameter.high
    else:
        low, high = (min(max(value * times, parameter.low), parameter.high) for times in AROUND)
        if parameter.whole:
            low, high = float(round(low)), float(round(high))
    if not low < high:
        raise InputError(phrase("sensitivity.no_room", where=part_of(FACTORS, name), value=value))
    return Factor(name, (), low, high)


def varied(name: str, bounds: tuple[float, float] | None, today: Scenario) -> Factor:
    """The factor of that name within these bounds, or within its own where there are none. Raises InputError."""
    full = canonical(name, FACTORS)
    if full == PROFILE:
        raise unexpected(FACTORS, PROFILE, phrase("sensitivity.from_low_to_high"))
    if bounds is None:
        return uncertain(full, today)
    low, high = bounds
    return factor_of(name, {"low": low, "high": high}, FACTORS)
