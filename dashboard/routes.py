"""Which page lives at which address, and what do all of them look like?"""

from collections.abc import Sequence
from pathlib import Path

import solara

from kastje.dashboard.case.page import Page as CasePage
from kastje.dashboard.inputs.absent import AbsentPage, use_absent
from kastje.dashboard.network.page import Page as NetworkPage
from kastje.dashboard.policy.page import Page
from kastje.dashboard.present.page import Page as PresentPage
from kastje.dashboard.research.page import Page as ResearchPage

FOLDER = Path(__file__).parent
STYLES = (FOLDER / "tokens.css", FOLDER / "style.css")


@solara.component
def Layout(children: Sequence[solara.Element] = ()) -> None:
    """The look that all pages share. No bars of Solara's own around a page; of an absent municipality none is made."""
    for style in STYLES:
        solara.Style(style)
    absent, arrived = use_absent()
    solara.Div(classes=["k-layout"], children=[AbsentPage(arrived)] if absent else list(children))


routes = [
    solara.Route("/", component=Page, layout=Layout, label="Kastje"),
    solara.Route("case", component=CasePage, layout=Layout, label="Kastje"),
    solara.Route("network", component=NetworkPage, layout=Layout, label="Kastje"),
    solara.Route("research", component=ResearchPage, layout=Layout, label="Kastje"),
    solara.Route("present", component=PresentPage, layout=Layout, label="Kastje"),
]
