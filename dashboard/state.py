"""What has this visitor chosen? A frozen value that can be written into a link and read back from one.

A link carries everything that decides the picture (`?lang=nl&profile=tilburg&s=46353555&load=1.1`), so that a reload,
Back, a language switch or a colleague gives the same numbers. What is at its default is left out, save the first three.
"""

import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from dashboard.own import OWN, Own
from dashboard.parts import (
    LOAD,
    STAFF,
    STEPS,
    Pairs,
    bounds,
    changed,
    departments,
    load_of,
    one_of,
    parameter_value,
    parameters_of,
    sorted_pairs,
    staff_of,
    staff_value,
    steps_of,
    whole,
    written,
)
from dashboard.texts import LANGUAGES
from experiments.staff import with_staff
from model import LESSONS, OUTCOMES, Scenario

START = (0, 365)
RAMP = (0, 365)
REPLICATIONS = (2, 100)
PAGES_OWN = ("step", "years", "guess", "case", "pick", "who")
"""Parts of a link that a page reads for itself."""
SEED = (0, 1_000_000)
PRESETS = {
    "today": "00000000",
    "all_eight": "66666666",
    "half_way": "33333333",
    "technology_only": "60000000",
    "people_first": "00066060",
    "process_first": "06000600",
    "one_contact": "60060000",
    "tailored": "00606060",
}
MOST_PINS = 3
PIN_NAME = 40
"""Most characters of a pin's name."""
_IN_PIN = "~"
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
    own: Own | None = None
    """The visitor's own municipality, when there is one; it counts when `profile` is "own"."""

    def query(self) -> str:
        """The link's query, without the question mark."""
        parts: list[tuple[str, str]] = [("lang", self.lang), ("profile", self.profile), *self._scenario_parts()]
        default = Choice()
        for key, name in (("show", "show"), ("n", "replications"), ("seed", "seed")):
            if getattr(self, name) != getattr(default, name):
                parts.append((key, str(getattr(self, name))))
        parts += [("pin", pin.text(self.profile)) for pin in self.pins]
        return urllib.parse.urlencode(parts, safe=":,")

    def _scenario_parts(self) -> list[tuple[str, str]]:
        """What sets this scenario apart within its municipality; what is at its default is left out, `s` apart."""
        default = Choice()
        parts = [("s", "".join(map(str, self.steps)))]
        if self.load != default.load:
            parts.append(("load", f"{self.load:g}"))
        parts += [(n, str(getattr(self, n))) for n in ("start", "ramp") if getattr(self, n) != getattr(default, n)]
        staff = self._staff_here()
        return parts + [(n, written(pairs)) for n, pairs in (("p", self.parameters), ("staff", staff)) if pairs]

    def _staff_here(self) -> Pairs:
        """Staff of departments that this municipality has: after a move to another one, the rest does not count."""
        known = departments(self.world()) if self.staff else ()
        return tuple((name, value) for name, value in self.staff if name in known)

    def question(self) -> "Choice":
        """The part that decides the numbers: two choices with the same question have the same answer."""
        own = self.own if self.profile == OWN else None
        return replace(self, lang="nl", show="", pins=(), own=own, staff=self._staff_here())

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
        return replace(self, staff=changed(self._staff_here(), department, None if size == 100 else size))

    def with_pin(self, name: str) -> "Choice":
        """The present choice pinned under this name; the oldest pin goes when there are too many."""
        pin = Pin(_pin_name(name), replace(self.question(), replications=20, seed=1))
        return replace(self, pins=(*self.pins, pin)[-MOST_PINS:])

    def without_pin(self, number: int) -> "Choice":
        """Without this pin (0, 1, ..)."""
        return replace(self, pins=self.pins[:number] + self.pins[number + 1 :])

    def asked_of(self, pin: "Pin") -> "Choice":
        """The question of a pin with this choice's seeds, so that both can be compared."""
        return replace(pin.choice, replications=self.replications, seed=self.seed)

    def world(self) -> Scenario:
        """The municipality as its profile has it: no lessons, no edits."""
        return self.own.world if self.profile == OWN and self.own else profile_world(self.profile)

    def with_preset(self, name: str) -> "Choice":
        """The same circumstances with the lessons of a preset."""
        return replace(self, steps=tuple(map(int, PRESETS[name])))

    def lessons(self) -> dict[str, float]:
        """Intensity 0..1 per lesson."""
        return {lesson: step / STEPS for lesson, step in zip(LESSONS, self.steps, strict=True)}

    def scenario(self) -> Scenario:
        """The model's scenario of this choice. Raises InputError when the model refuses a value."""
        world = self.world()
        staff = {name: value / 100 for name, value in self._staff_here()}
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

    def text(self, profile: str) -> str:
        """As it stands in a link of this profile: `name~s~46353555~load~1.1`."""
        parts = self.choice._scenario_parts()
        if self.choice.profile != profile:
            parts.append(("profile", self.choice.profile))
        return _IN_PIN.join([self.name, *(text for part in parts for text in part)])


def _pin_name(text: str) -> str:
    return " ".join(text.replace(_IN_PIN, " ").split())[:PIN_NAME].strip() or "?"


@cache
def profile_world(profile: str) -> Scenario:
    """A shipped profile as it is today, read once and shared by everybody."""
    world = Scenario.load(profile)
    world.key()  # Kept inside: every copy with other lessons has it for free.
    return world


def read(query: str | None, own: Own | None = None) -> tuple[Choice, tuple[Problem, ...]]:
    """The choice in a link, and what could not be used of it; a wrong part falls back to its default.

    `own` is the municipality that this visitor has sent, if any: a link cannot hold it.
    """
    given = urllib.parse.parse_qs((query or "").lstrip("?"), keep_blank_values=True)
    pins = given.pop("pin", [])
    choice, problems = _read_parts({name: found[-1] for name, found in given.items()}, own)
    # A pin of a municipality that is not here must not become one of another municipality.
    profile = OWN if any(problem.name == OWN for problem in problems) else choice.profile
    for number, text in enumerate(pins):
        name, *rest = text.split(_IN_PIN)
        parts = {"profile": profile} | dict(zip(rest[::2], rest[1::2], strict=False))
        pinned, wrong = _read_parts(parts, own)
        if wrong or len(rest) % 2 or number >= MOST_PINS or parts.keys() & _LOOKED_AT:
            problems.append(Problem("pin", text[:40], {"most": MOST_PINS}))
            continue
        choice = replace(choice, pins=(*choice.pins, Pin(_pin_name(name), pinned.question())))
    return choice, tuple(problems)


def _read_parts(given: dict[str, str], own: Own | None) -> tuple[Choice, list[Problem]]:
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, found in given.items():
        if name in PAGES_OWN:
            continue
        text = found.strip()
        if name not in _READERS:
            problems.append(Problem("unknown", name[:40]))
            continue
        attribute, reader, expected = _READERS[name]
        try:
            values[attribute] = reader(text)
        except ValueError:
            problems.append(Problem(name, text[:40], expected))
    if values.get("profile") == OWN and own is None:
        del values["profile"]
        values.pop("staff", None)  # Of departments that only the missing profile has.
        problems.append(Problem(OWN, OWN))
    choice = Choice(**values, own=own)  # type: ignore[arg-type]
    lost = [name for name, _ in choice.staff if name not in departments(choice.world())]
    if lost:
        problems.append(Problem("staff", ", ".join(lost)[:40], bounds(STAFF)))
    ours = {name: value for name, value in choice.parameters if value != choice.world().value(name)}
    return replace(choice, staff=choice._staff_here(), parameters=sorted_pairs(ours)), problems


_READERS: dict[str, tuple[str, Callable[[str], object], dict[str, str | float]]] = {
    "lang": ("lang", one_of(LANGUAGES), {}),
    "profile": ("profile", one_of((*Scenario.profiles(), OWN)), {"expected": ", ".join((*Scenario.profiles(), OWN))}),
    "s": ("steps", steps_of, {}),
    "load": ("load", load_of, bounds(LOAD)),
    "start": ("start", whole(START), bounds(START)),
    "ramp": ("ramp", whole(RAMP), bounds(RAMP)),
    "show": ("show", one_of(tuple(OUTCOMES)), {}),
    "n": ("replications", whole(REPLICATIONS), bounds(REPLICATIONS)),
    "seed": ("seed", whole(SEED), bounds(SEED)),
    "p": ("parameters", parameters_of, {}),
    "staff": ("staff", staff_of, bounds(STAFF)),
}
_LOOKED_AT = {"lang", "show", "n", "seed"}
"""Parts that a pin takes from the choice beside it."""
