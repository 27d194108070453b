"""A chart of estimates: a dot with its 95 % interval for each arm of a design, one or two series."""

import math
from collections.abc import Iterable
from typing import Any

from kastje.dashboard.figures.plot import PLOT
from kastje.dashboard.view import view
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Mean


@view("dots.vue")
def Dots(
    *,
    components: dict[str, str] = PLOT,
    title: str = "",
    unit: str = "",
    lang: str = "nl",
    decimals: int = 1,
    labels: list[str],
    series: list[dict[str, Any]],
    zero: bool = False,
    alt: str = "",
) -> None:
    """The browser's part: draws with ECharts; the same figures stand in the table below it."""


def series(name: str, kind: str, estimates: Iterable[Mean | Difference], scale: float) -> dict[str, Any]:
    """One series; `kind` (today or choice) decides its look. An estimate that is not available leaves its row empty."""
    return {"name": name, "kind": kind, "points": [_point(one, scale) for one in estimates]}


def _point(one: Mean | Difference, scale: float) -> dict[str, float | None] | None:
    if not math.isfinite(one.mean):
        return None
    ends = {"low": one.low, "high": one.high}
    known = {name: end * scale if math.isfinite(end) else None for name, end in ends.items()}
    return {"mean": one.mean * scale, **known}
