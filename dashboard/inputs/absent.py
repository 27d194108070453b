"""A link to an own municipality whose files are not here: in place of its page, a request to send them again."""

from collections.abc import Callable

import solara

from kastje.dashboard.inputs.own_panel import STYLE, OwnPanel
from kastje.dashboard.own.uploads import UPLOADS
from kastje.dashboard.pages import FIRST, PAGES, page_at
from kastje.dashboard.visit.header import Header
from kastje.dashboard.visit.link import pages_part, read
from kastje.dashboard.visit.notice import Notice
from kastje.dashboard.visit.visit import use_visit


def use_absent() -> tuple[bool, Callable[[], None]]:
    """Whether the files of the address's municipality are not here, and how to have that looked at again."""
    search = solara.use_router().search
    looks, set_looks = solara.use_state(0)
    # Looked at when the address changes, not while somebody is on a page: an open page keeps its municipality.
    choice, _ = solara.use_memo(lambda: read(search), [search, looks])
    return choice.absent, lambda: set_looks(looks + 1)


@solara.component
def AbsentPage(arrived: Callable[[], None]) -> None:
    """The head, what is the matter, and where to send the files; `arrived` once they are here."""
    session, problems = use_visit()
    router = solara.use_router()
    choice, texts = session.choice, session.texts
    here = page_at(router.path) or PAGES[FIRST]
    more = pages_part(router.search)

    def go_on() -> None:
        if choice.absent:
            return
        if choice.own != read(router.search)[0].own:  # Other files than the link's: another link.
            router.push(here.address + "?" + choice.query() + more)
        arrived()

    solara.use_effect(go_on, [choice])
    solara.Style(STYLE)
    with solara.Div(classes=["k-page"]):
        Notice(session, problems)
        Header(session, here=here.id, more=more)
        with solara.v.Html(tag="main", class_="k-absent k-card", attributes={"id": "k-outcomes", "tabindex": "-1"}):
            solara.v.Html(tag="h2", children=[texts("own.absent_title")])
            solara.v.Html(tag="p", children=[texts("own.absent_why", hours=texts.number(UPLOADS.hours))])
            solara.v.Html(tag="p", children=[texts("own.absent_what")])
            OwnPanel(session)
