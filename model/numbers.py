"""Numbers as they are handed in: judged by what they are worth, whichever library made them.

A whole number of numpy, or 3.0, is as good as a plain 3. A truth is no number, whichever library it is of.
"""

import math
from decimal import Decimal
from numbers import Real

import numpy as np


def plain(value: object) -> object:
    """A number or truth of numpy as Python's own; anything else as it is."""
    if not isinstance(value, (np.generic, np.ndarray)) or value.ndim:
        return value
    found = value.item()
    # Python has no type as wide as the widest of numpy, which gives itself.
    return float(found) if isinstance(found, np.floating) else found


def number(value: object) -> float:
    """The value as a plain number; NaN, which no bound lets through, for what is no number or too large for one."""
    found = plain(value)
    if isinstance(found, bool) or not isinstance(found, (Real, Decimal)):
        return math.nan
    try:
        return float(found)
    except OverflowError:
        return math.nan


def whole(value: object) -> int | None:
    """The value as a plain whole number; None for a fraction, for an endless one, and for what is no number."""
    found = plain(value)
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    worth = number(found)
    return int(worth) if worth.is_integer() else None
