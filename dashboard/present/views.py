"""The browser's parts of the presenter view: what each of its Vue files is given and what it tells."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kastje.dashboard.figures.monthly import MONTHLY
from kastje.dashboard.view import component, view

REVEAL = MONTHLY | {"k-resident": component(Path(__file__).with_name("resident.vue"))}


@view("ask.vue")
def AskView(
    *,
    texts: dict[str, str],
    lang: str = "nl",
    eyebrow: str = "",
    focus: bool = True,
    about: dict[str, Any],
    event_guess: Callable[[list[float]], None] = lambda values: None,
) -> None:
    """The question for the room and the field for what it predicts."""


@view("reveal.vue")
def RevealView(
    *,
    components: dict[str, str] = REVEAL,
    texts: dict[str, str],
    months_texts: dict[str, str],
    resident_texts: dict[str, str],
    lang: str = "nl",
    eyebrow: str = "",
    about: dict[str, Any],
    lines: dict[str, Any],
    guess: list[float],
    result: dict[str, str],
    story: dict[str, Any],
    progress: dict[str, Any],
    problem: str = "",
    alt: str = "",
    finish: bool = False,
    event_drawn: Callable[[Any], None] = lambda data: None,
) -> None:
    """The outcome draws itself, the resident's story beside it; `finish` shows all of it at once."""


@view("talk.vue")
def TalkView(
    *,
    texts: dict[str, str],
    eyebrow: str = "",
    about: dict[str, Any],
) -> None:
    """What came of it, why, and what to talk about."""


@view("steering.vue")
def SteeringView(
    *,
    texts: dict[str, str],
    step: int = 1,
    steps: list[dict[str, Any]],
    years: int = 1,
    shown: str = "",
    outcomes: list[dict[str, str]],
    forward_word: str = "show",
    can_back: bool = False,
    synthetic: str = "",
    event_steer: Callable[[Mapping[str, Any]], None] = lambda event: None,
) -> None:
    """The bar at the bottom with every move, the keys and their help."""
