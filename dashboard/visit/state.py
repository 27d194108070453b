"""What has this visitor chosen? A frozen value that can be written into a link and read back from one.

A link carries everything that decides the picture (`?lang=nl&profile=tilburg&l=ownership:4&load=1.1`), so that a
reload, Back, a language switch or a colleague gives the same numbers. Beside the first two it has what is not usual.
Of an own municipality it carries the digest (`profile=own&own=..`). `visit.link` reads what is written.
"""

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kastje.dashboard.own.own import OWN, Absent, Own
from kastje.dashboard.texts import phrase
from kastje.dashboard.visit.lesson_parts import EIGHT, STEPS, parts_of, steps_with
from kastje.dashboard.visit.link_values import (
    Pairs,
    changed,
    departments,
    parameter_value,
    staff_value,
    written,
)
from kastje.experiments.designs.staff import with_staff
from kastje.model import LESSONS, InputError, Scenario

START = (0, 365)
RAMP = (0, 365)
REPLICATIONS = (2, 100)
SEED = (0, 1_000_000)
PRESETS: Mapping[str, Mapping[str, int]] = {
    "today": {},
    "all_eight": dict.fromkeys(EIGHT, STEPS),
    "half_way": dict.fromkeys(EIGHT, STEPS // 2),
    "technology_only": {"shared_information": 6},
    "people_first": {"ownership": 6, "lived_vision": 6, "management_support": 6},
    "process_first": {"early_participation": 6, "integral_working": 6},
    "one_contact": {"shared_information": 6, "ownership": 6},
    "tailored": {"creative_solutions": 6, "lived_vision": 6, "management_support": 6},
}
"""Ready-made choices: the steps of the lessons that each one takes."""
MOST_PINS = 3
PIN_LETTERS = "ABC"
"""How the pins are called in a chart and in the table beside it."""
PIN_NAME = 40
"""Most characters of a pin's name."""
IN_PIN = "~"
"""Stands between the parts of a pin in a link; not in its name."""


@dataclass(frozen=True)
class Problem:
    """A part of a link that could not be used: `name` and `value` as found, `expected` for the sentence about it."""

    name: str
    value: str
    expected: dict[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One visitor's choice. `steps` are whole steps 0..6 per lesson, in the source's order; days are calendar days."""

    lang: str = "nl"
    profile: str = "tilburg"
    steps: tuple[int, ...] = (0,) * len(LESSONS)
    load: float = 1.0
    start: int = 0
    ramp: int = 90
    show: str = "lead_time_days_mean"
    replications: int = 20
    seed: int = 1
    parameters: Pairs = ()
    """Edited parameters by short name, `load` apart."""
    staff: Pairs = ()
    """Departments that are larger or smaller than in the profile, in %."""
    pins: tuple["Pin", ...] = ()
    own: Own | Absent | None = None
    """The municipality from files, when `profile` is "own"; otherwise None."""

    def __post_init__(self) -> None:
        """A move to a municipality that ships with Kastje leaves the own one behind."""
        if self.profile != OWN and self.own is not None:
            object.__setattr__(self, "own", None)

    @property
    def absent(self) -> bool:
        """Whether its files are not here: then it can be written into a link, and nothing can be worked out."""
        return self.profile == OWN and not isinstance(self.own, Own)

    @property
    def municipality(self) -> str:
        """Which municipality: a shipped profile's name, or that of the own files."""
        return f"{OWN}-{self.own.digest}" if self.own else self.profile

    def owns(self) -> tuple[Own, ...]:
        """The own municipalities that are here, of this choice and of its pins."""
        found = (self.own, *(pin.choice.own for pin in self.pins))
        return tuple(own for own in dict.fromkeys(found) if isinstance(own, Own))

    def query(self) -> str:
        """The link's query, without the question mark."""
        parts: list[tuple[str, str]] = [("lang", self.lang), *self._municipality_parts(), *self._scenario_parts()]
        default = Choice()
        for key, name in (("show", "show"), ("n", "replications"), ("seed", "seed")):
            if getattr(self, name) != getattr(default, name):
                parts.append((key, str(getattr(self, name))))
        parts += [("pin", pin.text(self)) for pin in self.pins]
        return urllib.parse.urlencode(parts, safe=":,")

    def _municipality_parts(self) -> list[tuple[str, str]]:
        return [("profile", self.profile)] + ([(OWN, self.own.digest)] if self.own else [])

    def _scenario_parts(self) -> list[tuple[str, str]]:
        """What sets this scenario apart within its municipality; what is at its default is left out."""
        default = Choice()
        parts = parts_of(self.steps)
        if self.load != default.load:
            parts.append(("load", f"{self.load:g}"))
        parts += [(n, str(getattr(self, n))) for n in ("start", "ramp") if getattr(self, n) != getattr(default, n)]
        staff = self.staff_here()
        return parts + [(n, written(pairs)) for n, pairs in (("p", self.parameters), ("staff", staff)) if pairs]

    def staff_here(self) -> Pairs:
        """Staff of departments that this municipality has: after a move to another one, the rest does not count."""
        if self.absent:
            return self.staff
        known = departments(self.world()) if self.staff else ()
        return tuple((name, value) for name, value in self.staff if name in known)

    def question(self) -> "Choice":
        """The part that decides the numbers: two choices with the same question have the same answer."""
        return replace(self, lang="nl", show="", pins=(), staff=self.staff_here())

    def today(self) -> "Choice":
        """The same municipality and circumstances without a lesson: what this choice is compared with."""
        default = Choice()
        return replace(self.question(), steps=default.steps, start=default.start, ramp=default.ramp)

    def started_again(self) -> "Choice":
        """The same municipality with nothing chosen or edited, today's organisation at its usual load."""
        d = Choice()
        return replace(
            self, steps=d.steps, load=d.load, start=d.start, ramp=d.ramp, parameters=d.parameters, staff=d.staff
        )

    def given(self, own: Own) -> "Choice":
        """With these files wherever they were absent."""
        pins = tuple(replace(pin, choice=pin.choice.given(own)) for pin in self.pins)
        return replace(self, pins=pins, own=own if self.own == Absent(own.digest) else self.own)

    def with_parameter(self, name: str, value: float | str | None) -> "Choice":
        """Another value for a parameter; its value in the profile, or None, takes the edit back.

        Raises InputError, which is a ValueError, when the model does not allow the value.
        """
        if value is None:
            return replace(self, parameters=changed(self.parameters, name, None))
        parameter, number = parameter_value(name, value)
        short = parameter.short
        kept = None if number == self.world().value(short) else number
        return replace(self, parameters=changed(self.parameters, short, kept))

    def with_staff(self, department: str, percent: float) -> "Choice":
        """Another size of a department, in % of the profile's. Raises ValueError for one that does not exist."""
        if department not in departments(self.world()):
            raise ValueError(department)
        size = staff_value(percent)
        return replace(self, staff=changed(self.staff_here(), department, None if size == 100 else size))

    def with_pin(self, name: str) -> "Choice":
        """The present choice pinned under this name; the oldest pin goes when there are too many."""
        pin = Pin(pin_name(name), replace(self.question(), replications=20, seed=1))
        return replace(self, pins=(*self.pins, pin)[-MOST_PINS:])

    def without_pin(self, number: int) -> "Choice":
        """Without this pin (0, 1, ..)."""
        return replace(self, pins=self.pins[:number] + self.pins[number + 1 :])

    def asked_of(self, pin: "Pin") -> "Choice":
        """The question of a pin with this choice's seeds, so that both can be compared."""
        return replace(pin.choice, replications=self.replications, seed=self.seed)

    def world(self) -> Scenario:
        """The municipality as its profile has it: no lessons, no edits. A shipped one stands in for an absent one."""
        if isinstance(self.own, Own):
            return self.own.world
        return profile_world(Choice.profile if self.absent else self.profile)

    def with_preset(self, name: str) -> "Choice":
        """The same circumstances with the lessons of a preset."""
        return replace(self, steps=steps_with(PRESETS[name]))

    @property
    def is_today(self) -> bool:
        """Whether no lesson is chosen: then both worlds are the same."""
        return not any(self.steps)

    @property
    def preset(self) -> str:
        """The preset whose lessons these are; empty when they are of none."""
        return next((name for name, named in PRESETS.items() if steps_with(named) == self.steps), "")

    def lessons(self) -> dict[str, float]:
        """Intensity 0..1 per lesson."""
        return {lesson: step / STEPS for lesson, step in zip(LESSONS, self.steps, strict=True)}

    def scenario(self) -> Scenario:
        """The model's scenario of this choice. Raises InputError when the model refuses a value or has no files."""
        if self.absent:
            raise InputError(phrase("wrong.absent"))
        world = self.world()
        staff = {name: value / 100 for name, value in self.staff_here()}
        if staff:
            world = with_staff(world, staff)
        edits = dict(self.parameters) | ({"load": self.load} if self.load != 1.0 else {})
        if edits:
            world = world.with_parameters(**edits)
        return world.with_lessons(**self.lessons(), start_day=self.start, ramp_days=self.ramp)


@dataclass(frozen=True)
class Pin:
    """A choice that stays in sight under a name; of it, only what decides the numbers is kept."""

    name: str
    choice: Choice

    def text(self, beside: Choice) -> str:
        """As it stands in the link of the choice beside it: `name~l~ownership:4~load~1.1`."""
        parts = self.choice._scenario_parts()
        if self.choice.municipality != beside.municipality:
            parts += self.choice._municipality_parts()
        return IN_PIN.join([self.name, *(text for part in parts for text in part)])


def pin_name(text: str) -> str:
    """A name as a pin can have it."""
    return " ".join(text.replace(IN_PIN, " ").split())[:PIN_NAME].strip() or "?"


@lru_cache
def profile_world(profile: str) -> Scenario:
    """A shipped profile as it is today, read once and shared by everybody."""
    world = Scenario.load(profile)
    world.key()  # Kept inside: every copy with other lessons has it for free.
    return world
