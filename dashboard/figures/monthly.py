"""An outcome month by month, as plain numbers that a chart and its table can show."""

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kastje.dashboard.figures.plot import PLOT
from kastje.dashboard.view import component
from kastje.experiments.difference.compare import Comparison
from kastje.model import OUTCOMES

MONTHLY = PLOT | {"k-months": component(Path(__file__).with_name("months.vue"))}
"""The components of a view that draws such lines and has them as a table."""


def lines_of(comparison: Comparison | None, outcome: str, *, final: bool = True) -> dict[str, Any]:
    """The lines of a comparison as plain numbers, months from 1; None where a month is not available.

    `band` is how far it reaches from `low` to `high`: a chart stacks it on `low`.

    `final` says that no better picture of this choice will come: only that one moves into place, since drawing at
    every frame takes time from the runs and from the browser while they are still working.
    Empty before there is a comparison.
    """
    if comparison is None:
        return {}
    monthly = comparison.monthly(outcome)
    return {
        "outcome": outcome,
        "final": final,
        "months": [int(month) for month in monthly.months],
        "today": shown(monthly.baseline_mean, outcome),
        "choice": shown(monthly.scenario_mean, outcome),
        "low": shown(monthly.scenario_low, outcome),
        "high": shown(monthly.scenario_high, outcome),
        "band": shown(monthly.scenario_high - monthly.scenario_low, outcome),
    }


def shown(values: Iterable[float], outcome: str) -> list[float | None]:
    """Values of an outcome on the scale on which it is shown; None for what is not available."""
    scale = OUTCOMES[outcome].scale
    return [round(float(value) * scale, 4) if math.isfinite(value) else None for value in values]
