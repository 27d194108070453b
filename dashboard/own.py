"""A municipality of the visitor's own: a profile and its processes from files that were sent to this page.

The files stand in a temporary folder only while they are read; afterwards they live in this visitor's page alone.
"""

import hashlib
import re
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model import InputError, Scenario
from model.process import Process

OWN = "own"
"""The name of an own profile in a link."""
MOST_FILES = 8
MOST_BYTES = 256 * 1024
MOST_NEEDS = 200_000
"""Applications and questions a year: more would keep a shared server from its other visitors."""
OPEN_HOURS = 2000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.()-]{0,78}\.toml")


@dataclass(frozen=True)
class Own:
    """An own profile, read and checked. Two are the same when their files are."""

    digest: str
    world: Scenario = field(compare=False)
    files: tuple[tuple[str, str], ...] = field(compare=False)
    """Name and text of each file, as it was sent."""
    main: str = field(compare=False, default="")
    """The name of the profile among them."""


def checked(files: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The files by name, once their number, names and sizes are in order. Raises InputError with what is wrong."""
    if not 1 <= len(files) <= MOST_FILES:
        raise InputError(f"{len(files)} files, expected 1 to {MOST_FILES}")
    texts: dict[str, str] = {}
    for file in files:
        name, text = str(file.get("name", "")), file.get("text")
        if not _NAME.fullmatch(name) or ".." in name:
            raise InputError(f"file name {name[:80]!r}, expected letters, digits, - _ . and the ending .toml, no path")
        if not isinstance(text, str) or len(text.encode("utf-8", "replace")) > MOST_BYTES:
            raise InputError(f"{name}: larger than {MOST_BYTES // 1024} kB, expected at most that")
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise InputError(f"{name}: cannot be read, expected a TOML file in UTF-8")
        if name.lower() in (other.lower() for other in texts):
            raise InputError(f"{name}: two files have this name, expected every name once")
        texts[name] = text
    return texts


def tables(texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The tables of each file. Raises InputError for a file that is not TOML."""
    found = {}
    for name, text in texts.items():
        try:
            found[name] = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as problem:
            raise InputError(f"{name}: is not valid TOML ({problem})") from None
    return found


def own_of(texts: Mapping[str, str]) -> Own:
    """The own municipality in these files. Raises InputError: one line with file, field, value and expectation."""
    found = tables(texts)
    profiles = [name for name, table in found.items() if "departments" in table]
    if len(profiles) != 1:
        raise InputError(f"{len(profiles)} profiles ({', '.join(found)}), expected one file with departments")
    main = profiles[0]
    _check_references(main, found)
    with tempfile.TemporaryDirectory(prefix="kastje-") as folder:
        place = Path(folder).resolve()
        for name, text in texts.items():
            (place / name).write_text(text, encoding="utf-8")
        try:
            for name in found.keys() - {main}:
                Process.load(place / name)  # One that the profile does not name is wrong all the same.
            world = Scenario.load(place / main)
        except InputError as error:
            raise InputError(without_folder(str(error), folder, place)) from None
    _check_demand(main, world)
    world.profile._where = main  # As its maker calls it: the folder is gone.
    world.key()
    digest = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()[:16]
    return Own(digest, world, tuple(texts.items()), main)


def _check_references(main: str, found: Mapping[str, dict[str, Any]]) -> None:
    """A profile may name shipped processes and the files beside it, nothing else on this computer."""
    applications = found[main].get("applications", [])
    for number, entry in enumerate(applications if isinstance(applications, list) else [], start=1):
        name = entry.get("process") if isinstance(entry, dict) else None
        if isinstance(name, str) and name.endswith(".toml") and (name not in found or name == main):
            others = ", ".join(other for other in found if other != main) or "none was sent"
            raise InputError(
                f"{main}: field applications[{number}].process is {name[:80]!r}, expected a file sent along ({others}) "
                "or the name of a process that ships with Kastje"
            )


def _check_demand(main: str, world: Scenario) -> None:
    profile = world.profile
    needs = sum(a.per_year or (a.per_open_hour or 0.0) * OPEN_HOURS for a in profile.applications)
    needs += profile.questions.per_year if profile.questions else 0.0
    if needs > MOST_NEEDS:
        raise InputError(
            f"{main}: applications and questions are {needs:.0f} a year together, expected at most {MOST_NEEDS}: "
            "simulate a slice of the municipality"
        )


def without_folder(message: str, *folders: object) -> str:
    """An error's text without the temporary folder in it."""
    for folder in folders:
        message = message.replace(f"{folder}/", "").replace(str(folder), "")
    return message
