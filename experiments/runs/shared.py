"""Outcomes that many ask for and one computes, by scenario and seed."""

from collections.abc import Callable

from kastje.model import Scenario, simulate
from kastje.model.caches import CACHES, Cache
from kastje.model.outcomes import Outcomes


class SharedOutcomes:
    """Outcomes kept in a cache; who asks for one that is being computed waits for it.

    So a municipality's "today" is computed once a seed, however many people move a slider at the same time.
    """

    def __init__(self, cache: Cache[Outcomes], compute: Callable[[Scenario, int], Outcomes]) -> None:
        self._cache = cache
        self._compute = compute

    def __len__(self) -> int:
        return len(self._cache)

    def get(self, scenario: Scenario, seed: int) -> Outcomes:
        """What `scenario` yields with `seed`: kept, being computed by another thread, or computed here."""
        return self._cache.get((scenario.key(), seed), lambda: self._compute(scenario, seed))


def _simulate(scenario: Scenario, seed: int) -> Outcomes:
    # Looked up at the call, so that a test that counts runs sees each of them.
    return simulate(scenario, seed)


BASELINES = SharedOutcomes(CACHES["baselines"], _simulate)
"""Today's organisation, all lessons at 0: shared by everybody in this process."""

SCENARIOS = SharedOutcomes(CACHES["scenarios"], _simulate)
"""Other scenarios: apart from the baselines, so that a slider on the move does not push those out."""
