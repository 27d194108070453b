"""How large is a figure, and how well is that known? A mean over independent values with its 95 % interval."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

CONFIDENCE = 0.95

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mean:
    """A mean over `n` independent values, such as those of replications, with its 95 % interval `low`..`high`.

    `sd` is the standard deviation of the values. NaN where not available: the interval and `sd` below two values, all
    of it without any.
    """

    mean: float
    low: float
    high: float
    sd: float
    n: int

    @classmethod
    def of(cls, values: Sequence[float] | Floats) -> "Mean":
        """The mean with its t interval over the values that are available."""
        return Mean(*t_interval(known(values)))

    @classmethod
    def of_share(cls, happened: Sequence[float] | Floats) -> "Mean":
        """The share in which something happened (1, else 0), with Wilson's interval."""
        there = known(happened)
        mean, _, _, sd, n = t_interval(there)
        return Mean(mean, *wilson(there), sd, n)

    @classmethod
    def from_interval(cls, mean: float, low: float, high: float, n: int) -> "Mean":
        """The same from what a document says of it: the t interval tells the standard deviation."""
        if n < 2 or not math.isfinite(low + high):
            return Mean(mean, math.nan, math.nan, math.nan, n)
        return Mean(mean, low, high, (high - low) / 2.0 * math.sqrt(n) / t_factor(n), n)

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2.0

    def side(self, of: float = 0.0) -> int:
        """On which side of a value the whole interval lies: 1 above, -1 below, 0 where it holds the value or is not
        available."""
        return side(self.low, self.high, of)

    def within(self, most: float) -> bool:
        """Whether the whole interval lies between -`most` and `most`."""
        return -most <= self.low and self.high <= most

    def chance_above(self, threshold: float = 0.0) -> float:
        """The chance that the true mean lies above a threshold.

        P(T <= (mean - threshold) / (sd / sqrt(n))), T by Student with n - 1 degrees of freedom: the posterior of a mean
        with a flat prior. Of values that are all the same: 1, 0, or one half at the threshold itself. NaN below two.
        """
        return self._chance(self.mean - threshold)

    def chance_below(self, threshold: float = 0.0) -> float:
        """The chance that the true mean lies below a threshold: the one-sided p value of that it lies above."""
        return self._chance(threshold - self.mean)

    def _chance(self, distance: float) -> float:
        if self.n < 2:
            return math.nan
        if self.sd == 0.0:
            return 0.5 if distance == 0.0 else float(distance > 0.0)
        # Here, because a quarter of a second of import is felt by commands that compare nothing.
        from scipy.special import stdtr

        return float(stdtr(self.n - 1, distance / (self.sd / math.sqrt(self.n))))


def side(low: float, high: float, of: float = 0.0) -> int:
    """On which side of a value the whole of an interval lies: 1 above, -1 below, else 0; a row of a table has no more.

    An interval that ends at the value holds it.
    """
    return int(low > of) - int(high < of)


def known(values: ArrayLike) -> Floats:
    """The values that are available."""
    array = np.asarray(values, np.float64)
    return array[np.isfinite(array)]


def mean_of(values: Sequence[float] | Floats) -> float:
    """The mean of the values that are available; NaN when none is."""
    there = known(values)
    return float(there.mean()) if len(there) else math.nan


def available(value: float) -> float | None:
    """The value, or None where it is not available: JSON has no NaN."""
    return float(value) if math.isfinite(value) else None


def t_interval(values: Floats) -> tuple[float, float, float, float, int]:
    """Mean, both ends of the 95 % t interval, standard deviation and number of values."""
    n = len(values)
    mean = float(values.mean()) if n else math.nan
    if n < 2:
        return mean, math.nan, math.nan, math.nan, n
    sd = float(values.std(ddof=1))
    half = t_factor(n) * sd / math.sqrt(n)
    return mean, mean - half, mean + half, sd, n


@lru_cache
def t_factor(n: int) -> float:
    """Half the width of the interval in standard errors; kept, since a dashboard asks for it at every pair."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, (1 + CONFIDENCE) / 2))


def wilson(happened: Sequence[float] | Floats) -> tuple[float, float]:
    """Wilson's 95 % interval of the share in which something happened (1, else 0); NaN of nothing."""
    from scipy.stats import binomtest

    if not len(happened):
        return math.nan, math.nan
    interval = binomtest(int(np.sum(happened)), len(happened)).proportion_ci(CONFIDENCE, "wilson")
    return float(interval.low), float(interval.high)
