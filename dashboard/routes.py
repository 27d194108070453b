"""Which page lives at which address?"""

import solara

from dashboard.policy import Page


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006
    """No bars of Solara's own around a page: each page has its own head."""
    solara.Div(classes=["k-layout"], children=children)


routes = [solara.Route("/", component=Page, layout=Layout, label="Kastje")]
