"""Which words does a screen show? The Dutch and English catalogues, and numbers written the way each language does.

>>> texts("nl")("badge.first", done=2, total=20)
'Eerste schatting: 2 van 20 herhalingen'
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.numbers import NumberPattern, parse_pattern

LANGUAGES = ("nl", "en")
LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_FOLDER = Path(__file__).parent / "catalogues"


@dataclass(frozen=True)
class Texts:
    """One language: call it with a dotted key to get a sentence, `group` gives all sentences of one screen part."""

    language: str
    catalogue: Mapping[str, Mapping[str, str]]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of `group.name`, its {places} filled in. An unknown key is a KeyError: a test finds it."""
        group, _, name = key.partition(".")
        sentence = self.catalogue[group][name]
        return sentence.format(**values) if values else sentence

    def group(self, name: str) -> dict[str, str]:
        """All sentences of one group, for a Vue component."""
        return dict(self.catalogue[name])

    def keys(self) -> set[str]:
        """Every dotted key of this language."""
        return {f"{group}.{name}" for group, names in self.catalogue.items() for name in names}

    def number(self, value: float, decimals: int = 0, *, sign: bool = False) -> str:
        """A number in this language's way of writing, with a plus sign if `sign`; "not available" for NaN."""
        if value is None or not math.isfinite(value):
            return self("figure.not_available")
        rounded = round(value, decimals) + 0.0
        text = _pattern(decimals).apply(abs(rounded), LOCALES[self.language])
        if rounded < 0:
            return "\N{MINUS SIGN}" + text
        return "+" + text if sign and rounded > 0 else text


@cache
def texts(language: str) -> Texts:
    """The catalogue of a language (`nl` or `en`): one file per page, read once and shared by everybody.

    Raises ValueError when two files have a group of the same name.
    """
    groups: dict[str, dict[str, str]] = {}
    for path in sorted((_FOLDER / language).glob("*.toml")):
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := groups.keys() & found.keys():
            raise ValueError(f"{path.name}: groups {sorted(twice)} stand in another file too")
        groups |= found
    return Texts(language, groups)


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))
