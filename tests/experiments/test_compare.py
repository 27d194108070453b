"""A comparison against statistics worked out by hand."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.difference import Difference
from kastje.experiments.runs.runner import Pair

NAN = math.nan
Told = Callable[..., list[Pair]]


def test_mean_and_paired_t_interval() -> None:
    # Differences 1, 2, 3, 6: mean 3, standard deviation sqrt(14/3), t(0.975; 3) = 3.182446.
    difference = Difference.of([10, 10, 10, 10], [11, 12, 13, 16])
    half = 3.182446305284263 * math.sqrt(14 / 3) / 2
    assert difference.mean == 3
    assert difference.low == pytest.approx(3 - half, abs=1e-9)
    assert difference.high == pytest.approx(3 + half, abs=1e-9)
    assert difference.n == 4


def test_the_interval_is_that_of_the_paired_t_test() -> None:
    draws = np.random.default_rng(1)
    today, choice = draws.normal(50, 5, 20), draws.normal(48, 5, 20)
    difference = Difference.of(today, choice)
    expected = stats.ttest_rel(choice, today).confidence_interval(0.95)
    assert (difference.low, difference.high) == pytest.approx((expected.low, expected.high), rel=1e-12)


@pytest.mark.parametrize(
    ("choice", "certainty"),
    [
        ([1, 1, 1, 1], 1.0),
        ([-1, -1, -1, -1], 1.0),
        ([3, 3, 3, -1], 0.75),
        ([1, 1, 0, 0], 0.75),
        ([0, 0, 0, 0], 0.5),
        ([1, -1, 1, -1], 0.5),
    ],
)
def test_certainty_is_the_share_of_pairs_in_which_the_sign_holds_and_ties_count_half(
    choice: list[float], certainty: float
) -> None:
    assert Difference.of([0, 0, 0, 0], choice).certainty == certainty


def test_the_same_difference_in_every_pair_has_an_interval_of_no_width() -> None:
    difference = Difference.of([1, 2, 3], [3, 4, 5])
    assert (difference.mean, difference.low, difference.high) == (2, 2, 2)


def test_one_pair_has_a_mean_and_no_interval() -> None:
    difference = Difference.of([1], [3])
    assert difference.mean == 2
    assert math.isnan(difference.low)
    assert difference.as_dict() == {"mean": 2.0, "low": None, "high": None, "certainty": 1.0}


def test_pairs_in_which_a_value_is_not_available_are_left_out(told: Told) -> None:
    comparison = Comparison.of(told([1, NAN, 3, 5], [2, 2, NAN, 8]))
    assert comparison.baseline["fit"] == 3  # of 1 and 5
    assert comparison.scenario["fit"] == 5  # of 2 and 8
    assert comparison.difference["fit"].mean == 2
    assert comparison.difference["fit"].n == 2


def test_not_available_anywhere_is_null_and_never_zero(told: Told) -> None:
    comparison = Comparison.of(told([NAN, NAN], [1, 3]))
    assert comparison.as_dict() == {
        "baseline": {"fit": None},
        "scenario": {"fit": 2.0},
        "difference": {"fit": {"mean": None, "low": None, "high": None, "certainty": None}},
        "replications": 2,
        "seeds": [1, 2],
    }


def test_the_order_in_which_pairs_finish_changes_nothing(told: Told) -> None:
    pairs = told([1.1, 2.2, 3.3], [4.4, 5.5, 6.7])
    assert Comparison.of(pairs).as_dict() == Comparison.of(reversed(pairs)).as_dict()


def test_a_comparison_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one pair"):
        Comparison.of([])


def test_the_monthly_band_runs_from_the_10th_to_the_90th_percentile(told: Told) -> None:
    # The second month of the scenario holds 0, 10, .., 100; its first is that of today, which is 5 throughout.
    monthly = Comparison.of(told([5] * 11, list(range(0, 101, 10)))).monthly("fit")
    assert monthly.months.tolist() == [1, 2]
    assert monthly.baseline_mean.tolist() == [5, 5]
    assert monthly.scenario_mean.tolist() == [5, 50]
    assert (monthly.scenario_low[1], monthly.scenario_high[1]) == (10, 90)
    assert monthly.difference_mean.tolist() == [0, 45]
    assert monthly.difference_low[0] == monthly.difference_high[0] == 0


def test_a_month_that_is_not_available_stays_so_without_a_warning(told: Told) -> None:
    monthly = Comparison.of(told([NAN, NAN], [NAN, NAN])).monthly("fit")
    assert np.isnan(monthly.scenario_mean).all()
    assert np.isnan(monthly.scenario_low).all()


def test_groups_and_departments_are_paired_too(told: Told) -> None:
    comparison = Comparison.of(told([1, 2], [2, 4]))
    (phone,) = comparison.groups("fit")["channel"].values()
    assert phone.arms.difference.mean == 1.5
    assert phone.cases == 10
    assert comparison.groups("trust") == {}
    assert comparison.departments() == {}
