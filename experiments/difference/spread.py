"""How are values spread? Percentiles, whether there are two humps, and what pairing took away of it."""

import math

import numpy as np
from numpy.typing import ArrayLike

from kastje.experiments.difference.mean import Floats

EIGHT_IN_TEN = (10.0, 50.0, 90.0)
"""Both ends of the middle eight in ten, and the middle."""


def percentiles(values: ArrayLike, at: tuple[float, ...] = EIGHT_IN_TEN) -> tuple[float, ...]:
    """The percentiles of the values, linear between them; NaN of nothing."""
    array = np.asarray(values, np.float64)
    return tuple(np.percentile(array, at).tolist()) if array.size else (math.nan,) * len(at)


def bimodality(values: Floats) -> float:
    """Sarle's bimodality coefficient with the correction for small samples; NaN below four values or all alike.

    Above 5/9 there are rather two humps than one.
    """
    from scipy.stats import kurtosis, skew

    n = len(values)
    if n < 4 or np.ptp(values) == 0.0:
        return math.nan
    excess = float(kurtosis(values, bias=False))
    return float((float(skew(values, bias=False)) ** 2 + 1.0) / (excess + 3.0 * (n - 1) ** 2 / ((n - 2) * (n - 3))))


def reduction(today: Floats, choice: Floats) -> float:
    """By how much common random numbers cut the variance of the difference (1: pairing brought nothing); NaN where it
    cannot be told."""
    if len(today) < 3:
        return math.nan
    paired = float(np.var(choice - today, ddof=1))
    return float(np.var(today, ddof=1) + np.var(choice, ddof=1)) / paired if paired > 0.0 else math.nan
