"""One large chart: the chosen outcome by month, today dashed, your choice with the band of its replications."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import solara

from kastje.dashboard.figures.figures import label_of, unit_of
from kastje.dashboard.figures.monthly import MONTHLY, lines_of, shown
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import PIN_LETTERS, Choice
from kastje.dashboard.work.safely import safely
from kastje.experiments.difference.compare import Comparison
from kastje.model import OUTCOMES


@view("chart.vue")
def ChartView(
    *,
    components: dict[str, str] = MONTHLY,
    texts: dict[str, str],
    months_texts: dict[str, str],
    lang: str = "nl",
    outcomes: list[dict[str, str]],
    shown: str = "",
    about: dict[str, Any],
    lines: dict[str, Any],
    pins: list[dict[str, Any]],
    before: dict[str, Any],
    alt: str = "",
    event_show: Callable[[str], None] = lambda name: None,
) -> None:
    """The browser's part: draws `lines` with ECharts and as a table."""


@solara.component
def ChartPanel(session: Session) -> None:
    """The chart of the latest answer; it redraws only when an answer, the outcome or the language changes."""
    choice, answer, texts = session.choice, session.answer.value, session.texts
    outcomes = solara.use_memo(lambda: [{"name": n, "label": label_of(n, texts)} for n in OUTCOMES], [choice.lang])
    nothing: dict[str, Any] = {}
    lines = solara.use_memo(lambda: safely(lambda: _lines(answer, choice.show), nothing), [answer, choice.show])
    pinned = session.pinned.value
    none: list[dict[str, Any]] = []
    pins = solara.use_memo(
        lambda: safely(lambda: pin_lines(choice, pinned), none), [choice.pins, choice.show, choice.question(), pinned]
    )
    before = _use_before(answer, choice)
    ChartView(
        pins=pins,
        before=before,
        texts=texts.group("chart"),
        months_texts=texts.group("months"),
        lang=choice.lang,
        outcomes=outcomes,
        shown=choice.show,
        about=_about(choice.show, texts),
        lines=lines,
        alt=_alt(choice.show, lines, texts) if lines else texts("chart.empty"),
        event_show=session.show,
    )


def _lines(answer: Answer, outcome: str) -> dict[str, Any]:
    return lines_of(answer.comparison, outcome, final=answer.phase == "done")


def pin_lines(choice: Choice, pinned: Mapping[Choice, Comparison]) -> list[dict[str, Any]]:
    """The pins' lines of the chosen outcome; one that is not worked out yet has no values."""
    found = []
    for letter, pin in zip(PIN_LETTERS, choice.pins, strict=False):
        comparison = pinned.get(choice.asked_of(pin))
        values = shown(comparison.monthly(choice.show).scenario_mean, choice.show) if comparison else []
        found.append({"mark": letter, "name": pin.name, "values": values})
    return found


def _use_before(answer: Answer, choice: Choice) -> dict[str, Any]:
    """The lines of what was worked out before the present answer, to play the change between them again."""
    last, former_one = solara.use_ref(answer), solara.use_ref(answer)
    if answer.phase == "done" and not answer.answers(last.current.choice):
        former_one.current, last.current = last.current, answer
    elif answer.phase == "done":
        last.current = answer
    former = former_one.current
    comparable = former.phase == "done" and former.choice.municipality == choice.municipality and answer is last.current
    if not comparable or former.answers(answer.choice):
        return {}
    nothing: dict[str, Any] = {}
    return safely(lambda: _lines(former, choice.show), nothing)


def _about(name: str, texts: Texts) -> dict[str, Any]:
    outcome = OUTCOMES[name]
    return {
        "label": label_of(name, texts),
        "unit": unit_of(name, texts),
        "decimals": outcome.decimals,
        "percentage": outcome.scale == 100,
        "definition": outcome.definition[texts.language],
    }


def _alt(name: str, lines: dict[str, Any], texts: Texts) -> str:
    decimals = OUTCOMES[name].decimals
    last = {part: lines[part][-1] if lines[part] else None for part in ("today", "choice")}
    words = {part: texts.number(math.nan if value is None else value, decimals) for part, value in last.items()}
    return texts("chart.alt", label=label_of(name, texts), **words)
