"""How each part of a link is read: steps, whole numbers, parameters (`p=short:value,..`), staff (`staff=name:%,..`).

A part is read as a whole or refused as a whole, with a ValueError that names what is wrong in it.
"""

import math
from collections.abc import Callable, Mapping

from kastje.dashboard.texts import phrase
from kastje.model import InputError, Scenario
from kastje.model.parameters import BY_SHORT, Parameter, find

Pairs = tuple[tuple[str, float], ...]
"""Values by name, in the order of their names: a mapping that can be compared and kept."""

LOAD = (0.7, 1.4)
ELSEWHERE = ("load",)
"""Parameters that have a part of their own in the link."""
STAFF = (70, 130)
STAFF_STEP = 10
"""How many people a department has, in % of the profile's."""
MOST_PARAMETERS = 40


def sorted_pairs(values: Mapping[str, float]) -> Pairs:
    """The mapping as pairs in the order of their names."""
    return tuple(sorted(values.items()))


def changed(pairs: Pairs, name: str, value: float | None) -> Pairs:
    """The pairs with another value for `name`; None takes it out."""
    values = dict(pairs)
    values.pop(name, None)
    if value is not None:
        values[name] = value
    return sorted_pairs(values)


def parameter_value(name: str, value: float | str) -> tuple[Parameter, float]:
    """A parameter (short or dotted name) with a value within its bounds.

    Raises InputError, which is a ValueError, for one that does not exist, has its own control, or is out of bounds.
    """
    parameter = find(name)
    if parameter.short in ELSEWHERE:
        raise InputError(phrase("wrong.elsewhere", name=parameter.name))
    number = float(str(value).strip().replace(",", "."))
    if not math.isfinite(number):
        raise ValueError(value)
    # As many digits as a link holds, so that the link gives the same numbers.
    return parameter, float(f"{parameter.check(number, 'parameters'):.10g}")


def parameters_of(text: str) -> Pairs:
    """`vulnerable_share:0.3,outside_growth:0.1` as pairs. Raises ValueError for anything else."""
    values: dict[str, float] = {}
    for part in text.split(","):
        name, sign, value = part.partition(":")
        if not sign or name not in BY_SHORT:
            raise ValueError(part)
        parameter, number = parameter_value(name, value)
        values[parameter.short] = number
    if len(values) > MOST_PARAMETERS:
        raise ValueError(text)
    return sorted_pairs(values)


def staff_of(text: str) -> Pairs:
    """`front_office:80,legal:120` as pairs; whether the departments exist depends on the profile."""
    values: dict[str, float] = {}
    for part in text.split(","):
        name, sign, value = part.partition(":")
        if not sign or not name or not value.isascii():
            raise ValueError(part)
        values[name] = staff_value(value)
    return sorted_pairs({name: value for name, value in values.items() if value != 100})


def staff_value(value: float | str) -> float:
    """A department's size in whole % within the bounds; otherwise a ValueError."""
    number = float(value)
    if number != round(number) or not STAFF[0] <= number <= STAFF[1]:
        raise ValueError(value)
    return number


def written(pairs: Pairs) -> str:
    """Pairs as they stand in a link."""
    return ",".join(f"{name}:{value:.10g}" for name, value in pairs)


def departments(world: Scenario) -> tuple[str, ...]:
    """The departments that a world has."""
    return tuple(department.id for department in world.profile.departments)


def one_of(options: tuple[str, ...]) -> Callable[[str], str]:
    """A reader that takes these texts only."""

    def check(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return check


def whole(limits: tuple[int, int]) -> Callable[[str], int]:
    """A reader of whole numbers within limits."""

    def check(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not limits[0] <= int(text) <= limits[1]:
            raise ValueError(text)
        return int(text)

    return check


def load_of(text: str | float) -> float:
    """A load as the sliders and links use it: two decimals, within its bounds; otherwise a ValueError."""
    value = round(float(str(text).replace(",", ".")), 2)
    if not LOAD[0] <= value <= LOAD[1]:
        raise ValueError(text)
    return value


def bounds(pair: tuple[float, float]) -> dict[str, str | float]:
    """Limits as a sentence about them needs them."""
    return {"low": pair[0], "high": pair[1]}
