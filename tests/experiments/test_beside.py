"""Side by side: the real figures are those of the logs, one rule judges all rows, logs are averaged as stated."""

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kastje.commands import cli
from kastje.experiments.logs.patterns import measure, read_log
from kastje.experiments.logs.patterns.comparison import FIGURES, beside, judged
from kastje.experiments.logs.patterns.real import real
from kastje.experiments.logs.patterns.simulated import simulated, together
from kastje.model import Scenario

ROUNDED = 1e-4


def flat(figures: dict[str, Any], at: str = "") -> dict[str, float]:
    """Figures by their whole path."""
    found: dict[str, float] = {}
    for name, value in figures.items():
        found |= flat(value, f"{at}{name}.") if isinstance(value, dict) else {at + name: value}
    return found


@pytest.mark.parametrize("name", real().municipalities)
def test_real_figures_are_those_of_the_logs(name: str, shared: Path) -> None:
    """Each is what we measure; those that were measured before this code was written are the same to the last digit."""
    ours = flat(real().municipalities[name])
    before = flat(json.loads((shared / "data" / "patterns_train.json").read_text(encoding="utf-8"))["logs"][name])
    measured = flat(measure(read_log(shared / "data" / f"BPIC15_{name.rpartition('_')[2]}.csv.gz")))
    assert {path: ours[path] for path in ours.keys() & before.keys()} == {
        path: before[path] for path in ours.keys() & before.keys()
    }
    assert len(ours.keys() & before.keys()) > 25
    assert ours == pytest.approx({path: measured[path] for path in ours}, abs=ROUNDED)


def test_decisions_by_week_of_the_three_together(shared: Path) -> None:
    before = json.loads((shared / "data" / "patterns_train.json").read_text(encoding="utf-8"))
    for kind in ("complete_not_extended", "extended"):
        assert real().weeks(kind) == list(before["decisions_per_week_after_receipt"][kind].values())


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (50.0, "met"),
        (27.5, "met"),  # The middle of 40 .. 60 is 50, and a quarter of that 12.5.
        (27.4, "near"),
        (72.5, "met"),
        (72.6, "near"),
        (85.0, "near"),
        (85.1, "not met"),
        (14.9, "not met"),
        (math.nan, "not available"),
    ],
)
def test_one_rule_says_what_is_met(value: float, verdict: str) -> None:
    assert judged(value, 40.0, 60.0) == verdict


def test_a_range_around_zero_leaves_room_for_chance_in_a_correlation_only() -> None:
    assert judged(0.06, -0.01, 0.01) == "not met"
    assert judged(0.06, -0.01, 0.01, correlation=True) == "met"
    assert judged(0.3, -0.01, 0.01, correlation=True) == "not met"
    assert judged(-0.5, -0.4, -0.3) == "near"


def test_what_no_real_log_has_is_not_available() -> None:
    assert judged(1.0, math.nan, math.nan) == "not available"


def test_every_figure_of_real_logs_lies_in_their_own_range() -> None:
    logs = list(real().municipalities.values())
    rows = beside(logs, logs)
    assert [row.figure.label for row in rows if row.verdict != "met"] == []
    assert len({figure.label for figure in FIGURES}) == len(FIGURES)


def test_a_ratio_of_weeks_needs_ten_decisions() -> None:
    late = next(figure for figure in FIGURES if figure.label == "Extended: week 14 / week 13")
    values = [late.of(one) for one in real().municipalities.values()]
    assert values[:2] == [34 / 12, 7 / 4]
    assert math.isnan(values[2])


def test_figures_of_several_logs_are_averaged_and_weeks_added_up() -> None:
    weeks = "decisions_per_week_after_receipt"
    logs = [
        {"a": 1.0, "inner": {"b": math.nan}, weeks: {"all": {"1": 3}, "extended": None}},
        {"a": 2.0, "inner": {"b": 4.0}, weeks: {"all": {"1": 5}, "extended": None}},
        {"a": math.nan, "inner": {"b": 6.0}, weeks: None},
    ]
    assert together(logs) == {"a": 1.5, "inner": {"b": 5.0}, weeks: {"all": {"1": 8}, "extended": None}}


def test_a_figure_that_the_log_does_not_have_is_not_available() -> None:
    bare = {"decision": None, "decisions_per_week_after_receipt": None}
    missing = [figure for figure in FIGURES if figure.label.startswith(("Days", "Median days", "Complete"))]
    assert len(missing) == 5
    assert all(math.isnan(figure.of(bare)) for figure in missing)


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_simulated_log_is_measured_as_the_file_of_it_would_be(tmp_path: Path) -> None:
    out = tmp_path / "permits.csv"
    assert cli.main(["log", "permits", "--days", "90", "--seed", "2", "--out", str(out)]) == 0
    ours = flat(simulated(Scenario.load("permits").with_parameters(horizon_days=90), seed=2))
    pd.testing.assert_series_equal(pd.Series(ours), pd.Series(flat(measure(read_log(out)))))
