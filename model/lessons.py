"""The lessons as levers: the register of what each one sets, what carries it, what severs it and what it costs.

A lesson at intensity x sets each of its parameters to today's value plus x times the way to `full`, from its start
day on and growing over its ramp. The engine never sees a lesson, only parameters (docs/model.md 2.4).

The register is `lessons.toml`, and after it the files that the environment variable KASTJE_LESSONS names. Read once,
by every process of a study alike; a lesson that is laid in it while a program runs would be known to that one only.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import Field

from kastje.agents.acts import Act
from kastje.model.additions import ID, entries, field_of, laid
from kastje.model.errors import phrase, unexpected, unknown, wrong
from kastje.model.outcomes import OUTCOMES
from kastje.model.parameters import BY_SHORT, PARAMETERS, find
from kastje.model.phrase import Phrase
from kastje.model.reading import Record, Text, build

FILE = "lessons.toml"
OWN_FILES = "KASTJE_LESSONS"
"""The environment variable with files of lessons that are not shipped, in the form of `lessons.toml`."""
TAKEN = ("all", "today", "start_day", "ramp_days", "profile", "seed", *BY_SHORT, *OUTCOMES)
"""What already means something where a lesson's name stands: on the command line, in a design, in its tables."""


class Lever(Record):
    """One parameter that a lesson sets, and its value at full intensity."""

    parameter: str
    full: float


class Ways(Record):
    """What stands between a lesson's levers and what residents notice: acts of employees, and outcomes."""

    acts: tuple[str, ...]
    outcomes: tuple[str, ...] = Field(min_length=1)


class Lesson(Record):
    """One lesson: its texts, the mediator that carries it, its ways and levers, and the values that sever the mediator.

    `number` is its place in the register; of the first eight, those of the source, their number there.
    """

    id: str
    number: int
    label: Text
    message: Text
    happens: Text
    cost: Text
    evidence: Text
    mediator: str = Field(min_length=1)
    ways: Ways
    cut: dict[str, float] = Field(min_length=1)
    """By dotted name, the parameters that sever the mediator: with these the lesson changes no event."""
    levers: tuple[Lever, ...] = Field(min_length=1)


def register(files: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Lesson]:
    """The lessons in the tables of these files, by id. Raises InputError, one line with the file, lesson and field."""
    found: dict[str, Lesson] = {}
    for file, tables in files:
        for where, entry in entries(file, tables, "lessons"):
            lesson = lesson_of(entry, len(found) + 1, where)
            if lesson.id in found:
                raise wrong(where, phrase("problem.id_twice"))
            found[lesson.id] = lesson
    return found


def lesson_of(entry: Mapping[str, Any], number: int, where: str) -> Lesson:
    """A lesson from its entry. Raises InputError for a field, parameter, act or outcome that is not as it should be."""
    lesson = build(Lesson, dict(entry) | {"number": number}, where)
    if not ID.fullmatch(lesson.id) or lesson.id in TAKEN:
        raise unexpected(field_of(where, "id"), lesson.id, phrase("expected.free_id"))
    for act in lesson.ways.acts:
        _known(act, [one.name.lower() for one in Act], field_of(where, "ways.acts"))
    for outcome in lesson.ways.outcomes:
        _known(outcome, list(OUTCOMES), field_of(where, "ways.outcomes"))
    levers = tuple(
        Lever(parameter=_parameter(lever.parameter, lever.full, field_of(where, "levers")), full=lever.full)
        for lever in lesson.levers
    )
    cut = {_parameter(name, value, field_of(where, "cut")): value for name, value in lesson.cut.items()}
    return lesson.model_copy(update={"levers": levers, "cut": cut})


def _known(name: str, names: list[str], where: Phrase) -> None:
    if name not in names:
        raise unknown(where, name, names)


def _parameter(name: str, value: float, where: Phrase) -> str:
    """The dotted name of a parameter that may have this value."""
    if name not in PARAMETERS and name not in BY_SHORT:
        raise unknown(where, name, [*PARAMETERS, *BY_SHORT], list_all=False)
    found = find(name)
    found.check(value, where)
    return found.name


def _load() -> Mapping[str, Lesson]:
    return MappingProxyType(register(laid(Path(__file__).with_name(FILE), OWN_FILES)))


LESSON_TABLE: Mapping[str, Lesson] = _load()
"""Every lesson by its id, in the order of the register."""

LESSONS: tuple[str, ...] = tuple(LESSON_TABLE)
"""The ids of all lessons, in the order of the register."""


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
