"""How much two worlds differ, and how sure that is: statistics over paired values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """How much the scenario differs from today, and how sure that is.

    `mean` over `n` pairs with the paired t interval `low`..`high` (95 %; NaN below two pairs); `certainty` is the
    share of pairs in which the sign of the mean difference holds, ties counting half. All NaN where n = 0.
    """

    mean: float
    low: float
    high: float
    certainty: float
    n: int

    @classmethod
    def of(cls, baseline: Sequence[float] | Floats, scenario: Sequence[float] | Floats) -> "Difference":
        """The difference over the pairs in which both values are available."""
        differences = np.asarray(scenario, np.float64) - np.asarray(baseline, np.float64)
        differences = differences[np.isfinite(differences)]
        n = len(differences)
        if n == 0:
            return cls(math.nan, math.nan, math.nan, math.nan, 0)
        mean = float(differences.mean())
        low, high = _t_interval(differences)
        ties = float(np.mean(differences == 0))
        holds = float(np.mean(differences * np.sign(mean) > 0))
        return cls(mean, low, high, holds + ties / 2 if mean else 0.5, n)

    def as_dict(self) -> dict[str, float | None]:
        """`mean`, `low`, `high` and `certainty`; None where not available."""
        values = {"mean": self.mean, "low": self.low, "high": self.high, "certainty": self.certainty}
        return {name: available(value) for name, value in values.items()}


@dataclass(frozen=True)
class Arms:
    """One figure in both worlds: its mean today, its mean in the scenario, and the paired difference."""

    baseline: float
    scenario: float
    difference: Difference

    @classmethod
    def of(cls, baseline: Sequence[float], scenario: Sequence[float]) -> "Arms":
        """Means over the pairs in which both are available, so that their difference is the mean difference.

        Where no pair has both, each mean is over what there is.
        """
        today, choice = np.asarray(baseline, np.float64), np.asarray(scenario, np.float64)
        both = np.isfinite(today) & np.isfinite(choice)
        if both.any():
            today, choice = today[both], choice[both]
        return cls(mean_of(today), mean_of(choice), Difference.of(today, choice))


def available(value: float) -> float | None:
    """The value, or None where it is not available: JSON has no NaN."""
    return float(value) if math.isfinite(value) else None


def mean_of(values: Sequence[float] | Floats) -> float:
    """The mean of the values that are available; NaN when none is."""
    known = np.asarray(values, np.float64)
    known = known[np.isfinite(known)]
    return float(known.mean()) if len(known) else math.nan


def _t_interval(differences: Floats) -> tuple[float, float]:
    n = len(differences)
    if n < 2:
        return math.nan, math.nan
    mean, half = float(differences.mean()), t_factor(n) * float(differences.std(ddof=1)) / math.sqrt(n)
    return mean - half, mean + half


@lru_cache
def t_factor(n: int) -> float:
    """Half the width of the interval in standard errors; kept, since a dashboard asks for it at every pair."""
    # Here, because a quarter of a second of import is felt by commands that compare nothing.
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, (1 + CONFIDENCE) / 2))
