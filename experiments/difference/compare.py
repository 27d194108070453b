"""What a scenario changes against today, with its certainty: statistics over paired replications."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kastje.experiments.difference.difference import Arms, Difference
from kastje.experiments.difference.mean import Floats, available, t_factor
from kastje.experiments.difference.verdict import Verdict, verdict
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.runs.runner import USUAL, Pair, Runs, pairs
from kastje.model import Scenario
from kastje.model.groups import COUNT

BAND = (10.0, 90.0)
"""The percentiles over the replications between which a monthly band lies."""


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
    """The pairs, by seed."""
    baseline: Mapping[str, float]
    """Today's mean of each outcome."""
    scenario: Mapping[str, float]
    """The scenario's mean of each outcome."""
    difference: Mapping[str, Difference]
    """What the scenario changes in each outcome, with its interval and certainty."""

    @classmethod
    def of(cls, finished: Iterable[Pair]) -> "Comparison":
        """The comparison over these pairs, in whatever order they were finished. Raises ValueError for none."""
        ordered = tuple(sorted(finished, key=lambda pair: pair.seed))
        if not ordered:
            raise ValueError("a comparison needs at least one pair")
        arms = _arms([pair.baseline.as_dict() for pair in ordered], [pair.scenario.as_dict() for pair in ordered])
        return cls(
            ordered,
            {name: arm.baseline.mean for name, arm in arms.items()},
            {name: arm.scenario.mean for name, arm in arms.items()},
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

    def arms(self) -> dict[str, Arms]:
        """Every outcome in both worlds, each with its own interval, and their difference."""
        today = [pair.baseline.as_dict() for pair in self.pairs]
        return _arms(today, [pair.scenario.as_dict() for pair in self.pairs])

    def verdict(self, outcome: str) -> Verdict:
        """What may be said of an outcome. Raises KeyError for an outcome that does not exist."""
        return verdict(self.difference[outcome])

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
        values = [one[outcome] for one in today], [one[outcome] for one in choice]
        return Group(cases, Arms.of(*values, yardstick(outcome)))

    def _said(self, outcome: str) -> dict[str, Any]:
        found = self.verdict(outcome)
        return {"word": str(found.word), "pairs": self.difference[outcome].n, "pairs_to_tell": found.pairs}

    def as_dict(self) -> dict[str, Any]:
        """The comparison as plain data for JSON; None where not available."""
        return {
            "baseline": {name: available(value) for name, value in self.baseline.items()},
            "scenario": {name: available(value) for name, value in self.scenario.items()},
            "difference": {name: difference.as_dict() for name, difference in self.difference.items()},
            "verdict": {name: self._said(name) for name in self.difference},
            "replications": self.replications,
            "seeds": list(self.seeds),
        }


def compare(
    scenario: Scenario, runs: Runs = USUAL, *, replications: int | None = None, seed: int | None = None
) -> Comparison:
    """How `scenario` compares with today over these pairs; `replications` and `seed` by themselves are those of `runs`.

    >>> compare(Scenario.load("tilburg").with_lessons(all=1.0), replications=20)  # doctest: +SKIP
    """
    return Comparison.of(pairs(scenario, runs.but(replications, seed)))


def compared(scenario: Scenario, runs: Runs) -> Comparison | None:
    """The same for somebody who may cancel: None when not all pairs were made."""
    finished = list(pairs(scenario, runs))
    return Comparison.of(finished) if len(finished) == runs.replications else None


def _arms(baseline: Sequence[Mapping[str, float]], scenario: Sequence[Mapping[str, float]]) -> dict[str, Arms]:
    return {
        name: Arms.of([one[name] for one in baseline], [one[name] for one in scenario], yardstick(name))
        for name in baseline[0]
    }


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
    half = t_factor(n) * months.std(axis=1, ddof=1) / math.sqrt(n)
    return np.vstack([means, means - half, means + half])
