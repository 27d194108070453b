"""The surface of every chart: one browser component that loads ECharts, keeps to its size and follows the theme.

A view that draws has a parameter `components: dict[str, str] = PLOT` and puts `<k-plot @ready="..">` in its template.
"""

from pathlib import Path

from kastje.dashboard.view import component

PLOT = {"k-plot": component(Path(__file__).with_name("plot.vue"))}
"""The components of a view that draws, by their tag."""
