"""Weeks until back when some are not back: known for who is, and for the others only that it takes over a year.

Who is not back within the year is censored there: neither left out, which would look like speed, nor counted as back
when the year ends. So what is told is a median (Kaplan-Meier), with the interval that ranks give, and of pairs what is
known for certain: where only one of the two came back, the difference is at least what is left of the year.
"""

import math
from dataclasses import dataclass

import numpy as np

from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import CONFIDENCE, Floats, Mean
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.studies.surges.resilience import YEAR_WEEKS
from kastje.model.survival import Lasting

WEEKS = "weeks_until_back"
QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


def until_back(weeks: Floats) -> dict[str, float]:
    """Of one arm, by seed (infinite: not back within a year; NaN: the run failed): quantiles of the weeks until back,
    infinite where they lie beyond the year, and the 95 % interval `low`..`high` of the median; NaN below six seeds."""
    known = weeks[~np.isnan(weeks)]
    back = np.isfinite(known)
    # All are watched from before the first week on, so that who is back at once counts as well.
    curve = Lasting(np.full(len(known), -1.0), np.where(back, known, YEAR_WEEKS), back)
    reached = {name: curve.quantile(share) for name, share in QUANTILES.items()}
    quantiles = {name: math.inf if math.isnan(at) and len(known) else at for name, at in reached.items()}
    low, high = median_interval(known, known)
    return {"mean": math.nan, "low": low, "high": high, "n": len(known), **quantiles}


@dataclass(frozen=True)
class Later(Difference):
    """By how many weeks the choice is back later than today (below 0: sooner), paired by seed.

    `over` is the median, where the pairs tell it exactly, else NaN; its 95 % interval is infinite at an end that they
    leave open. In `sooner` and `later` pairs it is surely so.
    """

    sooner: int
    later: int

    @property
    def certainty(self) -> float:
        """The chance that it is an improvement: that more pairs are back sooner than later (Jeffreys' prior)."""
        if self.n < 2:
            return math.nan
        from scipy.special import betainc

        return float(betainc(self.later + 0.5, self.sooner + 0.5, 0.5))


def later_back(today: Floats, choice: Floats) -> Later:
    """The difference between two arms, by seed, each as in `until_back`; over the pairs in which no run failed."""
    both = ~(np.isnan(today) | np.isnan(choice))
    a, b = today[both], choice[both]
    least = np.where(np.isfinite(a), np.minimum(b, YEAR_WEEKS), -math.inf) - np.where(np.isfinite(a), a, 0.0)
    most = np.where(np.isfinite(b), b, math.inf) - np.where(np.isfinite(b), np.minimum(a, YEAR_WEEKS), 0.0)
    ends = (float(np.median(least)), float(np.median(most))) if len(a) else (math.nan, math.nan)
    median = ends[0] if ends[0] == ends[1] and math.isfinite(ends[0]) else math.nan
    over = Mean(median, *median_interval(least, most), math.nan, len(a))
    return Later(over, yardstick(WEEKS), sooner=int((b < a).sum()), later=int((b > a).sum()))


def median_interval(least: Floats, most: Floats) -> tuple[float, float]:
    """The 95 % interval of a median by ranks, of values that lie between `least` and `most`; NaN below six values."""
    from scipy.stats import binom

    n, tail = len(least), (1.0 - CONFIDENCE) / 2.0
    below = int(binom.ppf(tail, n, 0.5)) if n else 0
    rank = below if n and binom.cdf(below, n, 0.5) <= tail else below - 1
    if rank < 0:
        return math.nan, math.nan
    return float(np.sort(least)[rank]), float(np.sort(most)[n - 1 - rank])
