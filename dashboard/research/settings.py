"""How is the small design set? What stands in its fields, and the part of the link that keeps them."""

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from kastje.dashboard.research.job import ALONE, KINDS
from kastje.dashboard.texts import Texts

LONGEST = 60
"""Most characters of a field that a link keeps."""


@dataclass(frozen=True)
class Settings:
    """The fields as text; what is empty is as the page offers it. Numbers are written with a point, in any language."""

    design: str = ""
    runs: str = ""
    parameter: str = ""
    low: str = ""
    high: str = ""
    extra: str = ""
    weeks: str = ""

    def query(self) -> str:
        """This part of the link, to be put behind the choice's; nothing when all is as offered."""
        parts = {one.name: value for one in fields(self) if (value := getattr(self, one.name))}
        return "&" + urllib.parse.urlencode(parts) if parts else ""

    def changed(self, event: Mapping[str, object], texts: Texts) -> "Settings":
        """With what a visitor has typed or chosen; another parameter brings its own ends."""
        found = {one.name: str(event[one.name]).strip()[:LONGEST] for one in fields(self) if one.name in event}
        if "parameter" in found:
            found = {"low": "", "high": ""} | found
        for end in ("low", "high"):
            if end in found:
                found[end] = in_link(found[end], texts)
        return replace(self, **found)


def read(query: str | None) -> Settings:
    """What a link asks for. What stands in a field is judged when the design is started, whoever typed it."""
    given = urllib.parse.parse_qs((query or "").lstrip("?"))
    known = {one.name: given[one.name][-1].strip()[:LONGEST] for one in fields(Settings) if one.name in given}
    if known.get("design", ALONE) not in KINDS:
        del known["design"]
    return Settings(**known)


def number_of(text: str, texts: Texts) -> float:
    """A number as the reader's language writes it: 1.095 is over a thousand in Dutch, and about one in English.

    Raises ValueError when it is none.
    """
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    thousands, point = (".", ",") if texts.language == "nl" else (",", ".")
    first, found, last = text.rpartition(thousands)
    if point in text or thousands in first or (found and len(last) == 3 and first.lstrip("-") != "0"):
        text = text.replace(thousands, "")
    return float(text.replace(",", "."))


def in_link(text: str, texts: Texts) -> str:
    """A number as every link writes it; what is no number stays as it was typed."""
    try:
        return f"{number_of(text, texts):.10g}"
    except ValueError:
        return text


def in_field(text: str, texts: Texts) -> str:
    """A number of a link as the reader's language writes it; what is no number stays as it is."""
    try:
        return texts.typed(float(text), 10)
    except ValueError:
        return text
