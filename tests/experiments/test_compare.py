"""A comparison against statistics worked out by hand."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from kastje.experiments.difference.compare import Comparison
from kastje.experiments.runs.runner import Pair

NAN = math.nan
Told = Callable[..., list[Pair]]


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
        "verdict": {"fit": {"word": "none", "pairs": 0, "pairs_to_tell": None}},
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
