"""What of the film does this visitor look at? The part of the link that only this page has."""

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kastje.dashboard.network.picture import METRICS
from kastje.dashboard.visit.state import Problem
from kastje.model.profile import Profile

VIEWS = ("today", "choice", "both")
MOST_WEEKS = 999
LINK = ("week", "shows", "view", "department")
"""The parts of the link, in the order of the fields below."""


@dataclass(frozen=True)
class Look:
    """The week (from 1), what the circles show, which worlds, and the department; what is empty is as usual."""

    week: int = 0
    shows: str = ""
    view: str = ""
    department: str = ""

    def query(self) -> str:
        """This part of the link, to be put behind the choice's; nothing when all is as usual."""
        parts = {name: value for name in LINK if (value := getattr(self, name))}
        return "&" + urllib.parse.urlencode(parts) if parts else ""

    def moved(self, event: Mapping[str, object], profile: Profile) -> "Look":
        """With what the browser says has changed; what cannot be is ignored."""
        found = self
        for name in LINK:
            if name in event:
                found = _part(found, name, str(event[name]), profile) or found
        return found


USUAL = Look()


def read(query: str | None, profile: Profile) -> tuple[Look, tuple[Problem, ...]]:
    """What a link asks for, and which of its parts could not be used."""
    given = urllib.parse.parse_qs((query or "").lstrip("?"), keep_blank_values=True)
    look, problems = Look(), []
    for name in LINK:
        if name not in given:
            continue
        text = given[name][-1].strip()
        found = _part(look, name, text, profile)
        # A department that only the municipality before had is no mistake of the visitor.
        if found is None and name != "department":
            problems.append(Problem("unknown", f"{name}={text}"[:40]))
        look = found or look
    return look, tuple(problems)


def _part(look: Look, name: str, text: str, profile: Profile) -> Look | None:
    if name == "week":
        known = text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= MOST_WEEKS
        return replace(look, week=int(text)) if known else None
    if name == "shows":
        return replace(look, shows=text) if text in METRICS else None
    if name == "view":
        return replace(look, view=text) if text in VIEWS else None
    return replace(look, department=text) if text in {d.id for d in profile.departments} else None
