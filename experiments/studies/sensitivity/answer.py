"""What the runs of a question say: the indices of every figure, and how the figure itself goes over the inputs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.designs.kinds import morris_unit
from kastje.experiments.difference.paired import TIPPED
from kastje.experiments.difference.spread import bimodality, percentiles
from kastje.experiments.studies.sensitivity.function import Function, cells_of
from kastje.experiments.studies.sensitivity.morris import Morris
from kastje.experiments.studies.sensitivity.question import DIFFERENCE, SOBOL, Question
from kastje.model import OUTCOMES
from kastje.model.errors import unknown
from kastje.model.phrase import Argument

COLLAPSE = "collapse"
"""Beside the outcomes: whether the organisation had tipped by the end of a run. Its mean over seeds is P(collapse)."""

HEADLINE = ("lead_time_days_mean", "satisfaction", "stories_per_case", "burden_minutes")
OPEN = "open_share"
"""Always there: cases that stay open can flatter every other figure."""


@dataclass(frozen=True)
class Answer:
    """`indices`: a row for every figure and factor; `figures`: a row for every figure, over all points."""

    indices: pd.DataFrame
    figures: pd.DataFrame

    def as_dict(self) -> dict[str, Any]:
        """As plain data: figure by name, and in it factor by name."""
        found: dict[str, Any] = {}
        for figure in self.figures.to_dict("records"):
            rows = self.indices[self.indices["outcome"] == figure["outcome"]].drop(columns=["outcome"])
            factors = {row.pop("factor"): row for row in rows.to_dict("records")}
            found[str(figure.pop("outcome"))] = {**figure, "factors": factors}
        return found


def wanted(outcomes: Sequence[str]) -> tuple[str, ...]:
    """The figures to look at: those named, or the headline, and the share of open cases. Raises InputError."""
    for name in outcomes:
        if name not in OUTCOMES and name != COLLAPSE:
            raise unknown(Argument("outcomes"), name, (*OUTCOMES, COLLAPSE), list_all=False)
    return tuple(dict.fromkeys([*(outcomes or HEADLINE), OPEN]))


def answer(question: Question, table: pd.DataFrame, outcomes: Sequence[str]) -> Answer:
    """The indices of these figures from all rows of the sweep."""
    design = question.design
    tipped = table["tipping_ratio"] < TIPPED
    table = table.assign(**{COLLAPSE: tipped.astype(float).where(table["tipping_ratio"].notna())})
    indices, figures = [], []
    for name in outcomes:
        cells = cells_of(table, name, len(design), difference=question.of == DIFFERENCE)
        found = _analysed(question, Function.of(cells))
        made = found.table()
        made.insert(0, "outcome", name)
        indices.append(made)
        figures.append({"outcome": name, "of": question.of, **_about(question, cells, found)})
    return Answer(pd.concat(indices, ignore_index=True), pd.DataFrame(figures))


def _analysed(question: Question, function: Function) -> Any:
    # Here, because scipy.stats takes a second that a wrong option should not have to wait for.
    from kastje.experiments.studies.sensitivity.sobol import Sobol

    design = question.design
    if question.method == SOBOL:
        return Sobol.of(function, design.names, seed=design.seed)
    unit = morris_unit(len(design.names), design.size, design.seed)
    return Morris.of(function, design.names, unit, seed=design.seed)


def _about(question: Question, cells: Any, found: Any) -> dict[str, Any]:
    function = Function.of(cells)
    used = slice(0, 2 * question.rows) if question.method == SOBOL else slice(None)
    values = function.values[used]
    values = values[np.isfinite(values)]
    low, middle, high = percentiles(values)
    return {
        "points": len(values),
        "missing": int((~np.isfinite(cells[used])).sum()),
        "mean": float(values.mean()) if len(values) else math.nan,
        "sd": float(values.std(ddof=1)) if len(values) > 1 else math.nan,
        "p10": low,
        "p50": middle,
        "p90": high,
        "below_zero": float((values < 0.0).mean()) if len(values) else math.nan,
        "bimodality": bimodality(values),
        "noise_share": function.noise_share(used),
        "noise_floor": function.noise_share(used) if question.method == SOBOL else found.noise_floor,
    }
