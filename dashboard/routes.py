"""Which page lives at which address?"""

import solara

from dashboard.case.page import Page as CasePage
from dashboard.network.page import Page as NetworkPage
from dashboard.policy import Page
from dashboard.present.page import Page as PresentPage
from dashboard.research.page import Page as ResearchPage


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006
    """No bars of Solara's own around a page: each page has its own head."""
    solara.Div(classes=["k-layout"], children=children)


routes = [
    solara.Route("/", component=Page, layout=Layout, label="Kastje"),
    solara.Route("case", component=CasePage, layout=Layout, label="Kastje"),
    solara.Route("network", component=NetworkPage, layout=Layout, label="Kastje"),
    solara.Route("research", component=ResearchPage, layout=Layout, label="Kastje"),
    solara.Route("present", component=PresentPage, layout=Layout, label="Kastje"),
]
