"""Patterns: the definitions on logs that one can check by hand, and the figures of real logs."""

import gzip
import json
import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kastje.experiments.logs.patterns import (
    BUILDING_PERMITS,
    KASTJE,
    Columns,
    Marks,
    detect,
    measure,
    read_log,
)
from kastje.experiments.logs.patterns.network import rewired
from kastje.experiments.logs.patterns.reading import log_of
from kastje.model import InputError

TRAIN = ("municipality_1", "municipality_3", "municipality_5")
ROUNDED = 1e-4
"""The figures that we hold ours against are rounded to four decimals."""

MARKS = Marks(decision=("decided",), incomplete=("letter",), extended=("term=yes",))


def written(path: Path, rows: list[tuple[str, ...]], header: str = "case,activity,resource,timestamp") -> Path:
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path) -> dict[str, Any]:
    """Two cases: one goes a-b-a and is decided on day 10 after a letter; the other stays with c for 60 days."""
    rows = [
        ("1", "in", "a", "2024-01-01T09:00:00", ""),
        ("2", "in", "c", "2024-01-05T09:00:00", ""),
        ("1", "letter", "b", "2024-01-02T09:00:00", ""),
        ("1", "look", "a", "2024-01-02T21:00:00", ""),
        ("1", "look", "a", "2024-01-03T09:00:00", ""),
        ("1", "decided", "a", "2024-01-11T09:00:00", ""),
        ("2", "term", "c", "2024-01-06T09:00:00", "yes"),
        ("2", "term", "c", "2024-01-06T09:00:00", "no"),
        ("2", "decided", "c", "2024-03-05T09:00:00", ""),
        ("2", "decided", "c", "2024-03-06T09:00:00", ""),
    ]
    path = written(tmp_path / "small.csv", rows, "case,activity,resource,timestamp,answer")
    return measure(read_log(path), MARKS)


def test_handovers_are_consecutive_events_of_different_people(small: dict[str, Any]) -> None:
    assert (small["cases"], small["events"], small["activities"], small["resources"]) == (2, 10, 5, 3)
    assert small["handovers_mean"] == 1
    assert small["handover_pmf"] == {"0": 0.5, "1": 0, "2": 0.5} | {str(n): 0 for n in range(3, 12)}
    assert small["handover_rate"] == 2 / 8
    assert small["single_handler_share"] == 0.5
    assert small["main_handler_share_mean"] == (4 / 5 + 1) / 2
    assert small["main_handler_in_handovers_share"] == 1
    assert (small["pingpong_case_share"], small["aba_triple_share"]) == (0.5, 1)


def test_rework_is_an_activity_that_the_case_has_seen(small: dict[str, Any]) -> None:
    assert small["rework_event_share"] == 3 / 10
    assert small["rework_case_share"] == 1


def test_waits_at_handovers_are_gaps_before_the_event_of_somebody_else(small: dict[str, Any]) -> None:
    assert small["share_of_time_at_handover"] == pytest.approx(1.5 / (10 + 61))
    assert small["p_wait_over_1d_at_handover"] == 0
    assert small["p_wait_over_1d_same_handler"] == 2 / 6


def test_days_run_from_the_first_event_to_the_first_decision(small: dict[str, Any]) -> None:
    decision = small["decision"]
    assert (decision["n"], decision["median_days"], decision["within_56_days"]) == (2, 35, 0.5)
    assert (decision["incomplete_share"], decision["median_days_if_incomplete"]) == (0.5, 10)
    assert decision["extended_share"] == 0.5
    weeks = small["decisions_per_week_after_receipt"]
    assert {kind: [w for w, n in counts.items() if n] for kind, counts in weeks.items()} == {
        "all": ["2", "9"],
        "complete_not_extended": [],
        "incomplete": ["2"],
        "extended": ["9"],
    }


def test_the_network_of_two_who_hand_over_to_each_other(small: dict[str, Any]) -> None:
    network = small["network"]
    assert (network["nodes"], network["reciprocity"], network["clustering"]) == (3, 1, 0)
    assert network["density"] == 2 / 6
    assert network["centralisation"] == 0.5
    assert math.isnan(network["assort"])  # All ends of edges have one neighbour.


def test_a_rewiring_keeps_how_often_everybody_gives_and_receives() -> None:
    rng = np.random.default_rng(5)
    givers = rng.integers(12, size=400)
    receivers = (givers + rng.integers(1, 12, size=400)) % 12
    one, other = rewired(givers, receivers, seed=3)
    assert np.all(one != other)
    assert np.array_equal(np.bincount(one), np.bincount(givers))
    assert np.array_equal(np.bincount(other), np.bincount(receivers))
    assert np.any(other != receivers)
    assert np.array_equal(other, rewired(givers, receivers, seed=3)[1])
    assert not np.array_equal(other, rewired(givers, receivers, seed=4)[1])


def test_islands_are_above_a_rewiring_and_a_team_without_them_is_not(tmp_path: Path) -> None:
    """Two groups of six that hand over among themselves, and twelve who hand over to anybody."""
    rng = np.random.default_rng(1)
    found = []
    for size in (6, 12):
        rows = []
        for case in range(300):
            group = rng.integers(12 // size) * size
            people = group + rng.permutation(size)[:3]
            rows += [(str(case), "look", f"e{p}", f"2024-01-0{day}") for day, p in enumerate(people, start=1)]
        network = measure(read_log(written(tmp_path / "log.csv", rows)))["network"]
        found.append(network["modularity_w"] - network["modularity_rewired"])
    assert found[0] > 0.4
    assert abs(found[1]) < 0.05


def test_two_who_are_all_of_a_network_have_one_rewiring(small: dict[str, Any]) -> None:
    assert small["network"]["modularity_rewired"] == small["network"]["modularity_w"] == 0


def test_events_of_nobody_count_for_dates_and_not_for_handovers(tmp_path: Path) -> None:
    rows = [
        ("1", "in", "", "2024-01-01"),
        ("1", "look", "a", "2024-01-02"),
        ("1", "letter", "", "2024-01-03"),
        ("1", "decided", "a", "2024-01-08"),
    ]
    found = measure(read_log(written(tmp_path / "log.csv", rows)), MARKS)
    assert (found["handovers_mean"], found["handover_rate"], found["single_handler_share"]) == (0, 0, 1)
    assert found["decision"]["median_days"] == 7


def test_what_a_log_does_not_say_is_not_available(tmp_path: Path) -> None:
    found = measure(read_log(written(tmp_path / "log.csv", [("1", "in", "a", "2024-01-01")])))
    assert (found["decision"], found["decisions_per_week_after_receipt"]) == (None, None)
    assert math.isnan(found["handover_rate"])
    assert math.isnan(found["arrivals_per_week"])
    assert math.isnan(found["network"]["density"])


def test_more_open_cases_than_handled_make_the_load_effect_positive(tmp_path: Path) -> None:
    """Cases come in every day and each takes as long as the number of open ones says: the correlation is 1."""
    days = pd.date_range("2024-01-01", periods=40, freq="D")
    rows = [(str(k), "in", "a", f"{day:%Y-%m-%d}") for k, day in enumerate(days)]
    rows += [(str(k), "out", "a", f"{days[k] + pd.Timedelta(100 + 3 * k, 'D'):%Y-%m-%d}") for k in range(40)]
    found = measure(read_log(written(tmp_path / "log.csv", rows)))
    assert found["rho_wip_duration_within_quarter"] == pytest.approx(1)
    assert found["wip_median"] == 19.5


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    """The figures of real logs."""
    return json.loads((shared / "data" / "patterns_train.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, dict[str, Any]]:
    """What we measure on them, within ten seconds."""
    began = time.perf_counter()
    logs = {name: shared / "data" / f"BPIC15_{name.rpartition('_')[2]}.csv.gz" for name in TRAIN}
    measured = {name: measure(read_log(path)) for name, path in logs.items()}
    assert time.perf_counter() - began < 10
    return measured


class TestRealLogs:
    """The figures of three municipalities, each as it was measured before this code was written."""

    @pytest.mark.parametrize("name", TRAIN)
    def test_every_figure_of_a_municipality(self, name: str, expected: dict, found: dict) -> None:
        assert differences(found[name], expected["logs"][name]) == {}

    def test_most_handovers_come_from_or_go_to_the_main_handler(self, found: dict) -> None:
        for name in TRAIN:
            assert found[name]["main_handler_in_handovers_share"] == pytest.approx(0.8, abs=0.1)

    def test_decisions_by_week_of_the_three_together(self, expected: dict, found: dict) -> None:
        for kind, weeks in expected["decisions_per_week_after_receipt"].items():
            ours = {
                week: sum(found[name]["decisions_per_week_after_receipt"][kind][week] for name in TRAIN)
                for week in weeks
            }
            assert ours == weeks


def differences(found: dict[str, Any], expected: dict[str, Any], at: str = "") -> dict[str, tuple[float, float]]:
    """Where a figure is further off than rounding explains: ours, and what was expected."""
    off: dict[str, tuple[float, float]] = {}
    for name, value in expected.items():
        if isinstance(value, dict):
            off |= differences(found[name], value, f"{at}{name}.")
        elif not abs(found[name] - value) <= ROUNDED:
            off[at + name] = (found[name], value)
    return off


class TestReading:
    ROWS = (("1", "in", "a", "2024-03-01T10:00:00+01:00"), ("1", "out", "b", "2024-04-02T10:00:00+02:00"))

    def test_elapsed_time_is_that_of_utc_and_the_clock_is_that_of_the_log(self, tmp_path: Path) -> None:
        log = read_log(written(tmp_path / "log.csv", list(self.ROWS)))
        assert np.diff(log["instant"]) == (32 * 24 - 1) * 3_600_000_000
        assert list(log["clock"].dt.hour) == [10, 10]

    @pytest.mark.parametrize("end", ["", "Z", "+00:00", "+0000", "+00"])
    @pytest.mark.parametrize("text", ["2024-03-01T10:00:00", "2024-03-01 10:00:00.000000"])
    def test_times_in_many_forms(self, tmp_path: Path, text: str, end: str) -> None:
        log = read_log(written(tmp_path / "log.csv", [("1", "in", "a", text + end)]))
        assert log["instant"][0] == log["clock"][0].value // 1000 == 1_709_287_200_000_000

    def test_every_format_is_the_same_log(self, tmp_path: Path) -> None:
        plain = written(tmp_path / "log.csv", list(self.ROWS))
        (tmp_path / "log.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
        table = pd.read_csv(plain)
        table.to_parquet(tmp_path / "text.parquet")
        table.assign(timestamp=pd.to_datetime(table["timestamp"], utc=True)).to_parquet(tmp_path / "time.parquet")
        (tmp_path / "log2.csv").write_text("\ufeff" + plain.read_text().replace(",", ";"), encoding="utf-8")
        expected = measure(read_log(plain))
        for name in ("log.csv.gz", "text.parquet", "time.parquet", "log2.csv"):
            assert str(measure(read_log(tmp_path / name))) == str(expected), name

    def test_a_table_is_read_as_its_file_is(self, tmp_path: Path) -> None:
        path = written(tmp_path / "log.csv", list(self.ROWS))
        pd.testing.assert_frame_equal(log_of(pd.read_csv(path)), read_log(path))
        with pytest.raises(InputError, match="mine: case: there is no column case, "):
            log_of(pd.read_csv(path).drop(columns="case"), "mine")

    def test_columns_by_option_or_by_the_names_of_the_standard(self, tmp_path: Path) -> None:
        ours = measure(read_log(written(tmp_path / "a.csv", list(self.ROWS))))
        header = "case:concept:name,concept:name,org:resource,time:timestamp"
        assert str(measure(read_log(written(tmp_path / "b.csv", list(self.ROWS), header)))) == str(ours)
        path = written(tmp_path / "c.csv", list(self.ROWS), "zaak,stap,wie,wanneer")
        assert str(measure(read_log(path, Columns("zaak", "stap", "wie", "wanneer")))) == str(ours)


def test_logs_are_known_by_their_activities() -> None:
    assert detect(["application filed", "step done", "decision"]) is KASTJE
    assert detect(["01_HOOFD_010", "x"]) is BUILDING_PERMITS
    assert detect(["register", "decide"]) == Marks()


def test_one_of_our_logs_counts_cases_from_their_filing_and_leaves_calls_out(tmp_path: Path) -> None:
    rows = [
        ("p-1", "contact made", "", "", "2024-01-01T09:00:00"),
        ("p-1", "application filed", "", "", "2024-01-02T09:00:00"),
        ("p-1", "step done", "check", "e1", "2024-01-04T09:00:00"),
        ("p-1", "contact taken", "", "e9", "2024-01-05T09:00:00"),
        ("p-1", "step done", "plan", "e2", "2024-01-08T09:00:00"),
        ("p-1", "decision", "", "e2", "2024-01-09T09:00:00"),
        ("p-0", "step done", "plan", "e2", "2024-01-01T10:00:00"),
        ("p-0", "decision", "", "e2", "2024-01-01T11:00:00"),
        ("question-1", "contact made", "", "", "2024-01-01T10:00:00"),
    ]
    found = measure(read_log(written(tmp_path / "log.csv", rows, "case,activity,step,resource,timestamp")))
    assert (found["cases"], found["events"], found["activities"], found["handovers_mean"]) == (1, 4, 4, 1)
    assert found["decision"]["median_days"] == 7
