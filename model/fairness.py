"""Measures of fairness: gaps between groups and channels, how unequal the burden is, unequal answers to equal needs."""

from collections.abc import Callable

import numpy as np

from kastje.model.period import Period, ratio
from kastje.model.rows import Rows


def gap_by_channel(period: Period, is_live: np.ndarray) -> np.ndarray:
    """Satisfaction after live channels less that after the others, for equal needs and residents, by month.

    The last value is that of the whole period. Standardised over process, type and vulnerability. `is_live` says for
    each channel, by its number, whether somebody waits at the other end.
    """
    needs = period.decided | period.answered
    stratum = ((needs["process"] + 1) * 8 + needs["type"]) * 2 + needs["vulnerable"]
    live = is_live[needs["channel"]]
    month = period.month(needs["decided"])
    size = int(stratum.max()) + 1 if needs.size else 1
    result = np.full(period.months + 1, np.nan)
    cell = (month * size + stratum) * 2 + live
    counts = np.bincount(cell, minlength=period.months * size * 2).reshape(period.months, size, 2)
    sums = np.bincount(cell, needs["satisfaction"], minlength=counts.size).reshape(counts.shape)
    counts = np.concatenate([counts, counts.sum(axis=0, keepdims=True)])
    sums = np.concatenate([sums, sums.sum(axis=0, keepdims=True)])
    both = (counts > 0).all(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = sums / counts
    for m in range(result.size):
        if both[m].any():
            weight = counts[m][both[m]].sum(axis=1)
            difference = means[m][both[m]][:, 1] - means[m][both[m]][:, 0]
            result[m] = float((weight * difference).sum() / weight.sum())
    return result


def gap(period: Period, felt: Rows, column: str, what: str) -> np.ndarray:
    """Mean of `what` where `column` is 0 less that where it is 1, by month; the last is that of the whole period."""
    means = []
    for group in (0, 1):
        mine = felt[felt[column] == group]
        sums, counts = period.count(mine["decided"], mine[what]), period.count(mine["decided"])
        means.append(ratio(np.append(sums, sums.sum()), np.append(counts, counts.sum())))
    return means[0] - means[1]


def theil(values: np.ndarray) -> float:
    """Theil's index of inequality: mean of x/m ln(x/m); 0 when all have the same, NaN of nothing."""
    if values.size == 0 or values.sum() <= 0.0:
        return float("nan")
    share = values / values.mean()
    return float(np.mean(share * np.log(np.where(share > 0.0, share, 1.0))))


def by_month(period: Period, cases: Rows, figure: Callable[[Rows], float]) -> np.ndarray:
    """A figure of the cases decided in each month; the last is that of the whole period."""
    month = period.month(cases["decided"])
    return np.array([*(figure(cases[month == k]) for k in range(period.months)), figure(cases)])


def inequity(cases: Rows) -> float:
    """Horizontal inequity: variance of how well a decision fits among cases of one type that wanted as much.

    Mean over the groups, each by its size; NaN without two cases that are alike.
    """
    if cases.size == 0:
        return float("nan")
    group = (cases["process"] * 8 + cases["type"]) * 8 + cases["wanted"]
    counts = np.bincount(group)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.bincount(group, cases["fit"]) / counts
    squares = np.bincount(group, (cases["fit"] - means[group]) ** 2)
    alike = counts > 1
    return float(squares[alike].sum() / counts[alike].sum()) if alike.any() else float("nan")
