"""`kastje lessons`: from a command to documents, tables and pictures, again, and wrong input."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from kastje.commands import cli
from kastje.experiments.runs import work as working
from kastje.experiments.studies.factorial import picture
from kastje.experiments.studies.factorial.summary import HEADLINES
from kastje.model import OUTCOMES, Scenario


@dataclass(frozen=True)
class Said:
    """Outcomes as the made-up model says them."""

    figures: dict[str, float]

    def as_dict(self) -> dict[str, float]:
        return dict.fromkeys(OUTCOMES, 0.5) | self.figures


def made_up(scenario: Scenario, seed: int = 1, *, log: bool = False) -> Said:
    """Vision and ownership help each other, support harms; the second seed fails for one package."""
    x = dict(scenario.lessons)
    if seed == 2 and scenario.active == ("creative_solutions", "ownership"):
        raise ArithmeticError("this one fails")
    good = x["lived_vision"] + 4.0 * x["lived_vision"] * x["ownership"] - 2.0 * x["management_support"]
    return Said({"satisfaction": (8.0 * seed + good) / 64.0, "lever_hours": 100.0 * sum(x.values())})


def kastje(out: Path, *arguments: str) -> int:
    runs = ("--load", "1.0", "--replications", "4", "--workers", "2")
    return cli.main(["lessons", "tilburg", "--out", str(out), *runs, *arguments])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lessons") / "out"


@pytest.fixture
def made_up_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "simulate", made_up)
    monkeypatch.setattr(picture, "HEADLINES", ("satisfaction",))


def test_the_document_the_tables_and_the_pictures(made_up_model: None, out: Path, capsys: pytest.CaptureFixture[str]):
    assert kastje(out, "--json") == 0
    printed = capsys.readouterr()
    said = json.loads(printed.out)
    assert said["failures"] == {"ArithmeticError: this one fails": 1}
    assert "1 runs failed and count as not available: ArithmeticError: this one fails" in printed.err
    found = said["loads"]["1"]["satisfaction"]
    assert set(said["loads"]["1"]) == set(HEADLINES)
    shapley = {lesson: one["shapley"] for lesson, one in found["lessons"].items()}
    # Vision brings its own 1/64 and half of the 4/64 that it makes together with ownership.
    assert shapley["lived_vision"]["mean"] == pytest.approx(3 / 64)
    assert shapley["ownership"]["mean"] == pytest.approx(2 / 64)
    assert shapley["management_support"]["mean"] == pytest.approx(-2 / 64)
    # The failed run takes its seed out of what needs every combination, and out of nothing else.
    assert (shapley["ownership"]["n"], found["lessons"]["ownership"]["alone"]["n"]) == (3, 4)
    assert found["synergy"]["mean"] == pytest.approx(4 / 64)
    pair = next(one for one in found["interactions"] if one["lessons"] == ["ownership", "lived_vision"])
    assert (pair["mean"], pair["certainty"]) == (pytest.approx(4 / 64), 1.0)
    best = found["packages"]["best"]
    assert best["mean"] == pytest.approx(5 / 64)
    assert best["package"].startswith("ownership + lived_vision")
    for name in said["tables"]:
        assert len(pd.read_parquet(out / f"{name}.parquet")) == len(pd.read_csv(out / f"{name}.csv"))
    for name in said["pictures"]:
        assert (out / "pictures" / f"{name}.svg").exists()
        assert (out / "pictures" / f"{name}.pdf").exists()
    combinations = pd.read_parquet(out / "combinations.parquet")
    assert len(combinations) == 255 * len(OUTCOMES)


def test_the_same_command_again_makes_no_run_twice_and_tells_people(
    made_up_model: None, out: Path, capsys: pytest.CaptureFixture[str]
):
    before = {path: path.read_bytes() for path in (out / "pictures").iterdir()}
    assert kastje(out) == 0
    printed = capsys.readouterr().out
    for text in ("Load 1:", "Shapley values", "strongest interactions", "4 Ownership x", "1024 runs"):
        assert text.replace("4 Ownership x", "Ownership x Lived vision") in printed
    manifest = json.loads((out / "manifest.json").read_text())
    assert [session["runs"] for session in manifest["sessions"]] == [1024, 0]
    assert manifest["settings"]["profile"] == "tilburg"
    assert {path: path.read_bytes() for path in before} == before


def test_another_design_in_the_same_folder_is_refused(
    made_up_model: None, out: Path, capsys: pytest.CaptureFixture[str]
):
    assert kastje(out, "--seed", "9") == 2
    assert "holds another sweep: design.seed is 1 there and 9 here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--load", "9"], "--load: parameter work.load is 9"),
        (["--load", "much"], "--load: much: expected a number"),
        (["--load", "1.0"], "--load"),
        (["--set", "load=1"], "expected the load as --load"),
        (["--ramp-days", "-1"], "--ramp-days"),
    ],
)
def test_wrong_input_is_one_line(arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert kastje(tmp_path / "new", *arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert not (tmp_path / "new").exists()
