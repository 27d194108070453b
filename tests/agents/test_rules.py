"""The rules of employees, managers and residents, one by one."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as hs

from kastje.agents.acts import LOGIT, MINIMUM, PRODUCT, act_chance, logistic, norm_after, pressure
from kastje.agents.employee import (
    bounce_chance,
    found_by,
    gap_after_round,
    gives_way,
    learning_factor,
    misroute_chance,
    perceived_slack,
    still_fresh,
    tolerance,
)
from kastje.agents.manager import (
    support_after_act,
    support_after_quiet_week,
    support_after_refusal,
    support_chance,
)
from kastje.agents.resident import (
    ease,
    expectation,
    fit,
    hours_to_status_call,
    outside_standard,
    satisfaction,
    timeliness,
)

unit = hs.floats(0.0, 1.0)


def chance(v=0.5, o=0.5, s=0.3, norm=0.4, over=0.0, form=LOGIT):
    return act_chance(form, -4.5, 3.5, 2.0, 3.0, 1.0, 0.6, 0.3, v, o, s, norm, over)


def test_the_act_rule_gives_the_stated_chance_at_the_stated_point():
    # docs/model.md 2.1: p is .3 to .45 at v = o = .5, s = .3, norm .4, no pressure.
    assert chance() == pytest.approx(logistic(-0.45))
    assert 0.3 < chance() < 0.45


@given(form=hs.sampled_from([LOGIT, PRODUCT, MINIMUM]), v=unit, o=unit, s=unit, norm=unit, over=hs.floats(0, 20))
def test_every_form_gives_a_chance_that_vision_and_support_raise_and_pressure_does_not(form, v, o, s, norm, over):
    p = chance(v, o, s, norm, over, form)
    assert 0.0 <= p <= 1.0
    assert chance(min(1.0, v + 0.1), o, s, norm, over, form) >= p - 1e-12
    assert chance(v, o, min(1.0, s + 0.1), norm, over, form) >= p - 1e-12
    assert chance(v, o, s, norm, over + 1.0, form) <= p + 1e-12


def test_logistic_is_safe_far_out():
    assert logistic(-800.0) == 0.0
    assert logistic(800.0) == 1.0


def test_the_norm_moves_toward_what_was_seen():
    assert norm_after(0.4, 1.0, 0.05) == pytest.approx(0.43)
    assert pressure(32.0, 4) == 1.0
    assert pressure(32.0, 0) == 0.0


def test_slack_is_shortened_by_calls_and_by_owning_the_case():
    plain = perceived_slack(30.0, 1.0, 0, 10.0, 0.0, 0.8, 20.0, 0.0)
    assert plain == 29.0
    assert perceived_slack(30.0, 1.0, 1, 10.0, 0.0, 0.8, 20.0, 0.0) == plain - 10.0
    assert perceived_slack(30.0, 1.0, 0, 10.0, 1.0, 0.8, 20.0, 0.0) == plain - 16.0
    assert gives_way(5.9, 6.0)
    assert not gives_way(6.0, 6.0)


@given(unit)
def test_full_ownership_never_bounces_and_full_keeping_neither(x):
    assert bounce_chance(0.5, 1.0, x) == 0.0
    assert bounce_chance(0.5, x, 1.0) == 0.0
    assert bounce_chance(0.5, 0.0, 0.0) == 0.5


def test_knowing_and_asking_prevent_misrouting():
    assert misroute_chance(0.12, 0.15, 1, 0.0, False) == pytest.approx(0.27)
    assert misroute_chance(0.12, 0.15, 0, 1.0, False) == pytest.approx(0.12 * 0.4)
    assert misroute_chance(0.12, 0.15, 0, 0.0, True) == pytest.approx(0.024)


def test_a_keeper_with_full_ownership_tolerates_everything_and_rounds_close_the_gap():
    assert tolerance(0.2, 1.0) == 1.0
    assert tolerance(0.2, 0.0) == 0.2
    assert gap_after_round(0.5, 0.3) == pytest.approx(0.2)
    assert gap_after_round(0.5, 0.5) == 0.0


def test_b9_eighty_per_cent_learning_curve():
    assert learning_factor(1.0, 16.0, 0.32) / learning_factor(16.0, 16.0, 0.32) == pytest.approx(1 / 0.4118, abs=1e-3)
    exponent = -math.log2(0.8)
    assert 1 / learning_factor(1.0, 16.0, exponent) == pytest.approx(0.4096)


def test_searching_together_finds_more():
    assert found_by(1, 0.35) == pytest.approx(0.35)
    assert found_by(3, 0.35) == pytest.approx(1 - 0.65**3)
    assert still_fresh(24.0 * 30.0, 30.0) == pytest.approx(0.5)


def test_b7_felt_support_moves_by_kappa_and_halves_its_distance_in_the_half_life():
    s = 0.0
    weeks = math.log(0.5) / math.log(0.9)
    for _ in range(7):
        s = support_after_act(s, 0.1)
    assert weeks == pytest.approx(6.579, abs=1e-3)
    assert s > 0.5 > 1 - 0.9**6
    assert support_after_refusal(0.5, 0.1) == pytest.approx(0.45)
    s = 0.9
    for _ in range(8):
        s = support_after_quiet_week(s, 0.3, 8.0)
    assert s == pytest.approx(0.6)


def test_a_full_in_tray_takes_support_away():
    assert support_chance(-3.0, 3.0, 1.0, 0.5, 0.8, 0.5, 4.0) < support_chance(-3.0, 3.0, 1.0, 0.5, 0.8, 0.5, 0.0)


def test_what_residents_feel():
    assert timeliness(20.0, 35.0) == 1.0
    assert timeliness(70.0, 35.0) == pytest.approx(math.exp(-1))
    assert ease(0, 0, 0, 0.1, 0.2, 0.3) == 1.0
    assert ease(1, 1, 1, 0.1, 0.2, 0.3) == pytest.approx(math.exp(-0.6))
    assert outside_standard(0.75, 0.15, 0.0) == 0.75
    assert outside_standard(0.75, 0.15, 3650.0) > 0.9
    assert expectation(0.5, 0.6, 0.8, 0.4, 0.2) == pytest.approx(0.64)


@given(p=unit, e=unit)
def test_a_disappointment_weighs_more_than_a_pleasant_surprise(p, e):
    base = satisfaction(p, e, 0.2, 0.65, 0.25, 1.75, False)
    felt = satisfaction(p, e, 0.2, 0.65, 0.25, 1.75, True)
    assert 0.0 <= felt <= 1.0
    assert (felt >= base - 1e-12) == (p >= e) or felt == pytest.approx(base)


def test_fit_counts_what_was_needed_and_what_was_not():
    assert fit(3, 3, 0, 8, 0.25) == 1.0
    assert fit(3, 2, 1, 8, 0.25) == pytest.approx(2 / 3 - 0.25 / 8)
    assert fit(0, 0, 0, 8, 0.25) == 1.0


def test_the_hazard_of_asking_how_it_stands_rises_at_the_expected_term():
    assert hours_to_status_call(1.0, 0.0, 100.0, 0.02, 0.1) == pytest.approx(50.0)
    assert hours_to_status_call(3.0, 0.0, 100.0, 0.02, 0.1) == pytest.approx(110.0)
    assert hours_to_status_call(1.0, 200.0, 100.0, 0.02, 0.1) == pytest.approx(10.0)
    assert hours_to_status_call(1.0, 0.0, 100.0, 0.0, 0.0) == math.inf
