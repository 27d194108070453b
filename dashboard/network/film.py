"""The film itself: today's and the chosen organisation, played week by week in the browser, and as a table."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import solara

from kastje.dashboard.network.filming import Films
from kastje.dashboard.network.layout import layout
from kastje.dashboard.network.look import USUAL, Look
from kastje.dashboard.network.metrics import metrics
from kastje.dashboard.network.picture import full, fullest, picture, widest
from kastje.dashboard.network.sentences import legend, people_of, sentences, weeks_of
from kastje.dashboard.pages import FIRST, PAGES
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import component, view
from kastje.dashboard.visit.described import edits
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.visit.warmth import WARMTH
from kastje.dashboard.work.countdown import left_words
from kastje.dashboard.work.safely import safely
from kastje.model import LESSON_TABLE

COMPONENTS = {
    f"k-{name}": component(Path(__file__).with_name(f"{name}.vue")) for name in ("picture", "player", "tables")
}
"""What the film is made of in the browser: one world in one week, the buttons that play it, and the same as tables."""

STATES = (
    ("vacant", "film.vacant", False),
    ("away", "film.away", False),
    ("free", "film.free", True),
    ("busy", "film.busy", True),
)
"""What a post is at, by the numbers that the film has for it; who is at work is tinted by what the circles show."""


@view("film.vue")
def FilmView(
    *,
    components: dict[str, str] = COMPONENTS,
    texts: dict[str, str],
    picture_texts: dict[str, str],
    player_texts: dict[str, str],
    table_texts: dict[str, str],
    lang: str = "nl",
    metrics: list[dict[str, Any]],
    scene: dict[str, Any],
    states: list[dict[str, Any]],
    films: dict[str, Any],
    about: dict[str, Any],
    selected: str = "",
    asked: dict[str, Any],
    event_look: Callable[[Mapping[str, object]], None] = lambda event: None,
    event_select: Callable[[str], None] = lambda name: None,
) -> None:
    """The browser's part: plays `films` on the places of `scene`, beginning with the week and colour of a link."""


@solara.component
def FilmPanel(
    session: Session, films: solara.Reactive[Films], look: solara.Reactive[Look], asked: Look = USUAL
) -> None:
    """The latest films. What is looked at is chosen in the browser, which tells it; `asked` is what a link says."""
    choice, now, texts = session.choice, films.value, session.texts
    shown = now.choice.municipality
    scene = solara.use_memo(lambda: scene_of(now.choice, texts), [shown, choice.lang])
    names = [d["id"] for d in scene["departments"]]
    nothing: dict[str, Any] = {}
    pictures = solara.use_memo(
        lambda: safely(lambda: shown_of(now, texts), nothing), [now.today, now.chosen, choice.lang]
    )

    def seen(event: Mapping[str, object]) -> None:
        look.set(look.peek().moved(event, now.choice.world().profile))

    FilmView(
        texts=texts.group("film"),
        picture_texts=texts.group("picture"),
        player_texts=texts.group("player"),
        table_texts=texts.group("tables"),
        lang=choice.lang,
        metrics=metrics(texts),
        scene=scene,
        states=[{"name": name, "label": texts(label), "tinted": tinted} for name, label, tinted in STATES],
        films=pictures,
        about=about(now, choice, texts),
        selected=look.value.department if look.value.department in names else fullest(now.today, names),
        asked={"week": asked.week, "shows": asked.shows, "view": asked.view},
        event_look=seen,
        event_select=lambda name: seen({"department": name}),
    )


def scene_of(choice: Choice, texts: Texts) -> dict[str, Any]:
    """Where everybody stands in the municipality of a choice, and what each person is called."""
    placed = layout(choice.world().profile, texts.language)
    return placed | {"profile": choice.municipality, "names": people_of(placed["people"], texts)}


def shown_of(films: Films, texts: Texts) -> dict[str, Any]:
    """Both films for the browser with what they say and how they are drawn; without lessons there is one.

    Empty before the first.
    """
    if films.today is None or films.chosen is None:
        return {}
    profile = films.choice.world().profile
    worlds = {"today": films.today} | ({} if films.chosen is films.today else {"choice": films.chosen})
    pictures = {name: picture(one) for name, one in worlds.items()}
    filled, most = full(list(pictures.values())), widest(list(pictures.values()))
    said = {name: {"said": sentences(one, pictures[name], profile, texts)} for name, one in worlds.items()}
    return {
        "profile": films.choice.municipality,
        "weeks": films.today.weeks,
        "when": weeks_of(profile, films.today.weeks, texts),
        "full": filled,
        "widest": most,
        "legend": legend(filled, most, texts),
        **{name: pictures[name] | said[name] for name in worlds},
    }


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
