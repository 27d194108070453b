"""`kastje resilience`: one JSON document, a folder that keeps what was run, and wrong input."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kastje.commands.cli import main
from kastje.dashboard.research import design_results, result_tables
from kastje.dashboard.research.job import SURGE, Job, run
from kastje.dashboard.texts import texts
from kastje.dashboard.visit.state import Choice
from kastje.experiments.runs.results import Found
from kastje.experiments.runs.watch import NOBODY
from kastje.experiments.studies.surges import runs as surge_runs
from kastje.experiments.studies.surges.findings import FIGURES
from kastje.model import OUTCOMES

SMALL = ["resilience", "wageningen", "--weeks", "2", "--replications", "2", "--json"]


def test_the_command_gives_one_json_document(engine, capsys):
    assert main([*SMALL, "--extra", "0.5"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["surge"] == {"extra": 0.5, "weeks": 2}
    assert set(document["today"]) == {*FIGURES, "intervals"}
    assert "choice" not in document


WEEKS_OF_TODAY = {"quick": (2, 3, 4, 90), "slow": (2, 90, 90, 90)}
"""How many weeks after the surge each seed is back; 90: not within the year."""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("pace", WEEKS_OF_TODAY)
def test_the_page_and_the_command_show_the_same_recovery_of_the_same_runs(
    pace: str, language: str, monkeypatch: pytest.MonkeyPatch, capsys
):
    def followed(scenario, seed):
        later = WEEKS_OF_TODAY[pace][seed - 1] // (1 if scenario.is_baseline else 2)
        surged = np.where(np.arange(80) < 8 + later, 20.0, 10.0)
        return (surged if scenario.value("surge_extra") else np.full(80, 10.0)), dict.fromkeys(OUTCOMES, 1.0)

    monkeypatch.setattr(surge_runs, "followed", followed)
    asked = ["resilience", "tilburg", "--lesson", "ownership=1", "--replications", "4", "--workers", "2"]
    assert main([*asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert main(asked) == 0
    shown = capsys.readouterr().out
    words, choice = texts(language), Choice(lang=language, steps=(0, 0, 0, 4, 0, 0, 0, 0))
    job = Job(SURGE, choice, 4)
    page = design_results._made(job, run(job, NOBODY), "trust", words)["table"]["rows"]
    read = result_tables.recovered(Found("a.json", "recovery", None, document), words)["rows"]  # type: ignore[arg-type]
    for row, again in zip(page, read, strict=True):
        assert [cell["text"] for cell in row["cells"][:2]] == [cell["text"] for cell in again["cells"]]
    weeks = {"quick": 3.0, "slow": None}[pace]
    assert document["today"]["weeks_until_back"] == weeks
    assert page[0]["cells"][0]["text"] == (words.number(3.0, 1) if weeks else words("designs.beyond"))
    assert "not within a year" in shown if weeks is None else " 3.0 " in shown


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
