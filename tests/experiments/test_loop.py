"""The one loop over runs: the same wherever they are made, and the only one there is."""

import ast
import math
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kastje.experiments.runs.loop import finished
from kastje.experiments.runs.places import Place, Processes, Threads
from kastje.experiments.runs.queue import FairQueue, Turn
from kastje.experiments.runs.watch import Watch

ROOMS = ("experiments", "dashboard", "commands")
LOOP, CARRIER, QUEUE = "experiments/runs/loop.py", "experiments/runs/carrier.py", "experiments/runs/queue.py"
HANDED_OVER = {LOOP, CARRIER, QUEUE}
"""Where a piece of work is handed to an executor: the loop, what looks for the culprit after a death, and the queue."""


@pytest.fixture(params=["threads", "processes", "queue"])
def place(request: pytest.FixtureRequest) -> Place:
    return {"threads": Threads(2), "processes": Processes(2), "queue": Turn(FairQueue(2))}[request.param]


def test_every_place_gives_every_piece_once_and_who_watches_is_told_of_each(place: Place) -> None:
    told: list[tuple[int, int]] = []
    found = finished(math.factorial, range(1, 30), place, Watch(lambda done, total: told.append((done, total))))
    assert sorted(found) == [math.factorial(number) for number in range(1, 30)]
    assert told == [(done, 29) for done in range(1, 30)]


def test_a_failure_of_a_piece_is_raised_wherever_it_was_made(place: Place) -> None:
    with pytest.raises(ValueError, match="negative"):
        list(finished(math.factorial, range(-3, 0), place))


def test_who_cancels_gets_no_more_wherever_pieces_are_made(place: Place) -> None:
    stop = threading.Event()
    found = []
    for one in finished(math.isqrt, range(10_000), place, Watch(cancelled=stop.is_set)):
        found.append(one)
        stop.set()
    assert len(found) == 1


def test_nothing_to_do_is_done_at_once(place: Place) -> None:
    assert list(finished(math.factorial, (), place)) == []


def test_while_nothing_comes_who_watches_is_called_now_and_then() -> None:
    """On the thread that asked: a page may be told something from there alone."""
    go, called = threading.Event(), []

    def meanwhile() -> None:
        called.append(threading.current_thread())
        go.set()

    assert list(finished(lambda _: go.wait(20), (0,), Threads(1), Watch(meanwhile=meanwhile))) == [True]
    assert set(called) == {threading.current_thread()}


def test_a_part_of_something_larger_is_told_as_such() -> None:
    told: list[tuple[int, int]] = []
    list(finished(math.factorial, range(2), Threads(1), Watch(lambda *of: told.append(of)).part(3, 9)))
    assert told == [(4, 9), (5, 9)]


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            yield str(path.relative_to(root)), ast.parse(path.read_text(encoding="utf-8"))


def test_nobody_else_hands_work_to_an_executor_or_waits_for_it(root: Path) -> None:
    handed, waited = set(), set()
    for name, tree in modules(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "submit":
                handed.add(name)
            if isinstance(node, ast.ImportFrom) and node.module == "concurrent.futures":
                waited |= {name for one in node.names if one.name in ("wait", "as_completed")}
    assert handed == HANDED_OVER
    assert waited == set()


def test_whether_to_stop_is_asked_of_who_watches_and_of_nobody_beside(root: Path) -> None:
    """One argument of one kind in place of `cancelled` and its companions in every signature."""
    asking = {
        (name, function.name)
        for name, tree in modules(root)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for one in (*function.args.args, *function.args.kwonlyargs)
        if one.arg == "cancelled"
    }
    assert asking == {("experiments/runs/runner.py", "_pair")}
