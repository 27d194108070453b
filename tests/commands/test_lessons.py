"""`kastje lessons`: from a command to documents, tables and pictures; pictures are the same bytes each time."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kastje.commands import cli
from kastje.experiments.runs import work as working
from kastje.experiments.studies.factorial import Cube, picture
from kastje.experiments.studies.factorial.bars import shapley_bars
from kastje.experiments.studies.factorial.frontier import frontier_picture
from kastje.experiments.studies.factorial.heat_map import heat_map, signed
from kastje.experiments.studies.factorial.packages import frontier
from kastje.experiments.studies.factorial.summary import HEADLINES
from kastje.experiments.studies.roadmap import Plan, Terrain
from kastje.experiments.studies.roadmap.picture import roadmap_picture
from kastje.experiments.studies.sheet import Caption, sheet
from kastje.model import LESSONS, OUTCOMES, Scenario

CAPTION = Caption("tilburg", "1 to 4", "0.1.0", "abc123")
COLUMN_POINTS = 85 / 25.4 * 72


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


def interactions(outcome: str = "satisfaction") -> pd.DataFrame:
    rng = np.random.default_rng(1)
    rows = [
        {
            "load": 1.15,
            "outcome": outcome,
            "lesson": one,
            "other": other,
            "mean": mean,
            "low": mean - 0.02,
            "high": mean + 0.02,
        }
        for at, one in enumerate(LESSONS)
        for other in LESSONS[at + 1 :]
        for mean in [float(rng.normal(0.0, 0.02))]
    ]
    rows[3] |= {"mean": np.nan, "low": np.nan, "high": np.nan}
    return pd.DataFrame(rows)


def shapley_rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "load": load,
                "outcome": "lead_time_days_mean",
                "lesson": lesson,
                "mean": mean,
                "low": mean - 1,
                "high": mean + 1,
            }
            for load in (1.0, 1.15)
            for lesson, mean in zip(LESSONS, (-3.0, 2.0, 0.0, np.nan, 1.0, -1.0, -2.0, 0.5), strict=True)
        ]
    )


def cube() -> Cube:
    worth = np.random.default_rng(3).normal(size=(256, 6, 2))
    return Cube(1.0, tuple(range(6)), ("satisfaction", "lever_hours"), worth)


def plan() -> Plan:
    rng = np.random.default_rng(5)
    running = np.array([100.0 * one.bit_count() for one in range(256)])
    return Plan.of(Terrain(rng.normal(size=(256, 2)), running, 900.0, 8.0), sampled=0)


DRAWN: dict[str, Callable[[Path, str], Any]] = {
    "heat": lambda folder, name: heat_map(interactions(), folder, name, CAPTION),
    "bars": lambda folder, name: shapley_bars(shapley_rows(), folder, name, CAPTION),
    "packages": lambda folder, name: frontier_picture(frontier(cube(), "satisfaction"), 1.0, folder, name, CAPTION),
    "roadmap": lambda folder, name: roadmap_picture(plan(), {"satisfaction": 1.0}, folder, name, CAPTION),
}


@pytest.mark.parametrize("picture", DRAWN)
def test_a_picture_is_the_same_bytes_each_time_with_no_date_and_its_text_as_text(picture: str, tmp_path: Path):
    for name in ("one", "two"):
        DRAWN[picture](tmp_path, name)
    svg, pdf = (tmp_path / "one.svg").read_text(), (tmp_path / "one.pdf").read_bytes()
    assert svg == (tmp_path / "two.svg").read_text()
    assert pdf == (tmp_path / "two.pdf").read_bytes()
    assert not re.search(r"<dc:date>|20\d\d-\d\d-\d\d", svg)
    assert b"CreationDate" not in pdf
    assert "Profile tilburg, seeds 1 to 4; Kastje 0.1.0, model" in " ".join(re.sub(r"<[^>]+>", " ", svg).split())
    assert b"/FontFile2" in pdf


@pytest.mark.parametrize("picture", DRAWN)
def test_a_picture_is_as_wide_as_a_column_and_no_text_is_smaller_than_five_points(picture: str, tmp_path: Path):
    DRAWN[picture](tmp_path, "one")
    svg = (tmp_path / "one.svg").read_text()
    width = float(re.search(r'width="([\d.]+)pt"', svg).group(1))
    assert width == pytest.approx(COLUMN_POINTS, abs=1.0)
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", svg)]
    assert len(sizes) > 10
    assert min(sizes) >= 5.0


def test_what_is_sure_is_bold_and_what_harms_is_hatched(tmp_path: Path):
    """Nothing is told by colour alone."""
    rows = interactions()
    heat_map(rows, tmp_path, "heat", CAPTION)
    svg = (tmp_path / "heat.svg").read_text()
    sure = int(((rows["low"] > 0) | (rows["high"] < 0)).sum())
    assert 0 < sure < 28
    assert len(re.findall(r"font-weight: (?:bold|700)", svg)) == sure
    assert "n/a" in svg
    shapley_bars(shapley_rows(), tmp_path, "bars", CAPTION)
    assert "url(#h" in (tmp_path / "bars.svg").read_text()


def test_a_caption_stands_below_the_picture(tmp_path: Path):
    with sheet(height=2.0) as drawing:
        drawing.axes()[0].plot([0, 1], [0, 1])
        drawing.caption(CAPTION.text("Something is shown at length. " * 8))
        drawing.save(tmp_path, "one")
        drawing.figure.draw_without_rendering()
        (text,) = drawing.figure.texts
        below = text.get_window_extent()
        plot = drawing.figure.axes[0].get_tightbbox()
        assert below.y1 < plot.y0
        assert below.x1 < drawing.figure.bbox.x1


def test_figures_in_a_heat_map_are_short():
    assert signed(0.0123, 0.05) == "+.012"
    assert signed(-0.0123, 0.05) == "−.012"
    assert signed(-12.3, 40.0) == "−12"
    assert signed(1.25, 3.0) == "+1.2"
    assert signed(float("nan"), 3.0) == "n/a"
