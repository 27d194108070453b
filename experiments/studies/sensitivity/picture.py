"""The indices as pictures: one for each figure, the factors that matter most in it from top to bottom."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.studies.sensitivity.answer import Answer
from kastje.experiments.studies.sensitivity.labels import figure_label, label
from kastje.experiments.studies.sensitivity.question import DIFFERENCE, SOBOL, Question
from kastje.experiments.studies.sheet import BLACK, BLUE, GREY, SMALL, Caption, sheet, wrapped

MOST = 12
TEXTS = {
    SOBOL: "Shares of the variance over the inputs: in all that a factor does, alone or with others (bar, total "
    "order), and alone (ring, first order).",
    "morris": "Change in the figure's own unit when a factor goes over its whole range: mean size (bar, mu*) and how "
    "it varies with the other factors (ring, sigma).",
}


AXES = {SOBOL: "share of the variance", "morris": "change over the whole range"}


def draw(question: Question, answer: Answer, folder: Path, caption: Caption) -> list[str]:
    """Write one picture a figure that varies, as SVG and PDF; gives their names."""
    folder.mkdir(exist_ok=True)
    names = []
    for about in answer.figures.to_dict("records"):
        if about["sd"] > 0.0:
            name = f"{question.method}-{question.of}-{about['outcome']}"
            found = answer.indices[answer.indices["outcome"] == about["outcome"]].head(MOST)
            _picture(question, found, about, folder, name, caption)
            names.append(name)
    return names


def _picture(
    question: Question, found: pd.DataFrame, about: dict[str, Any], folder: Path, name: str, caption: Caption
) -> None:
    main, beside = ("total", "first") if question.method == SOBOL else ("mu_star", "sigma")
    names = [wrapped(label(factor)) for factor in found["factor"]]
    with sheet(height=0.7 + 0.11 * len(found) + 0.09 * sum(1 + one.count("\n") for one in names)) as drawing:
        (plot,) = drawing.axes()
        places = np.arange(len(found))
        sure = found["above_noise"].to_numpy()
        plot.barh(places, found[main], 0.68, color=np.where(sure, BLUE, "#BBBBBB"), zorder=1)
        plot.hlines(places, found[f"{main}_low"], found[f"{main}_high"], color=BLACK, linewidth=0.9, zorder=3)
        plot.plot(found[beside], places, "o", color=BLACK, markersize=3.2, markerfacecolor="white", zorder=4)
        if np.isfinite(about["noise_floor"]):
            plot.axvline(about["noise_floor"], color=GREY, linewidth=0.8, linestyle=":", zorder=2)
        plot.set_yticks(places, names, fontsize=SMALL)
        plot.set_xlabel(AXES[question.method])
        plot.invert_yaxis()
        plot.tick_params(axis="y", length=0)
        what = "the difference that the lessons make in" if question.of == DIFFERENCE else "the level of"
        drawing.caption(
            caption.text(
                f"What {what} {figure_label(str(about['outcome'])).lower()} depends on. {TEXTS[question.method]} "
                "Lines: 95 % intervals. Dotted: what chance alone gives a factor that does nothing; grey bars are "
                "not told from that."
            )
        )
        drawing.save(folder, name)
