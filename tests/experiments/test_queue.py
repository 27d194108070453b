"""Whose run goes first: the lowest rank, then the oldest; what was cancelled is passed over."""

import threading

import pytest

from experiments.queue import FairQueue
from experiments.runner import on_threads

PATIENCE = 20.0


@pytest.fixture
def held() -> tuple[FairQueue, threading.Event]:
    """A queue whose only thread is busy until the event is set."""
    queue, go, busy = FairQueue(1), threading.Event(), threading.Event()

    def hold() -> None:
        busy.set()
        go.wait(PATIENCE)

    queue.submit(hold, 0)
    assert busy.wait(PATIENCE)
    return queue, go


def test_everybodys_first_goes_before_anybodys_second(held: tuple[FairQueue, threading.Event]) -> None:
    queue, go = held
    order: list[str] = []
    waiting = [
        queue.submit(lambda who=who, rank=rank: order.append(f"{who}{rank}"), rank)
        for who in "ab"
        for rank in (0, 1, 2)
    ]
    assert queue.waiting(0) == 2
    assert queue.waiting(1) == 4
    go.set()
    for one in waiting:
        one.result(PATIENCE)
    assert order == ["a0", "b0", "a1", "b1", "a2", "b2"]


def test_what_was_cancelled_is_not_done_and_does_not_pile_up(held: tuple[FairQueue, threading.Event]) -> None:
    queue, go = held
    done: list[int] = []
    kept, gone = queue.submit(lambda: done.append(1), 5), queue.submit(lambda: done.append(2), 4)
    assert gone.cancel()
    assert queue.waiting(9) == 1
    queue.tidy()
    assert len(queue) == 1
    go.set()
    kept.result(PATIENCE)
    assert done == [1]


def test_a_failure_reaches_who_asked_and_the_thread_goes_on() -> None:
    queue = FairQueue(1)

    def fail() -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        queue.submit(fail, 0).result(PATIENCE)
    assert queue.submit(lambda: 3, 0).result(PATIENCE) == 3


def test_runs_in_a_queue_give_what_runs_on_threads_give_and_stop_when_cancelled() -> None:
    queue = FairQueue(2)
    found = on_threads(lambda seed: seed * seed, range(1, 6), 1, lambda: False, queue)
    assert sorted(found) == [1, 4, 9, 16, 25]
    stop = False
    runs = on_threads(lambda seed: seed, range(100), 1, lambda: stop, queue)
    next(runs)
    stop = True
    assert list(runs) == []
    assert len(queue) == 0
