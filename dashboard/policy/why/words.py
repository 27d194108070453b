"""How is a part of a difference written? A decimal finer than the tile; of shares and marks in points."""

import math

from kastje.dashboard.figures.figures import unit_of
from kastje.dashboard.texts import Texts
from kastje.experiments.difference.difference import Difference
from kastje.model import OUTCOMES


def decimals_of(name: str) -> int:
    """A contribution is smaller than what it is part of: one decimal more than the tile has."""
    return OUTCOMES[name].decimals + 1


def number(name: str, value: float, texts: Texts) -> str:
    """An outcome's value, without its unit."""
    return texts.number(value * OUTCOMES[name].scale, decimals_of(name))


def amount(name: str, value: float, texts: Texts) -> str:
    """A difference with its sign, without its unit."""
    return texts.number(value * OUTCOMES[name].scale, decimals_of(name), sign=True)


def points(name: str, texts: Texts) -> str:
    """The unit of a difference: of shares and marks, points."""
    by_scale = {100: texts("figure.points"), 10: texts("why.points")}
    return by_scale.get(round(OUTCOMES[name].scale), unit_of(name, texts))


def range_of(name: str, difference: Difference, texts: Texts) -> str:
    """The 95 % interval; empty where there is none."""
    if not math.isfinite(difference.low):
        return ""
    low, high = (amount(name, edge, texts) for edge in (difference.low, difference.high))
    return texts("figure.range", low=low, high=high)
