"""Durations with some not over yet: against hand-worked and scipy's Kaplan-Meier."""

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from kastje.model.survival import Lasting


def test_without_censoring_it_is_the_plain_mean_and_median():
    curve = Lasting(np.zeros(4), np.array([1.0, 2.0, 3.0, 6.0]), np.ones(4, bool))
    assert curve.mean(100.0) == pytest.approx(3.0)
    assert curve.quantile(0.5) == 2.0
    assert curve.quantile(1.0) == 6.0


def test_with_censoring_it_is_scipys_kaplan_meier():
    rng = np.random.default_rng(1)
    life, leave = rng.exponential(10.0, 400), rng.exponential(15.0, 400)
    seen, over = np.minimum(life, leave), life <= leave
    curve = Lasting(np.zeros(400), seen, over)
    other = ecdf(CensoredData(uncensored=seen[over], right=seen[~over])).sf
    assert curve.surviving == pytest.approx(other.evaluate(curve.times), abs=1e-12)


def test_late_entry_undoes_the_bias_of_seeing_only_long_ones():
    rng = np.random.default_rng(2)
    start = rng.uniform(0.0, 400.0, 40_000)
    end = start + rng.exponential(20.0, start.size)
    seen = (end > 200.0) & (start < 260.0)
    entry = np.maximum(200.0 - start[seen], 0.0)
    until = np.minimum(end[seen], 260.0) - start[seen]
    curve = Lasting(entry, until, end[seen] <= 260.0)
    assert curve.mean(365.0) == pytest.approx(20.0, rel=0.05)
    assert (until - entry).mean() < 20.0


def test_what_cannot_be_known_is_not_available():
    nothing = Lasting(np.zeros(0), np.zeros(0), np.zeros(0, bool))
    assert np.isnan(nothing.mean(365.0))
    assert np.isnan(nothing.quantile(0.5))
    stuck = Lasting(np.zeros(10), np.full(10, 30.0), np.array([True] + [False] * 9))
    assert np.isnan(stuck.quantile(0.5))
