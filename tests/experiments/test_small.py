"""The small designs: which arms they have, that they are paired, and that they stop when nobody waits."""

import math

import numpy as np
import pytest

from kastje.experiments.difference.difference import Arms
from kastje.experiments.difference.mean import Mean, wilson
from kastje.experiments.difference.yardstick import PLAIN
from kastje.experiments.runs.places import Threads
from kastje.experiments.runs.runner import Runs
from kastje.experiments.runs.watch import Watch
from kastje.experiments.studies.small import (
    ALL,
    NOT_BACK,
    WEEKS,
    after_surge,
    alone,
    as_rows,
    over_range,
    spread,
)
from kastje.experiments.studies.surges import runs as surge_runs
from kastje.model import LESSONS, OUTCOMES, InputError


def test_each_lesson_alone_has_nine_arms_and_progress(counted, today) -> None:
    told: list[tuple[int, int]] = []
    counted.during = lambda scenario, seed: None
    chosen = today.with_lessons(ownership=0.5)
    rows = alone(chosen, Runs(3, 7, watch=Watch(lambda done, of: told.append((done, of)))))
    assert [row.name for row in rows] == [*LESSONS, ALL]
    assert told[-1] == (27, 27)
    assert sorted({seed for _, seed in counted.runs}) == [7, 8, 9]
    # The engine that counts gives seed + sum of intensities: one lesson is 1 more, all are 8 more, with no spread.
    assert [row.figures["fit"].difference.mean for row in rows] == [1.0] * 8 + [8.0]
    assert rows[0].figures["fit"].baseline.mean == 8.0


def test_a_range_keeps_the_lessons_and_runs_today_beside_them(counted, today) -> None:
    chosen = today.with_lessons(ownership=0.5)
    rows = over_range(chosen, "load", [0.8, 1.2], Runs(2))
    assert [(row.name, row.value) for row in rows] == [("0.8", 0.8), ("1.2", 1.2)]
    assert [row.figures["fit"].difference.mean for row in rows] == [0.5, 0.5]
    assert len({key for key, _ in counted.runs}) == 4


def test_a_design_stops_when_nobody_waits(counted, today) -> None:
    rows = alone(today, Runs(2, place=Threads(1), watch=Watch(cancelled=lambda: len(counted.runs) >= 5)))
    assert len(rows) < 9
    assert len(counted.runs) <= 6


def test_recovery_is_by_seed_and_stops(monkeypatch: pytest.MonkeyPatch, today) -> None:
    calm, told = np.full(70, 10.0), []

    def followed(scenario, seed):
        """Today is not back with the second seed, else after ten weeks; the choice is after four."""
        week = 12 + (4 if not scenario.is_baseline else 90 if seed == 2 else 10)
        surged = np.where(np.arange(70) < week, 20.0, 10.0)
        return (surged if scenario.value("surge_extra") else calm), dict.fromkeys(OUTCOMES, 1.0)

    monkeypatch.setattr(surge_runs, "followed", followed)
    watch = Watch(lambda done, of: told.append((done, of)))
    (row,) = after_surge(today.with_lessons(ownership=1.0), Runs(3, watch=watch), weeks=12)
    weeks = row.figures[WEEKS]
    assert (weeks.baseline.mean, weeks.scenario.mean, weeks.difference.n) == (10.0, 4.0, 3)
    assert weeks.difference.mean == -6.0
    assert row.figures[NOT_BACK].baseline.mean == pytest.approx(1 / 3)
    assert 0.0 <= row.figures[NOT_BACK].baseline.low < row.figures[NOT_BACK].baseline.high <= 1.0
    assert told[-1] == (12, 12)
    assert after_surge(today, Runs(3, watch=Watch(cancelled=lambda: True))) == []


def test_a_recovery_in_which_a_run_fails_is_no_recovery(monkeypatch: pytest.MonkeyPatch, today) -> None:
    def fails(scenario, seed):
        raise ArithmeticError("no room")

    monkeypatch.setattr(surge_runs, "followed", fails)
    with pytest.raises(RuntimeError, match="no room"):
        after_surge(today, Runs(2))


def test_a_spread_is_even_whole_where_it_must_be_and_within_bounds() -> None:
    assert spread("load", 0.8, 1.2) == pytest.approx([0.8, 0.9, 1.0, 1.1, 1.2])
    assert spread("first_come") == [0.0, 1.0]
    for low, high in ((1.2, 0.8), (0.0, 99.0), (1.0, 1.0)):
        with pytest.raises(InputError):
            spread("load", low, high)
    with pytest.raises(InputError):
        spread("no_such_parameter")


def test_estimates_leave_out_what_is_not_available() -> None:
    one = Arms.of([1.0, math.nan, 3.0], [2.0, 5.0, 4.0], PLAIN)
    assert (one.baseline.mean, one.scenario.mean, one.difference.mean, one.difference.n) == (2.0, 3.0, 1.0, 2)
    assert math.isnan(Mean.of([math.nan]).mean)


def test_a_share_has_the_same_interval_of_wilson_as_everywhere() -> None:
    share = Mean.of_share([1.0, 0.0, 0.0, 0.0])
    assert share.mean == 0.25
    assert (share.low, share.high) == wilson(np.array([1.0, 0.0, 0.0, 0.0]))
    assert share.low > 0.0
    assert math.isnan(Arms.of([math.nan], [math.nan], PLAIN).difference.mean)


def test_rows_for_a_table_hold_every_figure(counted, today) -> None:
    rows = as_rows(over_range(today, "load", [1.1], Runs(2)))
    assert [(row["arm"], row["figure"]) for row in rows] == [("1.1", "fit")]
    assert rows[0]["n"] == 2
