"""Measures of time: how long cases take and where that time goes, terms that are kept, what being late can cost."""

import numpy as np

from kastje.model import records as rec
from kastje.model.period import Period
from kastje.model.rows import Rows

LONGEST_DAYS = 365.0
LEAD_TIME_PARTS = {
    "lead_touch_hours": "touch",
    "lead_queue_hours": "queued_for",
    "lead_resident_hours": "with_resident",
    "lead_stalled_hours": "stalled_for",
    "lead_meeting_hours": "meeting_for",
    "lead_closed_hours": "closed_for",
}
"""Where the hours from first contact to decision go; for every case decided they add up to that time exactly."""


def legal_days(cases: Rows) -> np.ndarray:
    """Days from filing to the first decision with the time that the term stood still left out, as the law counts."""
    return np.maximum(cases["first_decided"] - cases["filed"] - cases["suspended_total"], 0.0) / 24.0


def tipping(crews: np.ndarray, open_cases: float) -> float:
    """How many times as many open cases it takes before their status calls eat up what some team has to spare.

    With n open cases calls take `chased` n / open hours of a team; it is full at n* = open (reachable - worked +
    chased) / chased. The least n* / open over all teams; below 1 the backlog feeds itself. NaN without calls.
    """
    called = crews[crews["chased"] > 0.0]
    if called.size == 0 or not open_cases > 0.0:
        return float("nan")
    spare = np.maximum(0.0, called["reachable"] - called["worked"] + called["chased"])
    return float(np.min(spare / called["chased"]))


def punctuality(cases: Rows, begin: float, end: float) -> tuple[np.ndarray, np.ndarray]:
    """For the cases whose first decision or legal term fell between two times: when, and whether it was in time."""
    decided = cases["first_decided"] <= end
    due = np.where(decided, cases["first_due"], cases["deadline"])
    in_time = decided & (cases["first_decided"] <= due)
    overdue = ~decided & (cases["state"] == rec.OPEN) & (cases["holds"] == 0) & (due < end)
    late = (decided & ~in_time) | overdue
    when = np.where(in_time, cases["first_decided"], due)
    settled = (in_time | late) & (when >= begin) & (when <= end)
    return when[settled], in_time[settled]


def penalty(days_over: np.ndarray) -> np.ndarray:
    """What a decision that many days over its term can cost, euro: Awb 4:17, two weeks after a notice at once."""
    d = np.clip(days_over - 14.0, 0.0, 42.0)
    return 23.0 * np.minimum(d, 14.0) + 35.0 * np.clip(d - 14.0, 0.0, 14.0) + 45.0 * np.clip(d - 28.0, 0.0, 14.0)


def penalties(period: Period) -> np.ndarray:
    """Penalty exposure that arose in each month, euro."""
    cases = period.cases
    decided = cases["first_decided"] <= period.end
    due = np.where(decided, cases["first_due"], cases["deadline"])
    counts = (decided | ((cases["state"] == rec.OPEN) & (cases["holds"] == 0))) & (due < period.end)
    due = due[counts]
    last = np.minimum(cases["first_decided"][counts], period.end)
    upto = np.minimum(last[:, None], period.bounds[None, :])
    return np.diff(penalty((upto - due[:, None]) / 24.0).sum(axis=0))
