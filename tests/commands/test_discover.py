"""`kastje discover`: what is looked for is found in real runs, another question needs no new ones, and wrong input."""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from kastje.commands.cli import main

FEW = ["discover", "wageningen", "--days", "28", "--set", "runin_days=28", "--replications", "1", "--points", "90"]


TWO = ["--factor", "integral_working", "--factor", "lesson_cost=0..2", "--boxes", "1"]


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_what_costs_hours_is_found_where_the_lesson_that_costs_them_is(capsys, tmp_path: Path):
    out = tmp_path / "hours"
    asked = [*FEW, *TWO, "--out", str(out)]
    assert main([*asked, "--where", "lever_hours_difference > 9", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["runs"] == 180
    table = pd.read_csv(out / "points.csv")
    assert document["interest"] == int((table["lever_hours_difference"] > 9.0).sum())
    (box,) = document["boxes"]
    assert {limit["factor"] for limit in box["limits"]} == {"integral_working", "work.lesson_cost"}
    assert box["density"] > document["interest"] / document["points"]
    assert (out / "pictures" / "boxes.svg").exists()
    # Another question to the same runs: nothing is run again, and the picture of the last one goes.
    assert main([*asked, "--where", "lever_hours_difference > 1e6"]) == 0
    assert "No box: it happens at none of the points" in capsys.readouterr().out
    assert not (out / "pictures" / "boxes.svg").exists()
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["settings"]["where"] == ["lever_hours_difference > 1e+06"]
    assert [session["runs"] for session in manifest["sessions"]] == [180, 0]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--where", "fit ~ 1"], "--where"),
        (["--mass", "0.9"], "--mass"),
        (["--certain", "--replications", "1"], "--replications"),
        (["--points", "5"], "--points"),
    ],
)
def test_wrong_input_is_one_line_and_nothing_is_written(arguments: list[str], part: str, capsys, tmp_path: Path):
    assert main(["discover", "tilburg", "--out", str(tmp_path / "out"), *arguments]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert part in printed.err
    assert list(tmp_path.iterdir()) == []


def test_without_the_workbench_it_is_said_before_anything_is_run(capsys, monkeypatch, tmp_path: Path):
    for name in [name for name in sys.modules if name.split(".")[0] == "ema_workbench"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ema_workbench", None)
    assert main(["discover", "tilburg", "--out", str(tmp_path / "out")]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("kastje: ema-workbench is not installed, expected `pip install 'PATH[research]'`")
    assert printed.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
