"""The benchmark: its arithmetic, that everybody does the work, and what it writes. Nothing here is about speed."""

import json
import math
import sys

import numpy as np
import pytest

from kastje.evidence.bench import Report, Size, bench
from kastje.evidence.bench import run as bench_run
from kastje.evidence.bench.kastje import Cost, municipality, textbook_queue
from kastje.evidence.bench.limit import by_bare_loop, by_drawing_loop, turn_over
from kastje.evidence.bench.queue import MOST_ERRORS, Queue, Round, errors_from_theory
from kastje.model import InputError, Scenario

TINY = Size(rounds=1, customers=400, staff=(60,), months=1, years=1, profiles=("tilburg",))
CONTESTANTS = {"kastje", "simpy", "ciw", "mesa", "bare_loop", "drawing_loop"}
MM3 = Queue(arrivals=300.0, service=125.0, servers=3)


def told() -> Report:
    """A report of two rounds whose figures are round numbers: 1,000 customers, so 2,000 events."""
    wait = MM3.mean_wait

    def rounds(*seconds: float, waits: float = wait) -> list[Round]:
        return [Round(one, 1000, waits, 2100) for one in seconds]

    return Report(
        MM3,
        {
            "kastje": rounds(0.001, 0.001, 0.009),
            "simpy": rounds(0.04, 0.05, 0.06),
            "ciw": rounds(0.1, 0.1, 0.1),
            "mesa": rounds(0.02, 0.03, 0.04),
            "bare_loop": rounds(0.0005, 0.0005, 0.0005, waits=math.nan),
            "drawing_loop": rounds(0.001, 0.001, 0.001, waits=math.nan),
        },
        {64: [Cost(64, 0.001, 1000), Cost(64, 0.003, 1000), Cost(64, 0.002, 1000)]},
        {"tilburg": [Cost(64, 0.1, 1000, 0.01)]},
    )


def test_theory_of_the_queue() -> None:
    one = Queue(arrivals=8.0, service=10.0, servers=1)
    assert one.mean_wait == pytest.approx(0.4)  # M/M/1: rho / (mu - lambda).
    five = Queue(arrivals=40.0, service=10.0, servers=5)
    assert five.mean_wait == pytest.approx(0.0554113, rel=1e-5)  # Erlang C by hand: .554113 mean services.


def test_ratios_are_of_medians_over_the_rounds() -> None:
    found = told().as_dict()
    assert found["ratio_vs_simpy"] == pytest.approx(50.0)
    assert found["ratio_vs_ciw"] == pytest.approx(100.0)
    assert found["ratio_vs_mesa"] == pytest.approx(30.0)
    assert found["ratio_to_bare_loop"] == pytest.approx(2.0)
    assert found["ratio_to_drawing_loop"] == pytest.approx(1.0)
    assert found["events_per_second"]["kastje"] == pytest.approx(2e6)
    assert found["engine_events_per_second"] == pytest.approx(2.1e6)
    assert found["cost_by_staff"] == [
        {"staff": 64, "nanoseconds_per_event": pytest.approx(2000.0), "engine_events": 1000}
    ]
    assert found["replication_year"]["tilburg"]["milliseconds"] == pytest.approx(100.0)
    assert found["replication_year"]["tilburg"]["outcomes_milliseconds"] == pytest.approx(10.0)


def test_who_does_not_do_the_work_is_named() -> None:
    report = told()
    assert report.missed == []
    lazy = [Round(0.001, 50_000, 0.5 * MM3.mean_wait)]
    assert Report(MM3, {**report.rounds, "ciw": lazy}, report.months, report.years).missed == ["ciw"]


@pytest.mark.parametrize("name", ["simpy", "ciw", "mesa"])
def test_peers_wait_as_theory_says(name: str) -> None:
    simulate = bench_run.contestants()[name]
    found = simulate(MM3, 4000, 1)
    assert found.customers >= 4000 if name == "ciw" else found.customers == 4000
    assert found.seconds > 0.0
    assert abs(errors_from_theory(MM3, [found])) < MOST_ERRORS


def test_the_bare_loop_takes_events_in_order_of_time() -> None:
    gaps = np.random.default_rng(1).exponential(1.0, 500)
    times, orders = np.zeros(4), np.arange(4)
    pending = [(0.0, k) for k in range(4)]
    for k, gap in enumerate(gaps):
        at, _ = pending.pop(pending.index(min(pending)))
        pending.append((at + gap, 4 + k))
    assert turn_over(times, orders, gaps) == pytest.approx(min(pending)[0])
    assert sorted(zip(times, orders, strict=True)) == sorted(pending)


@pytest.mark.parametrize("simulate", [by_bare_loop, by_drawing_loop])
def test_nobody_waits_in_the_loops(simulate) -> None:
    assert math.isnan(simulate(MM3, 100, 1).mean_wait)


@pytest.mark.parametrize("staff", [60, 300, 2800])
def test_a_larger_municipality_is_the_shipped_one_so_many_times_over(staff: int) -> None:
    small, large = Scenario.load("tilburg").profile, municipality(staff).profile
    copies = round(staff / small.staff)
    assert large.staff == copies * small.staff
    assert large.questions.per_year == copies * small.questions.per_year
    assert large.applications[0].per_year == copies * small.applications[0].per_year
    assert len(large.departments) <= 60
    assert max(team.staff for _, team in large.teams()) <= 25
    # Still a profile that a user could have written.
    type(large).model_validate(large.model_dump())


def test_the_profile_of_the_queue_is_mm3_at_a_load_of_080() -> None:
    queue, customers = textbook_queue()
    assert queue == MM3
    assert queue.load == pytest.approx(0.8)
    assert customers == 50_400


def test_without_the_peers_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "kastje.evidence.bench.peers", raising=False)
    monkeypatch.setitem(sys.modules, "simpy", None)
    with pytest.raises(InputError, match="simpy is not installed"):
        bench_run.contestants()


@pytest.mark.engine
def test_everything_is_measured(engine: None) -> None:
    report = bench(TINY)
    assert set(report.rounds) == CONTESTANTS
    assert abs(report.errors("kastje")) < MOST_ERRORS
    found = json.loads(json.dumps(report.as_dict()["events_per_second"]))
    assert set(found) == CONTESTANTS
    assert list(report.months) == [Scenario.load("tilburg").profile.staff]
    assert list(report.years) == ["tilburg"]
    assert report.years["tilburg"][0].events > 1000
