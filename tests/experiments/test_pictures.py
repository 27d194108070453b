"""Pictures of studies: the same bytes each time, as wide as a column, and nothing told by colour alone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kastje.experiments.studies.factorial import Cube
from kastje.experiments.studies.factorial.bars import shapley_bars
from kastje.experiments.studies.factorial.frontier import frontier_picture
from kastje.experiments.studies.factorial.heat_map import heat_map, signed
from kastje.experiments.studies.factorial.packages import frontier
from kastje.experiments.studies.roadmap import Plan, Terrain
from kastje.experiments.studies.roadmap.picture import roadmap_picture
from kastje.experiments.studies.sheet import Caption, sheet
from kastje.model import LESSONS

CAPTION = Caption("tilburg", "1 to 4", "0.1.0", "abc123")


COLUMN_POINTS = 85 / 25.4 * 72


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
