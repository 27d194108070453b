"""The head of the page: whose municipality, which language, undo and redo, a link to share."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from dashboard.session import Session
from dashboard.state import profile_world
from model import Scenario


@solara.component_vue("header.vue", vuetify=False)
def HeaderView(
    texts: dict[str, str] = {},  # noqa: B006 - Solara turns the defaults of this signature into synchronised fields
    lang: str = "nl",
    query: str = "",
    profile: str = "",
    profiles: list[dict[str, str]] = [],  # noqa: B006
    can_undo: bool = False,
    can_redo: bool = False,
    event_go: Callable[[str], None] = lambda query: None,
    event_undo: Callable[[Any], None] = lambda data: None,
    event_redo: Callable[[Any], None] = lambda data: None,
    event_reset: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part; `query` is the address that the page should have now."""


@solara.component
def Header(session: Session) -> None:
    """Title, profile, language and tools; keeps the address bar at the present choice."""
    router = solara.use_router()
    history = session.history.value
    choice = history.present
    other = "en" if choice.lang == "nl" else "nl"

    def go(where: str) -> None:
        """Another language or municipality is a page of its own in the browser's history."""
        now = session.history.peek().present
        if where == "language":
            router.push("/?" + replace(now, lang=other).query())
        elif where in Scenario.profiles():
            router.push("/?" + replace(now, profile=where).query())

    HeaderView(
        texts={**session.texts.group("header"), "title": session.texts("page.title")},
        lang=choice.lang,
        query=choice.query(),
        profile=choice.profile,
        profiles=[{"name": name, "title": title_of(name, choice.lang)} for name in Scenario.profiles()],
        can_undo=bool(history.past),
        can_redo=bool(history.future),
        event_go=go,
        event_undo=session.undo,
        event_redo=session.redo,
        event_reset=session.reset,
    )


def title_of(profile: str, lang: str) -> str:
    """A profile's name in a language."""
    return profile_world(profile).profile.title.in_language(lang)
