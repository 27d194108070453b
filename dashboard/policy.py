"""The policy page: eight lessons on the left, what residents notice on the right."""

from dataclasses import replace
from pathlib import Path

import solara

from dashboard.answer import Answer
from dashboard.chart import ChartPanel
from dashboard.computing import Computing
from dashboard.header import Header
from dashboard.history import History
from dashboard.lessons_panel import LessonsPanel
from dashboard.notes import Notes
from dashboard.outcomes_panel import Budget, OutcomesPanel
from dashboard.session import Session
from dashboard.state import Problem, read
from dashboard.texts import Texts

STYLE = Path(__file__).with_name("style.css")


@solara.component_vue("notice.vue", vuetify=False)
def NoticeView(title: str = "", lines: list[str] = [], close_label: str = "", skip: str = "") -> None:  # noqa: B006
    """The browser's part: what was wrong with a link, until it is closed, and the way past the sliders."""


@solara.component
def Page() -> None:
    """One visitor's policy page. Everything that belongs to the visitor is made in here.

    It reads no choice itself, so that a move of a slider redraws the parts that show it and not the whole.
    """
    router = solara.use_router()
    first, problems = solara.use_memo(lambda: read(router.search), [])
    # The first values are kept: a reactive that is given another one takes it over.
    history = solara.use_reactive(solara.use_memo(lambda: History(first), []))
    answer = solara.use_reactive(solara.use_memo(lambda: Answer(first), []))
    session = solara.use_memo(lambda: Session(history, answer), [])
    problems = _follow_the_address(router.search, session, problems)

    solara.Style(STYLE)
    with solara.Div(classes=["k-page"]):
        Notice(session, problems)
        Header(session)
        with solara.v.Html(tag="main", class_="k-main"):
            with solara.Div(classes=["k-left"]):
                LessonsPanel(session)
                Budget(session)
            with solara.Div(classes=["k-right"]):
                OutcomesPanel(session)
                ChartPanel(session)
        Notes(session)
        Computing(session)


@solara.component
def Notice(session: Session, problems: tuple[Problem, ...]) -> None:
    """The page's title in the browser, and what could not be used of a link."""
    texts = session.texts
    solara.Title(texts("page.title"))
    NoticeView(
        title=texts("page.notice_title"),
        lines=[sentence(problem, texts) for problem in problems],
        close_label=texts("page.notice_close"),
        skip=texts("page.skip"),
    )


def _follow_the_address(search: str | None, session: Session, first: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Back, Forward and the links of this page change the address: take its choice. Returns its problems."""
    problems, set_problems = solara.use_state(first)
    seen = solara.use_ref(search)

    def follow() -> None:
        if seen.current == search:
            return
        seen.current = search
        choice, found = read(search)
        set_problems(found)
        history = session.history.peek()
        same = replace(choice, lang=history.present.lang, show=history.present.show) == history.present
        session.history.set(history.show(choice) if same else history.choose(choice))

    solara.use_effect(follow, [search])
    return problems


def sentence(problem: Problem, texts: Texts) -> str:
    """What was wrong with a part of a link, in the reader's language."""
    if problem.name == "unknown":
        return texts("url.unknown", name=problem.value)
    expected = {
        name: part if isinstance(part, str) else texts.number(part, 0 if part == round(part) else 1)
        for name, part in problem.expected.items()
    }
    return texts(f"url.{problem.name}", value=problem.value, **expected)
