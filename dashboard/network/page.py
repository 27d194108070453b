"""The network: departments and people, what passes between them, what they hold."""

from pathlib import Path

import solara

from kastje.dashboard.network.department import DepartmentPanel
from kastje.dashboard.network.film import FilmPanel
from kastje.dashboard.network.filming import Filming, Films
from kastje.dashboard.network.look import read
from kastje.dashboard.visit.header import Header
from kastje.dashboard.visit.notice import Notice
from kastje.dashboard.visit.visit import use_visit


@solara.component
def Page() -> None:
    """One visitor's page. Everything that belongs to the visitor is made in here."""
    session, problems = use_visit()
    films = solara.use_reactive(solara.use_memo(lambda: Films(session.choice), []))
    search, profile = solara.use_router().search, session.choice.world().profile
    asked, slips = solara.use_memo(lambda: read(search, profile), [search, session.choice.profile])
    look = solara.use_reactive(asked)
    solara.Style(Path(__file__).with_name("style.css"))
    with solara.Div(classes=["k-page"]):
        Notice(session, problems + slips)
        Header(session, here="network", more=look.value.query())
        with solara.v.Html(tag="main", class_="k-network"):
            FilmPanel(session, films, look, asked)
            DepartmentPanel(session, films, look)
        Filming(session, films)
