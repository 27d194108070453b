"""How much do two worlds differ, and how sure is that? The one record of a difference over pairs of runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kastje.experiments.difference.mean import Floats, Mean, available
from kastje.experiments.difference.yardstick import Yardstick

FIELDS = ("mean", "low", "high", "certainty", "n", "sd")
"""What a row of a table says of a difference."""

CERTAINTY = (
    "the chance that the difference is an improvement (where neither way is better: that it is a rise), by Student's t "
    "over the pairs; one half when nothing differs"
)
"""What certainty is, in the words of every document and screen that shows it."""


@dataclass(frozen=True)
class Difference:
    """How much the scenario differs from today: `over` the pairs' differences, judged `by` a yardstick.

    Its `certainty` is the chance that the difference is an improvement; where neither way is better, that it is a rise:
    P(T <= better mean / (sd / sqrt(n))), T by Student with n - 1 degrees of freedom, the posterior of the mean with a
    flat prior. Since the way is fixed before the runs, it is uniform when nothing differs: one half on average, however
    many pairs. Near 0 the difference is for the worse. Of pairs that all differ equally: 1 or 0, and one half when they
    do not differ at all. NaN below two pairs.
    """

    over: Mean
    """The pairs' differences, with their mean and its interval."""
    by: Yardstick
    """What it is judged by: which way is better, and the smallest difference that matters."""

    @classmethod
    def of(cls, baseline: Sequence[float] | Floats, scenario: Sequence[float] | Floats, by: Yardstick) -> "Difference":
        """The difference over the pairs in which both values are available."""
        return cls(Mean.of(np.asarray(scenario, np.float64) - np.asarray(baseline, np.float64)), by)

    @property
    def mean(self) -> float:
        """The mean difference; NaN where no pair has both values."""
        return self.over.mean

    @property
    def low(self) -> float:
        """The lower end of the 95 % interval; NaN below two pairs."""
        return self.over.low

    @property
    def high(self) -> float:
        """The higher end of the 95 % interval; NaN below two pairs."""
        return self.over.high

    @property
    def sd(self) -> float:
        """The standard deviation of the pairs' differences; NaN below two pairs."""
        return self.over.sd

    @property
    def n(self) -> int:
        """Over how many pairs."""
        return self.over.n

    @property
    def certainty(self) -> float:
        """The chance that it is an improvement; where neither way is better, that it is a rise."""
        return self.over.chance_below() if self.by.better < 0 else self.over.chance_above()

    def __str__(self) -> str:
        return ", ".join(f"{name}={value}" for name, value in self.as_row().items())

    def as_row(self) -> dict[str, float]:
        """The `FIELDS` of a row."""
        return {name: getattr(self, name) for name in FIELDS}

    def as_dict(self) -> dict[str, float | None]:
        """`mean`, `low`, `high` and `certainty`; None where not available."""
        return {name: available(getattr(self, name)) for name in ("mean", "low", "high", "certainty")}


@dataclass(frozen=True)
class Arms:
    """One figure in both worlds: today, in the scenario, and the paired difference between them."""

    baseline: Mean
    scenario: Mean
    difference: Difference

    @classmethod
    def of(cls, baseline: Sequence[float] | Floats, scenario: Sequence[float] | Floats, by: Yardstick) -> "Arms":
        """From one value a pair in either world, over the pairs in which both are available: so the means differ by the
        mean difference. Where no pair has both, each mean is over what there is."""
        today, choice = np.asarray(baseline, np.float64), np.asarray(scenario, np.float64)
        both = np.isfinite(today) & np.isfinite(choice)
        if both.any():
            today, choice = today[both], choice[both]
        return cls(Mean.of(today), Mean.of(choice), Difference.of(today, choice, by))
