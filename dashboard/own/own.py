"""A municipality of the visitor's own: a profile and its processes from files that were sent to this page.

The files are read in memory and written nowhere; `kastje.dashboard.own.uploads` keeps them for whoever has the link.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kastje.dashboard.texts import phrase
from kastje.model import InputError, Scenario
from kastje.model.process import Process
from kastje.model.profile import assembled, shipped_process
from kastje.model.reading import build, parse_toml

OWN = "own"
"""The name of an own profile in a link."""
DIGITS = 32
"""Hexadecimal digits of a digest: 128 bits, which nobody guesses."""
MOST_FILES = 8
MOST_BYTES = 256 * 1024
MOST_NEEDS = 200_000
"""Applications and questions a year: more would keep a shared server from its other visitors."""
MOST_STAFF = 4000
"""People: for the same reason; the whole of a city of 245,000 inhabitants is below it."""
OPEN_HOURS = 2000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.()-]{0,78}\.toml")
_DIGEST = re.compile(rf"[0-9a-f]{{{DIGITS}}}")


@dataclass(frozen=True)
class Own:
    """An own profile, read and checked. Two are the same when their files are."""

    digest: str
    world: Scenario = field(compare=False)
    files: tuple[tuple[str, str], ...] = field(compare=False)
    """Name and text of each file, as it was sent."""
    main: str = field(compare=False, default="")
    """The name of the profile among them."""


@dataclass(frozen=True)
class Absent:
    """An own municipality that a link names and this server has not: its files must be sent again."""

    digest: str


def digest_of(text: str) -> str:
    """A digest as a link holds it; otherwise a ValueError."""
    if not _DIGEST.fullmatch(text):
        raise ValueError(text)
    return text


def checked(files: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The files by name, once their number, names and sizes are in order. Raises InputError with what is wrong."""
    if not 1 <= len(files) <= MOST_FILES:
        raise InputError(phrase("wrong.files", count=len(files), most=MOST_FILES))
    texts: dict[str, str] = {}
    for file in files:
        name, text = str(file.get("name", "")), file.get("text")
        if not _NAME.fullmatch(name) or ".." in name:
            raise InputError(phrase("wrong.name", name=repr(name[:80])))
        if not isinstance(text, str) or len(text.encode("utf-8", "replace")) > MOST_BYTES:
            raise InputError(phrase("wrong.large", name=name, most=MOST_BYTES // 1024))
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise InputError(phrase("wrong.utf8", name=name))
        if name.lower() in (other.lower() for other in texts):
            raise InputError(phrase("wrong.twice", name=name))
        texts[name] = text
    return texts


def tables(texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The tables of each file. Raises InputError for a file that is not TOML."""
    return {name: parse_toml(text, name) for name, text in texts.items()}


def own_of(texts: Mapping[str, str]) -> Own:
    """The own municipality in these files. Raises InputError: one line with file, field, value and expectation."""
    found = tables(texts)
    profiles = [name for name, table in found.items() if "departments" in table]
    if len(profiles) != 1:
        raise InputError(phrase("wrong.profiles", count=len(profiles), names=tuple(found)))
    main = profiles[0]
    _check_references(main, found)
    # One that the profile does not name is wrong all the same.
    processes = {name: build(Process, table, name) for name, table in found.items() if name != main}

    def process(named: str) -> Process:
        return processes[named] if named in processes else shipped_process(named, main)

    world = Scenario(profile=assembled(found[main], main, process))
    _check_size(main, world)
    world.key()
    digest = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()[:DIGITS]
    return Own(digest, world, tuple(texts.items()), main)


def _check_references(main: str, found: Mapping[str, dict[str, Any]]) -> None:
    """A profile may name shipped processes and the files beside it, nothing else on this computer."""
    applications = found[main].get("applications", [])
    for number, entry in enumerate(applications if isinstance(applications, list) else [], start=1):
        name = entry.get("process") if isinstance(entry, dict) else None
        if isinstance(name, str) and name.endswith(".toml") and (name not in found or name == main):
            others = tuple(other for other in found if other != main)
            sent = others or phrase("wrong.none_sent")
            raise InputError(phrase("wrong.reference", main=main, number=number, name=repr(name[:80]), sent=sent))


def _check_size(main: str, world: Scenario) -> None:
    profile = world.profile
    needs = sum(a.per_year or (a.per_open_hour or 0.0) * OPEN_HOURS for a in profile.applications)
    needs += profile.questions.per_year if profile.questions else 0.0
    if needs > MOST_NEEDS:
        raise InputError(phrase("wrong.demand", main=main, needs=round(needs), most=MOST_NEEDS))
    if profile.staff > MOST_STAFF:
        raise InputError(phrase("wrong.staff", main=main, count=profile.staff, most=MOST_STAFF))
