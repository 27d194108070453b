"""A scenario with each subset of its lessons: run in the order in which they tell most about what each contributes.

First one order of the lessons a seed, then its reverse, then each lesson alone, then all that is left, one seed after
the other. What a stage yields says something true at once, and every run also serves the exact values.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.contributions import Contributions
from kastje.experiments.difference.mean import Floats
from kastje.experiments.difference.shapley import added, along, orders, shapley
from kastje.experiments.difference.yardstick import ACT
from kastje.experiments.runs import shared
from kastje.experiments.runs.loop import finished
from kastje.experiments.runs.places import HERE, Place
from kastje.experiments.runs.runner import Pair
from kastje.experiments.runs.watch import NOBODY, Watch
from kastje.model import Scenario
from kastje.model.caches import CACHES, Cache
from kastje.model.outcomes import Outcomes

KEPT: Cache[Floats] = CACHES["variants"]
"""The figures of variants that were run, by scenario and seed, shared by everybody.

Apart from the outcomes of scenarios: the variants of one choice would push out what others look at.
"""

Job = tuple[int, int]
"""One run: a coalition, whose members are its bits, and the position of a seed."""


def figures_of(outcomes: Outcomes) -> dict[str, float]:
    """The outcomes of a run and, as `act.NAME`, the share of its occasions at which an act was done (NaN of none)."""
    done = {
        ACT + name: act["done"] / act["opportunities"] if act["opportunities"] else math.nan
        for name, act in outcomes.acts.items()
    }
    return outcomes.as_dict() | done


class Variants:
    """The variants of a scenario with each subset of its lessons, over the seeds of pairs that were run already."""

    def __init__(self, scenario: Scenario, pairs: Sequence[Pair]) -> None:
        self.lessons = scenario.active
        self.seeds = tuple(pair.seed for pair in pairs)
        self.names = tuple(figures_of(pairs[0].baseline))
        self._scenario = scenario
        self._orders = orders(len(self.lessons), len(pairs), self.seeds[0])
        everyone = 1 << len(self.lessons)
        self._worth = np.full((everyone, len(pairs), len(self.names)), np.nan)
        self._known = np.zeros((everyone, len(pairs)), bool)
        for row, pair in enumerate(pairs):
            self._put(0, row, self._figures(pair.baseline))
            self._put(everyone - 1, row, self._figures(pair.scenario))

    def stages(self) -> tuple[Iterable[Job], ...]:
        """What to run, in this order; after the first stage there are contributions."""
        rows = range(len(self.seeds))
        singles = [(1 << member, row) for row in rows for member in range(len(self.lessons))]
        return self.one_order(), self.reversed_order(), singles, self.every()

    def one_order(self) -> list[Job]:
        """The runs of one order of the lessons for each seed."""
        return [(one, row) for row, order in enumerate(self._orders) for one in along(order)]

    def reversed_order(self) -> list[Job]:
        """The runs of the same orders the other way round."""
        return [(one, row) for row, order in enumerate(self._orders) for one in along(order[::-1])]

    def every(self) -> list[Job]:
        """All runs, one seed after the other."""
        return [(one, row) for row in range(len(self.seeds)) for one in range(len(self._worth))]

    def missing(self, jobs: Iterable[Job]) -> list[Job]:
        """Which of these still have to be run."""
        return [job for job in jobs if not self._known[job]]

    def run(self, jobs: Iterable[Job], place: Place = HERE, watch: Watch = NOBODY) -> Iterator[int]:
        """Run what is missing of these; yields how many are still to come, after each."""
        missing = self.missing(jobs)
        scenarios = {one: self._with(one) for one in dict.fromkeys(one for one, _ in missing)}

        def work(number: int) -> tuple[int, Floats]:
            one, row = missing[number]
            scenario, seed = scenarios[one], self.seeds[row]
            figures = KEPT.get((scenario.key(), seed), lambda: self._figures(shared.simulate(scenario, seed)))
            return number, figures

        left = len(missing)
        for number, figures in finished(work, range(left), place, watch):
            self._put(*missing[number], figures)
            left -= 1
            yield left

    def contributions(self) -> Contributions:
        """What is known now. Raises ValueError before one order of the lessons was run for every seed."""
        if self.missing(self.one_order()):
            raise ValueError("contributions need at least the runs of one order of the lessons for every seed")
        exact, reverse = self._known.all(axis=0), not self.missing(self.reversed_order())
        parts = np.empty((len(self.lessons), *self._worth.shape[1:]))
        parts[:, exact] = shapley(self._worth[:, exact])
        for row in np.flatnonzero(~exact):
            worth, order = self._worth[:, row], self._orders[row]
            parts[:, row] = added(worth, order)
            if reverse:
                parts[:, row] = (parts[:, row] + added(worth, order[::-1])) / 2.0
        return Contributions(
            self.lessons,
            self.names,
            self._worth.copy(),
            parts,
            exact_seeds=int(exact.sum()),
            orders=2 if reverse else 1,
            with_alone=not self.missing(self.stages()[2]),
        )

    def exact_seeds(self) -> int:
        """For how many seeds nothing is missing."""
        return int(self._known.all(axis=0).sum())

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
    scenario: Scenario, comparison: Comparison, place: Place = HERE, watch: Watch = NOBODY
) -> Contributions:
    """The exact contributions to `comparison`, that of `scenario` with today.

    Cancelled early it gives what is known by then. 2**k - 2 runs a seed for k lessons: some minutes for eight.
    """
    variants = Variants(scenario, comparison.pairs)
    total = len(variants.missing(variants.every()))
    for stage in variants.stages():
        before = total - len(variants.missing(variants.every()))
        for _ in variants.run(stage, place, watch.part(before, total)):
            pass
    return variants.contributions()
