"""Replications on threads: what is shared is computed once, and who cancels is left in peace."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kastje.experiments.difference.compare import compare
from kastje.experiments.runs import shared
from kastje.experiments.runs.places import Threads
from kastje.experiments.runs.runner import Runs, pairs, todays
from kastje.experiments.runs.shared import SharedOutcomes
from kastje.experiments.runs.watch import Watch
from kastje.model import InputError, Scenario
from kastje.model.caches import Cache, empty


@pytest.fixture
def choice(today: Scenario) -> Scenario:
    return today.with_lessons(ownership=1.0)


def running() -> Iterator[threading.Thread]:
    return (thread for thread in threading.enumerate() if thread.name.startswith("kastje-run"))


def test_each_pair_has_the_same_seed_in_both_worlds(counted, choice: Scenario) -> None:
    found = sorted(pairs(choice, replications=3, seed=5), key=lambda pair: pair.seed)
    assert [pair.seed for pair in found] == [5, 6, 7]
    assert [pair.baseline.as_dict()["fit"] for pair in found] == [5, 6, 7]
    assert [pair.scenario.as_dict()["fit"] for pair in found] == [6, 7, 8]


def test_today_is_computed_once_for_everybody(counted, today: Scenario) -> None:
    choices = [today.with_lessons(ownership=share / 4) for share in range(1, 5)]
    with ThreadPoolExecutor(4) as visitors:
        list(visitors.map(lambda one: list(pairs(one, replications=5)), choices))
    baselines = [run for run in counted.runs if run[0] == today.baseline().key()]
    assert sorted(baselines) == [(today.baseline().key(), seed) for seed in range(1, 6)]
    assert len(counted.runs) == 5 + 4 * 5


def test_a_value_that_is_being_computed_is_waited_for(counted, today: Scenario) -> None:
    begun, released = threading.Event(), threading.Event()

    def slowly(scenario: Scenario, seed: int) -> None:
        begun.set()
        assert released.wait(10)

    counted.during = slowly
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(shared.BASELINES.get, today, 1)
        assert begun.wait(10)
        second = threads.submit(shared.BASELINES.get, today, 1)
        released.set()
        assert first.result(10) is second.result(10)
    assert counted.runs == [(today.key(), 1)]


def test_doing_nothing_is_today_itself(counted, today: Scenario) -> None:
    (pair,) = pairs(today, replications=1)
    assert pair.baseline is pair.scenario
    assert len(counted.runs) == 1


def test_the_store_forgets_the_least_used(today: Scenario) -> None:
    runs: list[int] = []
    store = SharedOutcomes(Cache("outcomes", 2, 1), lambda scenario, seed: runs.append(seed))
    for seed in (1, 2, 1, 3, 1, 2):
        store.get(today, seed)
    assert runs == [1, 2, 3, 2]
    assert len(store) == 2


def test_a_failure_is_passed_on_and_not_kept(counted, today: Scenario) -> None:
    def fail(scenario: Scenario, seed: int) -> None:
        raise RuntimeError("no room")

    counted.during = fail
    with pytest.raises(RuntimeError, match="no room"):
        list(pairs(today, replications=2))
    counted.during = lambda scenario, seed: None
    assert len(list(pairs(today, replications=2))) == 2


def test_who_cancels_gets_no_more_and_nothing_more_is_begun(counted, choice: Scenario) -> None:
    stop = threading.Event()
    found = []
    for pair in pairs(choice, Runs(100, watch=Watch(cancelled=stop.is_set))):
        found.append(pair)
        stop.set()
    assert len(found) == 1
    assert len(counted.runs) < 100
    assert list(running()) == []


def test_who_closes_the_iterator_leaves_no_thread_behind(counted, choice: Scenario) -> None:
    under_way = pairs(choice, replications=100)
    next(under_way)
    under_way.close()
    assert list(running()) == []
    assert len(counted.runs) < 200


def test_nothing_starts_before_somebody_asks(counted, choice: Scenario) -> None:
    pairs(choice, replications=3)
    assert counted.runs == []


def test_progress_is_told_of_each_pair(counted, choice: Scenario) -> None:
    heard: list[tuple[int, int]] = []
    compare(choice, Runs(3, watch=Watch(lambda done, total: heard.append((done, total)))))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_todays_are_the_baselines(counted, choice: Scenario) -> None:
    assert sorted(one.as_dict()["fit"] for one in todays(choice, Runs(3))) == [1, 2, 3]


@pytest.mark.parametrize("wrong", [Runs(0), Runs(place=Threads(0))])
def test_no_replications_or_no_workers_is_wrong_input(counted, choice: Scenario, wrong: Runs) -> None:
    with pytest.raises(InputError, match="at least 1"):
        list(pairs(choice, wrong))


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_one_thread_and_two_give_the_same(today: Scenario) -> None:
    choice = today.with_parameters(horizon_days=28).with_lessons(all=1.0)
    results = []
    for workers in (1, 2):
        empty("baselines", "scenarios")
        results.append(compare(choice, Runs(4, place=Threads(workers))).as_dict())
    assert results[0] == results[1]
