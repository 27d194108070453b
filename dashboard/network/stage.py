"""The film itself: today's and the chosen organisation, played week by week in the browser, and as a table."""

from collections.abc import Callable
from datetime import date
from typing import Any

import solara

from dashboard.header import PAGES
from dashboard.network.filming import Films
from dashboard.network.layout import layout
from dashboard.network.picture import fullest, picture
from dashboard.safely import safely
from dashboard.session import Session
from dashboard.state import Choice, profile_world
from dashboard.texts import Texts
from dashboard.warmth import WARMTH
from model import LESSON_TABLE

METRICS = {
    "waiting": ("metric.waiting", "metric.waiting_help"),
    "utilisation": ("metric.utilisation", "metric.utilisation_help"),
    "ownership": ("metric.ownership", "metric.ownership_help"),
    "lived_vision": ("metric.lived_vision", "metric.lived_vision_help"),
    "felt_support": ("metric.felt_support", "metric.felt_support_help"),
    "known_vision": ("metric.known_vision", "metric.known_vision_help"),
}
"""The words of each thing that the circles can show, in the order of the list."""


@solara.component_vue("film.vue", vuetify=False)
def FilmView(
    texts: dict[str, str] = {},  # noqa: B006 - Solara turns the defaults of this signature into synchronised fields
    lang: str = "nl",
    metrics: list[dict[str, Any]] = [],  # noqa: B006
    scene: dict[str, Any] = {},  # noqa: B006
    films: dict[str, Any] = {},  # noqa: B006
    about: dict[str, Any] = {},  # noqa: B006
    selected: str = "",
    event_select: Callable[[str], None] = lambda name: None,
) -> None:
    """The browser's part: plays `films` on the places of `scene`."""


@solara.component
def StagePanel(session: Session, films: solara.Reactive[Films], selected: solara.Reactive[str]) -> None:
    """The latest films; a week, a colour or a department is chosen in the browser, without asking Python."""
    choice, now, texts = session.choice, films.value, session.texts
    shown = now.choice.profile
    scene = solara.use_memo(
        lambda: layout(profile_world(shown).profile, choice.lang) | {"profile": shown}, [shown, choice.lang]
    )
    names = [d["id"] for d in scene["departments"]]
    nothing: dict[str, Any] = {}
    pictures = solara.use_memo(lambda: safely(lambda: pictures_of(now), nothing), [now.today, now.chosen])

    def select(name: str) -> None:
        if name in names:
            selected.set(name)

    FilmView(
        texts=texts.group("film"),
        lang=choice.lang,
        metrics=metrics(texts),
        scene=scene,
        films=pictures,
        about=about(now, choice, texts),
        selected=selected.value if selected.value in names else fullest(now.today, names),
        event_select=select,
    )


def pictures_of(films: Films) -> dict[str, Any]:
    """Both films for the browser; without lessons there is one. Empty before the first."""
    if films.today is None or films.chosen is None:
        return {}
    start = films.choice.world().profile.start
    same = films.chosen is films.today
    pictures = {"today": picture(films.today)} | ({} if same else {"choice": picture(films.chosen)})
    return {"profile": films.choice.profile, "start": date.isoformat(start), **pictures}


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
        texts("network.lesson", label=lesson.label[texts.language], step=step)
        for lesson, step in zip(LESSON_TABLE.values(), choice.steps, strict=True)
        if step
    ]
    return {
        "phase": phase,
        "steps": "".join(map(str, films.choice.steps)),
        "badge": _badge(films, phase, texts),
        "done": films.done if phase == "filming" else 0,
        "total": films.total if phase == "filming" else 0,
        "problem": texts(films.problem[0], **films.problem[1]) if films.problem and phase == "failed" else "",
        "lessons": texts("network.lessons", lessons=", ".join(lessons)) if lessons else texts("network.no_lessons"),
        "policy": f"{PAGES['policy']}?{choice.query()}",
        "one_run": texts("network.one_run", seed=choice.seed),
    }


def _badge(films: Films, phase: str, texts: Texts) -> str:
    if phase == "filming" and WARMTH.busy():
        return texts("badge.preparing")
    if phase == "filming" and films.total and films.left is not None:
        left = texts.number(max(1.0, films.left))
        return texts("network.progress", done=films.done, total=films.total, left=left)
    return texts({"filming": "network.filming", "failed": "badge.failed", "done": "network.done"}[phase])
