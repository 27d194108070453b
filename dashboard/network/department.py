"""One department over time: six small charts and their table, today dashed and the choice drawn through."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from kastje.dashboard.network.filming import Films
from kastje.dashboard.network.look import Look
from kastje.dashboard.network.metrics import metrics
from kastje.dashboard.network.picture import figures, fullest
from kastje.dashboard.view import view
from kastje.dashboard.visit.session import Session
from kastje.dashboard.work.safely import safely


@view("department.vue")
def DepartmentView(
    *,
    texts: dict[str, str],
    lang: str = "nl",
    metrics: list[dict[str, Any]],
    departments: list[dict[str, str]],
    selected: str = "",
    lines: dict[str, Any],
    event_select: Callable[[str], None] = lambda name: None,
) -> None:
    """The browser's part."""


@solara.component
def DepartmentPanel(session: Session, films: solara.Reactive[Films], look: solara.Reactive[Look]) -> None:
    """The selected department; at first the one with most work waiting on average today."""
    choice, now, texts = session.choice, films.value, session.texts
    profile = now.choice.world().profile
    names = [d.id for d in profile.departments]
    nothing: dict[str, Any] = {}
    name = look.value.department if look.value.department in names else fullest(now.today, names)
    lines = solara.use_memo(
        lambda: safely(lambda: lines_of(now, names.index(name)), nothing), [now.today, now.chosen, name]
    )

    def select(name: str) -> None:
        if name in names:
            look.set(replace(look.peek(), department=name))

    DepartmentView(
        texts=texts.group("department"),
        lang=choice.lang,
        metrics=metrics(texts),
        departments=[{"id": d.id, "title": d.title.in_language(choice.lang)} for d in profile.departments],
        selected=name,
        lines=lines,
        event_select=select,
    )


def lines_of(films: Films, department: int) -> dict[str, Any]:
    """The figures of a department by metric and film, in hundredths, week by week; empty before the first film."""
    if films.today is None or films.chosen is None:
        return {}
    today = figures(films.today, department)
    return {"today": today} | ({} if films.chosen is films.today else {"choice": figures(films.chosen, department)})
