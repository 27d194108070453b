"""A scenario: a profile, the lessons with their start and ramp, and parameter values laid over the profile's."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, PrivateAttr

from kastje.model.errors import phrase, unexpected, unknown
from kastje.model.lessons import LESSON_TABLE, LESSONS
from kastje.model.numbers import number
from kastje.model.parameters import PARAMETERS, find
from kastje.model.profile import Profile, load_profile, shipped
from kastje.model.reading import Record

LEVERS = {"lessons", "start_day", "ramp_days", "starts"}
"""The fields that are no part of the world: who differs in these alone shares a run-in."""


class Scenario(Record):
    """What is simulated. Frozen: `with_lessons`, `with_parameters` and their like give a changed copy."""

    profile: Profile
    """The organisation that is simulated, with its processes."""
    lessons: Mapping[str, float] = Field(default_factory=lambda: dict.fromkeys(LESSONS, 0.0))
    """The intensity of every lesson, from 0 (not at all) to 1."""
    start_day: float = 0.0
    """The day of the comparison on which lessons begin."""
    ramp_days: float = 90.0
    """Over how many days a lesson grows to its intensity."""
    starts: Mapping[str, float] = Field(default_factory=dict)
    """The start day of lessons that have one of their own; the others begin on `start_day`."""
    parameters: Mapping[str, float] = Field(default_factory=dict)
    """Overrides of the profile's own values, by dotted name."""

    _world_key: str = PrivateAttr(default="")

    @classmethod
    def load(cls, name: str | Path) -> "Scenario":
        """Today's organisation (all lessons at 0) of a shipped profile, or of one in a TOML file."""
        return cls(profile=load_profile(name))

    @staticmethod
    def profiles() -> tuple[str, ...]:
        """The names of the shipped profiles."""
        return tuple(shipped("profiles"))

    def with_lessons(
        self,
        *,
        start_day: float | None = None,
        ramp_days: float | None = None,
        all: float | None = None,
        **lessons: float,
    ) -> "Scenario":
        """A copy with these intensities (0 to 1) laid over the present ones; `all` sets every lesson first."""
        values = dict(self.lessons) if all is None else dict.fromkeys(LESSONS, _intensity("all", all))
        for name, value in lessons.items():
            if name not in LESSONS:
                raise unknown(phrase("place.lessons"), name, LESSONS)
            values[name] = _intensity(name, value)
        return self._with(
            lessons=values,
            start_day=self.start_day if start_day is None else _days("start_day", start_day),
            ramp_days=self.ramp_days if ramp_days is None else _days("ramp_days", ramp_days),
        )

    def with_starts(self, **days: float) -> "Scenario":
        """A copy in which these lessons begin on a day of their own, laid over the present ones."""
        for name in days:
            if name not in LESSONS:
                raise unknown("lesson", name, LESSONS)
        return self._with(
            starts={**self.starts, **{name: _days(f"start of {name}", day) for name, day in days.items()}}
        )

    def with_parameters(self, **parameters: float) -> "Scenario":
        """A copy with these parameters (dotted or short names) laid over the present ones."""
        values = dict(self.parameters)
        for name, value in parameters.items():
            parameter = find(name)
            values[parameter.name] = parameter.check(value, phrase("place.values"))
        return self._with(parameters=values)

    def with_profile(self, profile: Profile) -> "Scenario":
        """A copy of which the organisation is another; everything that is laid over it stays."""
        return self._with(profile=profile)

    def baseline(self) -> "Scenario":
        """The same world with every lesson at 0: today's organisation."""
        return self._with(lessons=dict.fromkeys(LESSONS, 0.0), start_day=0.0, ramp_days=90.0, starts={})

    def value(self, name: str) -> float:
        """The value of a parameter in this scenario, before any lesson acts on it."""
        return self.values()[find(name).short]

    def values(self) -> dict[str, float]:
        """Every parameter by its short name: default, then the profile's, then the scenario's own."""
        values = {p.short: p.default for p in PARAMETERS.values()}
        for source in (self.profile.parameters, self.parameters):
            values.update({find(name).short: float(v) for name, v in source.items()})
        return values

    def starts_on(self, lesson: str) -> float:
        """The day of the horizon on which a lesson begins."""
        return self.starts.get(lesson, self.start_day)

    @property
    def active(self) -> tuple[str, ...]:
        """The lessons that do not stand at 0, in the order of the register."""
        return tuple(name for name in LESSON_TABLE if self.lessons.get(name, 0.0) > 0.0)

    @property
    def is_baseline(self) -> bool:
        """Whether every lesson stands at 0."""
        return not any(self.lessons.values())

    def world_key(self) -> str:
        """A hash of everything but the lessons: scenarios with the same one share their run-in."""
        if not self._world_key:
            self._world_key = _hash({"profile": _profile_data(self.profile), "values": self.values()})
        return self._world_key

    def key(self) -> str:
        """A hash of everything that decides the result, the seed apart."""
        if self.is_baseline:
            return f"{self.world_key()}-today"
        starts = {name: self.starts_on(name) for name in self.active}
        levers = {"lessons": dict(self.lessons), "starts": starts, "ramp": self.ramp_days}
        return f"{self.world_key()}-{_hash(levers)}"

    def as_dict(self) -> dict[str, Any]:
        """What sets this scenario apart, in plain data."""
        return {
            "profile": self.profile.where,
            "lessons": dict(self.lessons),
            "start_day": self.start_day,
            "ramp_days": self.ramp_days,
            "starts": dict(self.starts),
            "parameters": dict(self.parameters),
        }

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> "Scenario":
        """A copy with these fields changed; the key of its world goes along only where that is still the same."""
        copy = super().model_copy(update=update, deep=deep)
        if not set(update or ()) <= LEVERS:
            copy._world_key = ""
        return copy

    def _with(self, **changes: Any) -> "Scenario":
        return self.model_copy(update=changes)


def _profile_data(profile: Profile) -> dict[str, Any]:
    return {
        "profile": profile.model_dump(mode="json", exclude={"title", "slice", "notes", "source"}),
        "processes": [p.model_dump(mode="json", exclude={"source"}) for p in profile.processes],
    }


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def _intensity(name: str, value: object) -> float:
    found = number(value)
    if not 0.0 <= found <= 1.0:
        raise unexpected(phrase("place.lesson", name=name), value, phrase("expected.between", low=0, high=1))
    return found


def _days(name: str, value: object) -> float:
    found = number(value)
    if not 0.0 <= found <= 1095.0:
        raise unexpected(name, value, phrase("expected.days"))
    return found
