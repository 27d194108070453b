"""The bar at the bottom of the presenter view: forward, back, another step, outcome or number of years."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import solara

from kastje.dashboard.figures.figures import label_of
from kastje.dashboard.present.position import NO_STEP, YEARS, Position
from kastje.dashboard.present.reckoning import Reckoned, Wanted
from kastje.dashboard.present.story import STORY, Step
from kastje.dashboard.present.views import SteeringView
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.model import OUTCOMES


def step_of(number: int) -> Step | None:
    """A step of the story; none for an own choice."""
    return None if number == NO_STEP else STORY[number - 1]


def present_step(position: Position, choice: Choice) -> tuple[int, Step | None]:
    """The step on the screen: what is no longer the step's own choice (undo, other lessons) is an own choice."""
    step = step_of(position.step)
    return (position.step, step) if step is not None and step.is_of(choice) else (NO_STEP, None)


def wanted_of(position: Position, choice: Choice) -> Wanted:
    """What has to be worked out for this screen, and what comes after it."""
    number, step = present_step(position, choice)
    alternative = step.alternative.chosen(choice).question() if step and step.alternative else None
    ahead = step_of(number + 1).chosen(choice).question() if 0 < number < len(STORY) else None  # type: ignore[union-attr]
    return Wanted(choice.question(), position.years, alternative, ahead)


@solara.component
def Steering(
    session: Session,
    position: solara.Reactive[Position],
    reckoned: solara.Reactive[Reckoned],
    own: Any,
) -> None:
    """The bar at the bottom, and every key: forward, back, another step, outcome or number of years."""
    choice, texts, now = session.choice, session.texts, position.value
    number, _ = present_step(now, choice)
    answer = reckoned.value
    ready = answer.comparison is not None and answer.wanted == wanted_of(now, choice)
    guesses = solara.use_ref({now.step: now.guess})

    def go(to: int) -> None:
        before = position.peek()
        guesses.current[before.step] = before.guess
        history = session.history.peek()
        if present_step(before, history.present)[0] == NO_STEP:
            own.current = history.present
        after = before.at(to, guesses.current.get(max(NO_STEP, min(to, len(STORY))), ()))
        step = step_of(after.step)
        chosen = own.current if step is None else step.chosen(history.present)
        here = history.present
        chosen = replace(chosen, lang=here.lang, profile=here.profile, own=here.own)
        position.set(after)
        session.history.set(history.choose(chosen))

    def steer(event: Mapping[str, Any]) -> None:
        act, value, at = event.get("act"), event.get("value"), position.peek()
        place, _ = present_step(at, session.history.peek().present)
        if act == "forward":
            forward(at, place)
        elif act == "back" and at.phase != "ask":
            position.set(replace(at, phase="ask" if at.phase == "show" else "show"))
        elif act == "back" and place > 1:
            go(place - 1)
        elif act == "skip":
            go(place + 1 if place < len(STORY) else 1)
        elif act == "goto" and isinstance(value, int) and NO_STEP <= value <= len(STORY):
            go(value)
        elif act == "over" and value in YEARS:
            position.set(at.over(value))
        elif (
            act == "outcome"
            and isinstance(value, str)
            and value in OUTCOMES
            and value != session.history.peek().present.show
        ):
            # Another outcome is another question: the room predicts anew.
            position.set(replace(at, guess=(), phase="ask", shown=False))
            session.show(value)

    def forward(at: Position, place: int) -> None:
        if at.phase == "ask":
            position.set(replace(at, phase="show", shown=False))
        elif at.phase == "show" and not at.shown:
            if ready:
                position.set(replace(at, shown=True))
        elif at.phase == "show":
            position.set(replace(at, phase="why"))
        else:
            go(place + 1 if place < len(STORY) else 1)

    SteeringView(
        texts=texts.group("steering"),
        step=number,
        steps=[{"number": i, "title": step.title[texts.language]} for i, step in enumerate(STORY, 1)]
        + [{"number": NO_STEP, "title": ""}],
        years=now.years,
        shown=choice.show,
        outcomes=[{"name": name, "label": label_of(name, texts)} for name in OUTCOMES],
        forward_word=forward_word(now, number, ready),
        can_back=now.phase != "ask" or number > 1,
        synthetic=texts("page.synthetic"),
        event_steer=steer,
    )


def forward_word(position: Position, number: int, ready: bool) -> str:
    """What the large button does now: the name of its sentence."""
    if position.phase == "ask":
        return "show" if position.guess else "show_unasked"
    if position.phase == "show":
        return "why" if position.shown else "at_once" if ready else "wait"
    return "next" if number < len(STORY) else "again"
