"""The network: departments and people, what passes between them, what they hold."""

from pathlib import Path

import solara

from dashboard.header import Header
from dashboard.network.department import DepartmentPanel
from dashboard.network.filming import Filming, Films
from dashboard.network.stage import StagePanel
from dashboard.policy import STYLE, Notice
from dashboard.visit import use_visit


@solara.component
def Page() -> None:
    """One visitor's page. Everything that belongs to the visitor is made in here."""
    session, problems = use_visit()
    films = solara.use_reactive(solara.use_memo(lambda: Films(session.choice), []))
    selected = solara.use_reactive("")
    solara.Style(STYLE)
    solara.Style(Path(__file__).with_name("style.css"))
    with solara.Div(classes=["k-page"]):
        Notice(session, problems)
        Header(session, here="network")
        with solara.v.Html(tag="main", class_="k-network"):
            StagePanel(session, films, selected)
            DepartmentPanel(session, films, selected)
        Filming(session, films)
