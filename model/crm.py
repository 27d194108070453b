"""The shared information (CRM): who can see what somebody else recorded, and whether it helps (lesson 1)."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.agents.employee import still_fresh
from kastje.model.activities import L_STORY
from kastje.model.agenda import STORIES, burden, count, note
from kastje.model.chance import Purpose, drawn
from kastje.model.occasions import occasion_of_cause
from kastje.model.people import LOOK_UP, RECORD, acts
from kastje.model.records import NOBODY, RETELL

_SPARED = np.int64(Purpose.SPARED)

_AGREED, _FRESH, _STALE = np.int64(Purpose.AGREED_CONTENT), np.int64(Purpose.FRESH), np.int64(Purpose.STALE)
NOT_USABLE, USABLE, WRONG = map(np.int64, range(3))


@rule
def connected(w, s, a, b):
    """Whether two departments share a system: the pair's own rank lies below the presence kappa; within one, always.

    Across the border of an organisation fewer pairs do.
    """
    if a == b:
        return True
    across = w.department_organisation[a] != w.department_organisation[b]
    return s.pairs[a, b] < s.par[0]["kappa"] * (s.par[0]["border_connected"] if across else 1.0)


@rule
def looks_up(w, s, e, t, need, source, occasion):
    """Whether employee `e` finds in the CRM what department `source` recorded of a need, and the hours it takes.

    Equation 2.2: connected, recorded, agreed content, looked up and fresh. Stale is looked up but no longer true;
    it gives a wrong answer with chance eps, else it is noticed and of no use. (result, hours)
    """
    p = s.par[0]
    n = s.needs[need]
    key = n["stem"]
    if not acts(w, s, e, LOOK_UP, key, occasion):
        return NOT_USABLE, 0.0
    hours = p["lookup_hours"]
    if not connected(w, s, source, s.staff[e]["department"]) or (n["recorded"] >> source) & 1 == 0:
        return NOT_USABLE, hours
    if drawn(key, _AGREED, occasion) >= p["agreed"]:
        return NOT_USABLE, hours
    if drawn(key, _FRESH, occasion) < still_fresh(t - n["recorded_at"], p["half_life_days"]):
        return USABLE, hours
    if drawn(key, _STALE, occasion) < p["stale_wrong"]:
        return WRONG, hours
    return NOT_USABLE, hours


@rule
def records(w, s, e, t, need, occasion):
    """Let employee `e` record what was done, or not; the hours it takes."""
    n = s.needs[need]
    if not acts(w, s, e, RECORD, n["stem"], occasion):
        return 0.0
    n["recorded"] |= np.int64(1) << s.staff[e]["department"]
    n["recorded_at"] = t
    return s.par[0]["record_hours"]


@rule
def spared(s, key, cause, occasion):
    """Whether improvement work has taken away the cause of this particular failure."""
    if s.causes[cause]["factor"] >= 1.0:
        return False
    return drawn(key, _SPARED, occasion_of_cause(occasion, cause)) >= s.causes[cause]["factor"]


@rule
def hears_story(w, s, e, t, need, source, occasion):
    """Learn what a need is about, from the CRM or by having it told again: (hours, told, wrong answer).

    `told`: the story had to be told again (equation 2.2).
    """
    p = s.par[0]
    n = s.needs[need]
    result, hours = looks_up(w, s, e, t, need, source, occasion)
    if result == WRONG:
        return hours, False, True
    if result == NOT_USABLE and not spared(s, n["stem"], RETELL, occasion):
        count(s, need, STORIES)
        burden(s, need, 60.0 * p["tell_hours"])
        s.causes[RETELL]["hours"] += p["tell_hours"]
        note(s, t, need, L_STORY, e, NOBODY, source)
        return hours + p["tell_hours"], True, False
    return hours, False, False


@rule
def holder(w, s, n, department):
    """The department that knows most of a need: the last one that worked on it."""
    return w.teams[n["last_team"]]["department"] if n["last_team"] != NOBODY else department
