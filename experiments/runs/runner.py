"""Replications: which runs are made, where, and who watches; and what today and a scenario yield in each of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from kastje.experiments.phrase import phrase
from kastje.experiments.runs.loop import finished
from kastje.experiments.runs.places import HERE, Place
from kastje.experiments.runs.shared import BASELINES, SCENARIOS
from kastje.experiments.runs.watch import NOBODY, Watch, never
from kastje.model import InputError, Scenario
from kastje.model.outcomes import Outcomes


@dataclass(frozen=True)
class Runs:
    """So many `replications`, with the seeds from `seed` on, made in a `place` while somebody may `watch`.

    >>> Runs(5, seed=3).seeds
    range(3, 8)
    """

    replications: int = 20
    """How many seeds."""
    seed: int = 1
    """The first of them."""
    place: Place = HERE
    """Where they are made."""
    watch: Watch = NOBODY
    """Who is told how far it is, and may stop it."""

    @property
    def seeds(self) -> range:
        """The seeds, in order. Raises InputError for fewer than one."""
        if self.replications < 1:
            raise InputError(phrase("runs.replications", count=self.replications))
        return range(self.seed, self.seed + self.replications)

    def but(self, replications: int | None, seed: int | None) -> "Runs":
        """The same with another number or first seed, where one is given."""
        given = {"replications": replications, "seed": seed}
        return replace(self, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]

    def each[Result](self, work: Callable[[int], Result | None]) -> Iterator[Result]:
        """What `work` makes of each seed, as it is done; fewer when it is cancelled."""
        return finished(work, self.seeds, self.place, self.watch)


USUAL = Runs()
"""Twenty replications on two threads, and nobody watches."""


@dataclass(frozen=True)
class Pair:
    """Today and the scenario with the same seed: every draw that no lever touches is the same in both."""

    seed: int
    """The seed of both runs."""
    baseline: Outcomes
    """What today's organisation gave."""
    scenario: Outcomes
    """What the scenario gave."""


def pairs(
    scenario: Scenario, runs: Runs = USUAL, *, replications: int | None = None, seed: int | None = None
) -> Iterator[Pair]:
    """How `scenario` and its baseline fare with each seed, as the pairs are finished; fewer when it is cancelled.

    `replications` and `seed` by themselves are those of `runs`.
    """
    several = runs.but(replications, seed)
    baseline = scenario.baseline()
    baseline.key()  # Kept inside, so that it is worked out once and not for every seed.
    cancelled = several.watch.cancelled if several.place.here else never
    return several.each(partial(_pair, scenario, baseline, cancelled))


def todays(scenario: Scenario, runs: Runs) -> Iterator[Outcomes]:
    """What today's organisation (all lessons at 0) yields, one outcome a seed, as they are finished."""
    return runs.each(partial(_today, scenario.baseline()))


def _pair(scenario: Scenario, baseline: Scenario, cancelled: Callable[[], bool], seed: int) -> Pair | None:
    today = BASELINES.get(baseline, seed)
    kept = BASELINES if scenario.is_baseline else SCENARIOS
    return None if cancelled() else Pair(seed, today, kept.get(scenario, seed))


def _today(baseline: Scenario, seed: int) -> Outcomes:
    return BASELINES.get(baseline, seed)
