"""The head of the page: whose municipality, which language, undo and redo, a link to share."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from dashboard.session import Session
from dashboard.state import Choice, profile_world
from model import Scenario

PAGES = {"policy": "/", "case": "/case", "network": "/network", "research": "/research", "present": "/present"}
"""The address of each page."""


@solara.component_vue("header.vue", vuetify=False)
def HeaderView(
    texts: dict[str, str] = {},  # noqa: B006 - Solara turns the defaults of this signature into synchronised fields
    lang: str = "nl",
    query: str = "",
    profile: str = "",
    profiles: list[dict[str, str]] = [],  # noqa: B006
    pages: list[dict[str, Any]] = [],  # noqa: B006
    can_undo: bool = False,
    can_redo: bool = False,
    event_go: Callable[[str], None] = lambda query: None,
    event_page: Callable[[str], None] = lambda name: None,
    event_undo: Callable[[Any], None] = lambda data: None,
    event_redo: Callable[[Any], None] = lambda data: None,
    event_reset: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part; `query` is the address that the page should have now."""


@solara.component
def Header(session: Session, here: str = "policy", more: str = "") -> None:
    """Title, pages, profile, language and tools; keeps the address bar at the present choice.

    `more` is what the page itself adds to its link, such as `&step=2`.
    """
    router = solara.use_router()
    history = session.history.value
    choice = history.present
    other = "en" if choice.lang == "nl" else "nl"

    def go(where: str) -> None:
        """Another language or municipality is a page of its own in the browser's history."""
        now = session.history.peek().present
        if where == "language":
            router.push(PAGES[here] + "?" + replace(now, lang=other).query() + more)
        elif where in Scenario.profiles():
            router.push(PAGES[here] + "?" + replace(now, profile=where).query() + more)

    def page(name: str) -> None:
        """Another page with the same choice."""
        if name in PAGES:
            router.push(PAGES[name] + "?" + session.history.peek().present.query())

    HeaderView(
        texts={
            **session.texts.group("header"),
            "title": session.texts("page.title"),
            "nav": session.texts("nav.nav"),
        },
        lang=choice.lang,
        query=choice.query() + more,
        profile=choice.profile,
        profiles=profiles_for(choice),
        pages=[
            {
                "name": name,
                "title": session.texts(f"nav.{name}"),
                "href": f"{path}?{choice.query()}",
                "here": name == here,
            }
            for name, path in PAGES.items()
        ],
        can_undo=bool(history.past),
        can_redo=bool(history.future),
        event_go=go,
        event_page=page,
        event_undo=session.undo,
        event_redo=session.redo,
        event_reset=session.reset,
    )


def profiles_for(choice: Choice) -> list[dict[str, str]]:
    """The municipalities to choose from: the shipped ones, and the visitor's own when that is on the page."""
    listed = [{"name": name, "title": title_of(name, choice.lang)} for name in Scenario.profiles()]
    if choice.profile not in Scenario.profiles():
        listed.append({"name": choice.profile, "title": choice.world().profile.title.in_language(choice.lang)})
    return listed


def title_of(profile: str, lang: str) -> str:
    """A profile's name in a language."""
    return profile_world(profile).profile.title.in_language(lang)
