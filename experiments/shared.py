"""Outcomes that many ask for and one computes: a thread-safe store of the last used, by scenario and seed."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from model import Scenario, simulate
from model.outcomes import Outcomes


class SharedOutcomes:
    """Keeps the `size` last used outcomes; who asks for one that is being computed waits for it.

    So a municipality's "today" is computed once a seed, however many people move a slider at the same time.
    """

    def __init__(self, size: int, compute: Callable[[Scenario, int], Outcomes]) -> None:
        self.size = size
        self._compute = compute
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int], Future[Outcomes]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, scenario: Scenario, seed: int) -> Outcomes:
        """What `scenario` yields with `seed`: kept, being computed by another thread, or computed here.

        A failure is passed on to everybody who waits for it and is not kept.
        """
        key = (scenario.key(), seed)
        with self._lock:
            future = self._kept.get(key)
            mine = future is None
            if future is None:
                future = self._kept[key] = Future()
                self._forget_oldest()
            self._kept.move_to_end(key)
        if mine:
            try:
                future.set_result(self._compute(scenario, seed))
            except BaseException as error:
                with self._lock:
                    self._kept.pop(key, None)
                future.set_exception(error)
        return future.result()

    def clear(self) -> None:
        """Forget what is kept; what is being computed still reaches those who wait for it."""
        with self._lock:
            self._kept.clear()

    def _forget_oldest(self) -> None:
        while len(self._kept) > self.size:
            self._kept.popitem(last=False)


def _simulate(scenario: Scenario, seed: int) -> Outcomes:
    # Looked up at the call, so that a test that counts runs sees each of them.
    return simulate(scenario, seed)


BASELINES = SharedOutcomes(512, _simulate)
"""Today's organisation, all lessons at 0: shared by everybody in this process."""

SCENARIOS = SharedOutcomes(256, _simulate)
"""Other scenarios: apart from the baselines, so that a slider on the move does not push those out."""
