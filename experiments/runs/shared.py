"""Outcomes that many ask for and one computes: a thread-safe store of the last used, by scenario and seed."""

from collections.abc import Callable

from kastje.model import Scenario, simulate
from kastje.model.outcomes import Outcomes
from kastje.model.shelf import Shelf


class SharedOutcomes:
    """Keeps the `size` last used outcomes; who asks for one that is being computed waits for it.

    So a municipality's "today" is computed once a seed, however many people move a slider at the same time.
    """

    def __init__(self, size: int, compute: Callable[[Scenario, int], Outcomes]) -> None:
        self._shelf: Shelf[Outcomes] = Shelf(size)
        self._compute = compute

    def __len__(self) -> int:
        return len(self._shelf)

    def get(self, scenario: Scenario, seed: int) -> Outcomes:
        """What `scenario` yields with `seed`: kept, being computed by another thread, or computed here."""
        return self._shelf.get((scenario.key(), seed), lambda: self._compute(scenario, seed))

    def clear(self) -> None:
        """Forget what is kept."""
        self._shelf.clear()


def _simulate(scenario: Scenario, seed: int) -> Outcomes:
    # Looked up at the call, so that a test that counts runs sees each of them.
    return simulate(scenario, seed)


BASELINES = SharedOutcomes(512, _simulate)
"""Today's organisation, all lessons at 0: shared by everybody in this process."""

SCENARIOS = SharedOutcomes(256, _simulate)
"""Other scenarios: apart from the baselines, so that a slider on the move does not push those out."""
