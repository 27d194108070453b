"""The surface of every chart: one browser component that loads ECharts, keeps to its size and follows the theme.

A view that draws has a parameter `components: dict[str, str] = PLOT` and puts `<k-plot @ready="..">` in its template.
"""

from pathlib import Path

PLOT = {"k-plot": Path(__file__).with_name("plot.vue").read_text(encoding="utf-8")}
"""The components of a view that draws, by their tag."""
