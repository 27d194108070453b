"""The film itself: today's and the chosen organisation, played week by week in the browser, and as a table."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import solara
from babel.dates import format_date

from kastje.dashboard.network.filming import Films
from kastje.dashboard.network.layout import layout
from kastje.dashboard.network.look import USUAL, Look
from kastje.dashboard.network.picture import fullest, picture
from kastje.dashboard.pages import FIRST, PAGES
from kastje.dashboard.texts import LOCALES, Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.described import edits
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.visit.warmth import WARMTH
from kastje.dashboard.work.countdown import left_words
from kastje.dashboard.work.safely import safely
from kastje.model import LESSON_TABLE

METRICS = {
    "waiting": ("metric.waiting", "metric.waiting_help"),
    "utilisation": ("metric.utilisation", "metric.utilisation_help"),
    "ownership": ("metric.ownership", "metric.ownership_help"),
    "lived_vision": ("metric.lived_vision", "metric.lived_vision_help"),
    "felt_support": ("metric.felt_support", "metric.felt_support_help"),
    "known_vision": ("metric.known_vision", "metric.known_vision_help"),
}
"""The words of each thing that the circles can show, in the order of the list."""


@view("film.vue")
def FilmView(
    *,
    texts: dict[str, str],
    lang: str = "nl",
    metrics: list[dict[str, Any]],
    scene: dict[str, Any],
    films: dict[str, Any],
    about: dict[str, Any],
    selected: str = "",
    asked: dict[str, Any],
    event_look: Callable[[Mapping[str, object]], None] = lambda event: None,
    event_select: Callable[[str], None] = lambda name: None,
) -> None:
    """The browser's part: plays `films` on the places of `scene`, beginning with the week and colour of a link."""


@solara.component
def StagePanel(
    session: Session, films: solara.Reactive[Films], look: solara.Reactive[Look], asked: Look = USUAL
) -> None:
    """The latest films. What is looked at is chosen in the browser, which tells it; `asked` is what a link says."""
    choice, now, texts = session.choice, films.value, session.texts
    shown = now.choice.municipality
    scene = solara.use_memo(
        lambda: layout(now.choice.world().profile, choice.lang) | {"profile": shown}, [shown, choice.lang]
    )
    names = [d["id"] for d in scene["departments"]]
    nothing: dict[str, Any] = {}
    pictures = solara.use_memo(
        lambda: safely(lambda: pictures_of(now, texts), nothing), [now.today, now.chosen, choice.lang]
    )

    def seen(event: Mapping[str, object]) -> None:
        look.set(look.peek().moved(event, now.choice.world().profile))

    FilmView(
        texts=texts.group("film"),
        lang=choice.lang,
        metrics=metrics(texts),
        scene=scene,
        films=pictures,
        about=about(now, choice, texts),
        selected=look.value.department if look.value.department in names else fullest(now.today, names),
        asked={"week": asked.week, "shows": asked.shows, "view": asked.view},
        event_look=seen,
        event_select=lambda name: seen({"department": name}),
    )


def pictures_of(films: Films, texts: Texts) -> dict[str, Any]:
    """Both films for the browser, and on which day each week begins; without lessons there is one film.

    Empty before the first.
    """
    if films.today is None or films.chosen is None:
        return {}
    start = films.choice.world().profile.start
    same = films.chosen is films.today
    pictures = {"today": picture(films.today)} | ({} if same else {"choice": picture(films.chosen)})
    days = [start + timedelta(weeks=week) for week in range(films.today.weeks)]
    said = [format_date(day, "d MMMM", LOCALES[texts.language]) for day in days]
    return {"profile": films.choice.municipality, "days": said, **pictures}


def metrics(texts: Texts) -> list[dict[str, Any]]:
    """What the circles can show, with its explanation and how it is written."""
    return [
        {
            "name": name,
            "label": texts(label),
            "help": texts(meaning),
            "unit": texts("metric.hours") if name == "waiting" else "%" if name == "utilisation" else "",
            "decimals": {"waiting": 1, "utilisation": 0}.get(name, 2),
            "scale": 1 if name == "utilisation" else 0.01,
        }
        for name, (label, meaning) in METRICS.items()
    ]


def about(films: Films, choice: Choice, texts: Texts) -> dict[str, Any]:
    """What stands around the picture: how far it is, which lessons, and that this is one run."""
    phase = films.phase if films.answers(choice) else "filming"
    lessons = [
        texts("network.lesson", label=lesson.label.in_language(texts.language), step=step)
        for lesson, step in zip(LESSON_TABLE.values(), choice.steps, strict=True)
        if step
    ]
    said = texts("network.lessons", lessons=", ".join(lessons)) if lessons else texts("network.no_lessons")
    others = [texts("network.others", edits=", ".join(found))] if (found := edits(choice, texts)) else []
    return {
        "phase": phase,
        "steps": "".join(map(str, films.choice.steps)),
        "badge": _badge(films, phase, texts),
        "done": films.far.done if phase == "filming" else 0,
        "total": films.far.total if phase == "filming" else 0,
        "problem": texts(films.problem[0], **films.problem[1]) if films.problem and phase == "failed" else "",
        "lessons": " ".join([said, *others]),
        "policy": f"{PAGES[FIRST].address}?{choice.query()}",
        "one_run": texts("network.one_run", seed=choice.seed),
    }


def _badge(films: Films, phase: str, texts: Texts) -> str:
    if phase == "filming" and WARMTH.busy():
        return texts("badge.preparing")
    far = films.far
    if phase == "filming" and far.total:
        return texts("network.progress", done=far.done, total=far.total, left=left_words(far.left, texts))
    return texts({"filming": "network.filming", "failed": "badge.failed", "done": "network.done"}[phase])
