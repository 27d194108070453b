"""What has this visitor chosen? A frozen value that can be written into a link and read back from one.

A link carries everything that decides the picture (`?lang=nl&profile=tilburg&s=46353555&load=1.1`), so that a reload,
Back, a language switch or a colleague gives the same numbers. What is at its default is left out, save the first three.
"""

import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from dashboard.texts import LANGUAGES
from model import LESSONS, OUTCOMES, Scenario

STEPS = 6
_LEFT_OUT_AT_DEFAULT = {"start": "start", "ramp": "ramp", "show": "show", "n": "replications", "seed": "seed"}
LOAD = (0.7, 1.4)
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
}


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

    def query(self) -> str:
        """The link's query, without the question mark."""
        parts: dict[str, str | int] = {"lang": self.lang, "profile": self.profile, "s": "".join(map(str, self.steps))}
        default = Choice()
        if self.load != default.load:
            parts["load"] = f"{self.load:g}"
        for key, name in _LEFT_OUT_AT_DEFAULT.items():
            if getattr(self, name) != getattr(default, name):
                parts[key] = getattr(self, name)
        return urllib.parse.urlencode(parts)

    def question(self) -> "Choice":
        """The part that decides the numbers: two choices with the same question have the same answer."""
        return replace(self, lang="nl", show="")

    def with_preset(self, name: str) -> "Choice":
        """The same circumstances with the lessons of a preset."""
        return replace(self, steps=tuple(map(int, PRESETS[name])))

    def lessons(self) -> dict[str, float]:
        """Intensity 0..1 per lesson."""
        return {lesson: step / STEPS for lesson, step in zip(LESSONS, self.steps, strict=True)}

    def scenario(self) -> Scenario:
        """The model's scenario of this choice. Raises InputError when the model refuses a value."""
        world = profile_world(self.profile)
        if self.load != 1.0:
            world = world.with_parameters(load=self.load)
        return world.with_lessons(**self.lessons(), start_day=self.start, ramp_days=self.ramp)


@cache
def profile_world(profile: str) -> Scenario:
    """A shipped profile as it is today, read once and shared by everybody."""
    world = Scenario.load(profile)
    world.key()  # Kept inside: every copy with other lessons has it for free.
    return world


def read(query: str | None) -> tuple[Choice, tuple[Problem, ...]]:
    """The choice in a link, and what could not be used of it; a wrong part falls back to its default."""
    given = urllib.parse.parse_qs((query or "").lstrip("?"), keep_blank_values=True)
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, found in given.items():
        if name in PAGES_OWN:
            continue
        text = found[-1].strip()
        if name not in _READERS:
            problems.append(Problem("unknown", name[:40]))
            continue
        attribute, reader, expected = _READERS[name]
        try:
            values[attribute] = reader(text)
        except ValueError:
            problems.append(Problem(name, text[:40], expected))
    return Choice(**values), tuple(problems)  # type: ignore[arg-type]


def _one_of(options: tuple[str, ...]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return check


def _steps(text: str) -> tuple[int, ...]:
    if len(text) != len(LESSONS) or any(letter not in "0123456" for letter in text):
        raise ValueError(text)
    return tuple(map(int, text))


def _whole(bounds: tuple[int, int]) -> Callable[[str], int]:
    def check(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not bounds[0] <= int(text) <= bounds[1]:
            raise ValueError(text)
        return int(text)

    return check


def load_of(text: str | float) -> float:
    """A load as the sliders and links use it: two decimals, within its bounds; otherwise a ValueError."""
    value = round(float(str(text).replace(",", ".")), 2)
    if not LOAD[0] <= value <= LOAD[1]:
        raise ValueError(text)
    return value


def _bounds(pair: tuple[float, float]) -> dict[str, str | float]:
    return {"low": pair[0], "high": pair[1]}


_READERS: dict[str, tuple[str, Callable[[str], object], dict[str, str | float]]] = {
    "lang": ("lang", _one_of(LANGUAGES), {}),
    "profile": ("profile", _one_of(Scenario.profiles()), {"expected": ", ".join(Scenario.profiles())}),
    "s": ("steps", _steps, {}),
    "load": ("load", load_of, _bounds(LOAD)),
    "start": ("start", _whole(START), _bounds(START)),
    "ramp": ("ramp", _whole(RAMP), _bounds(RAMP)),
    "show": ("show", _one_of(tuple(OUTCOMES)), {}),
    "n": ("replications", _whole(REPLICATIONS), _bounds(REPLICATIONS)),
    "seed": ("seed", _whole(SEED), _bounds(SEED)),
}
