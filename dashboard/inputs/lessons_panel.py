"""The choice: eight lessons in whole steps, when they start, how busy it is, ready-made examples."""

from collections.abc import Callable, Mapping
from typing import Any

import solara

from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.circumstances import load_text
from kastje.dashboard.visit.link_values import LOAD
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import PRESETS, STEPS, Choice
from kastje.model import LESSON_TABLE, LESSONS, PARAMETERS

STARTS = (0, 30, 90, 180)
RAMPS = (0, 30, 90, 180, 365)
PRESET_ABOUT = {
    "today": "about.today",
    "all_eight": "about.all_eight",
    "half_way": "about.half_way",
    "technology_only": "about.technology_only",
    "people_first": "about.people_first",
    "process_first": "about.process_first",
    "one_contact": "about.one_contact",
    "tailored": "about.tailored",
}
LOAD_STEP = 0.05


@view("lessons.vue")
def LessonsView(
    *,
    texts: dict[str, str],
    lessons: list[dict[str, Any]],
    words: list[str],
    loads: dict[str, Any],
    starts: list[dict[str, Any]],
    ramps: list[dict[str, Any]],
    presets: list[dict[str, str]],
    chosen: dict[str, Any],
    event_move: Callable[[Mapping[str, object]], None] = lambda event: None,
    event_preset: Callable[[str], None] = lambda name: None,
) -> None:
    """The browser's part: it shows a move at once and tells Python of it."""


@solara.component
def LessonsPanel(session: Session) -> None:
    """The sliders; redrawn when the choice changes and never because an answer came in."""
    choice = session.choice
    texts = session.texts
    still = solara.use_memo(lambda: _unchanging(texts), [choice.lang])
    LessonsView(
        **still,
        starts=_options(STARTS, choice.start, "lessons.start_now", "lessons.start_days", texts),
        ramps=_options(RAMPS, choice.ramp, "lessons.ramp_now", "lessons.ramp_days", texts),
        chosen=_chosen(choice, session.moves),
        event_move=session.move,
        event_preset=session.preset,
    )


def heading(texts: Texts) -> str:
    """How many lessons there are."""
    return texts("lessons.title", count=texts.count(len(LESSONS)).capitalize())


def _unchanging(texts: Texts) -> dict[str, Any]:
    """What changes with the language only; kept, since it is most of what this panel sends."""
    return {
        "texts": {**texts.group("lessons"), "title": heading(texts)},
        "words": [texts(f"step.{step}") for step in range(STEPS + 1)],
        "lessons": [_lesson(name, texts) for name in LESSON_TABLE],
        "loads": _loads(texts),
        "presets": [
            {"name": name, "label": texts(f"preset.{name}"), "about": texts(PRESET_ABOUT[name])} for name in PRESETS
        ],
    }


def _chosen(choice: Choice, moves: int) -> dict[str, Any]:
    return {
        "steps": list(choice.steps),
        "load": choice.load,
        "start": choice.start,
        "ramp": choice.ramp,
        "preset": choice.preset,
        "move": moves,
    }


def _lesson(name: str, texts: Texts) -> dict[str, Any]:
    lesson = LESSON_TABLE[name]
    lang = texts.language
    return {
        "id": name,
        "number": lesson.number,
        "label": lesson.label.in_language(lang),
        "help": [
            {"title": texts("lessons.message"), "text": lesson.message.in_language(lang)},
            {"title": texts("lessons.happens"), "text": lesson.happens.in_language(lang)},
            {"title": texts("lessons.cost"), "text": lesson.cost.in_language(lang)},
            {"title": texts("lessons.evidence"), "text": lesson.evidence.in_language(lang)},
            {"title": texts("lessons.assumption"), "text": assumption(name, texts)},
        ],
    }


def assumption(name: str, texts: Texts) -> str:
    """Which parameters a lesson sets and to what at full intensity, in one sentence."""
    levers = "; ".join(
        texts(
            "lessons.lever_full",
            label=_within_a_sentence(PARAMETERS[lever.parameter].label.in_language(texts.language)),
            value=texts.plain(lever.full),
        )
        for lever in LESSON_TABLE[name].levers
    )
    return texts("lessons.assumption_text", levers=levers)


def _within_a_sentence(label: str) -> str:
    """A label without its capital, unless it begins with an abbreviation such as CRM."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _loads(texts: Texts) -> dict[str, Any]:
    low, high = LOAD
    values = [round(low + LOAD_STEP * step, 2) for step in range(round((high - low) / LOAD_STEP) + 1)]
    words = {f"{value:g}": load_text(value, texts) for value in values}
    return {"low": low, "high": high, "step": LOAD_STEP, "words": words}


def _options(days: tuple[int, ...], chosen: int, now: str, later: str, texts: Texts) -> list[dict[str, Any]]:
    """The days to choose from; a link may hold another number, which is then one of them."""
    return [{"value": day, "label": texts(later, days=day) if day else texts(now)} for day in sorted({*days, chosen})]
