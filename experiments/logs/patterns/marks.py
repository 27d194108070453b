"""Marks: which activities of a log mean that a case was received, incomplete, extended or decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Marks:
    """Which events mean what; an empty tuple is: the log does not say, and what needs it is not available.

    Each is a tuple of activities, with `*` for any text and, after `=`, the answer that the event must have been
    given (`06_VD_010*=True`). The exceptions are `keep` (which events are looked at; empty is all) and `received`
    (which events say that a case came in; empty is: the first event of each case).
    """

    decision: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    extended: tuple[str, ...] = ()
    received: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


BUILDING_PERMITS = Marks(
    decision=tuple(f"01_HOOFD_{number}" for number in ("510_1", "510_2", "510_3", "510_4", "495", "515")),
    incomplete=("08_AWB45_020*",),
    extended=("06_VD_010*=True",),
)
"""The logs of building permits of the BPI Challenge 2015: the decision is taken, sent, or has a date of sending;
a letter on missing data (Awb 4:5); the term is extended."""

KASTJE = Marks(
    decision=("decision",),
    incomplete=("documents asked",),
    extended=("term extended",),
    received=("application filed",),
    keep=(
        "application filed",
        "early consultation",
        "step done",
        "arrived at wrong team",
        "resident asked again",
        "documents asked",
        "documents received",
        "term extended",
        "advice taken in",
        "alignment",
        "put to manager",
        "settled by manager",
        "decision",
        "returned",
        "done again",
    ),
)
"""Kastje's own logs, as a case system would hold them: what was done, without queues, starts, calls and counter
visits, which the logs of real municipalities do not have either. Each step is an activity of its own."""


def detect(activities: Sequence[str]) -> Marks:
    """Which marks suit a log that has these activities; none of them for a log of another kind."""
    known = set(activities)
    if {"application filed", "step done"} <= known:
        return KASTJE
    if any(activity.startswith("01_HOOFD_") for activity in known):
        return BUILDING_PERMITS
    return Marks()


def matching(log: pd.DataFrame, marks: Sequence[str]) -> Mask:
    """Which events of a log one of the marks means; no event has an answer when the log has none."""
    codes, names = pd.factorize(log["activity"])
    found = np.zeros(len(log), bool)
    for mark in marks:
        # An activity that has a = of its own is meant as it is written.
        name, equals, wanted = (mark, "", "") if mark in names else mark.partition("=")
        hits = np.isin(codes, [code for code, one in enumerate(names) if fnmatchcase(one, name)])
        if equals:
            hits &= (log["answer"] == wanted).to_numpy(bool) if "answer" in log else False
        found |= hits
    return found
