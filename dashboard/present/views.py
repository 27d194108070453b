"""The browser's parts of the presenter view: what each of its Vue files is given and what it tells."""

from collections.abc import Callable, Mapping
from typing import Any

import solara

from kastje.dashboard.figures.plot import PLOT


@solara.component_vue("ask.vue", vuetify=False)
def AskView(
    texts: dict[str, str] = {},  # noqa: B006 - Solara turns the defaults of this signature into synchronised fields
    lang: str = "nl",
    eyebrow: str = "",
    focus: bool = True,
    about: dict[str, Any] = {},  # noqa: B006
    event_guess: Callable[[list[float]], None] = lambda values: None,
) -> None:
    """The question for the room and the field for what it predicts."""


@solara.component_vue("reveal.vue", vuetify=False)
def RevealView(
    components: dict[str, str] = PLOT,
    texts: dict[str, str] = {},  # noqa: B006
    lang: str = "nl",
    eyebrow: str = "",
    about: dict[str, Any] = {},  # noqa: B006
    lines: dict[str, Any] = {},  # noqa: B006
    guess: list[float] = [],  # noqa: B006
    result: dict[str, str] = {},  # noqa: B006
    story: dict[str, Any] = {},  # noqa: B006
    progress: dict[str, Any] = {},  # noqa: B006
    problem: str = "",
    alt: str = "",
    finish: bool = False,
    event_drawn: Callable[[Any], None] = lambda data: None,
) -> None:
    """The outcome draws itself, the resident's story beside it; `finish` shows all of it at once."""


@solara.component_vue("talk.vue", vuetify=False)
def TalkView(
    texts: dict[str, str] = {},  # noqa: B006
    eyebrow: str = "",
    about: dict[str, Any] = {},  # noqa: B006
) -> None:
    """What came of it, why, and what to talk about."""


@solara.component_vue("steering.vue", vuetify=False)
def SteeringView(
    texts: dict[str, str] = {},  # noqa: B006
    step: int = 1,
    steps: list[dict[str, Any]] = [],  # noqa: B006
    years: int = 1,
    shown: str = "",
    outcomes: list[dict[str, str]] = [],  # noqa: B006
    forward_word: str = "show",
    can_back: bool = False,
    synthetic: str = "",
    event_steer: Callable[[Mapping[str, Any]], None] = lambda event: None,
) -> None:
    """The bar at the bottom with every move, the keys and their help."""
