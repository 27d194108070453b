"""Replications on threads: the compiled engine releases the interpreter, so that two threads use two cores."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial

from experiments.queue import FairQueue
from experiments.shared import BASELINES, SCENARIOS
from model import InputError, Scenario
from model.outcomes import Outcomes

POLL_SECONDS = 0.05
"""How long a caller who cancels waits at most before the iteration notices it [s]."""


@dataclass(frozen=True)
class Pair:
    """Today and the scenario with the same seed: every draw that no lever touches is the same in both."""

    seed: int
    baseline: Outcomes
    scenario: Outcomes


def never() -> bool:
    """Nobody cancels."""
    return False


def pairs(
    scenario: Scenario,
    *,
    replications: int = 20,
    seed: int = 1,
    workers: int = 2,
    cancelled: Callable[[], bool] = never,
    queue: FairQueue | None = None,
    rank: float = 0,
) -> Iterator[Pair]:
    """How `scenario` and its baseline fare with the seeds seed .. seed + replications - 1, as the pairs are finished.

    The order is that of finishing. Once `cancelled()` is true the iteration ends; what a thread is computing then is
    finished, the rest is not begun. Closing the iterator does the same.
    With a `queue` its threads do the work and `workers` counts for nothing: the first pair goes in at `rank`, each
    next one a rank later, so that everybody who shares the queue gets a first pair before anybody gets a second.
    """
    baseline = scenario.baseline()
    baseline_key = baseline.key()
    kept = BASELINES if scenario.key() == baseline_key else SCENARIOS

    def pair(one: int) -> Pair | None:
        today = BASELINES.get(baseline, one)
        return None if cancelled() else Pair(one, today, kept.get(scenario, one))

    return on_threads(pair, _seeds(seed, replications), workers, cancelled, queue, rank)


def todays(
    scenario: Scenario,
    *,
    replications: int = 5,
    seed: int = 1,
    workers: int = 2,
    cancelled: Callable[[], bool] = never,
) -> Iterator[Outcomes]:
    """What today's organisation (all lessons at 0) yields, one outcome a seed, as they are finished."""
    return on_threads(partial(BASELINES.get, scenario.baseline()), _seeds(seed, replications), workers, cancelled)


def _seeds(first: int, replications: int) -> range:
    if replications < 1:
        raise InputError(f"replications: {replications}: expected a whole number of at least 1")
    return range(first, first + replications)


def on_threads[Result](
    work: Callable[[int], Result | None],
    seeds: Sequence[int],
    workers: int,
    cancelled: Callable[[], bool],
    queue: FairQueue | None = None,
    rank: float = 0,
) -> Iterator[Result]:
    """Yield work(seed) for each seed as it is finished; None, which is what a cancelled piece returns, is left out.

    On threads of its own, or in the turn of a `queue` (see `pairs`).
    """
    if workers < 1:
        raise InputError(f"workers: {workers}: expected a whole number of at least 1")

    def unless_cancelled(seed: int) -> Result | None:
        return None if cancelled() else work(seed)

    if queue is not None:
        submitted = [queue.submit(partial(unless_cancelled, seed), rank + at) for at, seed in enumerate(seeds)]
        try:
            yield from _as_finished(submitted, cancelled)
        finally:
            for future in submitted:
                future.cancel()
            queue.tidy()
        return
    pool = ThreadPoolExecutor(max_workers=min(workers, len(seeds)), thread_name_prefix="kastje-run")
    try:
        yield from _as_finished([pool.submit(unless_cancelled, seed) for seed in seeds], cancelled)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _as_finished[Result](futures: Sequence[Future[Result | None]], cancelled: Callable[[], bool]) -> Iterator[Result]:
    pending = set(futures)
    while pending and not cancelled():
        done, pending = wait(pending, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        for future in done:
            result = future.result()
            if result is not None and not cancelled():
                yield result
