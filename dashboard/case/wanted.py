"""Which case does this visitor follow? The part of the link that only this page has: `case`, `pick` and `who`."""

import re
import urllib.parse
from dataclasses import dataclass

from kastje.experiments.logs.stories import GROUPS, PICKS
from kastje.model.profile import Profile

_CASE = re.compile(r"([a-z0-9_]{1,40})-([0-9]{1,9})")
FIRST = "social_assistance"
"""The process to begin with where a profile has it; else its first one."""


@dataclass(frozen=True)
class Wanted:
    """A case by its id (`case`), or else the one that `pick` points at; among `process` and `group` of residents."""

    process: str
    group: str = "all"
    pick: str = "typical"
    case: str = ""

    def query(self) -> str:
        """This part of the link, to be put behind the choice's."""
        parts = {"who": f"{self.process}.{self.group}"} | ({"case": self.case} if self.case else {"pick": self.pick})
        return "&" + urllib.parse.urlencode(parts)


def first_process(profile: Profile) -> str:
    """The process to begin with; "" where a profile has none."""
    processes = [process.id for process in profile.processes]
    return FIRST if FIRST in processes else next(iter(processes), "")


def read(query: str | None, profile: Profile) -> Wanted:
    """What a link asks for; what it does not say, or says in a way that cannot be, is as usual."""
    given = {name: found[-1] for name, found in urllib.parse.parse_qs((query or "").lstrip("?")).items()}
    processes = [process.id for process in profile.processes]
    process, _, group = given.get("who", "").partition(".")
    case = given.get("case", "") if _CASE.fullmatch(given.get("case", "")) else ""
    of_case = case.rpartition("-")[0]
    if of_case not in processes:
        case = ""
    elif process not in processes:
        process = of_case
    if process not in processes:
        process = first_process(profile)
    return Wanted(
        process,
        group if group in GROUPS else "all",
        given["pick"] if given.get("pick") in PICKS else "typical",
        case if case.startswith(process + "-") else "",
    )
