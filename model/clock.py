"""The legal clock of a case: the term, its suspension while the applicant completes, and its extension."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.activities import L_EXTENDED
from kastje.model.agenda import note, schedule
from kastje.model.chance import Purpose, drawn
from kastje.model.records import EXTEND, NOBODY, OPEN

_EXTENDED = np.int64(Purpose.EXTENDED)


@rule
def plan_extension(w, s, need):
    """Schedule the moment, some days before the term, at which it is decided whether the term is extended."""
    n = s.needs[need]
    if w.processes[n["process"]]["extend_chance"] > 0.0 and n["extended"] == 0 and n["returns"] == 0:
        at = max(s.run[0]["t"], n["deadline"] - 24.0 * s.par[0]["extend_notice_days"])
        if at < w.end:
            schedule(s, at, EXTEND, need, n["deadline"])


@rule
def extend(w, s, t, need, deadline):
    """Some days before its term a case is not decided yet: the term is extended, or not (once)."""
    n = s.needs[need]
    # A term that has moved since is looked at again nearer to its new end.
    if n["state"] != OPEN or n["holds"] > 0 or n["deadline"] != deadline or n["extended"]:
        return
    process = w.processes[n["process"]]
    if drawn(n["stem"], _EXTENDED, 0) < process["extend_chance"]:
        n["extended"] = 1
        n["deadline"] += process["extend_hours"]
        note(s, t, need, L_EXTENDED, n["owner"], NOBODY, 0)


@rule
def suspend(s, t, need):
    """Stop the legal clock while the applicant completes the application (Awb 4:15)."""
    n = s.needs[need]
    if n["holds"] == 0:
        n["suspended"] = t
    n["holds"] += 1


@rule
def resume_clock(w, s, t, need):
    """Let the legal clock run again; the deadline moves by exactly the time it stood still."""
    n = s.needs[need]
    n["holds"] -= 1
    if n["holds"] == 0:
        n["deadline"] += t - n["suspended"]
        n["suspended_total"] += t - n["suspended"]
        plan_extension(w, s, need)
