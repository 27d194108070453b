"""The policy page: eight lessons on the left, what residents notice on the right."""

from pathlib import Path

import solara

from kastje.dashboard.own.own import OWN
from kastje.dashboard.own.panel import OwnPanel
from kastje.dashboard.policy.chart import ChartPanel
from kastje.dashboard.policy.context_panel import ContextPanel
from kastje.dashboard.policy.footer import Notes
from kastje.dashboard.policy.lessons_panel import LessonsPanel
from kastje.dashboard.policy.outcomes_panel import Budget, OutcomesPanel
from kastje.dashboard.policy.pins_panel import PinsPanel
from kastje.dashboard.policy.why.panel import WhyPanel
from kastje.dashboard.visit.computing import Computing
from kastje.dashboard.visit.header import Header
from kastje.dashboard.visit.problems import sentence
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Problem
from kastje.dashboard.visit.visit import use_visit

STYLE = Path(__file__).with_name("inputs.css")


@solara.component_vue("notice.vue", vuetify=False)
def NoticeView(title: str = "", lines: list[str] = [], close_label: str = "", skip: str = "") -> None:  # noqa: B006
    """The browser's part: what was wrong with a link, until it is closed, and the way past the sliders."""


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
        Notes(session)
        Computing(session)


@solara.component
def Notice(session: Session, problems: tuple[Problem, ...]) -> None:
    """What could not be used of a link."""
    texts = session.texts
    if session.choice.profile == OWN:  # Its files have come since.
        problems = tuple(problem for problem in problems if problem.name != OWN)
    waiting = [texts("pins.waiting", name=pin.name) for pin in session.choice.pins if pin.choice.absent]
    NoticeView(
        title=texts("page.notice_title") if problems else texts("pins.waiting_title"),
        lines=[] if session.choice.absent else [*(sentence(problem, texts) for problem in problems), *waiting],
        close_label=texts("page.notice_close"),
        skip=texts("page.skip"),
    )
