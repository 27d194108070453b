"""How is a difference said? Its amount, its range, and whether it is better, worse, or not clear."""

import math

from kastje.dashboard.figures.figures import COSTS, unit_of
from kastje.dashboard.texts import Texts
from kastje.experiments.difference.difference import Difference
from kastje.model import OUTCOMES

TONES = {
    "better": "figure.better",
    "worse": "figure.worse",
    "higher": "figure.higher",
    "lower": "figure.lower",
    "unclear": "figure.unclear",
    "same": "figure.same",
    "none": "figure.not_available",
}


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


def clear(difference: Difference) -> bool:
    """Whether the interval leaves no doubt about the direction."""
    return difference.low > 0.0 or difference.high < 0.0


def tone(name: str, difference: Difference) -> str:
    """Whether a difference is better or worse, higher or lower where neither is, or not clear (0 lies within)."""
    mean = difference.mean
    if not math.isfinite(mean):
        return "none"
    if difference.low == difference.high == 0.0 or mean == 0.0:
        return "same"
    if not clear(difference):
        return "unclear"
    better = OUTCOMES[name].better
    if better == 0 or name in COSTS:
        return "higher" if mean > 0 else "lower"
    return "better" if mean * better > 0 else "worse"


def verdict(name: str, difference: Difference, texts: Texts) -> str:
    """The tone in a word."""
    return texts(TONES[tone(name, difference)])
