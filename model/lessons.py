"""The eight lessons as levers: the register of what each one sets, what carries it and what it costs.

A lesson at intensity x sets each of its parameters to today's value plus x times the way to `full`, from its start
day on and growing over its ramp. The engine never sees a lesson, only parameters (docs/model.md 2.4).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from kastje.model.parameters import find


@dataclass(frozen=True)
class Lever:
    """One parameter that a lesson sets, and its value at full intensity."""

    parameter: str
    full: float


@dataclass(frozen=True)
class Lesson:
    """One lesson of the source: its texts (nl, en), the mediator that carries it, its levers."""

    id: str
    number: int
    label: Mapping[str, str]
    message: Mapping[str, str]
    happens: Mapping[str, str]
    cost: Mapping[str, str]
    evidence: Mapping[str, str]
    mediator: str
    levers: tuple[Lever, ...]


def _load() -> dict[str, Lesson]:
    text = resources.files("kastje.model").joinpath("lessons.toml").read_text(encoding="utf-8")
    table = {}
    for number, e in enumerate(tomllib.loads(text)["lessons"], start=1):
        levers = tuple(Lever(find(x["parameter"]).name, float(x["full"])) for x in e.pop("levers"))
        table[e["id"]] = Lesson(number=number, levers=levers, **e)
    return table


LESSON_TABLE: dict[str, Lesson] = _load()
LESSONS: tuple[str, ...] = tuple(LESSON_TABLE)


def intensity_at(intensity: float, day: float, start_day: float, ramp_days: float) -> float:
    """How far a lesson has come by `day`: 0 before its start, `intensity` once its ramp is over."""
    if intensity <= 0.0 or day < start_day:
        return 0.0
    if ramp_days <= 0.0:
        return intensity
    return intensity * min(1.0, (day - start_day) / ramp_days)


def values_at(
    today: Mapping[str, float], lessons: Mapping[str, float], day: float, start_day: float, ramp_days: float
) -> dict[str, float]:
    """The lessons' parameters (short names) on `day`, when all lessons begin on the same one."""
    return moved(today, {name: intensity_at(x, day, start_day, ramp_days) for name, x in lessons.items()})


def moved(today: Mapping[str, float], lessons: Mapping[str, float]) -> dict[str, float]:
    """The lessons' parameters (short names): today's values moved toward full by what has come of each lesson."""
    values: dict[str, float] = {}
    for lesson in LESSON_TABLE.values():
        x = lessons.get(lesson.id, 0.0)
        for lever in lesson.levers:
            parameter = find(lever.parameter)
            short = parameter.short
            base = today[short]
            before = values.get(short, base)
            # Two lessons on one parameter add up; a lesson at 0 leaves what another has set.
            value = before if x == 0.0 else before + x * (lever.full - base)
            values[short] = min(parameter.high, max(parameter.low, value))
    return values
