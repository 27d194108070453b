"""The policy page: the lessons on the left, what residents notice on the right."""

import solara

from kastje.dashboard.inputs.context_panel import ContextPanel
from kastje.dashboard.inputs.lessons_panel import LessonsPanel
from kastje.dashboard.inputs.own_panel import STYLE, OwnPanel
from kastje.dashboard.policy.chart import ChartPanel
from kastje.dashboard.policy.footer import Footer
from kastje.dashboard.policy.outcomes_panel import Budget, OutcomesPanel
from kastje.dashboard.policy.pins_panel import PinsPanel
from kastje.dashboard.policy.why.panel import WhyPanel
from kastje.dashboard.visit.computing import Computing
from kastje.dashboard.visit.header import Header
from kastje.dashboard.visit.notice import Notice
from kastje.dashboard.visit.visit import use_visit


@solara.component
def Page() -> None:
    """One visitor's policy page. Everything that belongs to the visitor is made in here.

    It reads no choice itself, so that a move of a slider redraws the parts that show it and not the whole.
    """
    session, problems = use_visit()

    solara.Style(STYLE)
    with solara.Div(classes=["k-page"]):
        Notice(session, problems)
        Header(session)
        Budget(session)
        with solara.v.Html(tag="main", class_="k-policy"):
            with solara.Div(classes=["k-main"]):
                with solara.Div(classes=["k-left"]):
                    LessonsPanel(session)
                    ContextPanel(session)
                    OwnPanel(session)
                with solara.Div(classes=["k-right"]):
                    OutcomesPanel(session)
                    ChartPanel(session)
            PinsPanel(session)
            WhyPanel(session)
        Footer(session)
        Computing(session)
