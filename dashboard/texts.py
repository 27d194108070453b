"""Which words does a screen show? The Dutch and English catalogues, and numbers written the way each language does.

>>> texts("nl")("badge.first", done=2, total=20)
'Eerste schatting: 2 van 20 herhalingen'
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.numbers import format_decimal

from kastje.model.phrase import Phrase

LANGUAGES = ("nl", "en")
LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_TYPED = "0." + "#" * 14
"""As many decimals as a number has."""
Said = tuple[str, Mapping[str, object]]
"""A sentence that is still to be worded: its key and what fills its places."""
_FOLDER = Path(__file__).parent / "catalogues"


@dataclass(frozen=True)
class Texts:
    """One language: call it with a dotted key to get a sentence, `group` gives all sentences of one screen part."""

    language: str
    catalogue: Mapping[str, dict[str, str]]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of `group.name`, its {places} filled in, by phrases too. An unknown key is a KeyError."""
        group, _, name = key.partition(".")
        sentence = self.catalogue[group][name]
        return sentence.format(**{n: self._said(value) for n, value in values.items()}) if values else sentence

    def _said(self, value: object) -> object:
        return value.in_language(self.language) if isinstance(value, Phrase) else value

    def group(self, name: str) -> dict[str, str]:
        """All sentences of one group, for a Vue component; always the same object, which nobody changes."""
        return self.catalogue[name]

    def count(self, number: int) -> str:
        """How many of something, in a word as long as the language has a short one."""
        return self.catalogue["count"].get(str(number), str(number))

    def keys(self) -> set[str]:
        """Every dotted key of this language."""
        return {f"{group}.{name}" for group, names in self.catalogue.items() for name in names}

    def number(self, value: float, decimals: int = 0, *, sign: bool = False) -> str:
        """A number in this language's way of writing, with a plus sign if `sign`; "not available" for NaN."""
        if value is None or not math.isfinite(value):
            return self("figure.not_available")
        rounded = round(value, decimals)
        text = self._written(abs(rounded), f"#,##0.{'0' * decimals}")
        if rounded < 0:
            return "\N{MINUS SIGN}" + text
        return "+" + text if sign and rounded > 0 else text

    def plain(self, value: float) -> str:
        """A number with as many decimals as it needs, at most four."""
        return self.number(value, next((decimals for decimals in range(4) if round(value, decimals) == value), 4))

    def percent(self, share: float) -> str:
        """A share (0..1) in whole per cent; "not available" for NaN."""
        text = self.number(100 * share)
        return text + "%" if math.isfinite(share) else text

    def typed(self, value: float, digits: int = 6) -> str:
        """A number in so many digits as a form takes it and a spreadsheet reads it; empty for NaN.

        Without a mark between thousands, and with a plain minus.
        """
        return self._written(float(f"{value:.{digits}g}"), _TYPED) if math.isfinite(value) else ""

    def _written(self, value: float, pattern: str) -> str:
        return format_decimal(value, pattern, LOCALES[self.language])


@lru_cache
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


def phrase(key: str, **values: object) -> Phrase:
    """A sentence of the catalogues whose language is not known yet; `values` fill its {places}."""
    return Phrase({language: texts(language)(key) for language in LANGUAGES}, values)
