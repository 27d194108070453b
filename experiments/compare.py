"""What a scenario changes against today, with its certainty: statistics over paired replications."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.runner import Pair, never, pairs
from model import Scenario
from model.groups import COUNT

CONFIDENCE = 0.95
BAND = (10.0, 90.0)
"""The percentiles over the replications between which a monthly band lies."""

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


@dataclass(frozen=True)
class Group:
    """One group of residents in both worlds: one figure of it, and on how many of its applications a run rests.

    `cases` were decided, on average over the pairs; of both worlds the fewer.
    """

    cases: float
    arms: Arms


@dataclass(frozen=True)
class Monthly:
    """One outcome over time: per month of the horizon (1, 2, ..) the mean and the 10th to 90th percentile of both
    worlds over the replications, and the mean paired difference with its 95 % interval. NaN where not available."""

    outcome: str
    months: NDArray[np.int64]
    baseline_mean: Floats
    baseline_low: Floats
    baseline_high: Floats
    scenario_mean: Floats
    scenario_low: Floats
    scenario_high: Floats
    difference_mean: Floats
    difference_low: Floats
    difference_high: Floats


@dataclass(frozen=True)
class Comparison:
    """A scenario against today over a list of pairs; figures are means over the pairs, by outcome name."""

    pairs: tuple[Pair, ...]
    baseline: Mapping[str, float]
    scenario: Mapping[str, float]
    difference: Mapping[str, Difference]

    @classmethod
    def of(cls, finished: Iterable[Pair]) -> "Comparison":
        """The comparison over these pairs, in whatever order they were finished. Raises ValueError for none."""
        ordered = tuple(sorted(finished, key=lambda pair: pair.seed))
        if not ordered:
            raise ValueError("a comparison needs at least one pair")
        arms = _arms([pair.baseline.as_dict() for pair in ordered], [pair.scenario.as_dict() for pair in ordered])
        return cls(
            ordered,
            {name: arm.baseline for name, arm in arms.items()},
            {name: arm.scenario for name, arm in arms.items()},
            {name: arm.difference for name, arm in arms.items()},
        )

    @property
    def replications(self) -> int:
        """Over how many pairs."""
        return len(self.pairs)

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of the pairs, in order."""
        return tuple(pair.seed for pair in self.pairs)

    def monthly(self, outcome: str) -> Monthly:
        """How `outcome` goes month by month in both worlds. Raises KeyError for an outcome that does not exist."""
        today = np.array([pair.baseline.by_month[outcome] for pair in self.pairs], np.float64)
        choice = np.array([pair.scenario.by_month[outcome] for pair in self.pairs], np.float64)
        return Monthly(
            outcome,
            np.arange(1, today.shape[1] + 1),
            *_by_month(today, _band),
            *_by_month(choice, _band),
            *_by_month(choice - today, _mean_and_interval),
        )

    def departments(self) -> dict[str, dict[str, Arms]]:
        """Per department its staff, utilisation and backlog in hours, in both worlds."""
        return {
            name: _arms(
                [pair.baseline.departments[name] for pair in self.pairs],
                [pair.scenario.departments[name] for pair in self.pairs],
            )
            for name in self.pairs[0].baseline.departments
        }

    def groups(self, outcome: str) -> dict[str, dict[str, Group]]:
        """Who notices: `outcome` by kind of group and group in both worlds; empty where it is not kept by group.

        Groups of which no pair decided an application are left out.
        """
        first = self.pairs[0].baseline.by_group
        found = {
            kind: {name: self._group(kind, name, outcome) for name, figures in groups.items() if outcome in figures}
            for kind, groups in first.items()
        }
        seen = {kind: {name: one for name, one in groups.items() if one.cases} for kind, groups in found.items()}
        return {kind: groups for kind, groups in seen.items() if groups}

    def _group(self, kind: str, name: str, outcome: str) -> Group:
        today = [pair.baseline.by_group[kind][name] for pair in self.pairs]
        choice = [pair.scenario.by_group[kind][name] for pair in self.pairs]
        cases = sum(min(a[COUNT], b[COUNT]) for a, b in zip(today, choice, strict=True)) / len(self.pairs)
        return Group(cases, Arms.of([one[outcome] for one in today], [one[outcome] for one in choice]))

    def as_dict(self) -> dict[str, Any]:
        """The comparison as plain data for JSON; None where not available."""
        return {
            "baseline": {name: available(value) for name, value in self.baseline.items()},
            "scenario": {name: available(value) for name, value in self.scenario.items()},
            "difference": {name: difference.as_dict() for name, difference in self.difference.items()},
            "replications": self.replications,
            "seeds": list(self.seeds),
        }


def compare(
    scenario: Scenario,
    *,
    replications: int = 20,
    seed: int = 1,
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> Comparison:
    """How `scenario` compares with today over `replications` pairs; `progress(done, total)` is told of each."""
    finished: list[Pair] = []
    for pair in pairs(scenario, replications=replications, seed=seed, workers=workers, cancelled=cancelled):
        finished.append(pair)
        if progress is not None:
            progress(len(finished), replications)
    return Comparison.of(finished)


def available(value: float) -> float | None:
    """The value, or None where it is not available: JSON has no NaN."""
    return float(value) if math.isfinite(value) else None


def mean_of(values: Sequence[float] | Floats) -> float:
    """The mean of the values that are available; NaN when none is."""
    known = np.asarray(values, np.float64)
    known = known[np.isfinite(known)]
    return float(known.mean()) if len(known) else math.nan


def _arms(baseline: Sequence[Mapping[str, float]], scenario: Sequence[Mapping[str, float]]) -> dict[str, Arms]:
    return {name: Arms.of([one[name] for one in baseline], [one[name] for one in scenario]) for name in baseline[0]}


def _t_interval(differences: Floats) -> tuple[float, float]:
    n = len(differences)
    if n < 2:
        return math.nan, math.nan
    mean, half = float(differences.mean()), _t_factor(n) * float(differences.std(ddof=1)) / math.sqrt(n)
    return mean - half, mean + half


@lru_cache
def _t_factor(n: int) -> float:
    """Half the width of the interval in standard errors; kept, since a dashboard asks for it at every pair."""
    # Here, because a quarter of a second of import is felt by commands that compare nothing.
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, (1 + CONFIDENCE) / 2))


def _by_month(runs: Floats, figures: Callable[[Floats], Floats]) -> Floats:
    """Three `figures` for each month, over the runs in which that month is available; NaN where none has it.

    `figures` takes months x runs and is asked once for all months that every run has.
    """
    months = np.ascontiguousarray(runs.T)
    known = np.isfinite(months)
    everywhere = known.all(axis=1)
    found = np.full((3, len(months)), np.nan)
    if everywhere.any():
        found[:, everywhere] = figures(months[everywhere])
    for month in np.flatnonzero(known.any(axis=1) & ~everywhere):
        found[:, month : month + 1] = figures(months[month : month + 1, known[month]])
    return found


def _band(months: Floats) -> Floats:
    """Mean and both ends of the band per month."""
    return np.vstack([months.mean(axis=1), np.percentile(months, BAND, axis=1)])


def _mean_and_interval(months: Floats) -> Floats:
    """Mean and both ends of the t interval per month."""
    n, means = months.shape[1], months.mean(axis=1)
    if n < 2:
        return np.vstack([means, np.full((2, len(means)), np.nan)])
    half = _t_factor(n) * months.std(axis=1, ddof=1) / math.sqrt(n)
    return np.vstack([means, means - half, means + half])
