"""The head of the page: whose municipality, which language, undo and redo, a link to share."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from kastje.dashboard.own.own import OWN
from kastje.dashboard.own.uploads import UPLOADS
from kastje.dashboard.pages import FIRST, PAGES, page_title
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.described import names_of
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.model import LESSONS, Scenario


@view("header.vue")
def HeaderView(
    *,
    texts: dict[str, str],
    lang: str = "nl",
    query: str = "",
    profile: str = "",
    profiles: list[dict[str, str]],
    pages: list[dict[str, Any]],
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
def Header(session: Session, here: str = FIRST, more: str = "") -> None:
    """Title, pages, profile, language and tools; names the page in the browser, keeps the address bar at the choice.

    `more` is what the page itself adds to its link, such as `&step=2`.
    """
    router = solara.use_router()
    history = session.history.value
    choice = history.present
    other = "en" if choice.lang == "nl" else "nl"

    def visit(name: str, choice: Choice, more: str = "") -> None:
        """Go to a page with a choice; the municipality that its link names is there, however long this page stood."""
        UPLOADS.keep(choice.owns())
        router.push(PAGES[name].address + "?" + choice.query() + more)

    def go(where: str) -> None:
        """Another language or municipality is a page of its own in the browser's history."""
        now, owns = session.history.peek().present, owned(session.history.peek())
        if where == "language":
            visit(here, replace(now, lang=other), more)
        elif where in Scenario.profiles():
            visit(here, replace(now, profile=where), more)
        elif where in owns:
            visit(here, owns[where], more)

    def page(name: str) -> None:
        """Another page with the same choice."""
        if name in PAGES:
            visit(name, session.history.peek().present)

    solara.use_effect(lambda: UPLOADS.keep(choice.owns()), [choice])
    solara.Title(page_title(PAGES[here], session.texts))
    HeaderView(
        texts={
            **session.texts.group("header"),
            "nav": session.texts("nav.nav"),
            "tagline": session.texts("header.tagline", count=session.texts.count(len(LESSONS))),
        },
        lang=choice.lang,
        query=choice.query() + more,
        profile=choice.municipality,
        profiles=profiles_for(history, session.texts),
        pages=[
            {
                "name": page.id,
                "title": page.titled(session.texts),
                "href": f"{page.address}?{choice.query()}",
                "here": page.id == here,
            }
            for page in PAGES.values()
        ],
        can_undo=bool(history.past),
        can_redo=bool(history.future),
        event_go=go,
        event_page=page,
        event_undo=session.undo,
        event_redo=session.redo,
        event_reset=session.reset,
    )


def owned(history: History) -> dict[str, Choice]:
    """The present choice in each own municipality that this page has had, by `municipality`."""
    now = history.present
    had = (now, *reversed(history.past), *history.future)
    owns = {own.digest: own for choice in had for own in choice.owns()}
    choices = (replace(now, profile=OWN, own=own, staff=now.staff if own == now.own else ()) for own in owns.values())
    return {choice.municipality: choice for choice in choices}


def profiles_for(history: History, texts: Texts) -> list[dict[str, str]]:
    """The municipalities to choose from: the shipped ones, and the visitor's own that this page has had."""
    shipped = [Choice(profile=name) for name in Scenario.profiles()]
    names = names_of([*shipped, history.present, *owned(history).values()], texts)
    return [{"name": name, "title": title} for name, title in names.items()]
