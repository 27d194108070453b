"""Which page lives at which address, and what do all of them look like?"""

from collections.abc import Callable, Sequence
from pathlib import Path

import solara

from kastje.dashboard.case import page as case
from kastje.dashboard.inputs.absent import AbsentPage, use_absent
from kastje.dashboard.network import page as network
from kastje.dashboard.pages import PAGES, Page
from kastje.dashboard.policy import page as policy
from kastje.dashboard.present import page as present
from kastje.dashboard.research import page as research
from kastje.dashboard.texts import phrase
from kastje.model.additions import code_of, field_of
from kastje.model.errors import wrong

DRAWN = {
    "policy": policy.Page,
    "case": case.Page,
    "network": network.Page,
    "research": research.Page,
    "present": present.Page,
}
"""What draws each page that is shipped."""
FOLDER = Path(__file__).parent
STYLES = (FOLDER / "tokens.css", FOLDER / "style.css")


@solara.component
def Layout(children: Sequence[solara.Element] = ()) -> None:
    """The look that all pages share. No bars of Solara's own around a page; of an absent municipality none is made."""
    for style in STYLES:
        solara.Style(style)
    absent, arrived = use_absent()
    solara.Div(classes=["k-layout"], children=[AbsentPage(arrived)] if absent else list(children))


def drawn_by(page: Page) -> Callable[[], solara.Element]:
    """The component that draws a page. Raises InputError when there is none."""
    if page.page is not None:
        return code_of(page.page, page.folder, field_of(page.where, "page"))
    if page.id not in DRAWN:
        raise wrong(page.where, phrase("wrong.no_page"))
    return DRAWN[page.id]


routes = [
    solara.Route(page.address.lstrip("/") or "/", component=drawn_by(page), layout=Layout, label="Kastje")
    for page in PAGES.values()
]
