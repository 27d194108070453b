"""The calendar: holidays, part-time, sickness, and how working hours map to calendar time."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as hs

from kastje.model import Scenario
from kastje.model.calendar import advance, next_work, worked_between
from kastje.model.roster import roster, working_days


def test_dutch_public_holidays_and_weekends_are_free():
    days = working_days(date(2026, 1, 1), 365)
    assert not days[0]  # New Year's Day
    assert not days[(date(2026, 4, 27) - date(2026, 1, 1)).days]  # King's Day
    assert not days[(date(2026, 5, 14) - date(2026, 1, 1)).days]  # Ascension Day
    assert days[(date(2026, 4, 28) - date(2026, 1, 1)).days]
    assert days.sum() == 254


def test_sickness_and_part_time_come_out_as_stated():
    scenario = Scenario.load("tilburg")
    shares = [roster(scenario.profile, 730, seed, scenario.values())[1] for seed in range(8)]
    assert np.mean(shares) == pytest.approx(0.065, abs=0.004)


week = np.zeros((21, 2))
week[[0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18]] = 8.0
week[2, 1] = 0.0


@given(t=hs.floats(0.0, 240.0), work=hs.floats(0.0, 30.0), who=hs.integers(0, 1))
def test_advancing_by_work_is_undone_by_counting_it(t, work, who):
    end = advance(week, 9.0, who, t, work)
    assert worked_between(week, 9.0, who, t, end) == pytest.approx(work, abs=1e-9)
    assert next_work(week, 9.0, who, t) <= advance(week, 9.0, who, t, 1e-6)


def test_work_goes_on_the_next_working_day():
    assert advance(week, 9.0, 0, 16.0, 2.0) == 24.0 + 10.0
    assert advance(week, 9.0, 1, 24.0 + 16.0, 2.0) == 72.0 + 10.0
    assert next_work(week, 9.0, 0, 4 * 24.0 + 17.0) == 7 * 24.0 + 9.0
    assert advance(week, 9.0, 0, 20 * 24.0 + 20.0, 1.0) == np.inf
