"""What single mechanisms do, each turned up, off, or forced, on a shipped profile."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kastje.agents.attitudes import drawn_to_anchor, friedkin_johnsen, hegselmann_krause
from kastje.agents.employee import care_under_pressure, standard_after_week
from kastje.model import InputError, Scenario, simulate
from kastje.model import records as rec
from kastje.model.period import Period
from kastje.model.profile import load_profile
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.state import State
from kastje.model.terms import LEAD_TIME_PARTS, tipping

SHORT = {"horizon_days": 182, "runin_days": 91}


@pytest.fixture(scope="module")
def today(engine) -> Scenario:
    return Scenario.load("tilburg").with_parameters(**SHORT)


def end_of(scenario: Scenario, seed: int = 3) -> State:
    world = world_of(scenario)
    return drive(scenario, world, start_of(scenario, seed), world.arrays.end)


def cases_of(state: State) -> np.ndarray:
    needs = state.needs[: state.run[0]["needs"]]
    return needs[needs["process"] >= 0]


def log_of(scenario: Scenario, seed: int = 3) -> pd.DataFrame:
    log = simulate(scenario, seed, log=True).event_log
    assert log is not None
    return log


@pytest.mark.parametrize("profile", ["tilburg", "groningen", "owo"])
def test_the_hours_of_a_case_add_up_to_its_lead_time(engine, profile):
    cases = cases_of(end_of(Scenario.load(profile).with_parameters(**SHORT).with_lessons(all=0.6)))
    over = cases[cases["state"] != rec.OPEN]
    parts = sum(over[name] for name in LEAD_TIME_PARTS.values())
    assert np.abs(parts - (over["decided"] - over["start"])).max() < 1e-9
    assert all((over[name] >= 0.0).all() and over[name].sum() > 0.0 for name in LEAD_TIME_PARTS.values())


def test_the_parts_of_the_lead_time_are_outcomes_that_add_up(today):
    outcomes = simulate(today, 2)
    world = world_of(today)
    state = drive(today, world, start_of(today, 2), world.arrays.end)
    run = state.run[0]
    period = Period(
        state.needs[: run["needs"]],
        state.contacts[: run["contacts"]],
        state.weeks[: run["weeks"]],
        float(run["branch"]),
        float(run["t"]),
    )
    mean = (period.decided["decided"] - period.decided["start"]).mean()
    assert sum(outcomes.values[name] for name in LEAD_TIME_PARTS) == pytest.approx(mean, abs=1e-9)


def test_a_term_is_extended_near_its_end_and_only_once(today):
    log = log_of(today.with_parameters(horizon_days=365))
    extended = log[log["activity"] == "term extended"]
    assert len(extended) > 5
    assert extended["case"].is_unique
    filed = log[log["activity"] == "application filed"].set_index("case")["hours"]
    days = (extended.set_index("case")["hours"] - filed) / 24.0
    assert (days.dropna() >= 48.99).all()


def test_advice_goes_back_to_the_handler_before_the_case_goes_on(today):
    log = log_of(today)
    taken = log[log["activity"] == "advice taken in"]
    assert len(taken) > 100
    for case, rows in list(log.groupby("case"))[:80]:
        done = rows[(rows["activity"] == "step done") & rows["step"].isin(["safety", "traffic"])]
        for _, one in done.iterrows():
            later = rows[(rows["hours"] >= one["hours"]) & (rows["step"] == one["step"])]
            back = later[later["activity"] == "advice taken in"]
            draft = rows[(rows["activity"] == "step started") & (rows["step"] == "draft")]
            if len(draft) and draft["hours"].iloc[0] > one["hours"]:
                assert len(back), case
                assert back["hours"].iloc[0] <= draft["hours"].iloc[0]


def test_a_case_stays_with_its_first_handler_when_that_is_the_practice(today):
    def handlers(share: float) -> float:
        log = log_of(today.with_parameters(case_handler=share, named_owner=0.0, turnover=0.0, mobility=0.0))
        own = log[(log["activity"] == "step started") & log["step"].isin(["intake", "plan"])]
        return float(own.groupby("case")["resource"].nunique().mean())

    assert handlers(1.0) < 1.2 < handlers(0.0)


def test_work_that_nobody_owns_is_lost_until_the_resident_calls(today):
    assert simulate(today.with_parameters(drop_rate=0.0), 3).values["drops_per_case"] == 0.0
    log = log_of(today.with_parameters(drop_rate=0.1, drop_days=5.0))
    lost, found = log[log["activity"] == "out of sight"], log[log["activity"] == "found again"]
    assert len(lost) > 20
    assert 0 < len(found) <= len(lost)
    calls = log[log["activity"].isin(["answered", "passed on"])]
    for _, one in found.head(20).iterrows():
        assert ((calls["case"] == one["case"]) & (calls["hours"] == one["hours"])).any()


def test_a_surge_brings_so_much_more_and_then_stops(engine):
    calm = Scenario.load("groningen").with_parameters(horizon_days=210, runin_days=91)
    surge = calm.with_parameters(surge_extra=1.0, surge_start_day=56, surge_weeks=8)

    def filed(scenario: Scenario) -> np.ndarray:
        cases = cases_of(end_of(scenario, 1))
        weeks = (cases["start"] - 24.0 * 91.0) // 168.0
        return np.bincount(weeks[weeks >= 0].astype(int), minlength=30)[:30]

    before, during = filed(calm), filed(surge)
    np.testing.assert_array_equal(before[:8], during[:8])
    assert 1.8 < during[8:16].sum() / before[8:16].sum() < 2.2
    assert 0.85 < during[16:].sum() / before[16:].sum() < 1.15


def test_without_an_answer_people_decide_by_themselves(today):
    slow = today.with_parameters(delegate_days=1.0, settle_hours=8.0, escalation_rule=1.0)
    log = log_of(slow.with_lessons(creative_solutions=1.0))
    alone = log[log["activity"] == "decided without manager"]
    assert len(alone) > 0
    never = log_of(today.with_parameters(delegate_days=365.0))
    assert not (never["activity"] == "decided without manager").any()


def test_corner_cutting_is_off_with_the_switch_and_wears_down_the_standard_under_load(today):
    busy = today.with_parameters(load=1.3)
    calm = end_of(busy.with_parameters(pressure=0))
    assert (calm.crews["standard"] == 1.0).all()
    assert cases_of(calm)["faults"].sum() == 0
    pressed = end_of(busy)
    assert pressed.crews["standard"].min() < 0.99
    assert cases_of(pressed)["faults"].sum() > 0


def test_a_standard_slides_fast_and_recovers_slowly():
    assert care_under_pressure(0.0, 0.15) == 1.0
    assert care_under_pressure(1.0, 0.15) == pytest.approx(0.925)
    assert standard_after_week(1.0, 0.9, 0.04, 0.01) == pytest.approx(0.996)
    assert standard_after_week(0.9, 0.9 - 1e-16, 0.04, 0.01) == pytest.approx(0.901)
    assert standard_after_week(0.9, 0.95, 0.04, 0.01) == pytest.approx(0.901)


def test_people_change_places_at_the_rate_that_is_set(today):
    moves = [end_of(today.with_parameters(mobility=0.4), seed).run[0]["moved"] for seed in range(1, 7)]
    staff, years = today.profile.staff, 182 / 365
    assert 0.3 < np.mean(moves) / staff / years < 0.5
    assert end_of(today.with_parameters(mobility=0.0)).run[0]["moved"] == 0


def test_whoever_hears_all_alike_is_drawn_as_friedkin_johnsen_says():
    """With everybody within reach and equal weights (one's own included) the two ways are the same step."""
    x = np.array([0.1, 0.5, 0.9])
    pointers, columns = np.array([0, 3, 6, 9]), np.array([0, 1, 2] * 3)
    anchor, lam = np.array([0.2, 0.4, 0.8]), np.array([0.5, 0.9, 0.0])
    social, near, all_ = np.zeros(3), np.zeros(3), np.zeros(3)
    hegselmann_krause(x, 1.0, pointers, columns, social)
    drawn_to_anchor(x, social, anchor, lam, 0.3, near)
    friedkin_johnsen(x, anchor, lam, 0.3, pointers, columns, np.full(9, 1 / 3), all_)
    np.testing.assert_allclose(near, all_)


def test_the_way_people_move_each_other_is_a_switch(today):
    assert not log_of(today).equals(log_of(today.with_parameters(influence=1, confidence=0.02)))


def test_where_people_learn_from_adds_up_to_the_whole(today):
    values = simulate(today.with_lessons(lived_vision=1.0, ramp_days=0), 1).values
    shares = [values[name] for name in ("learned_by_doing", "learned_from_others", "learned_in_sessions")]
    assert sum(shares) == pytest.approx(1.0)
    assert min(shares) > 0.0
    assert simulate(today, 1).values["learned_in_sessions"] == 0.0


def test_the_tipping_point_is_where_calls_take_what_is_left():
    crews = np.zeros(2, rec.CREW_DTYPE)
    crews["reachable"], crews["worked"], crews["chased"] = [100.0, 100.0], [80.0, 90.0], [5.0, 2.5]
    assert tipping(crews, 40.0) == pytest.approx(5.0)
    assert np.isnan(tipping(crews, 0.0))
    crews["chased"] = 0.0
    assert np.isnan(tipping(crews, 40.0))


@pytest.fixture(scope="module")
def owo(engine) -> Scenario:
    return Scenario.load("owo").with_parameters(**SHORT)


def test_residents_are_served_by_their_own_front_office(owo):
    world, state = world_of(owo), end_of(owo)
    needs = state.needs[: state.run[0]["needs"]]
    shares = np.bincount(needs["organisation"], minlength=3) / needs.size
    np.testing.assert_allclose(shares, [0.312, 0.324, 0.364], atol=0.03)
    log = log_of(owo)
    contacts = log[log["activity"] == "contact taken"]
    assert set(contacts["department"]) == {"contact_oost", "contact_west", "contact_opsterland"}
    assert set(world.organisations) == {0, 1, 2, 3}


def test_handovers_between_offices_cross_a_border(owo, today):
    assert simulate(owo, 1).values["crossings_per_case"] > 0.5
    assert simulate(today, 1).values["crossings_per_case"] == 0.0


def test_a_border_costs_time_and_stories(owo):
    free = {"border_hours": 0.0, "border_days": 0.0, "border_connected": 1.0, "border_knows": 1.0}
    seeds = range(1, 7)
    with_border = [simulate(owo, seed).values for seed in seeds]
    without = [simulate(owo.with_parameters(**free), seed).values for seed in seeds]

    def mean(runs: list[dict[str, float]], name: str) -> float:
        return float(np.mean([run[name] for run in runs]))

    assert mean(with_border, "lead_time_days_mean") > mean(without, "lead_time_days_mean")
    assert mean(with_border, "stories_per_case") > mean(without, "stories_per_case")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("share = 0.312", "share = 0.4", "add up to 1"),
        ('organisation = "opsterland"', 'organisation = "heerenveen"', "heerenveen"),
        ('id = "weststellingwerf"', 'id = "ooststellingwerf"', "every id once"),
    ],
)
def test_a_wrong_organisation_gets_one_line(tmp_path, old, new, expected):
    text = (Path(__file__).parent.parent.parent / "model" / "profiles" / "owo.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=expected) as error:
        load_profile(path)
    assert "\n" not in str(error.value)
