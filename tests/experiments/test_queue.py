"""Whose run goes first: the lowest rank, then the oldest; what was cancelled is passed over."""

import threading
import time
from collections.abc import Callable

import pytest

from kastje.experiments.runs.loop import finished
from kastje.experiments.runs.queue import FairQueue, Turn
from kastje.experiments.runs.watch import Watch

PATIENCE = 300.0


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
    found = finished(lambda seed: seed * seed, range(1, 6), Turn(queue))
    assert sorted(found) == [1, 4, 9, 16, 25]
    stop, done = False, []
    runs = finished(lambda seed: done.append(seed) or seed, range(10_000), Turn(queue), Watch(cancelled=lambda: stop))
    next(runs)
    stop = True
    assert list(runs) == []
    assert len(queue) == 0
    assert len(done) < 10_000


def test_a_long_design_stands_in_the_queue_with_a_few_pieces_and_takes_turns_with_another() -> None:
    queue, order = FairQueue(1), []
    turn = Turn(queue, 5.0, 0.0)
    first = finished(lambda seed: order.append("a") or seed, range(50), turn)
    second = finished(lambda seed: order.append("b") or seed, range(50), turn)
    go = threading.Event()
    hold = queue.submit(lambda: go.wait(PATIENCE), 0)
    both = [threading.Thread(target=list, args=(runs,)) for runs in (first, second)]
    for one in both:
        one.start()
    wait_for(lambda: len(queue) == 4)
    go.set()
    for one in both:
        one.join(PATIENCE)
    assert hold.result(PATIENCE)
    assert sorted(order) == ["a"] * 50 + ["b"] * 50
    turns = [order[at : at + 4].count("a") for at in range(0, 96, 4)]
    assert set(turns) == {2}


def test_a_turn_puts_pieces_a_rank_apart() -> None:
    queue = FairQueue(1)
    assert Turn(queue).after(3) == Turn(queue, 3.0)
    assert Turn(queue, 9.0, 0.0).after(3) == Turn(queue, 9.0, 0.0)


def test_long_work_leaves_a_thread_alone_while_others_ask_for_something_short(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kastje.experiments.runs.queue.CALM_SECONDS", 3600.0)
    queue, go, running = FairQueue(2, long=10.0), threading.Event(), []
    queue.submit(lambda: None, 0).result(PATIENCE)

    def hold(number: int) -> None:
        running.append(number)
        go.wait(PATIENCE)

    long = [queue.submit(lambda number=number: hold(number), 10.0) for number in range(3)]
    wait_for(lambda: running == [0])
    assert queue.submit(lambda: "short", 9.0).result(PATIENCE) == "short"
    assert running == [0]
    go.set()
    for one in long:
        one.result(PATIENCE)
    assert running == [0, 1, 2]


def test_long_work_has_all_threads_when_nobody_asks_for_anything_else() -> None:
    queue, both = FairQueue(2, long=10.0), threading.Barrier(2)
    long = [queue.submit(lambda: both.wait(PATIENCE), 10.0) for _ in range(2)]
    assert sorted(one.result(PATIENCE) for one in long) == [0, 1]


def test_one_processor_does_long_work_too() -> None:
    queue = FairQueue(1, long=10.0)
    assert queue.submit(lambda: 1, 0).result(PATIENCE) == 1
    assert queue.submit(lambda: 2, 10.0).result(PATIENCE) == 2


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)
