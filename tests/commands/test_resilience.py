"""`kastje resilience`: one JSON document, a folder that keeps what was run, and wrong input."""

import json
from pathlib import Path

import pandas as pd
import pytest

from kastje.commands.cli import main
from kastje.experiments.studies.surges.findings import FIGURES

SMALL = ["resilience", "wageningen", "--weeks", "2", "--replications", "2", "--json"]


def test_the_command_gives_one_json_document(engine, capsys):
    assert main([*SMALL, "--extra", "0.5"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["surge"] == {"extra": 0.5, "weeks": 2}
    assert set(document["today"]) == {*FIGURES, "intervals"}
    assert "choice" not in document


def test_a_folder_keeps_what_was_run_and_goes_on(engine, capsys, tmp_path: Path):
    out = tmp_path / "surge"
    arguments = [*SMALL, "--lesson", "ownership=1", "--extra", "0.5", "--extra", "1", "--out", str(out)]
    assert main(arguments) == 0
    first = json.loads(capsys.readouterr().out)
    parts = sorted((out / "parts").iterdir())
    assert [len(pd.read_parquet(part)) for part in parts] == [6, 6]
    assert [one["surge"]["extra"] for one in first["surges"]] == [0.5, 1.0]
    assert len(pd.read_csv(out / "difference.csv")) == 2 * len(FIGURES)
    kept = parts[0].stat().st_mtime_ns
    parts[1].unlink()
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert parts[0].stat().st_mtime_ns == kept
    assert parts[1].exists()
    assert json.loads((out / "manifest.json").read_text())["status"] == "complete"


def test_a_folder_of_another_surge_is_refused(engine, capsys, tmp_path: Path):
    assert main([*SMALL, "--extra", "0.5", "--out", str(tmp_path / "surge")]) == 0
    capsys.readouterr()
    assert main([*SMALL, "--extra", "0.6", "--out", str(tmp_path / "surge")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "holds another sweep" in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ["--extra", "0"],
        ["--extra", "10"],
        ["--extra", "many"],
        ["--extra", "1", "--extra", "1"],
        ["--set", "surge_extra=1"],
        ["--set", "horizon_days=90"],
    ],
)
def test_a_wrong_surge_gets_one_line(wrong: list[str], capsys):
    assert main(["resilience", "wageningen", *wrong]) == 2
    printed = capsys.readouterr().err
    assert wrong[0] in printed
    assert printed.count("\n") == 1
