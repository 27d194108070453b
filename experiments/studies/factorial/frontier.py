"""The frontier of packages: what their hours buy."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kastje.experiments.studies.factorial.cube import numbers_of
from kastje.experiments.studies.factorial.heat_map import better_said
from kastje.experiments.studies.factorial.packages import Frontier
from kastje.experiments.studies.sheet import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    Caption,
    legend_above,
    sheet,
)
from kastje.model import LESSONS, OUTCOMES
from kastje.model.lessons import LESSON_TABLE

MARKS = ("s", "o", "^", "D")
"""Marks of packages with 0 to 2, 3 to 4, 5 to 6 and 7 or more lessons."""

CORNERS = ((-2, 2), (2, -2), (2, 2), (-2, -2))
"""Where a label may stand beside its point, in points: the line rises, so there is most room above it to the left."""


def frontier_picture(found: Frontier, load: float, folder: Path, name: str, caption: Caption) -> None:
    """Draw all packages by hours and gain, and those from which no other is both better and cheaper."""
    about, hours_about = OUTCOMES[found.outcome], OUTCOMES["lever_hours"]
    gain = found.gain * about.scale
    sizes = np.array([number.bit_count() for number in range(len(gain))])
    with sheet(height=2.6) as drawing:
        (plot,) = drawing.axes()
        for turn, (mark, least, most) in enumerate(zip(MARKS, (0, 3, 5, 7), (2, 4, 6, len(LESSONS)), strict=True)):
            group = (sizes >= least) & (sizes <= most)
            shade = str(0.75 - 0.15 * turn)
            label = f"{least} to {most} lessons"
            looks = {"color": shade, "markersize": 2.4, "markeredgewidth": 0}
            plot.plot(found.hours[group], gain[group], mark, label=label, **looks)
        members, labels = list(found.members), []
        plot.plot(found.hours[members], gain[members], "-", color=BLUE, linewidth=0.9, zorder=3)
        for member, there in zip(members, found.gains, strict=True):
            at = found.hours[member]
            plot.vlines(at, there.low * about.scale, there.high * about.scale, color=ORANGE, linewidth=0.8, zorder=4)
            plot.plot(at, gain[member], "o", color=BLUE, markersize=3.2, zorder=5)
            text = numbers_of(member) if len(LESSONS) > 9 else numbers_of(member).replace(" ", "")
            label = plot.annotate(
                text,
                (at, gain[member]),
                (0, 0),
                textcoords="offset points",
                fontsize=5,
                color=BLACK,
                bbox={"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.3},
                zorder=6,
            )
            labels.append(label)
        plot.axhline(0.0, color=GREY, linewidth=0.5, zorder=0)
        plot.set_xlabel(f"{hours_about.label['en']}, more than today [{hours_about.unit['en']}]")
        plot.set_ylabel(f"{about.label['en']},\ndifference [{about.unit['en']}]")
        legend_above(plot, 2, markerscale=1.6)
        key = ", ".join(f"{lesson.number} {lesson.label.en.lower()}" for lesson in LESSON_TABLE.values())
        drawing.caption(
            caption.text(
                f"All {len(gain)} packages at load {load:g}. Line: those from which no other is both better and "
                f"cheaper, chosen on half of the seeds and drawn where the other half puts them, with 95 % intervals. "
                f"Numbers, where there is room for them: {key}. {better_said(found.outcome)}"
            )
        )
        drawing.figure.draw_without_rendering()
        apart(labels)
        drawing.save(folder, name)


def apart(labels: Sequence[Any]) -> None:
    """Put each label at a corner of its point where it covers no other; hide it when it would at every corner.

    The last come first, since beginnings are crowded. The figure must have been laid out.
    """
    taken: list[Any] = []
    for label in reversed(labels):
        for x, y in CORNERS:
            label.set_position((x, y))
            label.set_horizontalalignment("left" if x > 0 else "right")
            label.set_verticalalignment("bottom" if y > 0 else "top")
            box = label.get_window_extent()
            if not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
        else:
            label.set_visible(False)
