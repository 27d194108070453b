"""All pictures of a full factorial, into a folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kastje.experiments.studies.factorial.bars import shapley_bars
from kastje.experiments.studies.factorial.cube import Cube
from kastje.experiments.studies.factorial.frontier import frontier_picture
from kastje.experiments.studies.factorial.heat_map import heat_map
from kastje.experiments.studies.factorial.packages import HOURS, frontier
from kastje.experiments.studies.factorial.summary import HEADLINES, rows_of
from kastje.experiments.studies.sheet import FOLDER, caption_of

BOUGHT = ("satisfaction", "lead_time_days_mean")
"""The outcomes that are set against hours."""


def draw(
    tables: Mapping[str, pd.DataFrame], cubes: Sequence[Cube], folder: Path, manifest: Mapping[str, Any]
) -> list[str]:
    """Draw the headlines; gives the names of the pictures in `folder`/pictures, without .svg and .pdf."""
    there = folder / FOLDER
    there.mkdir(exist_ok=True)
    caption = caption_of(manifest)
    names = []
    lessons = tables["lessons"]
    for outcome in HEADLINES:
        shown = lessons[(lessons["outcome"] == outcome) & (lessons["measure"] == "shapley")]
        names.append(f"shapley-{outcome}")
        shapley_bars(shown, there, names[-1], caption)
        for cube in cubes:
            names.append(f"interactions-{outcome}-load-{cube.load:g}")
            heat_map(rows_of(tables["interactions"], cube.load, outcome), there, names[-1], caption)
            if outcome in BOUGHT and outcome != HOURS:
                names.append(f"packages-{outcome}-load-{cube.load:g}")
                frontier_picture(frontier(cube, outcome), cube.load, there, names[-1], caption)
    return names
