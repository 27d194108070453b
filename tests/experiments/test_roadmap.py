"""Roadmaps: the best order against all 40,320, what it costs by quarter, and the trial of it in the model."""

import itertools
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from kastje.experiments.designs import Design
from kastje.experiments.runs.carry import sweep
from kastje.experiments.runs.places import Threads
from kastje.experiments.studies.factorial import Cube
from kastje.experiments.studies.roadmap import Plan, Schedule, Terrain, best, greedy, scheduled
from kastje.experiments.studies.roadmap.best import _extremes
from kastje.experiments.studies.roadmap.folder import begun
from kastje.experiments.studies.roadmap.plan import (
    SOURCE,
    STOPPING,
    orders_table,
    quarters_table,
    sets_table,
)
from kastje.experiments.studies.roadmap.terrain import DAYS_A_QUARTER, checked_weights
from kastje.experiments.studies.roadmap.trial import Trial, trial_design, trial_of
from kastje.model import LESSONS, InputError, Scenario, simulate

K = len(LESSONS)
ALL_ORDERS = list(itertools.permutations(range(K)))
SHORT = {"work.horizon_days": 28.0, "work.runin_days": 14.0}


def terrain(seed: int, *, budget: float = 1500.0, horizon: float = 8.0, introduction: float = 1.0) -> Terrain:
    """Lessons that help, harm and depend on each other, in worth and in hours; one costs nothing."""
    rng = np.random.default_rng(seed)
    there = np.arange(256)[:, None] >> np.arange(K) & 1
    each = rng.gamma(2.0, 100.0, K)
    each[2] = 0.0
    hours = np.maximum(there @ each * (1.0 + 0.1 * rng.normal(size=256) * (there[:, 2] == 0)), 0.0)
    means = there @ rng.normal(0.02, 0.05, K) + rng.normal(0.0, 0.04, 256)
    worth = means[:, None] + rng.normal(0.0, 0.02, (256, 4))
    return Terrain(worth - worth[0], hours, budget, horizon, introduction)


@dataclass(frozen=True)
class Walk:
    """One order gone through by hand."""

    lessons: tuple[int, ...]
    value: float


def walked(land: Terrain, order: tuple[int, ...]) -> list[Walk]:
    """Every stop on the way of an order, the whole of it last: written down anew, as the definition says it."""
    worth, running = land.worth.mean(axis=1), land.running
    there, now, gathered = 0, 0.0, 0.0
    came: list[int] = []
    walks = []
    while True:
        walks.append(Walk(tuple(came), (gathered + worth[there] * (land.horizon - now)) / land.horizon))
        for lesson in order:
            new = there | 1 << lesson
            hours = max(0.0, running[new] - running[there]) * 4 * land.introduction
            free = land.budget - running[there]
            if new != there and running[new] <= land.budget and (hours == 0.0 or free > 0.0):
                break
        else:
            return walks
        takes = hours / free if hours else 0.0
        if now + takes >= land.horizon:
            return walks
        gathered += worth[there] * takes
        now += takes
        there = new
        came.append(lesson)


LANDS = [
    terrain(1),
    terrain(2, budget=600.0),
    terrain(3, budget=300.0, horizon=12.0),
    terrain(4, budget=6000.0, horizon=3.0),
    terrain(5, introduction=0.1),
]


@pytest.fixture(scope="module", params=LANDS, ids=["plain", "tight", "too tight for all", "ample", "quick"])
def land(request: pytest.FixtureRequest) -> Terrain:
    return request.param


@pytest.fixture(scope="module")
def every(land: Terrain) -> list[list[Walk]]:
    return [walked(land, order) for order in ALL_ORDERS]


def highest(walks: list[Walk], count: int) -> list[float]:
    """The highest values of ways that differ."""
    return sorted({walk.lessons: walk.value for walk in walks}.values(), reverse=True)[:count]


def test_the_best_three_orders_are_those_of_all_40320(land: Terrain, every: list[list[Walk]]):
    found = [one.value for one in best(land, 3)]
    assert found == pytest.approx(highest([walks[-1] for walks in every], 3), abs=1e-12)


def test_the_worst_order_is_that_of_all_40320(land: Terrain, every: list[list[Walk]]):
    assert best(land, worst=True)[0].value == pytest.approx(min(walks[-1].value for walks in every), abs=1e-12)


def test_the_best_that_may_stop_is_the_best_stop_on_any_of_the_ways(land: Terrain, every: list[list[Walk]]):
    found = [one.value for one in best(land, 3, stop=True)]
    assert found == pytest.approx(highest([walk for walks in every for walk in walks], 3), abs=1e-12)


def test_the_best_of_a_wide_range_of_budgets_and_horizons_is_exact():
    """Thirty more lands with six lessons, all 720 orders of each."""
    for seed in range(30):
        rng = np.random.default_rng(seed)
        wide = terrain(seed)
        budget, horizon, introduction = rng.uniform((200.0, 0.5, 0.1), (3000.0, 12.0, 2.0)).tolist()
        small = Terrain(wide.worth[:64], wide.running[:64], budget, horizon, introduction)
        walks = [walked(small, order) for order in itertools.permutations(range(6))]
        ends = [walk[-1] for walk in walks]
        assert [one.value for one in best(small, 5)] == pytest.approx(highest(ends, 5), abs=1e-12)
        stops = highest([one for walk in walks for one in walk], 5)
        assert [one.value for one in best(small, 5, stop=True)] == pytest.approx(stops, abs=1e-12)


def test_lessons_that_all_cost_nothing_are_ordered_at_once():
    free = Terrain(terrain(1).worth, np.zeros(256), 10.0, 4.0)
    assert best(free)[0].value == pytest.approx(free.mean[255])
    assert best(free, stop=True)[0].value == pytest.approx(free.mean.max())


def test_bounds_are_over_each_set_and_those_above_it():
    worth = terrain(1).mean
    least, most = _extremes(terrain(1), worth)
    above = [worth[one] for one in range(256) if one & 0b101 == 0b101]
    assert (least[0b101], most[0b101]) == (min(above), max(above))


def test_a_schedule_is_what_walking_the_order_gives(land: Terrain):
    for order in ALL_ORDERS[::997]:
        walk, schedule = walked(land, order)[-1], scheduled(land, order)
        assert schedule.order == walk.lessons
        assert schedule.value == pytest.approx(walk.value, abs=1e-12)


def test_no_quarter_costs_more_than_the_budget_and_all_hours_are_accounted_for(land: Terrain):
    for order in ALL_ORDERS[::2003]:
        schedule = scheduled(land, order)
        rows = schedule.quarters()
        assert all(row["running_hours"] + row["introduction_hours"] <= land.budget + 1e-6 for row in rows)
        needed = sum(land.hours(there, lesson) for there, lesson in zip(schedule.sets, schedule.order, strict=False))
        spent = sum(row["introduction_hours"] for row in rows)
        if schedule.begun >= 0:
            assert needed <= spent <= needed + land.hours(schedule.sets[-1], schedule.begun)
        else:
            assert spent == pytest.approx(needed)
        assert np.mean([row["worth"] for row in rows]) == pytest.approx(schedule.value)
        assert rows[-1]["set"] == schedule.sets[-1]


def test_lessons_that_never_fit_are_named():
    running = np.array([100.0 * (one & 1) + 5000.0 * (one >> 1 & 1) for one in range(256)])
    land = Terrain(np.zeros((256, 1)), running, 1000.0, 8.0)
    assert land.never() == [1]
    assert 1 not in best(land)[0].order
    assert best(land)[0].begun == -1


def test_a_lesson_that_is_affordable_only_after_another_is_introduced_after_it():
    """Where the first saves the second's hours."""
    running = np.array([{0: 0.0, 1: 100.0, 2: 900.0, 3: 150.0}[one & 3] for one in range(256)])
    land = Terrain(np.array([[float(one & 2 > 0)] for one in range(256)]), running, 500.0, 8.0)
    assert land.never() == []
    order = scheduled(land, (1, 0)).order
    assert order.index(0) < order.index(1)


def test_a_harmful_lesson_is_left_out_when_the_roadmap_may_stop():
    running = np.array([10.0 * one.bit_count() for one in range(256)])
    worth = np.array([[one.bit_count() - 3.0 * (one >> 4 & 1)] for one in range(256)])
    plan = Plan.of(Terrain(worth, running, 200.0, 12.0), sampled=0)
    assert [LESSONS[one] for one in plan.left_out()] == ["lived_vision"]
    assert plan.named("best").order[-1] == LESSONS.index("lived_vision")
    assert plan.regret(STOPPING).mean < 0.0


def test_greedy_takes_what_adds_most_for_its_time_and_is_never_better_than_the_best(land: Terrain):
    found = greedy(land)
    assert found.value <= best(land)[0].value + 1e-12
    rates = [
        (land.mean[1 << one] / land.durations[0, one], one)
        for one in range(K)
        if 0.0 < land.durations[0, one] < math.inf
    ]
    free = [one for one in range(K) if land.durations[0, one] == 0.0 and land.mean[1 << one] > 0.0]
    if found.order and not free:
        assert found.order[0] == max(rates)[1]


def test_the_plan_names_every_order_and_shows_each_once(land: Terrain):
    plan = Plan.of(land, sampled=3)
    assert {"best", "greedy", "worst", SOURCE, STOPPING, "random 3"} <= set(plan.called)
    orders = [one.order for one in plan.schedules.values()]
    assert len(set(orders)) == len(orders)
    assert plan.named(SOURCE).order == scheduled(land, range(K)).order
    table = orders_table(plan)
    assert table.set_index("order").loc["best", "regret_mean"] == 0.0
    assert (table[table["order"] != STOPPING]["regret_mean"] >= -1e-12).all()
    assert len(quarters_table(plan)) == len(orders) * int(land.horizon)
    assert sets_table(land)["reachable"].sum() == len(land.reachable)


def cube(worth: np.ndarray, hours: np.ndarray, outcome: str) -> Cube:
    return Cube(1.0, tuple(range(worth.shape[1])), (outcome, "lever_hours"), np.stack([worth, hours], axis=2))


def test_worth_counts_for_the_better_and_hours_are_a_quarters():
    days = np.linspace(60.0, 40.0, 256)[:, None].repeat(2, axis=1)
    hours = np.linspace(100.0, 355.0, 256)[:, None].repeat(2, axis=1)
    found = cube(days, hours, "lead_time_days_mean")
    land = Terrain.of(found, {"lead_time_days_mean": 0.5}, 182.5, budget=100, horizon=4)
    assert land.mean[255] == pytest.approx(10.0)
    assert land.running[255] == pytest.approx(255.0 / 2)
    assert land.running[0] == 0.0


def test_a_total_over_the_period_counts_as_that_of_a_year():
    euro = np.linspace(0.0, 510.0, 256)[:, None]
    land = Terrain.of(cube(euro, euro, "penalty_eur"), {"penalty_eur": 1.0}, 730.0, budget=100, horizon=4)
    assert land.mean[255] == pytest.approx(-255.0)


def test_seeds_with_a_set_that_is_not_available_are_left_out():
    worth, hours = np.ones((256, 3)), np.ones((256, 3))
    worth[77, 1] = np.nan
    assert Terrain.of(cube(worth, hours, "fit"), {"fit": 1.0}, 365.0, budget=1, horizon=1).worth.shape == (256, 2)
    with pytest.raises(ValueError, match="no seed has fit"):
        Terrain.of(cube(worth[:, 1:2], hours[:, 1:2], "fit"), {"fit": 1.0}, 365.0, budget=1, horizon=1)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"satisfactoin": 1.0}, "weights: 'satisfactoin' is not known, did you mean 'satisfaction'"),
        ({"satisfaction": math.nan}, "expected a weight above 0"),
        (
            {"lead_time_days_mean": -1.0},
            "weights.lead_time_days_mean is -1.0, expected a weight above 0; it counts",
        ),
        ({"satisfaction": math.inf}, "expected a weight above 0"),
        ({"fit": 1.0, "handovers_per_case": 1.0}, "weights.handovers_per_case has no way that is better"),
    ],
)
def test_wrong_weights_are_refused(weights: dict[str, float], said: str):
    with pytest.raises(InputError, match=said):
        checked_weights(weights)


def in_sets(values: np.ndarray) -> Callable[[tuple[str, ...]], float]:
    """What a set of lessons has, from a value for each of the 256."""
    return lambda lessons: float(values[sum(1 << LESSONS.index(lesson) for lesson in lessons)])


@pytest.fixture
def made_up_model(without_delay: Callable[..., None]) -> None:
    without_delay(in_sets(terrain(7).mean), in_sets(terrain(7).running))


def test_a_trial_in_a_model_without_delay_finds_just_what_the_sets_promise(made_up_model: None, tmp_path: Path):
    """So the days on which lessons begin, today beside them and the horizon arrive in the runs as they were planned."""
    plan = Plan.of(terrain(7), sampled=5)
    design = trial_design(plan.schedules, profile="tilburg", load=1.0, fixed={}, replications=3, seed=11)
    table = sweep(design, tmp_path / "orders", Threads(2)).store.table()
    trial = trial_of(table, tuple(plan.schedules), {"satisfaction": 1.0}, 730.0)
    for name, schedule in plan.schedules.items():
        assert trial.of(name).mean == pytest.approx(schedule.value, abs=1e-9)
        assert trial.of(name).n == 3
    ranks = trial.agreement([one.value for one in plan.schedules.values()])
    assert ranks["tau"] == pytest.approx(1.0)
    assert trial.behind("worst", "best").mean == pytest.approx(plan.regret("worst").mean)


def test_rank_agreement_is_kendalls_and_has_an_interval():
    from scipy.stats import kendalltau

    noise = np.random.default_rng(2).normal(size=(6, 10))
    rising = noise + np.arange(6.0)[:, None] / 3
    found = Trial(tuple("abcdef"), rising).agreement(list(range(6)))
    assert found["tau"] == pytest.approx(kendalltau(range(6), rising.mean(axis=1)).statistic)
    assert found["low"] <= found["tau"] <= found["high"]
    assert math.isnan(Trial(("a", "b"), noise[:2]).agreement([1.0, 2.0])["tau"])


def test_a_lesson_that_is_not_there_within_the_horizon_is_not_in_the_trial():
    land = terrain(2, budget=600.0, horizon=2.0)
    schedule = scheduled(land, range(K))
    assert 0 < len(schedule.order) < K
    arm = trial_design({"one": schedule}, profile="tilburg", load=1.1, fixed=SHORT, replications=2, seed=1)
    scenario = the_scenario(arm)
    assert scenario.active == tuple(sorted((LESSONS[one] for one in schedule.order), key=LESSONS.index))
    for lesson, day in zip(schedule.order, schedule.days, strict=True):
        assert scenario.starts_on(LESSONS[lesson]) == day
    assert scenario.value("horizon_days") == round(2 * DAYS_A_QUARTER)
    assert scenario.value("load") == 1.1


def the_scenario(design: Design) -> Scenario:
    return design.scenario(design.arms.iloc[0].to_dict(), design.profiles())


@pytest.mark.engine
def test_lessons_may_begin_at_any_moment():
    """Adding the run-in to such a day and taking it off again can round it to just before itself."""
    today = Scenario.load("tilburg").with_parameters(horizon_days=14, runin_days=7)
    for day in np.random.default_rng(1).uniform(0.0, 14.0, 12):
        choice = today.with_lessons(ownership=1.0, lived_vision=1.0, ramp_days=3)
        apart = simulate(choice.with_starts(ownership=float(day), lived_vision=float(day)), seed=3)
        together = simulate(choice.with_lessons(start_day=float(day)), seed=3)
        assert apart.as_dict() == pytest.approx(together.as_dict(), nan_ok=True)


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="holds something else"), begun(tmp_path):
        pass
    for _ in range(2):
        with begun(tmp_path / "new"):
            pass


def test_a_roadmap_that_is_stopped_says_so(tmp_path: Path):
    def status() -> str:
        return json.loads((tmp_path / "manifest.json").read_text())["status"]

    def stopped() -> None:
        with begun(tmp_path):
            assert status() == "running"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert status() == "stopped"


def test_schedules_of_no_lessons_are_today(made_up_model: None, tmp_path: Path):
    land = Terrain(-np.ones((256, 1)) * (np.arange(256) > 0)[:, None], terrain(1).running, 1500.0, 4.0)
    nothing = best(land, stop=True)[0]
    assert nothing.order == ()
    schedules: dict[str, Schedule] = {"nothing": nothing, "all": scheduled(land, range(K))}
    design = trial_design(schedules, profile="tilburg", load=1.0, fixed={}, replications=2, seed=1)
    table = sweep(design, tmp_path / "orders", Threads(1)).store.table()
    trial = trial_of(table, tuple(schedules), {"satisfaction": 1.0}, 365.0)
    assert trial.of("nothing").mean == 0.0
