"""The engine: one source of behaviour, conservation, the clock, the same result however it is run."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from kastje.evidence.verification import invariants
from kastje.model import Municipality, Scenario, simulate
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.state import fingerprint

ROOT = Path(__file__).parent.parent.parent
LESSONS_ON = {"all": 0.7, "start_day": 7, "ramp_days": 14}


@pytest.fixture(scope="module", params=["tilburg", "groningen"])
def end_state(engine, request):
    scenario = Scenario.load(request.param).with_parameters(horizon_days=182).with_lessons(**LESSONS_ON)
    world = world_of(scenario)
    state = start_of(scenario, 5)
    return world, drive(scenario, world, state, world.arrays.end)


@pytest.mark.parametrize(
    "adds_up",
    [
        invariants.needs_accounted_for,
        invariants.items_accounted_for,
        invariants.hours_accounted_for,
        invariants.trust_accounted_for,
        invariants.decided_after_start,
        invariants.nothing_forgotten,
    ],
)
def test_what_comes_in_is_made_or_is_spent_is_accounted_for(end_state, adds_up):
    _, state = end_state
    assert adds_up(state) == []


def test_lists_hold_exactly_the_waiting_items(end_state):
    assert invariants.lists_in_order(*end_state) == []


def test_a_suspended_term_moves_the_deadline_by_exactly_the_suspension(end_state):
    _, state = end_state
    assert (state.needs["suspended_total"][: state.run["needs"][0]] > 0.0).any()
    assert invariants.suspensions_exact(*end_state) == []


def test_nobody_works_outside_the_calendar(engine):
    log = simulate(Scenario.load("tilburg").with_parameters(horizon_days=120), 2, log=True).event_log
    started = log[log["activity"].isin(["step started", "contact taken", "callback started"])]
    stamp = started["timestamp"]
    assert (stamp.dt.day_of_week < 5).all()
    assert ((stamp.dt.hour >= 9) & (stamp.dt.hour < 17)).all()
    # King's Day, Easter Monday and Ascension Day 2026 are Dutch public holidays.
    assert not stamp.dt.strftime("%Y-%m-%d").isin(["2026-04-27", "2026-04-06"]).any()


def test_zero_demand_gives_no_case_and_no_figure(engine):
    values = simulate(Scenario.load("tilburg").with_parameters(load=0.0, horizon_days=60), 1).as_dict()
    assert values["cases_closed"] == 0.0
    assert values["staff_utilisation"] == 0.0
    for name in ("lead_time_days_mean", "satisfaction", "on_time_share", "contacts_per_case", "pillar_to_post_share"):
        assert np.isnan(values[name]), name


def test_same_seed_same_result_on_one_thread_and_on_two(engine):
    scenario = Scenario.load("tilburg").with_parameters(horizon_days=90)
    changed = scenario.with_lessons(all=1.0)
    alone = [simulate(s, seed).as_dict() for s in (scenario, changed) for seed in (11, 12)]
    with ThreadPoolExecutor(2) as pool:
        together = list(
            pool.map(
                lambda job: simulate(*job).as_dict(), [(s, seed) for s in (scenario, changed) for seed in (11, 12)]
            )
        )
    for a, b in zip(alone, together, strict=True):
        np.testing.assert_equal(a, b)
    assert alone[0] != alone[1]


def test_simulate_and_municipality_give_identical_outcomes_and_logs(engine):
    scenario = Scenario.load("groningen").with_parameters(horizon_days=70).with_lessons(**LESSONS_ON)
    direct = simulate(scenario, 7, log=True)
    model = Municipality(scenario, rng=7)
    model.run_for(model.working_days)
    assert not model.running
    stepped = model.outcomes()
    np.testing.assert_equal(direct.as_dict(), stepped.as_dict())
    for name, months in direct.by_month.items():
        np.testing.assert_array_equal(months, stepped.by_month[name])
    assert direct.event_log is not None
    assert direct.event_log.equals(model.event_log())


CODE = """
import hashlib
from kastje.model import Scenario
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.state import fingerprint
s = Scenario.load("tilburg").with_parameters(horizon_days=8, runin_days=7).with_lessons(all=1.0, ramp_days=0)
w = world_of(s)
state = start_of(s, 3)
state.run["logging"] = 1
state = drive(s, w, state, w.arrays.end)
print(state.run[0]["log"], hashlib.sha256(fingerprint(state)).hexdigest())
"""


def test_interpreted_and_compiled_give_the_identical_log_byte_for_byte(engine):
    def run(**env: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", CODE], cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=True
        )
        return done.stdout

    compiled, interpreted = run(NUMBA_DISABLE_JIT="0"), run(NUMBA_DISABLE_JIT="1")
    assert compiled == interpreted
    assert int(compiled.split()[0]) > 500


def test_more_room_changes_nothing(engine):
    """A pool that runs full in the middle of a run is enlarged, and the run goes on as if it always had the room."""
    scenario = Scenario.load("tilburg").with_parameters(horizon_days=30)
    world = world_of(scenario)
    wide = drive(scenario, world, start_of(scenario, 9), world.arrays.end)
    narrow = start_of(scenario, 9)
    used = narrow.run[0]
    tight = {
        pool: getattr(narrow, pool)[: int(used[count]) + 600].copy()
        for pool, count in {"needs": "needs", "contacts": "contacts", "items": "items"}.items()
    }
    narrow = drive(scenario, world, narrow._replace(**tight), world.arrays.end)
    assert narrow.needs.shape[0] > tight["needs"].shape[0]
    assert hashlib.sha256(fingerprint(wide)).digest() == hashlib.sha256(fingerprint(narrow)).digest()
