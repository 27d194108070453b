"""The heat map of interactions: which lessons help each other, and which get in each other's way."""

import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.difference.mean import side
from kastje.experiments.studies.sheet import SMALL, Caption, sheet
from kastje.model import LESSONS, OUTCOMES
from kastje.model.lessons import LESSON_TABLE

COLOURS = "PuOr_r"
"""Purple to orange: told apart by all eyes, and light in the middle in black and white."""


def heat_map(rows: pd.DataFrame, folder: Path, name: str, caption: Caption) -> None:
    """Draw the interactions of one outcome at one load: `rows` of the table `interactions`.

    Each field has its figure, bold with a frame where the 95 % interval leaves out 0: nothing rests on colour alone.
    """
    outcome, load = str(rows["outcome"].iloc[0]), float(rows["load"].iloc[0])
    about = OUTCOMES[outcome]
    means, sure = _square(rows, about.scale)
    largest = float(np.nanmax(np.abs(means))) if np.isfinite(means).any() else 1.0
    count = len(LESSONS)
    with sheet(height=0.5 + 0.25 * count) as drawing:
        (plot,) = drawing.axes()
        limit = largest or 1.0
        drawn = plot.imshow(means, cmap=COLOURS, vmin=-limit, vmax=limit, aspect="auto")
        for (row, column), value in np.ndenumerate(means):
            if row > column:
                _number(plot, row, column, signed(value, largest), bool(sure[row, column]), abs(value) > 0.6 * limit)
        plot.set_xticks(range(count - 1), [str(number) for number in range(1, count)])
        plot.set_yticks(
            range(count), [f"{at} {LESSON_TABLE[name].label.en}" for at, name in enumerate(LESSONS, start=1)]
        )
        plot.set_xlim(-0.5, count - 1.5)
        plot.spines[:].set_visible(False)
        plot.tick_params(length=0)
        bar = drawing.figure.colorbar(drawn, cax=plot.inset_axes((0.62, 0.6, 0.05, 0.38)))
        bar.ax.tick_params(labelsize=SMALL, length=2, pad=1)
        bar.outline.set_linewidth(0.4)
        plot.text(0.6, 0.98, _label(outcome), transform=plot.transAxes, fontsize=SMALL, ha="right", va="top")
        drawing.caption(
            caption.text(
                f"Interactions in {about.label['en'].lower()} at load {load:g}: how much more a lesson adds when the "
                f"other is there, the mean over all combinations of the rest. Bold and framed: the 95 % interval "
                f"leaves out 0. {better_said(outcome)}"
            )
        )
        drawing.save(folder, name)


def signed(value: float, largest: float) -> str:
    """A figure with its sign and no zero before the point, as narrow as it can be; `n/a` for what is not available."""
    if not np.isfinite(value):
        return "n/a"
    decimals = decimals_for(largest)
    text = f"{round(value, decimals) + 0.0:+.{decimals}f}"
    short = text.replace("0.", ".", 1) if text[1:3] == "0." else text
    return short.replace("-", "−")


def decimals_for(largest: float) -> int:
    """So many decimals that the largest figure has two digits that count."""
    return int(np.clip(1 - np.floor(np.log10(largest)), 0, 4)) if largest > 0.0 and np.isfinite(largest) else 2


def better_said(outcome: str) -> str:
    """Which way of an outcome is better, for a caption."""
    return {1: "Higher is better.", -1: "Lower is better.", 0: "Neither way is better."}[OUTCOMES[outcome].better]


def _label(outcome: str) -> str:
    about = OUTCOMES[outcome]
    return "\n".join(textwrap.wrap(f"{about.label['en']} [{about.unit['en']}]", 15))


def _square(rows: pd.DataFrame, scale: float) -> tuple[np.ndarray, np.ndarray]:
    means = np.full((len(LESSONS), len(LESSONS)), np.nan)
    sure = np.zeros(means.shape, bool)
    for row in rows.to_dict("records"):
        at = LESSONS.index(row["other"]), LESSONS.index(row["lesson"])
        means[at] = row["mean"] * scale
        sure[at] = side(row["low"], row["high"]) != 0
    return means, sure


def _number(plot: Any, row: int, column: int, text: str, sure: bool, dark: bool) -> None:
    from matplotlib.patches import Rectangle

    ink = "white" if dark else "black"
    plot.text(
        column, row, text, ha="center", va="center", color=ink, fontsize=SMALL, fontweight="bold" if sure else "normal"
    )
    if sure:
        plot.add_patch(Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, fill=False, linewidth=0.7, edgecolor="black"))
