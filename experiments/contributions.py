"""Which lesson brings how much of a difference? Contributions that add up to it, over the very seeds it is shown for.

With the worth v(S) of a figure when only the lessons in S are there, everything else and all draws being equal:

- one by one: each lesson laid on those before it, in the source's order: k + 1 runs a seed, at once;
- exact: the Shapley value, a lesson's mean contribution over all orders in which the k lessons could come: 2**k runs;
- alone: v of the lesson by itself less v of none; what the difference has beyond the sum of these is the interaction.

Not available: where for one of the seeds of the difference a variant has no value of the figure, it has no
contributions at all, since they would be about other seeds than the difference and would not add up to it.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from experiments import shared
from experiments.compare import Comparison, Difference, Floats, mean_of
from experiments.runner import Pair, never, on_threads
from model import LESSONS, Scenario
from model.outcomes import Outcomes
from model.shelf import Shelf

ACT = "act."
KEPT: Shelf[Floats] = Shelf(32768)
"""The figures of variants that were run, by scenario and seed (half a kilobyte each, shared by everybody).

Apart from the outcomes of scenarios: the variants of one choice would push out what others look at.
"""


def figures_of(outcomes: Outcomes) -> dict[str, float]:
    """The outcomes of a run and, as `act.NAME`, the share of its occasions at which an act was done (NaN of none)."""
    done = {
        ACT + name: act["done"] / act["opportunities"] if act["opportunities"] else math.nan
        for name, act in outcomes.acts.items()
    }
    return outcomes.as_dict() | done


def one_by_one(worth: Floats) -> Floats:
    """What each member adds to those before it. `worth[S]` is that of the coalition whose members are the bits of S."""
    ends = [(1 << member) - 1 for member in range(_members(worth) + 1)]
    return np.diff(worth[ends], axis=0)


def shapley(worth: Floats) -> Floats:
    """Each member's mean addition over all orders; further axes of `worth` are further games."""
    k = _members(worth)
    coalitions = np.arange(len(worth))
    sizes = np.array([coalition.bit_count() for coalition in range(len(worth))])
    weights = np.array([1.0 / (k * math.comb(k - 1, size)) for size in range(k)])
    values = []
    for member in range(k):
        without = coalitions[coalitions >> member & 1 == 0]
        added = worth[without | 1 << member] - worth[without]
        values.append(np.tensordot(weights[sizes[without]], added, axes=1))
    return np.array(values) if values else one_by_one(worth)


def alone(worth: Floats) -> Floats:
    """What each member adds to nobody."""
    return worth[[1 << member for member in range(_members(worth))]] - worth[0]


def _members(worth: Floats) -> int:
    return len(worth).bit_length() - 1


@dataclass(frozen=True)
class Explained:
    """One figure in both worlds: its difference, what each lesson brings of it (they add up to it), each does alone.

    `interaction` is the difference beyond the sum of what the lessons do alone. Each with a t interval over the
    seeds. What is not available, or not yet run, is empty or None.
    """

    baseline: float
    scenario: float
    difference: Difference
    by_lesson: Mapping[str, Difference]
    alone: Mapping[str, Difference]
    interaction: Difference | None


@dataclass(frozen=True, eq=False)
class Contributions:
    """The contributions to every figure: `worth` by coalition, seed and figure, `exact` or one by one."""

    lessons: tuple[str, ...]
    names: tuple[str, ...]
    exact: bool
    with_alone: bool
    worth: Floats
    _known: dict[str, Explained] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def _parts(self) -> Floats:
        return (shapley if self.exact else one_by_one)(self.worth)

    def of(self, name: str) -> Explained:
        """The contributions to one figure. Raises KeyError for a figure that does not exist."""
        if name not in self.names:
            raise KeyError(name)
        if name not in self._known:
            self._known[name] = self._explained(name)
        return self._known[name]

    def _explained(self, name: str) -> Explained:
        column = self.names.index(name)
        worth, parts = self.worth[..., column], self._parts[..., column]
        difference = worth[-1] - worth[0]
        used = np.isfinite(difference)
        by_lesson = self._differences(parts[:, used])
        single = self._differences(alone(worth)[:, used]) if self.with_alone else {}
        beyond = (difference - alone(worth).sum(axis=0))[used]
        interaction = _of(beyond) if single else None
        means = mean_of(worth[0, used]), mean_of(worth[-1, used])
        return Explained(*means, _of(difference), by_lesson, single, interaction)

    def _differences(self, parts: Floats) -> dict[str, Difference]:
        if not parts.size or not np.isfinite(parts).all():
            return {}
        return {lesson: _of(part) for lesson, part in zip(self.lessons, parts, strict=True)}


def _of(parts: Floats) -> Difference:
    return Difference.of(np.zeros_like(parts), parts)


class Variants:
    """The variants of a scenario with each subset of its lessons, over the seeds of pairs that were run already."""

    def __init__(self, scenario: Scenario, pairs: Sequence[Pair]) -> None:
        self.lessons = tuple(lesson for lesson in LESSONS if scenario.lessons.get(lesson, 0.0) > 0.0)
        self.seeds = tuple(pair.seed for pair in pairs)
        self.names = tuple(figures_of(pairs[0].baseline))
        self._scenario = scenario
        everyone = 1 << len(self.lessons)
        self._worth = np.full((everyone, len(pairs), len(self.names)), np.nan)
        self._known = np.zeros((everyone, len(pairs)), bool)
        for row, pair in enumerate(pairs):
            self._put(0, row, self._figures(pair.baseline))
            self._put(everyone - 1, row, self._figures(pair.scenario))

    def in_order(self) -> list[int]:
        """The coalitions of each lesson with those before it."""
        return [(1 << member) - 1 for member in range(len(self.lessons) + 1)]

    def singles(self) -> list[int]:
        """The coalitions of one lesson."""
        return [1 << member for member in range(len(self.lessons))]

    def every(self) -> range:
        """All coalitions."""
        return range(len(self._worth))

    def missing(self, coalitions: Iterable[int]) -> list[tuple[int, int]]:
        """Which runs these coalitions still need: (coalition, position of the seed), one seed after the other."""
        wanted = list(coalitions)
        return [(one, row) for row in range(len(self.seeds)) for one in wanted if not self._known[one, row]]

    def run(
        self, coalitions: Iterable[int], *, workers: int = 2, cancelled: Callable[[], bool] = never
    ) -> Iterator[int]:
        """Run what is missing of these coalitions; yields how many runs are still to come, after each."""
        jobs = self.missing(coalitions)
        scenarios = {one: self._with(one) for one in dict.fromkeys(one for one, _ in jobs)}

        def job(number: int) -> tuple[int, Floats] | None:
            one, row = jobs[number]
            scenario, seed = scenarios[one], self.seeds[row]
            figures = KEPT.get((scenario.key(), seed), lambda: self._figures(shared.simulate(scenario, seed)))
            return number, figures

        left = len(jobs)
        for number, figures in on_threads(job, range(left), workers, cancelled) if jobs else ():
            self._put(*jobs[number], figures)
            left -= 1
            yield left

    def contributions(self) -> Contributions:
        """What is known now: exact once every coalition was run. Raises ValueError before those in order were run."""
        if self.missing(self.in_order()):
            raise ValueError("contributions need at least the runs of each lesson on those before it")
        exact, with_alone = not self.missing(self.every()), not self.missing(self.singles())
        return Contributions(self.lessons, self.names, exact, with_alone, self._worth.copy())

    def _with(self, coalition: int) -> Scenario:
        only = [lesson for member, lesson in enumerate(self.lessons) if coalition >> member & 1]
        return self._scenario.with_lessons(all=0.0, **{lesson: self._scenario.lessons[lesson] for lesson in only})

    def _figures(self, outcomes: Outcomes) -> Floats:
        found = figures_of(outcomes)
        return np.array([found[name] for name in self.names])

    def _put(self, coalition: int, row: int, figures: Floats) -> None:
        self._worth[coalition, row] = figures
        self._known[coalition, row] = True


def contributions(
    scenario: Scenario,
    comparison: Comparison,
    *,
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> Contributions:
    """The exact contributions to `comparison`, that of `scenario` with today; `progress(done, total)` as runs end.

    Cancelled early it gives what is known by then. 2**k - 2 runs a seed for k lessons: some minutes for all eight.
    """
    variants = Variants(scenario, comparison.pairs)
    total = len(variants.missing(variants.every()))
    done = 0
    for stage in (variants.in_order(), variants.every()):
        for _ in variants.run(stage, workers=workers, cancelled=cancelled):
            done += 1
            if progress is not None:
                progress(done, total)
    return variants.contributions()
