"""A film as plain whole numbers for the browser: hundredths, so that it is small; None where not available."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kastje.experiments.logs.film import HELD, Film

SMOOTH = 4
"""Handovers and utilisation are shown over so many weeks: one week alone jumps about."""
METRICS = ("waiting", "utilisation", *HELD)
"""What the circles can show: hours of work waiting, utilisation (0..1), and what people hold (0..1)."""


def picture(film: Film) -> dict[str, Any]:
    """What the browser draws of a film: per week the people, the departments, and the handovers between them.

    `people` and `departments` have hundredths by metric, week by week; `pairs` are [from, to] of departments between
    which handovers occur (from = to within one), `handovers` their counts by week, in the same order.
    """
    posts = len(film.team_of)
    people = {
        "waiting": film.own_list,
        "utilisation": film.utilisation(np.arange(posts), posts, SMOOTH),
        **film.held,
    }
    pairs = np.argwhere(film.handovers.sum(axis=0) > 0)
    return {
        "weeks": film.weeks,
        "people": {name: _hundredths(people[name]) for name in METRICS},
        "status": ["".join(map(str, week)) for week in film.status],
        "departments": {name: _hundredths(values) for name, values in film.by_department(SMOOTH).items()},
        "pairs": pairs.tolist(),
        "handovers": film.handovers[:, pairs[:, 0], pairs[:, 1]].T.tolist(),
        "open": film.open_cases.tolist(),
    }


def figures(film: Film, department: int) -> dict[str, list[int | None]]:
    """How it went in one department, week by week, in hundredths by metric."""
    values = film.by_department(SMOOTH)
    return {name: _hundredths(values[name][:, department]) for name in METRICS}


def fullest(film: Film | None, names: list[str]) -> str:
    """The department in which most hours of work wait on average; the first one as long as there is no film."""
    if film is None or list(film.departments) != names:
        return names[0]
    return names[int(film.by_department()["waiting"].mean(axis=0).argmax())]


def _hundredths(values: NDArray[np.float64]) -> list[Any]:
    whole = np.rint(np.nan_to_num(values) * 100).astype(int).astype(object)
    whole[~np.isfinite(values)] = None
    listed: list[Any] = whole.tolist()
    return listed
