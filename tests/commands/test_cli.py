"""The command line: what it prints where, how it ends, and the one line that it has for each kind of wrong input."""

import csv
import io
import json
import math
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from kastje.commands import cli
from kastje.commands import log as log_command
from kastje.commands.terminal import plain
from kastje.model import LESSONS, PARAMETERS
from kastje.model.outcomes import OUTCOMES

KASTJE = [sys.executable, "-c", "from kastje.commands.cli import entry; entry()"]
SHORT = ["--days", "28"]
"""Four weeks: enough to see how a command behaves."""


def kastje(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command as users do, in a process of its own."""
    return subprocess.run([*KASTJE, *arguments], capture_output=True, text=True, timeout=900, check=False, **options)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kastje ")


INTERRUPTED = """
import os, signal, sys
from kastje.commands.cli import entry

class Interrupted:
    def find_spec(self, *asked):
        os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupted())
entry()
"""


WRONG = [
    (["run"], ["PROFILE"]),
    (["run", "tilbrug"], ["profile", "tilbrug", "did you mean 'tilburg'"]),
    (["run", "nowhere.toml"], ["nowhere.toml", "no such file"]),
    (["run", "tilburg", "--lesson", "ownershp=1"], ["--lesson", "ownershp", "did you mean 'ownership'"]),
    (["run", "tilburg", "--lesson", "ownership=2"], ["--lesson ownership", "2", "0 to 1"]),
    (["run", "tilburg", "--set", "lod=1"], ["--set", "lod", "did you mean 'load'"]),
    (["run", "tilburg", "--set", "load=99"], ["--set", "work.load", "99", "from"]),
    (["run", "tilburg", "--days", "0"], ["--days", "0", "at least 1"]),
    (["run", "tilburg", "--days", "many"], ["--days", "many", "whole number"]),
    (["run", "tilburg", "--days", "999999"], ["--days", "999999", "from"]),
    (["run", "tilburg", "--seed", "-1"], ["--seed", "-1", "from 0 to"]),
    (["run", "tilburg", "--start-day", "x"], ["--start-day", "x", "whole number"]),
    (["run", "tilburg", "--lessons", "all=1"], ["--lessons"]),
    (["compare", "tilburg", "--replications", "0"], ["--replications", "0", "from 1 to"]),
    (["compare", "tilburg", "--workers", "0"], ["--workers", "0", "from 1 to"]),
    (["compare", "tilburg", "--days", "30", "--set", "horizon_days=60"], ["--days", "--set work.horizon_days"]),
    (["compare", "tilburg", "--ramp-days", "9999"], ["--ramp-days", "9999", "from 0 to 1095"]),
    (["resilience", "tilburg", "--processes", "--scheduler", "tcp://x:1"], ["--processes", "--scheduler"]),
    (["cmpare", "tilburg"], ["cmpare", "Did you mean compare"]),
    (["log", "tilburg"], ["--out"]),
    (["log", "tilburg", "--out", "log.txt"], ["--out", "log.txt", ".csv, .parquet, .xes"]),
    (["log", "tilburg", "--out", "log"], ["--out", "log", ".csv, .parquet, .xes"]),
    (["log", "tilburg", "--out", "nowhere/log.csv"], ["--out", "nowhere/log.csv", "folder"]),
    (["parameters", "--json", "--csv"], ["--csv", "--json"]),
    (["validate"], ["TARGET"]),
    (["validate", "nowhere.toml"], ["nowhere.toml", "no such file"]),
    (["dashboard", "--port", "99999"], ["--port", "99999", "65535"]),
]


@pytest.mark.parametrize(("arguments", "parts"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_wrong_input_is_one_line_and_exit_code_2(
    arguments: list[str], parts: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert [part for part in ["kastje: ", *parts] if part not in printed.err] == []
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_wrong_input(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.main(["dashboard", "--no-open", "--port", str(port)]) == 2
    assert f"--port {port}" in capsys.readouterr().err


WRONG_FILES = {
    "no-toml": ("this is [ no TOML", ["not valid TOML"]),
    "empty": ("", ["id", "missing"]),
    "unknown-field": (
        'id = "x"\ntitle = "X"\ntitel = "X"\nslice = { nl = "x", en = "x" }\n'
        '[[departments]]\nid = "a"\ntitle = "A"\nteams = [{ id = "t", roles = ["r"], staff = 3 }]',
        ["titel", "did you mean 'title'"],
    ),
    "process": ('id = "x"\ntitle = "X"\nlegal_days = "soon"\nsteps = []', ["legal_days", "soon", "number"]),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_file_names_file_field_and_what_was_expected(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text, parts = WRONG_FILES[name]
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    assert cli.main(["validate", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert [part for part in [path.name, *parts] if part not in printed.err] == []


def test_one_wrong_file_does_not_hide_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", "one.toml", "two.toml", "--json"]) == 2
    printed = capsys.readouterr()
    assert [report["valid"] for report in json.loads(printed.out)] == [False, False]
    assert ["one.toml" in printed.err, "two.toml" in printed.err] == [True, True]


def test_a_failure_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no\nmemory")

    monkeypatch.setattr("kastje.commands.run.simulate", fail)
    assert cli.main(["run", "tilburg"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert "RuntimeError: no memory" in printed.err


def test_parameters_as_json_csv_and_table_tell_the_same(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parameters", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [parameter["name"] for parameter in listed] == list(PARAMETERS)
    for text in ("label", "unit", "source"):
        assert all(set(parameter[text]) == {"nl", "en"} for parameter in listed)
    assert cli.main(["parameters", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["name"] for row in rows] == list(PARAMETERS)
    assert all(row["source_nl"] and row["source_en"] for row in rows)
    told = (root / "docs/command-line.md").read_text(encoding="utf-8")
    assert ", ".join(f"`{column}`" for column in rows[0]) in told.replace("\n", " ")
    assert [float(row["default"]) for row in rows] == [parameter["default"] for parameter in listed]
    assert cli.main(["parameters"]) == 0
    shown = capsys.readouterr().out
    assert [name for name in PARAMETERS if name not in shown] == []


def test_json_has_no_nan() -> None:
    assert plain({"a": math.nan, "b": [math.inf, 1.0], "c": {"d": -math.inf}}) == {
        "a": None,
        "b": [None, 1.0],
        "c": {"d": None},
    }


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
class TestWithTheEngine:
    def test_run_prints_every_outcome(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["run", "tilburg", "--lesson", "ownership=0.8", *SHORT, "--json"]) == 0
        printed = capsys.readouterr()
        assert set(json.loads(printed.out)) == {*OUTCOMES, "origin"}
        assert printed.err == ""
        assert cli.main(["run", "tilburg", *SHORT]) == 0
        shown = capsys.readouterr().out
        assert [name for name, outcome in OUTCOMES.items() if outcome.label["en"] not in shown] == []

    def test_the_same_seed_gives_the_same_run(self, capsys: pytest.CaptureFixture[str]) -> None:
        results = []
        for seed in ("7", "7", "8"):
            assert cli.main(["run", "groningen", *SHORT, "--seed", seed, "--json"]) == 0
            results.append(capsys.readouterr().out)
        assert results[0] == results[1] != results[2]

    def test_compare_has_the_form_that_programs_rely_on(self, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["compare", "tilburg", "--lesson", "all=1", "--lesson", "ownership=0", *SHORT]
        assert cli.main([*arguments, "--replications", "2", "--json"]) == 0
        printed = capsys.readouterr()
        document = json.loads(printed.out)
        assert printed.err == ""
        assert set(document["baseline"]) == set(document["scenario"]) == set(document["difference"]) == set(OUTCOMES)
        assert set(document["difference"]["fit"]) == {"mean", "low", "high", "certainty"}
        assert (document["replications"], document["seeds"]) == (2, [1, 2])
        assert document["settings"]["lessons"] == dict.fromkeys(LESSONS, 1) | {"ownership": 0}

    def test_compare_shows_a_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["compare", "tilburg", "--lesson", "all=1", "--replications", "2", *SHORT]) == 0
        shown = capsys.readouterr().out
        assert [word for word in ("Today", "Choice", "95 % interval", "Certainty") if word not in shown] == []

    def test_log_writes_the_same_events_in_both_formats(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        for ending in ("csv", "parquet"):
            arguments = ["log", "tilburg", *SHORT, "--out", str(tmp_path / f"log.{ending}"), "--json"]
            assert cli.main(arguments) == 0
            written = json.loads(capsys.readouterr().out)
        as_csv = pd.read_csv(tmp_path / "log.csv", parse_dates=["timestamp"])
        as_parquet = pd.read_parquet(tmp_path / "log.parquet")
        assert len(as_csv) == len(as_parquet) == written["events"] > 0
        assert list(as_csv) == [*as_parquet, "kastje", "model", "made"]
        assert {"case", "activity", "resource", "department", "timestamp"} <= set(as_csv)
        assert (as_csv["timestamp"].dt.floor("us") == as_parquet["timestamp"].dt.floor("us")).all()

    def test_a_log_that_fails_halfway_leaves_the_old_file(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch
    ) -> None:
        def half(events: pd.DataFrame, path: Path) -> None:
            path.write_text("half")
            raise OSError("No space left on device")

        monkeypatch.setitem(log_command.WRITERS, ".csv", half)
        (tmp_path / "log.csv").write_text("old")
        assert cli.main(["log", "tilburg", *SHORT, "--out", str(tmp_path / "log.csv")]) == 1
        assert "No space left" in capsys.readouterr().err
        assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]
        assert (tmp_path / "log.csv").read_text() == "old"

    def test_validate_shows_where_today_lands(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["validate", "tilburg", "--replications", "1", "--json"]) == 0
        (report,) = json.loads(capsys.readouterr().out)
        assert (report["valid"], report["kind"]) == (True, "profile")
        assert report["bands"]
        assert {"name", "low", "high", "value", "inside", "source", "reason"} <= set(report["bands"][0])
        assert all(set(band[text]) == {"nl", "en"} for band in report["bands"] for text in ("label", "source"))
        assert {set(band["reason"] or {}) == {"nl", "en"} for band in report["bands"]} == {True, False}
        assert cli.main(["validate", "tilburg", "--replications", "1"]) == 0
        assert "Verdict" in capsys.readouterr().out

    def test_a_copied_profile_is_as_good_as_the_shipped_one(
        self, root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        copy = tmp_path / "my-town.toml"
        copy.write_bytes((root / "model/profiles/tilburg.toml").read_bytes())
        results = []
        for profile in ("tilburg", str(copy)):
            assert cli.main(["run", profile, *SHORT, "--json"]) == 0
            results.append(json.loads(capsys.readouterr().out))
        hashes = [list(result["origin"]["profiles"].values()) for result in results]
        assert hashes[0] == hashes[1]
        assert all(results[0][name] == results[1][name] for name in OUTCOMES)

    def test_json_is_all_there_is_on_standard_output(self) -> None:
        done = kastje("compare", "tilburg", "--replications", "2", *SHORT, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        json.loads(done.stdout)

    def test_a_reader_that_leaves_gets_no_traceback(self) -> None:
        process = subprocess.Popen(
            [*KASTJE, "compare", "tilburg", "--replications", "2", *SHORT, "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(300) == cli.READER_GONE

    @pytest.mark.skipif(os.name != "posix", reason="signals are POSIX here")
    def test_who_thinks_better_of_it_while_it_loads_gets_one_line_too(self) -> None:
        command = [sys.executable, "-c", INTERRUPTED, "parameters"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "kastje: stopped\n")

    @pytest.mark.skipif(os.name != "posix", reason="signals are POSIX here")
    @pytest.mark.parametrize(
        ("sent", "code", "line"), [(signal.SIGINT, 130, "kastje: stopped\n"), (signal.SIGTERM, 143, "")]
    )
    def test_who_is_stopped_ends_with_one_line_at_most(self, sent: signal.Signals, code: int, line: str) -> None:
        begun = "from kastje.commands.cli import entry; print('begun', flush=True); entry()"
        process = subprocess.Popen(
            [sys.executable, "-c", begun, "compare", "tilburg", "--replications", "2000"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(1)  # Into the runs, of which there are far more than can be done by then.
        process.send_signal(sent)
        out, err = process.communicate(timeout=600)
        assert (process.returncode, out, err) == (code, "", line)
