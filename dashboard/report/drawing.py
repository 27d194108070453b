"""The chart of a report: today dashed, the choice with its band, as one SVG that needs nothing else."""

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from kastje.dashboard.texts import Texts

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 26, 40

Values = Sequence[float | None]


def chart(lines: dict[str, Any], label: str, unit: str, alt: str, texts: Texts) -> str:
    """The lines of an outcome (as `figures.monthly.lines_of` gives them) by month; empty when there is nothing."""
    known = [value for part in ("today", "choice", "low", "high") for value in lines[part] if value is not None]
    if not known:
        return ""
    ticks = ticks_for(min(known), max(known))
    months = lines["months"]

    def x(place: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * place / max(1, len(months) - 1), 1)

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (ticks[-1] - value) / (ticks[-1] - ticks[0]), 1)

    def path(values: Values) -> str:
        """A line that is broken where a month is not available."""
        drawn, pen = "", "M"
        for place, value in enumerate(values):
            drawn += "" if value is None else f"{pen}{x(place)} {y(value)}"
            pen = "M" if value is None else "L"
        return drawn

    decimals = max(0, min(4, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9)))
    grid = "".join(
        f'<path class="grid" d="M{LEFT} {y(tick)}H{WIDTH - RIGHT}"/>'
        f'<text x="{LEFT - 7}" y="{y(tick) + 4}" text-anchor="end">{texts.number(tick, decimals)}</text>'
        for tick in ticks
    )
    below = "".join(
        f'<text x="{x(place)}" y="{HEIGHT - BOTTOM + 17}" text-anchor="middle">{month}</text>'
        for place, month in enumerate(months)
    )
    middle = (LEFT + WIDTH - RIGHT) / 2
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(alt)}">'
        f'<text x="{LEFT}" y="13">{escape(unit or label)}</text>{grid}{below}'
        f'<text x="{middle}" y="{HEIGHT - 5}" text-anchor="middle">{escape(texts("chart.axis"))}</text>'
        f'<path class="band" d="{_band(lines["low"], lines["high"], x, y)}"/>'
        f'<path class="today" d="{path(lines["today"])}"/><path class="choice" d="{path(lines["choice"])}"/></svg>'
    )


def _band(low: Values, high: Values, x: Any, y: Any) -> str:
    """One closed shape for each stretch of months that have both edges."""
    shapes, stretch = [], []
    for place in range(len(low) + 1):
        if place < len(low) and low[place] is not None and high[place] is not None:
            stretch.append(place)
        elif stretch:
            there = [f"{x(p)} {y(high[p])}" for p in stretch]
            back = [f"{x(p)} {y(low[p])}" for p in reversed(stretch)]
            shapes.append("M" + "L".join(there + back) + "Z")
            stretch = []
    return "".join(shapes)


def ticks_for(low: float, high: float) -> list[float]:
    """About five round values that hold everything between `low` and `high`."""
    span = high - low or abs(high) or 1.0
    rough = span / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(round_ * power for round_ in (1, 2, 2.5, 5, 10) if round_ * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    return [round(step * number, 10) for number in range(first, last + 1)]
