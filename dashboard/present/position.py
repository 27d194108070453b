"""Where is the presenter? The step, the years, what the room predicted, and which of three screens is shown."""

import math
import urllib.parse
from dataclasses import dataclass, replace

from kastje.dashboard.present.story import STORY
from kastje.dashboard.visit.lesson_parts import any_in
from kastje.dashboard.visit.state import Problem

NO_STEP = 0
"""The step of an own choice: the lessons of the link or of the sliders."""
YEARS = (1, 3)
MOST = 1e7
"""A prediction beyond this is a slip of the keyboard."""


@dataclass(frozen=True)
class Position:
    """One visitor's place in the story.

    `guess` is in the unit on the screen: none, one value, or lowest, middle, highest; `shown` is whether the
    outcome has been drawn to its end in this step.
    """

    step: int = 1
    years: int = 1
    guess: tuple[float, ...] = ()
    phase: str = "ask"
    shown: bool = False

    def at(self, step: int, guess: tuple[float, ...] = ()) -> "Position":
        """The question of another step; outside the story: the nearest step in it."""
        return replace(self, step=max(NO_STEP, min(step, len(STORY))), guess=guess, phase="ask", shown=False)

    def over(self, years: int) -> "Position":
        """The same step over another number of years: what was drawn is drawn anew; an unknown number is ignored."""
        if years not in YEARS or years == self.years:
            return self
        return replace(self, years=years, phase="ask", shown=False)

    def guessed(self, values: object) -> "Position":
        """With another prediction; one that is no prediction is ignored."""
        guess = _guess(values)
        return self if guess is None else replace(self, guess=guess)

    def query(self) -> dict[str, str]:
        """This page's own part of the link."""
        parts = {"step": str(self.step)}
        if self.years != YEARS[0]:
            parts["years"] = str(self.years)
        if self.guess:
            parts["guess"] = "_".join(f"{value:g}" for value in self.guess)
        return parts


def read(query: str | None) -> tuple[Position, tuple[Problem, ...]]:
    """The place that a link asks for, and which of its parts could not be used.

    A link with lessons and no step is an own choice.
    """
    given = urllib.parse.parse_qs((query or "").lstrip("?"), keep_blank_values=True)
    problems = []
    own = "step" not in given and any_in({name: found[-1] for name, found in given.items()})
    position = Position(step=NO_STEP if own else 1)
    for name in ("step", "years", "guess"):
        if name not in given:
            continue
        text = given[name][-1].strip()
        found = _part(position, name, text)
        if found is None:
            problems.append(Problem("unknown", f"{name}={text}"[:40]))
        else:
            position = found
    return position, tuple(problems)


def _part(position: Position, name: str, text: str) -> Position | None:
    if name == "guess":
        guess = _guess(text.split("_") if text else [])
        return None if guess is None else replace(position, guess=guess)
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        return None
    value = int(text)
    if name == "years":
        return replace(position, years=value) if value in YEARS else None
    return replace(position, step=value) if NO_STEP <= value <= len(STORY) else None


def _guess(values: object) -> tuple[float, ...] | None:
    """One or three numbers in order, or none at all; None when they are something else."""
    if not isinstance(values, (list, tuple)) or len(values) not in (0, 1, 3):
        return None
    try:
        numbers = sorted(float(value) for value in values)
    except (TypeError, ValueError):
        return None
    return tuple(numbers) if all(math.isfinite(number) and abs(number) <= MOST for number in numbers) else None
