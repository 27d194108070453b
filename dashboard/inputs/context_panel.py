"""The circumstances beside the lessons: vulnerable residents, what residents get used to elsewhere, staff."""

from collections.abc import Callable, Mapping
from typing import Any

import solara

from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.circumstances import SHARES, people_words
from kastje.dashboard.visit.link_values import STAFF, STAFF_STEP
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.model import PARAMETERS
from kastje.model.profile import Department


@view("context.vue")
def ContextView(
    *,
    texts: dict[str, str],
    controls: list[dict[str, Any]],
    crews: list[dict[str, Any]],
    summary: str = "",
    set_apart: int = 0,
    moved_to: int = 0,
    event_move: Callable[[Mapping[str, object]], None] = lambda event: None,
) -> None:
    """The browser's part: it shows a move at once and tells Python of it."""


@solara.component
def ContextPanel(session: Session) -> None:
    """The sliders of the circumstances; redrawn when the choice changes and never because an answer came in."""
    choice, texts = session.choice, session.texts
    set_apart = len(choice.staff) + sum(name in SHARES for name, _ in choice.parameters)
    ContextView(
        texts=texts.group("context"),
        controls=[_share(name, choice, texts) for name in SHARES],
        crews=[_crew(department, choice, texts) for department in choice.world().profile.departments],
        summary=texts("context.changed", count=set_apart) if set_apart else texts("context.as_profile"),
        set_apart=set_apart,
        moved_to=session.moves,
        event_move=session.move,
    )


def _share(name: str, choice: Choice, texts: Texts) -> dict[str, Any]:
    dotted, end = SHARES[name]
    parameter, own = PARAMETERS[dotted], choice.world().value(name)
    value = dict(choice.parameters).get(name, own)
    percent = round(value * 100, 4)
    word = texts("context.as_now") if value == own else texts("context.now_is", value=texts.percent(own))
    return {
        "id": name,
        "control": f"p:{name}",
        "label": texts(_LABELS[name]),
        "help": [texts(key) for key in _HELP[name]],
        "value": percent,
        "low": 0,
        "high": max(end, percent),
        "most": parameter.high * 100,
        "step": 1,
        "scale": 100,
        "word": word,
    }


def _crew(department: Department, choice: Choice, texts: Texts) -> dict[str, Any]:
    percent = dict(choice.staff).get(department.id, 100.0)
    return {
        "id": f"staff-{department.id}",
        "control": f"staff:{department.id}",
        "label": department.title.in_language(texts.language),
        "help": [],
        "value": percent,
        "low": STAFF[0],
        "high": STAFF[1],
        "most": STAFF[1],
        "step": STAFF_STEP,
        "scale": 1,
        "word": people_words(department, percent, texts),
    }


_LABELS = {"vulnerable_share": "context.vulnerable_share", "outside_growth": "context.outside_growth"}
_HELP = {
    "vulnerable_share": ("context.vulnerable_help_1", "context.vulnerable_help_2"),
    "outside_growth": ("context.outside_help_1", "context.outside_help_2"),
}
