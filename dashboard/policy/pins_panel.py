"""Up to three choices that stay in sight: a table of the chart's outcome for today, the choice and each of them."""

from collections.abc import Callable, Mapping
from textwrap import shorten
from typing import Any

import solara

from kastje.dashboard.figures.figures import label_of, unit_of, value_text
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.described import described, names_of
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import MOST_PINS, PIN_LETTERS, PIN_NAME, Choice
from kastje.dashboard.work.safely import safely
from kastje.experiments.difference.compare import Comparison


@view("pins.vue")
def PinsView(
    *,
    texts: dict[str, str],
    title: str = "",
    unit: str = "",
    rows: list[dict[str, Any]],
    suggestion: str = "",
    longest: int = PIN_NAME,
    why_not: str = "",
    event_pin: Callable[[str], None] = lambda name: None,
    event_unpin: Callable[[int], None] = lambda number: None,
    event_take: Callable[[int], None] = lambda number: None,
) -> None:
    """The browser's part: the table, the button that pins and the field for a name."""


@solara.component
def PinsPanel(session: Session) -> None:
    """Today, the choice and the pins beside each other."""
    choice, answer, texts = session.choice, session.answer.value, session.texts
    pinned = session.pinned.value
    nothing: list[dict[str, Any]] = []
    rows = safely(lambda: rows_of(choice, answer, pinned, texts), nothing)
    PinsView(
        texts=texts.group("pins"),
        title=label_of(choice.show, texts),
        unit=unit_of(choice.show, texts),
        rows=rows,
        suggestion=shorten(described(choice, texts), PIN_NAME, placeholder="…"),
        why_not=_why_not(choice, texts),
        event_pin=lambda name: session.pin(str(name)),
        event_unpin=lambda number: session.unpin(int(number)),
        event_take=lambda number: session.take_pin(int(number)),
    )


def _why_not(choice: Choice, texts: Texts) -> str:
    """Why nothing can be pinned now, in words; empty when it can."""
    if len(choice.pins) >= MOST_PINS:
        return texts("pins.full", most=MOST_PINS)
    if any(choice.asked_of(pin) == choice.question() for pin in choice.pins):
        return texts("pins.there")
    return ""


def rows_of(choice: Choice, answer: Answer, pinned: Mapping[Choice, Comparison], texts: Texts) -> list[dict[str, Any]]:
    """One row for today, the choice and each pin: value, difference from its own today, hours."""
    latest = answer.comparison if answer.answers(choice) else None
    today = value_text(choice.show, latest.baseline[choice.show], texts) if latest else "…"
    rows: list[dict[str, Any]] = [
        {"mark": "today", "name": texts("pins.today"), "value": today, "change": "", "hours": "", "about": ""}
    ]
    rows.append({"mark": "choice", "name": texts("pins.choice"), **_numbers(choice.show, latest, texts), "about": ""})
    names = names_of([choice, *(pin.choice for pin in choice.pins)], texts)
    for number, pin in enumerate(choice.pins):
        numbers = _numbers(choice.show, pinned.get(choice.asked_of(pin)), texts)
        if pin.choice.absent:
            numbers = dict.fromkeys(numbers, "–")
        about = {"about": about_pin(choice.asked_of(pin), choice, names, texts), "absent": pin.choice.absent}
        rows.append({"mark": PIN_LETTERS[number], "name": pin.name, **numbers, **about})
    return rows


def about_pin(pin: Choice, beside: Choice, names: Mapping[str, str], texts: Texts) -> str:
    """Whose it is when that is another municipality, what was chosen, and whether its "today" is another one."""
    words = [names[pin.municipality]] if pin.municipality != beside.municipality else []
    words.append(described(pin, texts))
    if not pin.absent and pin.today() != beside.today():
        words.append(texts("pins.other_today"))
    return " · ".join(words)


def _numbers(outcome: str, comparison: Comparison | None, texts: Texts) -> dict[str, str]:
    if comparison is None:
        return {"value": "…", "change": "…", "hours": "…"}
    difference = comparison.difference[outcome]
    change = value_text(outcome, difference.mean, texts, sign=True)
    if difference.mean and difference.n > 1:
        low, high = (value_text(outcome, edge, texts, sign=True) for edge in (difference.low, difference.high))
        change = texts("pins.interval", change=change, low=low, high=high)
    hours = value_text("lever_hours", comparison.scenario["lever_hours"], texts)
    return {"value": value_text(outcome, comparison.scenario[outcome], texts), "change": change, "hours": hours}
