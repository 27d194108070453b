"""Dropped work: what nobody owns gets out of sight, and is found again when the resident calls (postponement)."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.activities import L_DROPPED, L_FOUND
from kastje.model.agenda import DROPS, count, note
from kastje.model.chance import Purpose, drawn
from kastje.model.items import free_item, unlink
from kastje.model.lead import STALLED_, moves_to
from kastje.model.occasions import occasion_of_day
from kastje.model.records import DROPPED, HELD, NOBODY, OPEN, STEP
from kastje.model.worklist import insert, ownership_of

_DROPPED = np.int64(Purpose.DROPPED)


@rule
def drop_unwatched(w, s, t, day):
    """What has waited long in a pool may be overlooked from today on, the sooner the less its owner watches it."""
    p = s.par[0]
    if p["drop_rate"] == 0.0:
        return
    for k in range(w.teams.shape[0]):
        i = s.lists[k]["head"]
        while i != NOBODY:
            it = s.items[i]
            after = it["next"]
            if it["kind"] == STEP and t - it["queued"] > 24.0 * p["drop_days"]:
                n = s.needs[it["need"]]
                watched = ownership_of(s, n["owner"]) if n["owner"] != NOBODY else 0.0
                u = drawn(n["stem"], _DROPPED, occasion_of_day(it["occasion"], day))
                if n["state"] == OPEN and u < p["drop_rate"] * (1.0 - watched):
                    _drop(w, s, t, i)
            i = after


@rule
def _drop(w, s, t, i):
    it = s.items[i]
    n = s.needs[it["need"]]
    unlink(w, s, i)
    moves_to(w, s, i, t, STALLED_)
    it["state"] = HELD
    it["outcome"] = DROPPED
    it["next"] = n["dropped"]
    n["dropped"] = i
    count(s, it["need"], DROPS)
    note(s, t, it["need"], L_DROPPED, NOBODY, it["step"], 0)


@rule
def pick_up_dropped(w, s, t, need):
    """The resident asks how it stands: what had got out of sight is back on the list it came from."""
    n = s.needs[need]
    i = n["dropped"]
    n["dropped"] = NOBODY
    while i != NOBODY:
        after = s.items[i]["next"]
        note(s, t, need, L_FOUND, NOBODY, s.items[i]["step"], 0)
        s.items[i]["wrong"] = 0
        insert(w, s, i, t, s.items[i]["team"])
        i = after


@rule
def cancel_dropped(w, s, t, need):
    """The case is over: what had got out of sight need not be done any more."""
    n = s.needs[need]
    i = n["dropped"]
    n["dropped"] = NOBODY
    while i != NOBODY:
        after = s.items[i]["next"]
        free_item(w, s, i, t, False)
        i = after
