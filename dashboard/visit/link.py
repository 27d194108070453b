"""What does a link ask for? A choice, read from the part after the question mark, which anybody may have written."""

import urllib.parse
from collections.abc import Callable
from dataclasses import replace

from kastje.dashboard.own.own import OWN, Absent, Own, digest_of
from kastje.dashboard.own.uploads import UPLOADS
from kastje.dashboard.pages import PAGES
from kastje.dashboard.texts import LANGUAGES, phrase
from kastje.dashboard.visit.lesson_parts import READERS, steps_with
from kastje.dashboard.visit.link_values import (
    LOAD,
    STAFF,
    bounds,
    departments,
    load_of,
    one_of,
    parameters_of,
    sorted_pairs,
    staff_of,
    whole,
)
from kastje.dashboard.visit.state import (
    IN_PIN,
    MOST_PINS,
    RAMP,
    REPLICATIONS,
    SEED,
    START,
    Choice,
    Pin,
    Problem,
    pin_name,
)
from kastje.model import OUTCOMES, Scenario
from kastje.model.additions import field_of
from kastje.model.errors import unexpected

PAGES_OWN = tuple(part for page in PAGES.values() for part in page.own)
"""Parts of a link that a page reads for itself."""

Finder = Callable[[str], Own | None]
"""Gives the own municipality of a digest, or None when its files are not here."""


def read(query: str | None, find: Finder = UPLOADS.get) -> tuple[Choice, tuple[Problem, ...]]:
    """The choice in a link, and what could not be used of it; a wrong part falls back to its default.

    An own municipality that `find` does not have is absent in the choice: it never becomes another one.
    """
    given = urllib.parse.parse_qs((query or "").lstrip("?"), keep_blank_values=True)
    pins = given.pop("pin", [])
    choice, problems = _read_parts({name: found[-1] for name, found in given.items()}, find)
    beside = {"profile": given["profile"][-1].strip() if "profile" in given else choice.profile}
    beside |= {OWN: given[OWN][-1]} if OWN in given else {}
    for number, text in enumerate(pins):
        name, *rest = text.split(IN_PIN)
        parts = dict(zip(rest[::2], rest[1::2], strict=False))
        if number < MOST_PINS and len(rest) % 2 == 0 and not parts.keys() & _LOOKED_AT:
            # Whose it is stands in the pin or is what the link says, be it wrong: not another municipality.
            pinned, wrong = _read_parts(parts if "profile" in parts else beside | parts, find)
            if not wrong:
                choice = replace(choice, pins=(*choice.pins, Pin(pin_name(name), pinned.question())))
                continue
        problems.append(Problem("pin", text[:40], {"most": MOST_PINS}))
    return choice, tuple(problems)


def pages_part(query: str | None) -> str:
    """What a page added to the link for itself, to be put behind the choice's."""
    given = urllib.parse.parse_qs((query or "").lstrip("?"), keep_blank_values=True)
    parts = {name: given[name][-1] for name in PAGES_OWN if name in given}
    return "&" + urllib.parse.urlencode(parts) if parts else ""


def _read_parts(given: dict[str, str], find: Finder) -> tuple[Choice, list[Problem]]:
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
    named = [values.pop(name) for name in READERS if name in values]
    if named:
        values["steps"] = steps_with({k: v for one in named for k, v in one.items()})  # type: ignore[attr-defined]
    digest = values.pop(OWN, None)
    problems = [one for one in problems if one.name != OWN]
    if values.get("profile") != OWN:
        problems += [Problem("unknown", OWN)] if OWN in given else []
    elif digest is None:
        del values["profile"]
        values.pop("staff", None)  # Of departments that only the missing profile has.
        problems.append(Problem(OWN, OWN))
    else:
        values[OWN] = find(str(digest)) or Absent(str(digest))
    choice = Choice(**values)  # type: ignore[arg-type]
    if choice.absent:
        return choice, problems
    lost = [name for name, _ in choice.staff if name not in departments(choice.world())]
    if lost:
        problems.append(Problem("staff", ", ".join(lost)[:40], bounds(STAFF)))
    ours = {name: value for name, value in choice.parameters if value != choice.world().value(name)}
    return replace(choice, staff=choice.staff_here(), parameters=sorted_pairs(ours)), problems


_READERS: dict[str, tuple[str, Callable[[str], object], dict[str, str | float]]] = {
    "lang": ("lang", one_of(LANGUAGES), {}),
    "profile": ("profile", one_of((*Scenario.profiles(), OWN)), {"expected": ", ".join((*Scenario.profiles(), OWN))}),
    OWN: (OWN, digest_of, {}),
    **{name: (name, reader, {}) for name, reader in READERS.items()},
    "load": ("load", load_of, bounds(LOAD)),
    "start": ("start", whole(START), bounds(START)),
    "ramp": ("ramp", whole(RAMP), bounds(RAMP)),
    "show": ("show", one_of(tuple(OUTCOMES)), {}),
    "n": ("replications", whole(REPLICATIONS), bounds(REPLICATIONS)),
    "seed": ("seed", whole(SEED), bounds(SEED)),
    "p": ("parameters", parameters_of, {}),
    "staff": ("staff", staff_of, bounds(STAFF)),
}
for _page in PAGES.values():
    if _READERS.keys() & {*_page.own} or "pin" in _page.own:
        raise unexpected(field_of(_page.where, "own"), list(_page.own), phrase("wrong.own_part"))
_LOOKED_AT = {"lang", "show", "n", "seed"}
"""Parts that a pin takes from the choice beside it."""
