"""A sheet: one picture at the width of a column, with its caption, saved as SVG and PDF.

Text stays text, and the same figures give the same bytes.
"""

import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kastje.experiments.files import written_aside
from kastje.experiments.stamp import in_picture

FOLDER = "pictures"
"""Where the pictures of a study lie in its folder."""

COLUMN = 3.35
"""The width of a column in print (85 mm) [inch]."""

TEXT_SIZE = 7.0
SMALL = 5.5
CHARACTERS_PER_INCH = 22
LINE = 0.095
"""Sizes of text [points]; how many characters of the caption fit in an inch, and the height of its lines [inch]."""

BLUE, ORANGE, GREY, BLACK = "#0072B2", "#D55E00", "#888888", "#000000"
"""Colours that all eyes can tell apart (Okabe and Ito)."""

SETTINGS: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": TEXT_SIZE,
    "axes.titlesize": TEXT_SIZE,
    "axes.labelsize": TEXT_SIZE,
    "xtick.labelsize": TEXT_SIZE - 0.5,
    "ytick.labelsize": TEXT_SIZE - 0.5,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.5,
    # Text stays text that can be searched and edited; in PDF its font is embedded.
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    # The names of parts within an SVG come from this, in place of chance.
    "svg.hashsalt": "kastje",
}
ENDINGS = ("svg", "pdf")


@dataclass(frozen=True)
class Caption:
    """What stands under a picture: what it shows, and which runs it is of."""

    profile: str
    seeds: str
    version: str
    model: str

    def text(self, shown: str) -> str:
        """The whole caption."""
        return f"{shown} Profile {self.profile}, seeds {self.seeds}; Kastje {self.version}, model {self.model}."


def caption_of(manifest: Mapping[str, Any]) -> Caption:
    """What the manifest of a sweep says of its runs, for captions."""
    design, origin = manifest["design"], manifest["origin"]
    first = int(design["seed"])
    count = design["replications"]
    seeds = f"{first} to {first + count - 1}" if isinstance(count, int) else f"{first} and on"
    return Caption(Path(design["profile"]).name, seeds, origin["kastje"], manifest["model"])


@dataclass(frozen=True)
class Sheet:
    """A picture that is being made: matplotlib's figure, and room for a caption below what is drawn."""

    figure: Any

    def axes(self, rows: int = 1) -> list[Any]:
        """So many plots below each other on one x axis."""
        return [row[0] for row in self.figure.subplots(rows, 1, squeeze=False, sharex=True)]

    def caption(self, text: str) -> None:
        """Put a caption below everything; the sheet grows by its height."""
        wide, high = self.figure.get_size_inches()
        lines = textwrap.wrap(text, int(CHARACTERS_PER_INCH * wide))
        room = LINE * (len(lines) + 1)
        self.figure.set_size_inches(wide, high + room)
        self.figure.get_layout_engine().set(rect=(0.0, room / (high + room), 1.0, high / (high + room)))
        self.figure.text(0.02, 0.25 * LINE / (high + room), "\n".join(lines), fontsize=SMALL, va="bottom", ha="left")

    def save(self, folder: Path, name: str) -> None:
        """Write NAME.svg and NAME.pdf into the folder: the same bytes whenever the same is drawn."""
        for ending in ENDINGS:
            with written_aside(folder / f"{name}.{ending}") as aside:
                self.figure.savefig(aside, format=ending, metadata=in_picture(ending))


def legend_above(plot: Any, columns: int, **more: Any) -> None:
    """A legend above the plot, where it covers nothing of what is drawn."""
    plot.legend(
        fontsize=SMALL,
        frameon=False,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=columns,
        borderpad=0.2,
        borderaxespad=0.2,
        handletextpad=0.4,
        columnspacing=1.0,
        **more,
    )


def wrapped(text: str, width: int = 36) -> str:
    """A label beside a plot, on as many lines as it needs."""
    return "\n".join(textwrap.wrap(text, width))


@contextmanager
def sheet(height: float = 2.6) -> Iterator[Sheet]:
    """An empty sheet; matplotlib is loaded here, and no window is ever opened."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context(SETTINGS):
        figure = Figure(figsize=(COLUMN, height), layout="constrained")
        FigureCanvasAgg(figure)
        yield Sheet(figure)
