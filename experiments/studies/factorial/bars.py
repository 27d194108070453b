"""Bars with intervals: what each lesson brings of the difference, at each load."""

from pathlib import Path

import numpy as np
import pandas as pd

from kastje.experiments.studies.factorial.heat_map import better_said
from kastje.experiments.studies.sheet import BLACK, BLUE, ORANGE, Caption, sheet
from kastje.model import LESSONS, OUTCOMES
from kastje.model.lessons import LESSON_TABLE


def shapley_bars(rows: pd.DataFrame, folder: Path, name: str, caption: Caption) -> None:
    """Draw the Shapley values of one outcome, one plot a load: `rows` of the table `lessons`, measure shapley.

    What helps is blue and plain, what harms orange and hatched; the line is the 95 % interval over the seeds.
    """
    outcome = str(rows["outcome"].iloc[0])
    about = OUTCOMES[outcome]
    loads = sorted(rows["load"].unique())
    with sheet(height=0.35 + 1.5 * len(loads)) as drawing:
        plots = drawing.axes(len(loads))
        for plot, load in zip(plots, loads, strict=True):
            here = rows[rows["load"] == load].set_index("lesson").reindex(LESSONS)
            mean, low, high = (here[field].to_numpy() * about.scale for field in ("mean", "low", "high"))
            places = np.arange(len(LESSONS))
            harms = mean * (about.better or 1) < 0.0
            for at, value in zip(places, np.nan_to_num(mean), strict=True):
                style = {"color": ORANGE, "hatch": "////"} if harms[at] else {"color": BLUE}
                plot.barh(at, value, height=0.7, edgecolor="white", linewidth=0.0, **style)
            known = np.isfinite(low)
            plot.hlines(places[known], low[known], high[known], color=BLACK, linewidth=0.9)
            for ends in (low, high):
                plot.plot(ends[known], places[known], "|", color=BLACK, markersize=4, markeredgewidth=0.9)
            plot.set_yticks(places, [LESSON_TABLE[lesson].label.en for lesson in LESSONS])
            plot.invert_yaxis()
            plot.axvline(0.0, color=BLACK, linewidth=0.6)
            plot.set_title(f"load {load:g}", loc="left")
            plot.tick_params(axis="y", length=0)
        plots[-1].set_xlabel(f"{about.label['en']} [{about.unit['en']}]")
        drawing.caption(
            caption.text(
                f"Shapley values: what each lesson brings of the difference in {about.label['en'].lower()} between all "
                f"all and none; they add up to it. Lines: 95 % intervals over seeds. Hatched: for the worse. "
                f"{better_said(outcome)}"
            )
        )
        drawing.save(folder, name)
