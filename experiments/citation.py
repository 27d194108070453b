"""How is Kastje cited, and how one of its results? In the forms that reference managers and journals take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kastje.fingerprint import PACKAGE
from kastje.model import Scenario
from kastje.version import release_of

FILE = "CITATION.cff"
APA, BIBTEX, RIS, CFF = "apa", "bibtex", "ris", "cff"


@dataclass(frozen=True)
class Citation:
    """Kastje as a reference: who, when, what, and exactly which version and model."""

    title: str
    authors: tuple[str, ...]
    year: int
    version: str
    model: str
    licence: str
    source: Mapping[str, Any]

    @classmethod
    def of(cls, version: str, model: str) -> "Citation":
        """The reference of CITATION.cff, of this version and model."""
        source = yaml.safe_load((PACKAGE / FILE).read_text(encoding="utf-8"))
        authors = tuple(one.get("name") or _person(one) for one in source["authors"])
        year = source["date-released"].year
        return cls(source["title"], authors, year, version, model, source["license"], source)

    @property
    def note(self) -> str:
        """Which model, and the release that held it, where one did."""
        release = release_of(self.model)
        return f"model {self.model}" + (f", that of release {release}" if release else "")

    def written(self, form: str) -> str:
        """The reference in one of the forms of `FORMS`."""
        return FORMS[form](self)


def _person(author: Mapping[str, str]) -> str:
    names = (author.get("family-names"), author.get("given-names"))
    return ", ".join(name for name in names if name)


def _apa(one: Citation) -> str:
    which = f"(Version {one.version}; {one.note}) [Computer software]"
    return f"{', '.join(one.authors)}. ({one.year}). {one.title} {which}."


def _bibtex(one: Citation) -> str:
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in one.authors),
        "title": f"{{{one.title}}}",
        "year": str(one.year),
        "version": one.version,
        "note": f"Computer software, {one.note}",
        "license": one.licence,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@software{{kastje_{one.model},\n{lines}}}"


def _ris(one: Citation) -> str:
    lines = [("TY", "COMP"), *(("AU", name) for name in one.authors), ("PY", str(one.year)), ("TI", one.title)]
    return "\n".join(f"{tag}  - {value}" for tag, value in [*lines, ("ET", one.version), ("N1", one.note), ("ER", "")])


def _cff(one: Citation) -> str:
    identifier = {"type": "other", "value": one.model, "description": "hash of the model"}
    told = {**one.source, "version": one.version, "identifiers": [identifier]}
    return str(yaml.safe_dump(told, sort_keys=False, allow_unicode=True)).rstrip()


FORMS: Mapping[str, Callable[[Citation], str]] = {APA: _apa, BIBTEX: _bibtex, RIS: _ris, CFF: _cff}


def sources(scenario: Scenario) -> list[dict[str, str]]:
    """Where the figures of a profile and of its processes come from, in both languages, each once."""
    profile = scenario.profile
    known = [profile.source, *profile.notes.values(), *(process.source for process in profile.processes)]
    said = {(text.nl, text.en): {"nl": text.nl, "en": text.en} for text in known if text}
    return list(said.values())


def profile_of(scenario: Scenario, name: str, digest: str) -> dict[str, Any]:
    """A profile as a result cites it: its name, title, hash, and the sources of its figures."""
    title = scenario.profile.title
    return {
        "name": Path(name).name,
        "title": {"nl": title.nl, "en": title.en},
        "hash": digest,
        "sources": sources(scenario),
    }
