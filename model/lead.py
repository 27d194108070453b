"""Where the time of a case goes: in somebody's hands, in line, at a meeting, stalled, with the resident, shut.

Every hour from first contact to decision is put down to one of the six, so that they add up to the lead time exactly.
A case whose steps run side by side is where it is furthest: in hand before in line before a meeting before stalled;
with nothing of that it is with the resident. Nights, weekends and holidays are `closed_for`.
"""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.calendar import worked_between
from kastje.model.records import OPEN

ELSEWHERE, STALLED_, MEETING_, IN_LINE, IN_HAND = map(np.int64, range(5))
"""What a work item of a case is at; `phases` of a need counts the items at each in a byte of its own."""
_MEETINGS, _LINES, _HANDS = np.int64(1 << 8), np.int64(1 << 16), np.int64(1 << 24)


@rule
def _opened(w, s, n, t):
    """Opening hours since the clock of a case; the other hours are put down as shut, and the clock is set to `t`."""
    since = n["clock"]
    opened = worked_between(s.hours, w.opens, s.hours.shape[1] - 1, since, t)
    n["closed_for"] += t - since - opened
    n["clock"] = t
    return opened


@rule
def account(w, s, need, t):
    """Put the time since the last change down to what the case was at."""
    n = s.needs[need]
    since = n["clock"]
    if t <= since or n["state"] != OPEN:
        return
    opened = _opened(w, s, n, t)
    if n["phases"] >= _HANDS:
        # Whoever has it may be away for a day: then it lies in line.
        touched = min(opened, worked_between(s.hours, w.opens, n["server"], since, t))
        n["touch"] += touched
        n["queued_for"] += opened - touched
    elif n["phases"] >= _LINES:
        n["queued_for"] += opened
    elif n["phases"] >= _MEETINGS:
        n["meeting_for"] += opened
    elif n["phases"] > 0:
        n["stalled_for"] += opened
    else:
        n["with_resident"] += opened


@rule
def account_closed(w, s, need, t):
    """Put the time between a decision and the applicant's return down to the resident."""
    n = s.needs[need]
    n["with_resident"] += _opened(w, s, n, t)


@rule
def moves_to(w, s, i, t, phase):
    """A work item of a case goes to another phase."""
    it = s.items[i]
    old = it["phase"]
    if it["tracked"] == 0 or old == phase:
        return
    account(w, s, it["need"], t)
    n = s.needs[it["need"]]
    if old > 0:
        n["phases"] -= np.int64(1) << (8 * (old - 1))
    if phase > 0:
        n["phases"] += np.int64(1) << (8 * (phase - 1))
    it["phase"] = phase


@rule
def meets(w, s, need, t, starts):
    """The case itself begins (or stops) waiting for a meeting."""
    account(w, s, need, t)
    s.needs[need]["phases"] += _MEETINGS if starts else -_MEETINGS
