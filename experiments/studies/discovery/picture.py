"""The boxes as a picture: how coverage was given up for density on the way, and the bounds of each box."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kastje.experiments.designs import Factor
from kastje.experiments.studies.discovery.prim import Box, Discovery
from kastje.experiments.studies.sensitivity.labels import label
from kastje.experiments.studies.sheet import (
    BLACK,
    BLUE,
    ENDINGS,
    GREY,
    ORANGE,
    SMALL,
    Caption,
    sheet,
    wrapped,
)

NAME = "boxes"
COLOURS = (BLUE, ORANGE, "#009E73", "#CC79A7", BLACK)
MARKS = ("o", "s", "^", "D", "v")


def draw(found: Discovery, factors: Mapping[str, Factor], looked_for: str, folder: Path, caption: Caption) -> None:
    """Write boxes.svg and boxes.pdf; without a box, see to it that there is none of an earlier question."""
    if not found.boxes:
        for ending in ENDINGS:
            (folder / f"{NAME}.{ending}").unlink(missing_ok=True)
        return
    folder.mkdir(exist_ok=True)
    bars = sum(len(box.limits) for box in found.boxes)
    with sheet(height=2.5 + 0.32 * bars) as drawing:
        ratios = [1.7, 0.3 + 0.32 * bars]
        above, below = drawing.figure.subplots(2, 1, height_ratios=ratios)
        _trade(above, found)
        _bounds(below, found, factors)
        drawing.caption(
            caption.text(
                f"Where {looked_for}. Above: how PRIM gave up coverage for density, step by step; large marks: the "
                "boxes that were taken; dotted: density over all points. Below: their bounds within the range of "
                "each factor."
            )
        )
        drawing.save(folder, NAME)


def _trade(plot: Any, found: Discovery) -> None:
    for number, box in enumerate(found.boxes):
        steps, colour, mark = box.trajectory, COLOURS[number % 5], MARKS[number % 5]
        plot.plot(steps["coverage"], steps["density"], f"{mark}-", color=colour, markersize=1.5, linewidth=0.4)
        name = f"box {number + 1}{'' if box.confirmed else ', not confirmed'}"
        plot.plot(box.coverage, box.density, mark, color=colour, markersize=5, label=name, linestyle="none")
    plot.axhline(found.boxes[0].base, color=GREY, linestyle=":", linewidth=0.8)
    plot.set(xlim=(0.0, 1.03), ylim=(0.0, 1.03), xlabel="coverage", ylabel="density")
    plot.legend(fontsize=SMALL, frameon=False)


def _bounds(plot: Any, found: Discovery, factors: Mapping[str, Factor]) -> None:
    bars = [(number, box, at) for number, box in enumerate(found.boxes) for at in range(len(box.limits))]
    for place, (number, box, at) in enumerate(bars):
        limit = box.limits[at]
        whole = factors[limit.factor]
        low, high = ((end - whole.low) / (whole.high - whole.low) for end in (limit.low, limit.high))
        plot.barh(place, 1.0, 0.5, color="#EEEEEE")
        plot.barh(place, high - low, 0.5, left=low, color=COLOURS[number % 5])
    plot.set_yticks(range(len(bars)), [_name(number, box, at) for number, box, at in bars], fontsize=SMALL)
    plot.invert_yaxis()
    plot.tick_params(axis="y", length=0)
    plot.set(xlim=(0.0, 1.0), xlabel="place within the factor's range")


def _name(number: int, box: Box, at: int) -> str:
    limit = box.limits[at]
    return f"{wrapped(f'box {number + 1}: {label(limit.factor)}')}\n{limit.low:.3g} to {limit.high:.3g}"
