"""Which case to follow, and how typical is what happens to it?"""

from dataclasses import dataclass

import numpy as np

from kastje.experiments.logs.stories.book import Book

PICKS = ("typical", "gained", "lost")
GROUPS = ("all", "vulnerable", "other")

MEASURE_OF = {
    "stories_per_case": "stories",
    "contacts_per_case": "contacts",
    "bounces_per_case": "bounces",
    "handovers_per_case": "handovers",
    "stalls_per_case": "stalls",
    "satisfaction": "satisfaction",
    "fit": "fit",
    "burden_minutes": "minutes",
}
"""What of a case stands for an outcome of the whole; for every other outcome that is its lead time."""

_MORE_IS_BETTER = ("satisfaction", "fit")
_NO_CHANGE = {"lead": 0.5, "satisfaction": 0.02, "fit": 0.02, "minutes": 5.0}
"""Below this a change counts as none [days, or the measure's own unit]; for what is counted that is one half."""


@dataclass(frozen=True)
class Pick:
    """The cases to choose from: of one process, `group` all, vulnerable or other residents; compared by `measure`."""

    process: str
    group: str = "all"
    measure: str = "lead"


@dataclass(frozen=True)
class Typical:
    """Of `total` cases: how many change the same way at least half as much, hardly at all, and the other way.

    `less` and `more` count the cases in which the measure goes down and up by more than hardly.
    `change` is that of the case itself, `median` and `mean` of all; choice minus today, in days or in the measure's
    own unit. When a few cases change by much, the mean lies far from the median.
    `direction` is -1, 0 or 1. With direction 0 `same` counts the cases that hardly change.
    """

    change: float
    direction: int
    same: int
    none: int
    other_way: int
    less: int
    more: int
    total: int
    median: float
    mean: float


def candidates(today: Book, choice: Book, pick: Pick) -> list[str]:
    """The cases of a pick that were decided in both worlds, in order of arrival."""
    return [
        case
        for case in today.place
        if case.rpartition("-")[0] == pick.process
        and today.told_whole(case)
        and case in choice.place
        and choice.told_whole(case)
        and (pick.group == "all" or bool(today.need(case)["vulnerable"]) == (pick.group == "vulnerable"))
    ]


def changes(today: Book, choice: Book, cases: list[str], measure: str) -> np.ndarray:
    """What each case's measure is with the choice minus today."""
    return np.array([value_of(choice, case, measure) - value_of(today, case, measure) for case in cases])


def value_of(book: Book, case: str, measure: str) -> float:
    """A measure of a case: `lead` in days from first contact to decision, any other by its name in the records."""
    need = book.need(case)
    return float((need["decided"] - need["start"]) / 24.0) if measure == "lead" else float(need[measure])


def choose(today: Book, choice: Book, pick: Pick, how: str, after: str = "") -> str:
    """The typical case, the one that gained or lost most, or the `next` one `after`.

    Typical is the change nearest the median; of those that differ from it as little, the one whose stories and
    referrals change most like the mean, and then the one with the most ordinary lead time today. Ties go to the
    earliest case. "" when no case of the pick was decided in both worlds.
    """
    cases = candidates(today, choice, pick)
    if not cases:
        return ""
    if how == "next":
        return cases[(cases.index(after) + 1) % len(cases)] if after in cases else cases[0]
    change = changes(today, choice, cases, pick.measure)
    better = change if pick.measure in _MORE_IS_BETTER else -change
    if how == "gained":
        return cases[int(np.argmax(better))]
    if how == "lost":
        return cases[int(np.argmin(better))]
    far = np.round(np.abs(change - np.median(change)) / (2.0 * _NO_CHANGE.get(pick.measure, 0.5)))
    rest = [changes(today, choice, cases, measure) for measure in ("stories", "bounces")]
    unlike = np.sum([np.abs(one - one.mean()) for one in rest], axis=0).round(3)
    lead = np.array([value_of(today, case, "lead") for case in cases])
    return cases[int(np.lexsort((np.abs(lead - np.median(lead)), unlike, far))[0])]


def how_typical(today: Book, choice: Book, pick: Pick, case: str) -> Typical:
    """How many cases of the pick go the same way as this one. Raises KeyError for a case that is not in both books."""
    change = changes(today, choice, [case], pick.measure)[0]
    cases = candidates(today, choice, pick)
    others = changes(today, choice, cases, pick.measure)
    least = _NO_CHANGE.get(pick.measure, 0.5)
    direction = 0 if abs(change) < least else int(np.sign(change))
    none = int(np.sum(np.abs(others) < least))
    less, more = int(np.sum(others <= -least)), int(np.sum(others >= least))
    same = none if direction == 0 else int(np.sum(others * direction >= 0.5 * abs(change)))
    other_way = (more, 0, less)[direction + 1]
    median, mean = (float(np.median(others)), float(np.mean(others))) if cases else (np.nan, np.nan)
    return Typical(float(change), direction, same, none, other_way, less, more, len(cases), median, mean)
