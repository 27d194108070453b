"""Follow one case: one resident in both worlds, side by side."""

from pathlib import Path

import solara

from dashboard.header import Header
from dashboard.policy import STYLE, Notice
from dashboard.visit import use_visit


@solara.component
def Page() -> None:
    """One visitor's page. Everything that belongs to the visitor is made in here."""
    session, problems = use_visit()
    solara.Style(STYLE)
    solara.Style(Path(__file__).with_name("style.css"))
    with solara.Div(classes=["k-page"]):
        Notice(session, problems)
        Header(session, here="case")
