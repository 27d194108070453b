"""What does one visitor's page hold? Its choice and its answer, apart, so that an answer never redraws the sliders."""

import math
from collections.abc import Mapping
from dataclasses import replace

import solara

from kastje.dashboard.own.own import Own
from kastje.dashboard.texts import Texts, texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.link_values import load_of
from kastje.dashboard.visit.state import PRESETS, RAMP, START, STEPS, Choice
from kastje.experiments.difference.compare import Comparison
from kastje.model import LESSONS, OUTCOMES


class Session:
    """One visitor's choice with its history, and the latest answer. Made inside a component: nobody else's."""

    def __init__(self, history: solara.Reactive[History], answer: solara.Reactive[Answer]) -> None:
        self.history = history
        self.answer = answer
        self.pinned: solara.Reactive[Mapping[Choice, Comparison]] = solara.Reactive({})
        """What is worked out of the pins, by their question."""
        self._dragged = ""
        self.moves = 0
        """Number of the last move that the browser made: what it shows since then is not overwritten by an echo."""

    @property
    def choice(self) -> Choice:
        """The present choice; reading it in a component makes that component follow it."""
        return self.history.value.present

    @property
    def texts(self) -> Texts:
        """The words of the present language."""
        return texts(self.choice.lang)

    def move(self, event: Mapping[str, object]) -> None:
        """A control moved in the browser: {control, value, settled, move}. A value out of bounds is ignored."""
        history = self.history.peek()
        control = str(event.get("control"))
        try:
            self.moves = max(self.moves, int(event.get("move", 0)))  # type: ignore[call-overload]
            choice = _moved(history.present, control, event["value"])
        except (KeyError, TypeError, ValueError):
            return
        same_move = self._dragged == control
        self._dragged = "" if event.get("settled", True) else control
        self.history.set(history.choose(choice, same_move=same_move))

    def preset(self, name: str) -> None:
        """Take a ready-made set of lessons; an unknown one is ignored."""
        if name in PRESETS:
            history = self.history.peek()
            self.history.set(history.choose(history.present.with_preset(name)))

    def reset(self, *_: object) -> None:
        """Back to today: no lessons, normal load, from the first day. It can be undone."""
        history = self.history.peek()
        self.history.set(history.choose(history.present.started_again()))

    def choose(self, choice: Choice) -> None:
        """Take a whole choice; what is looked at stays."""
        history = self.history.peek()
        now = history.present
        self.history.set(history.choose(replace(choice, lang=now.lang, show=now.show)))

    def pin(self, name: str) -> None:
        """Keep the present choice in sight under this name."""
        self.choose(self.history.peek().present.with_pin(name))

    def unpin(self, number: int) -> None:
        """Take a pin away; it can be undone."""
        self.choose(self.history.peek().present.without_pin(number))

    def take_pin(self, number: int) -> None:
        """Make a pin the present choice; one that does not exist, or whose files are not here, is ignored."""
        now = self.history.peek().present
        if 0 <= number < len(now.pins) and not now.pins[number].choice.absent:
            self.choose(replace(now.asked_of(now.pins[number]), pins=now.pins))

    def arrived(self, own: Own) -> None:
        """Files were sent: what waited for them has them, in what can be undone too."""
        self.history.set(self.history.peek().given(own))

    def undo(self, *_: object) -> None:
        """One choice back."""
        self.history.set(self.history.peek().undo())

    def redo(self, *_: object) -> None:
        """One choice forward again."""
        self.history.set(self.history.peek().redo())

    def show(self, outcome: str) -> None:
        """Choose the outcome of the chart; one that does not exist is ignored."""
        if outcome in OUTCOMES:
            history = self.history.peek()
            self.history.set(history.show(replace(history.present, show=outcome)))


def _moved(choice: Choice, control: str, value: object) -> Choice:
    number = float(value)  # type: ignore[arg-type]
    if not math.isfinite(number):
        raise ValueError(value)
    if control == "load":
        return replace(choice, load=load_of(number))
    kind, _, name = control.partition(":")
    if kind == "p":
        return choice.with_parameter(name, number)
    if kind == "staff":
        return choice.with_staff(name, number)
    whole = round(number)
    if control == "start":
        return replace(choice, start=_within(whole, START))
    if control == "ramp":
        return replace(choice, ramp=_within(whole, RAMP))
    steps = list(choice.steps)
    steps[LESSONS.index(control)] = _within(whole, (0, STEPS))
    return replace(choice, steps=tuple(steps))


def _within(value: int, bounds: tuple[int, int]) -> int:
    if not bounds[0] <= value <= bounds[1]:
        raise ValueError(value)
    return value
