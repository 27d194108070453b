"""The research page: small designs, today held against real municipalities, results of the command line."""

from pathlib import Path

import solara

from kastje.dashboard.research import sheet
from kastje.dashboard.research.design_results import about
from kastje.dashboard.research.designs import Designs
from kastje.dashboard.research.held import HeldPanel
from kastje.dashboard.research.results import Results
from kastje.dashboard.research.settings import Settings, read
from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.header import Header
from kastje.dashboard.visit.notice import Notice
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.visit import use_visit


@solara.component
def Page() -> None:
    """One visitor's page. Everything that belongs to the visitor is made in here."""
    session, problems = use_visit()
    search = solara.use_router().search
    asked = solara.use_memo(lambda: read(search), [search])
    settings = solara.use_reactive(asked)
    solara.Style(Path(__file__).with_name("style.css"))
    with solara.Div(classes=["k-page"]):
        Notice(session, problems)
        Header(session, here="research", more=settings.value.query())
        Sections(session, settings, asked)


@solara.component
def Sections(session: Session, settings: solara.Reactive[Settings], asked: Settings) -> None:
    """The three sections, each with its heading and what it is for."""
    texts = session.texts
    with solara.v.Html(tag="main", class_="r-main", attributes={"id": "k-outcomes", "tabindex": "-1"}):
        with Card("research.designs", "research.designs_text", texts):
            sheet.note(about(session.choice, texts) + " " + texts("research.change"))
            Designs(session, settings, asked)
        with Card("research.held", "research.held_text", texts):
            HeldPanel(session)
        with Card("research.results", "research.results_text", texts):
            Results(session)


def Card(title: str, text: str, texts: Texts) -> solara.Element:
    """A part of the page: its heading and one sentence under it."""
    card = solara.v.Html(tag="section", class_="k-card r-card")
    with card:
        solara.HTML(tag="h2", unsafe_innerHTML=texts(title))
        solara.HTML(tag="p", classes=["r-lead"], unsafe_innerHTML=texts(text))
    return card
