"""Effects in a cell against calculations of another make: scipy's tests, a search, and sums by hand."""

import math

import numpy as np
import pytest
from scipy import optimize, stats

from kastje.experiments.studies.claims.effects import (
    beyond,
    effects,
    fieller,
    judged,
    times_judged,
)
from kastje.experiments.studies.claims.study import arms_of

CHANCE = np.random.default_rng(7)
ONE, TWO = CHANCE.normal(4.0, 1.5, 15), CHANCE.normal(1.5, 0.4, 15)


def figures(study, cell, **arm):
    """The lead times of one arm in one cell, by seed."""
    return study.values(cell, tuple(sorted(arm.items())), "lead_time_days_mean")


def test_a_difference_is_the_paired_t_test_of_scipy(planted) -> None:
    one = planted.claim()
    study = planted.world(one, lambda values, _: 60.0 - 3.0 * values.get("ownership", 0.0), noise=2.0)
    cell = study.study.cells(one)[0]
    (found,) = effects(one, cell, study)
    scipy = stats.ttest_rel(figures(study, cell, ownership=1.0), figures(study, cell))
    interval = scipy.confidence_interval(0.95)
    assert (found.found.low, found.found.high) == pytest.approx((interval.low, interval.high))
    difference = figures(study, cell, ownership=1.0) - figures(study, cell)
    assert found.right == pytest.approx(stats.ttest_1samp(difference, -1.0, alternative="less").pvalue)
    assert found.wrong == pytest.approx(stats.ttest_1samp(difference, -1.0, alternative="greater").pvalue)
    assert (found.p10, found.p50, found.p90) == pytest.approx(tuple(np.quantile(difference, [0.1, 0.5, 0.9])))
    assert found.found.n == 12


def test_an_interaction_is_what_two_bring_beyond_their_sum(planted) -> None:
    one = planted.claim(
        contrast={"of": {"ownership": 1, "lived_vision": 1}, "parts": [{"ownership": 1}, {"lived_vision": 1}]}
    )

    def synergy(values, organisation):
        a, b = values.get("ownership", 0.0), values.get("lived_vision", 0.0)
        return 60.0 - 2.0 * a - 4.0 * b - 5.0 * a * b

    study = planted.world(one, synergy, noise=0.1)
    cell = study.study.cells(one)[0]
    (found,) = effects(one, cell, study)
    arms = [{"ownership": 1.0, "lived_vision": 1.0}, {"ownership": 1.0}, {"lived_vision": 1.0}, {}]
    both, first, second, none = (figures(study, cell, **arm) for arm in arms)
    assert found.found.mean == pytest.approx((both - first - second + none).mean())
    assert found.found.mean == pytest.approx(-5.0, abs=0.3)


def test_three_parts_come_out_even_with_the_rest_taken_twice(planted) -> None:
    lessons = ("ownership", "lived_vision", "integral_working")
    one = planted.claim(contrast={"of": dict.fromkeys(lessons, 1), "parts": [{lesson: 1} for lesson in lessons]})
    study = planted.world(one, lambda values, _: 60.0 - 2.0 * sum(values.get(x, 0.0) for x in lessons), noise=1e-9)
    (found,) = effects(one, study.study.cells(one)[0], study)
    assert found.found.mean == pytest.approx(0.0, abs=1e-6)


def test_a_share_is_in_the_points_in_which_it_is_shown(planted) -> None:
    one = planted.claim(outcomes=[{"outcome": "on_time_share", "direction": "higher", "at_least": 2}])
    study = planted.world(
        one, lambda v, _: 60.0, noise=1e-6, also={"on_time_share": lambda v, _: 0.8 + 0.05 * v.get("ownership", 0.0)}
    )
    (found,) = effects(one, study.study.cells(one)[0], study)
    assert found.found.mean == pytest.approx(5.0, abs=0.01)
    assert found.threshold == 2.0


def test_a_percentage_is_of_what_is_compared_with(planted) -> None:
    one = planted.claim(outcomes=[{"outcome": "lead_time_days_mean", "direction": "lower", "at_least": "5 %"}])
    study = planted.world(one, lambda values, _: 60.0)
    cell = study.study.cells(one)[0]
    (found,) = effects(one, cell, study)
    assert found.threshold == pytest.approx(0.05 * figures(study, cell).mean())


def test_what_holds_under_something_is_in_every_arm(planted) -> None:
    one = planted.claim(contrast={"of": {"ownership": 1}, "under": {"load": 1.4, "lived_vision": 1}})
    assert arms_of(one) == [
        (("lived_vision", 1.0), ("ownership", 1.0), ("work.load", 1.4)),
        (("lived_vision", 1.0), ("work.load", 1.4)),
    ]
    study = planted.world(one, lambda values, _: values["work.load"], noise=1e-9).study
    assert {dict(values)["work.load"] for _, values in study.points("first")} == {1.4}


def test_p_values_are_scipys() -> None:
    assert beyond(ONE, 3.5) == pytest.approx(stats.ttest_1samp(ONE, 3.5, alternative="greater").pvalue)
    assert math.isnan(beyond(ONE[:1], 0.0))
    assert [beyond(np.full(4, 2.0), threshold) for threshold in (1.0, 2.0, 3.0)] == [0.0, 0.5, 1.0]


def test_negligible_is_two_one_sided_tests(planted) -> None:
    (expected,) = planted.claim(outcomes=[{"outcome": "fit", "direction": "negligible", "margin": 5}]).outcomes
    right, wrong = judged(expected, ONE, 5.0)
    ends = [stats.ttest_1samp(ONE, 5.0, alternative="less"), stats.ttest_1samp(ONE, -5.0, alternative="greater")]
    assert right == pytest.approx(max(end.pvalue for end in ends))
    assert wrong == pytest.approx(1.0)


def test_a_ratio_has_fiellers_interval() -> None:
    """Its ends are where the mean of `over - r under` is just significant: found here by a search."""
    ratio = fieller(ONE, TWO)
    mean, low, high = ratio.mean, ratio.low, ratio.high
    assert mean == pytest.approx(ONE.mean() / TWO.mean())

    def excess(ratio: float) -> float:
        return abs(stats.ttest_1samp(ONE - ratio * TWO, 0.0).statistic) - stats.t.ppf(0.975, len(ONE) - 1)

    assert low == pytest.approx(optimize.brentq(excess, mean - 5.0, mean))
    assert high == pytest.approx(optimize.brentq(excess, mean, mean + 5.0))


def test_a_ratio_to_what_may_be_nothing_has_no_ends() -> None:
    ratio = fieller(ONE, CHANCE.normal(0.01, 1.0, 15))
    assert math.isfinite(ratio.mean)
    assert math.isnan(ratio.low)
    assert math.isnan(ratio.high)


def test_so_many_times_takes_an_effect_in_the_right_direction() -> None:
    assert times_judged(ONE, TWO, 2.0)[0] < 0.025
    assert times_judged(ONE, TWO, 6.0)[1] < 0.025
    # Both harm, one of them three times as much: that is no gain of three times.
    right, wrong = times_judged(-ONE, -TWO, 2.0)
    assert right > 0.9
    assert wrong < 0.025


def test_a_ratio_is_told_as_one(planted) -> None:
    one = planted.claim(
        contrast={
            "of": {"ownership": 1, "lived_vision": 1},
            "against": {"lived_vision": 1},
            "ratio_to": {"of": {"ownership": 1}},
        },
        outcomes=[{"outcome": "lead_time_days_mean", "direction": "lower", "times": 2}],
    )

    def three_times(values, organisation):
        return 60.0 - values.get("ownership", 0.0) * (2.0 + 4.0 * values.get("lived_vision", 0.0))

    (found,) = effects(one, (study := planted.world(one, three_times, noise=0.1)).study.cells(one)[0], study)
    assert found.found.low < 3.0 < found.found.high
    assert found.found.low > 2.0
    assert found.threshold == 2.0
    assert found.right < 0.025
