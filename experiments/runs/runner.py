"""Replications on threads: the compiled engine releases the interpreter, so that two threads use two cores."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue

from kastje.experiments.phrase import phrase
from kastje.experiments.runs.queue import Turn
from kastje.experiments.runs.shared import BASELINES, SCENARIOS
from kastje.model import InputError, Scenario
from kastje.model.outcomes import Outcomes

POLL_SECONDS = 0.2
"""How long a caller who cancels waits at most before the iteration notices it [s]."""


@dataclass(frozen=True)
class Pair:
    """Today and the scenario with the same seed: every draw that no lever touches is the same in both."""

    seed: int
    """The seed of both runs."""
    baseline: Outcomes
    """What today's organisation gave."""
    scenario: Outcomes
    """What the scenario gave."""


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
    turn: Turn | None = None,
) -> Iterator[Pair]:
    """How `scenario` and its baseline fare with the seeds seed .. seed + replications - 1, as the pairs are finished.

    The order is that of finishing. Once `cancelled()` is true the iteration ends; what a thread is computing then is
    finished, the rest is not begun. Closing the iterator does the same.
    With a `turn` the threads of its queue do the work, and `workers` counts for nothing.
    """
    baseline = scenario.baseline()
    baseline_key = baseline.key()
    kept = BASELINES if scenario.key() == baseline_key else SCENARIOS

    def pair(one: int) -> Pair | None:
        today = BASELINES.get(baseline, one)
        return None if cancelled() else Pair(one, today, kept.get(scenario, one))

    return on_threads(pair, _seeds(seed, replications), workers, cancelled, turn)


def todays(
    scenario: Scenario,
    *,
    replications: int = 5,
    seed: int = 1,
    workers: int = 2,
    cancelled: Callable[[], bool] = never,
    turn: Turn | None = None,
) -> Iterator[Outcomes]:
    """What today's organisation (all lessons at 0) yields, one outcome a seed, as they are finished."""
    today = partial(BASELINES.get, scenario.baseline())
    return on_threads(today, _seeds(seed, replications), workers, cancelled, turn)


def _seeds(first: int, replications: int) -> range:
    if replications < 1:
        raise InputError(phrase("runs.replications", count=replications))
    return range(first, first + replications)


def on_threads[Result](
    work: Callable[[int], Result | None],
    seeds: Sequence[int],
    workers: int,
    cancelled: Callable[[], bool],
    turn: Turn | None = None,
) -> Iterator[Result]:
    """Yield work(seed) for each seed as it is finished; None, which is what a cancelled piece returns, is left out.

    On threads of its own, or in the turn that is given.
    """
    if workers < 1:
        raise InputError(phrase("runs.workers", count=workers))

    def unless_cancelled(seed: int) -> Result | None:
        return None if cancelled() else work(seed)

    if turn is not None:
        yield from _in_turn(unless_cancelled, seeds, cancelled, turn)
        return
    pool = ThreadPoolExecutor(max_workers=min(workers, len(seeds)), thread_name_prefix="kastje-run")
    try:
        pending = {pool.submit(unless_cancelled, seed) for seed in seeds}
        while pending and not cancelled():
            done, pending = wait(pending, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                result = future.result()
                if result is not None and not cancelled():
                    yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_turn[Result](
    work: Callable[[int], Result | None], seeds: Sequence[int], cancelled: Callable[[], bool], turn: Turn
) -> Iterator[Result]:
    """The same in turn: a few pieces stand in the queue, and each that is done brings the next one in.

    So a design of thousands of runs does not stand before somebody who comes later with a few.
    """
    finished: SimpleQueue[Future[Result | None]] = SimpleQueue()
    waiting: set[Future[Result | None]] = set()
    lock, rest, ended = threading.RLock(), iter(enumerate(seeds)), False

    def ask_next() -> None:
        with lock:
            one = None if ended else next(rest, None)
            if one is None:
                return
            future = turn.queue.submit(partial(work, one[1]), turn.rank + turn.later * one[0])
            waiting.add(future)
        future.add_done_callback(done)

    def done(future: Future[Result | None]) -> None:
        with lock:
            waiting.discard(future)
        ask_next()
        finished.put(future)

    try:
        for _ in range(2 * turn.queue.workers):
            ask_next()
        left = len(seeds)
        while left and not cancelled():
            try:
                result = finished.get(timeout=POLL_SECONDS).result()
            except Empty:
                continue
            left -= 1
            if result is not None and not cancelled():
                yield result
    finally:
        with lock:
            ended = True
            stale = list(waiting)
        if sum(future.cancel() for future in stale):
            turn.queue.tidy()
