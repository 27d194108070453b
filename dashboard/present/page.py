"""The presenter view: large type, a prediction first, then the outcome year by year."""

import urllib.parse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import solara
from solara.lab import use_task

from kastje.dashboard.inputs.lessons_panel import LessonsPanel
from kastje.dashboard.present import views, words
from kastje.dashboard.present.position import NO_STEP, Position, read
from kastje.dashboard.present.reckoning import Reckoned, reckon
from kastje.dashboard.present.steering import Steering, present_step, step_of, wanted_of
from kastje.dashboard.present.story import STORY
from kastje.dashboard.present.talking import talk
from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.header import Header
from kastje.dashboard.visit.notice import Notice
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.visit.visit import use_visit
from kastje.dashboard.work.countdown import left_words
from kastje.dashboard.work.safely import safely
from kastje.model import OUTCOMES


@solara.component
def Page() -> None:
    """One visitor's page. Everything that belongs to the visitor is made in here."""
    session, problems = use_visit()
    search = solara.use_router().search
    first, slips = solara.use_memo(lambda: read(search), [])
    position = solara.use_reactive(first)
    reckoned = solara.use_reactive(solara.use_memo(Reckoned, []))
    opened = _use_link(search, session, position)
    own = solara.use_ref(session.history.peek().present)
    solara.Style(Path(__file__).with_name("style.css"))
    with solara.Div(classes=["k-page", "p-page"]):
        Notice(session, problems + slips)
        if opened:
            Header(session, here="present", more=more_of(position.value, session.choice))
            Screen(session, position, reckoned)
            Steering(session, position, reckoned, own)
            Reckoning(session, position, reckoned)


def _use_link(search: str | None, session: Session, position: solara.Reactive[Position]) -> bool:
    """Take the place in the story from the link, at first and whenever the address changes. Whether it was taken."""
    opened, set_opened = solara.use_state(False)
    seen = solara.use_ref("\0")

    def follow() -> None:
        if seen.current == (search or ""):
            return
        seen.current = search or ""
        asked, _ = read(search)
        now = position.peek()
        if (asked.step, asked.years, asked.guess) != (now.step, now.years, now.guess):
            position.set(asked)
        step = step_of(asked.step)
        if step is not None:
            history = session.history.peek()
            given = urllib.parse.parse_qs((search or "").lstrip("?")).get("show", [""])[-1]
            chosen = step.chosen(history.present, given if given in OUTCOMES else None)
            session.history.set(history.show(chosen))
        set_opened(True)

    solara.use_effect(follow, [search])
    return opened


def more_of(position: Position, choice: Choice) -> str:
    """This page's own part of the link; with the outcome where its default is not the step's."""
    parts = replace(position, step=present_step(position, choice)[0]).query()
    if choice.show == Choice().show:
        parts["show"] = choice.show
    return "&" + urllib.parse.urlencode(parts)


@solara.component
def Reckoning(session: Session, position: solara.Reactive[Position], reckoned: solara.Reactive[Reckoned]) -> None:
    """Ask for the figures whenever the question changes; what was asked before is withdrawn. Draws nothing."""
    wanted = wanted_of(position.value, session.choice)
    ticket = solara.use_memo(Ticket, [wanted])
    solara.use_effect(lambda: ticket.withdraw, [ticket])
    use_task(lambda: reckon(wanted, ticket, reckoned.set), dependencies=[ticket])
    solara.Div(style="display: none")


@solara.component
def Screen(session: Session, position: solara.Reactive[Position], reckoned: solara.Reactive[Reckoned]) -> None:
    """The one screen of this moment: the question, the outcome with the resident, or why."""
    choice, texts, now = session.choice, session.texts, position.value
    number, step = present_step(now, choice)
    found = reckoned.value
    if found.wanted is None or found.wanted.choice != choice.question() or found.wanted.years != now.years:
        found = Reckoned()
    comparison = found.comparison
    title = step.title[texts.language] if step else texts("present.own_title")
    place = texts("present.eyebrow", number=number, total=len(STORY)) + " · " + title if step else title
    key = f"{number}-{choice.show}"
    sliders = " p-sliders-shown" if number == NO_STEP and now.phase == "ask" else ""
    with solara.v.Html(
        tag="main", class_=f"p-main p-{now.phase}-screen{sliders}", attributes={"id": "k-outcomes", "tabindex": "-1"}
    ):
        if now.phase == "why" and comparison is not None:
            about = safely(lambda: talk(step, choice, comparison, found.alternative, texts), _no_talk(texts))
            views.TalkView(texts=texts.group("talk"), eyebrow=place, about=about).key(f"why-{key}")
        elif now.phase == "ask":
            views.AskView(
                texts=texts.group("ask"),
                lang=choice.lang,
                eyebrow=place,
                focus=number != NO_STEP,
                about=safely(lambda: words.ask_of(now, step, choice, comparison, texts), {"question": "", "guess": []}),
                event_guess=lambda values: position.set(position.peek().guessed(values)),
            ).key(f"ask-{key}")
            if number == NO_STEP:
                with solara.v.Html(tag="details", class_="p-own", attributes={"open": True}):
                    solara.v.Html(tag="summary", children=[texts("present.own_sliders")])
                    LessonsPanel(session)
        else:
            _reveal(choice, found, now, place, texts, lambda _: position.set(replace(position.peek(), shown=True))).key(
                f"show-{key}-{now.years}"
            )


def _reveal(
    choice: Choice, found: Reckoned, position: Position, place: str, texts: Texts, drawn: Callable[[Any], None]
) -> solara.Element:
    comparison = found.comparison
    nothing: dict[str, Any] = {}
    lines = safely(lambda: words.lines(choice, comparison, position), nothing) if comparison else nothing
    silent = {"runs": "", "room": "", "score": ""}
    empty = {"title": "", "text": "", "rows": []}
    problem = ""
    if found.problem is not None:
        key, values = found.problem
        problem = texts(key, **values)
    return views.RevealView(
        texts=texts.group("reveal"),
        months_texts=texts.group("months"),
        resident_texts=texts.group("resident"),
        lang=choice.lang,
        eyebrow=place,
        about=words.about(choice, texts),
        lines=lines,
        guess=list(position.guess),
        result=safely(lambda: words.result(choice, comparison, position, texts), silent) if comparison else silent,
        story=safely(lambda: words.story_of(found.resident, found.resident_known, choice, texts), empty),
        progress=progress_of(found, texts),
        problem=problem,
        alt=words.alt(choice, comparison, texts) if comparison else progress_of(found, texts)["words"],
        finish=position.shown,
        event_drawn=drawn,
    )


def _no_talk(texts: Texts) -> dict[str, str]:
    return {"tone": "same", "headline": texts("error.computing"), "sentence": "", "why": "", "hint": ""}


def progress_of(found: Reckoned, texts: Texts) -> dict[str, Any]:
    """How far the runs are, and how long it still takes when that is worth saying."""
    far = found.far
    said = texts("present.progress", done=far.done, total=far.total) if far.total else texts("present.today_soon")
    if far.left is not None and far.done < far.total:
        said += ", " + left_words(far.left, texts)
    return {"done": far.done, "total": far.total, "words": said}
