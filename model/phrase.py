"""A phrase: one sentence in Dutch and in English, with places that are filled in.

>>> about = Phrase({"nl": "{count} zaken", "en": "{count} cases"}, {"count": 3})
>>> str(about), about.in_language("nl")
('3 cases', '3 zaken')
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources


@dataclass(frozen=True)
class Phrase:
    """Words in each language; what fills their places may be a phrase itself. As a string it is English."""

    words: Mapping[str, str]
    values: Mapping[str, object] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """The sentence in `nl` or `en`."""
        return self.words[language].format(**{name: said(value, language) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.in_language("en")


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
