"""The answer in figures: twelve tiles with change, range and certainty, and a badge that says how final they are."""

from collections.abc import Callable
from typing import Any

import solara

from kastje.dashboard.figures.figures import Figure, figures, flattered
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.visit.warmth import WARMTH
from kastje.dashboard.work.safely import safely

HEADLINES = 4
"""So many of the tiles stand out; the others say the same in less room."""


NO_CHANGE = {
    "change": "",
    "verdict": "",
    "certainty": "",
    "percent": "",
    "pairs": "",
    "chance": -1.0,
    "today": "",
    "range": "",
    "tone": "same",
}
"""What a tile leaves out where today itself is shown: that nothing differs from today is said once."""


@view("outcomes.vue")
def OutcomesView(
    *,
    texts: dict[str, str],
    figures: list[dict[str, Any]],
    headlines: int = HEADLINES,
    today: bool = False,
    badge: dict[str, str],
    warning: str = "",
    problem: str = "",
    shown: str = "",
    event_show: Callable[[str], None] = lambda name: None,
) -> None:
    """The browser's part."""


@view("budget.vue")
def BudgetView(
    *,
    texts: dict[str, str],
    hours: dict[str, Any],
    follow: list[dict[str, Any]],
) -> None:
    """The browser's part: a row under the head that stays in sight; on a phone it is at the bottom."""


@solara.component
def OutcomesPanel(session: Session) -> None:
    """The tiles of the latest answer, in the present language."""
    choice, answer, texts = session.choice, session.answer.value, session.texts
    none: list[Figure] = []
    shown = solara.use_memo(lambda: safely(lambda: figures(answer.comparison, texts), none), [answer, choice.lang])
    tiles = [figure.as_dict() for figure in shown or figures(None, texts)]
    OutcomesView(
        texts=texts.group("outcomes"),
        figures=[tile | NO_CHANGE for tile in tiles] if choice.is_today else tiles,
        today=choice.is_today,
        headlines=HEADLINES,
        badge=badge(answer, choice, texts),
        warning=texts("outcomes.open_warning") if flattered(answer.comparison) else "",
        problem=problem(answer, choice, texts) if shown else texts("error.computing"),
        shown=choice.show,
        event_show=session.show,
    )


@solara.component
def Budget(session: Session) -> None:
    """The hours that the lessons take, always in sight, with the chosen outcome and the cases that are still open."""
    choice, answer, texts = session.choice, session.answer.value, session.texts
    names = ("lever_hours", choice.show, "open_share")
    empty = figures(None, texts, names)
    hours, chosen, still_open = safely(lambda: figures(answer.comparison, texts, names), empty)
    follow = [_short(chosen), _short(still_open) | {"label": texts("budget.open")}]
    BudgetView(texts=texts.group("budget"), hours=hours.as_dict(), follow=follow)


def _short(figure: Figure) -> dict[str, Any]:
    kept = ("label", "value", "unit", "change", "verdict", "tone")
    return {name: getattr(figure, name) for name in kept}


def problem(answer: Answer, choice: Choice, texts: Texts) -> str:
    """What went wrong with this choice, in words; empty when nothing did."""
    if answer.problem is None or not answer.answers(choice):
        return ""
    key, values = answer.problem
    return texts(key, **values)


def badge(answer: Answer, choice: Choice, texts: Texts) -> dict[str, str]:
    """How final the picture is: its phase, the sentence about it and the question it belongs to."""
    phase = answer.phase if answer.answers(choice) else "computing"
    if phase == "computing" and WARMTH.busy():
        words = texts("badge.preparing")
    elif phase == "computing":
        words = texts("badge.computing")
    elif phase == "failed":
        words = texts("badge.failed")
    elif phase == "first":
        words = texts("badge.first", done=answer.done, total=answer.total)
    else:
        words = texts("badge.done", total=answer.total)
    about = answer.choice
    return {"phase": phase, "words": words, "steps": "".join(map(str, about.steps)), "load": f"{about.load:g}"}
