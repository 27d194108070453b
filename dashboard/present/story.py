"""Which steps does the story have? Read once from story.toml: texts and choices, no outcome and no conclusion."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kastje.dashboard.visit.lesson_parts import steps_with
from kastje.dashboard.visit.state import PRESETS, Choice

Words = Mapping[str, str]
"""One text in each language."""


@dataclass(frozen=True)
class Alternative:
    """A second choice whose figures are laid beside the step's own."""

    lessons: Mapping[str, int]
    load: float
    label: Words

    def chosen(self, choice: Choice) -> Choice:
        """The visitor's choice with these lessons and this load."""
        return _with(choice, self.lessons, self.load)


@dataclass(frozen=True)
class Step:
    """One step: what is changed, what the room is asked, and what may be said once the runs are there."""

    id: str
    lessons: Mapping[str, int]
    load: float
    outcome: str
    title: Words
    question: Words
    hint: Words
    start: float = 0.0
    points: Mapping[str, Words] = field(default_factory=dict)
    alternative: Alternative | None = None

    def chosen(self, choice: Choice, show: str | None = None) -> Choice:
        """The visitor's choice with this step's lessons and load, looking at `show` or the step's own outcome."""
        return replace(_with(choice, self.lessons, self.load), show=show or self.outcome)

    def is_of(self, choice: Choice) -> bool:
        """Whether a choice has this step's numbers."""
        return self.chosen(choice).question() == choice.question()


def _with(choice: Choice, lessons: Mapping[str, int], load: float) -> Choice:
    plain = Choice()
    return replace(choice, steps=steps_with(lessons), load=load, start=plain.start, ramp=plain.ramp)


def _read() -> tuple[Step, ...]:
    found = tomllib.loads(Path(__file__).with_name("story.toml").read_text(encoding="utf-8"))
    steps = []
    for entry in found["steps"]:
        alternative = entry.pop("alternative", None)
        for one in (entry, alternative) if alternative else (entry,):
            one["lessons"] = PRESETS[one["lessons"]] if isinstance(one["lessons"], str) else one["lessons"]
        steps.append(Step(alternative=Alternative(**alternative) if alternative else None, **entry))
    return tuple(steps)


STORY = _read()
