"""Figures that are NaN where there is nothing to work them out from: shares, quantiles, inequality, correlation."""

import math
from typing import SupportsFloat

import numpy as np
from numpy.typing import ArrayLike

from kastje.experiments.difference.spread import percentiles


def ratio(part: SupportsFloat, whole: SupportsFloat) -> float:
    """Part of whole; NaN of nothing."""
    return float(part) / float(whole) if float(whole) else math.nan


def mean(values: ArrayLike) -> float:
    """The mean; NaN of nothing."""
    array = np.asarray(values, np.float64)
    return float(array.mean()) if array.size else math.nan


def quantile(values: ArrayLike, q: float) -> float:
    """The quantile, linear between values; NaN of nothing."""
    return percentiles(values, (100.0 * q,))[0]


def gini(values: ArrayLike) -> float:
    """The Gini coefficient: 0 when all have the same, towards 1 when one has all."""
    ordered = np.sort(np.asarray(values, np.float64))
    n = ordered.size
    return ratio(np.dot(2 * np.arange(1, n + 1) - n - 1, ordered), n * ordered.sum())


def spearman(x: ArrayLike, y: ArrayLike) -> float:
    """Spearman's rank correlation, ties at their mean rank; NaN below three pairs or when one does not vary."""
    # Here, because its import is felt by commands that measure nothing.
    from scipy.stats import rankdata

    ranks = rankdata(np.asarray(x)), rankdata(np.asarray(y))
    if ranks[0].size < 3 or not all(np.ptp(rank) for rank in ranks):
        return math.nan
    return float(np.corrcoef(*ranks)[0, 1])
