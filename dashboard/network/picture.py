"""A film as plain whole numbers for the browser: hundredths, so that it is small; None where not available."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kastje.experiments.logs.film import HELD, Film, trailing

SMOOTH = 4
"""Handovers and utilisation are shown over so many weeks: one week alone jumps about."""
METRICS = ("waiting", "utilisation", *HELD)
"""What the circles can show: hours of work waiting, utilisation (0..1), and what people hold (0..1)."""
WHOLE = 100
"""The hundredths in one: what fills a ring when a share is shown, and the least that fills one with hours."""


@dataclass(frozen=True, eq=False)
class Flow:
    """Handovers between two departments, a week, over the SMOOTH weeks up to each: `there` from `one` to `other`."""

    one: int
    other: int
    there: NDArray[np.float64]
    back: NDArray[np.float64]

    @property
    def total(self) -> NDArray[np.float64]:
        """Both ways, week by week."""
        return self.there + self.back


def picture(film: Film) -> dict[str, Any]:
    """What the browser draws of a film: per week the people, the departments, and the handovers between them.

    `people` and `departments` have hundredths by metric, week by week; `flows` are those between two departments,
    there and back, in hundredths by week.
    """
    posts = len(film.team_of)
    people = {
        "waiting": film.own_list,
        "utilisation": film.utilisation(np.arange(posts), posts, SMOOTH),
        **film.held,
    }
    return {
        "weeks": film.weeks,
        "people": {name: _hundredths(people[name]) for name in METRICS},
        "status": ["".join(map(str, week)) for week in film.status],
        "departments": {name: _hundredths(values) for name, values in film.by_department(SMOOTH).items()},
        "flows": [
            {"one": f.one, "other": f.other, "there": _hundredths(f.there), "back": _hundredths(f.back)}
            for f in flows(film)
        ],
    }


def flows(film: Film) -> list[Flow]:
    """Every two departments between which handovers occur."""
    over = np.minimum(np.arange(1, film.weeks + 1), SMOOTH)[:, None, None]
    mean = trailing(film.handovers.astype(np.float64), SMOOTH) / over
    occurs = film.handovers.any(axis=0)
    both_ways = np.triu(occurs | occurs.T, k=1)
    return [Flow(int(a), int(b), mean[:, a, b], mean[:, b, a]) for a, b in np.argwhere(both_ways)]


def full(pictures: Sequence[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """What fills a ring and what the largest circle of a person stands for, by metric: the same in all pictures."""
    most = {
        part: max(value or 0 for shown in pictures for week in shown[part]["waiting"] for value in week)
        for part in ("departments", "people")
    }
    hours = {part: _rounded_up(max(WHOLE, value)) for part, value in most.items()}
    return {name: hours if name == "waiting" else dict.fromkeys(hours, WHOLE) for name in METRICS}


def widest(pictures: Sequence[dict[str, Any]]) -> float:
    """The most handovers a week between two departments, at least one: the widest line in all pictures."""
    sums = (map(sum, zip(f["there"], f["back"], strict=True)) for shown in pictures for f in shown["flows"])
    return max(1.0, max((max(weeks) for weeks in sums), default=0) / 100)


def figures(film: Film, department: int) -> dict[str, list[int | None]]:
    """How it went in one department, week by week, in hundredths by metric."""
    values = film.by_department(SMOOTH)
    return {name: _hundredths(values[name][:, department]) for name in METRICS}


def fullest(film: Film | None, names: list[str]) -> str:
    """The department in which most hours of work wait on average; the first one as long as there is no film."""
    if film is None or list(film.departments) != names:
        return names[0]
    return names[int(film.by_department()["waiting"].mean(axis=0).argmax())]


def _rounded_up(number: int) -> int:
    unit = 10 ** (len(str(number)) - 1)
    return -(-number // unit) * unit


def _hundredths(values: NDArray[np.float64]) -> list[Any]:
    whole = np.rint(np.nan_to_num(values) * 100).astype(int).astype(object)
    whole[~np.isfinite(values)] = None
    listed: list[Any] = whole.tolist()
    return listed
