"""A phrase: one sentence in Dutch and in English, with places that are filled in.

>>> about = Phrase({"nl": "{count} zaken", "en": "{count} cases"}, {"count": 3})
>>> str(about), about.in_language("nl")
('3 cases', '3 zaken')
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources


@dataclass(frozen=True)
class Phrase:
    """Words in each language; what fills their places may be a phrase itself. As a string it is English."""

    words: Mapping[str, str]
    values: Mapping[str, object] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """The sentence in `nl` or `en`."""
        return self.words[language].format(**{name: said(value, language) for name, value in self.values.items()})

    def called(self, names: Mapping[str, str]) -> "Phrase":
        """The same phrase with arguments called as whoever gave them calls them, such as an option."""
        return replace(self, values={place: _called(value, names) for place, value in self.values.items()})

    def __str__(self) -> str:
        return self.in_language("en")


@dataclass(frozen=True)
class Argument:
    """What a function was given, by the name of its parameter; `of`: the part of it by that name.

    >>> about = Phrase({"en": "{where}: given twice"}, {"where": Argument("factors", "load")})
    >>> str(about), str(about.called({"factors": "-f"}))
    ('factors.load: given twice', '-f load: given twice')
    """

    name: str
    of: str = ""

    def __str__(self) -> str:
        return f"{self.name}.{self.of}" if self.of else self.name

    def called(self, names: Mapping[str, str]) -> str:
        """As whoever gave it calls it: an option with the part after it."""
        return f"{names[self.name]} {self.of}".strip() if self.name in names else str(self)


def _called(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, (Phrase, Argument)):
        return value.called(names)
    return tuple(_called(part, names) for part in value) if isinstance(value, (list, tuple)) else value


def said(value: object, language: str) -> str:
    """A value as it stands in a sentence: in this language if it has languages, a list with commas, a number short."""
    if hasattr(value, "in_language"):
        return str(value.in_language(language))
    if isinstance(value, (list, tuple)):
        return ", ".join(said(part, language) for part in value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def phrases(room: str) -> Callable[..., Phrase]:
    """What makes a phrase of a room by its dotted key: its words stand in that room's `phrases.toml`."""
    tables = tomllib.loads(resources.files(room).joinpath("phrases.toml").read_text(encoding="utf-8"))

    def phrase(key: str, **values: object) -> Phrase:
        group, _, name = key.partition(".")
        return Phrase(tables[group][name], values)

    return phrase
