"""The front office: a contact is answered, kept and passed on, sent away or taken in."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.activities import L_ANSWERED, L_AWAY, L_PASSED, L_TAKEN
from kastje.model.agenda import STORIES, burden, count, note_contact, schedule
from kastje.model.callbacks import WRONG_HOURS, answered, callback, later
from kastje.model.chance import Purpose, drawn, exponential, service_time
from kastje.model.contacts import take_in
from kastje.model.crm import connected, hears_story, holder, records
from kastje.model.dropped import pick_up_dropped
from kastje.model.items import free_item
from kastje.model.lead import ELSEWHERE, moves_to
from kastje.model.occasions import occasion_of_visit
from kastje.model.people import LOOK_UP, acts, skill_factor
from kastje.model.records import (
    ANSWERED,
    APPLICATION,
    ASK_BACK,
    AWAY,
    CHASE,
    COMEBACK,
    HELD,
    NEVER,
    NOBODY,
    OPEN,
    PASSED_ON,
    QUESTION,
    REDIRECTED,
    REPEAT,
    RESUME,
    SENT_AWAY,
    TAKEN_IN,
    TASK,
)
from kastje.model.routing import keeps_or_sends, refers

_AGREED = np.int64(Purpose.AGREED_CONTENT)
_DELAY = np.int64(Purpose.DELAY)
_LOSS = np.int64(Purpose.LOSS)
_SERVICE = np.int64(Purpose.SERVICE)
_SIMPLE = np.int64(Purpose.SIMPLE)


@rule
def begin_contact(w, s, e, i, t):
    """Take a contact: the hours it takes; what comes of it is set as the item's outcome."""
    p = s.par[0]
    it = s.items[i]
    c = it["contact"]
    row = s.contacts[c]
    need = row["need"]
    n = s.needs[need]
    key = n["stem"]
    x = s.staff[e]
    channel = w.channels[row["channel"]]
    it["visits"] += 1
    occasion = occasion_of_visit(it["occasion"], it["visits"])
    if row["reached"] == NEVER:
        row["reached"] = t
        if channel["live"]:
            burden(s, need, 60.0 * (t - row["at"]))
    note_contact(s, t, need, L_TAKEN, e, row["purpose"], row["channel"])
    hours = service_time(channel["spread"], channel["hours"], channel["cv"], drawn(key, _SERVICE, occasion))
    hours *= skill_factor(s, e) * s.causes[TASK]["factor"]
    lost = drawn(key, _LOSS, occasion) < (channel["loss_low"] if n["low_skill"] else channel["loss"])
    if lost and it["told"] == 0:
        count(s, need, STORIES)
        if not channel["live"]:
            it["outcome"] = ASK_BACK
            return 0.5 * hours
        hours += 0.25 * p["tell_hours"]
    purpose = row["purpose"]
    if purpose == APPLICATION:
        it["outcome"] = TAKEN_IN
    elif purpose == COMEBACK:
        it["outcome"] = TAKEN_IN
        more, told, wrong = hears_story(w, s, e, t, need, holder(w, s, n, x["department"]), occasion)
        hours += more
    elif purpose == QUESTION:
        it["outcome"] = ANSWERED
        if drawn(key, _SIMPLE, 0) >= p["simple"]:
            more, known = _knows_answer(w, s, e, n, occasion)
            hours += more
            if not known:
                it["outcome"] = SENT_AWAY if keeps_or_sends(w, s, e, key, occasion) == AWAY else PASSED_ON
    else:
        more, told, wrong = hears_story(w, s, e, t, need, holder(w, s, n, x["department"]), occasion)
        hours += min(more, 0.5 * p["tell_hours"] + p["lookup_hours"])
        it["outcome"] = ANSWERED
        if told or purpose == REPEAT:
            # Whoever is the point of contact is known: nobody has to find the right place.
            sent = n["named"] == 0 and keeps_or_sends(w, s, e, key, occasion) == AWAY
            it["outcome"] = SENT_AWAY if sent else PASSED_ON
        elif wrong:
            # A wrong answer from a stale record: the resident finds out and calls again.
            it["misinformed"] = 1
    hours += records(w, s, e, t, need, occasion)
    if purpose == CHASE:
        s.crews[x["team"]]["chased"] += hours
    return hours


@rule
def _knows_answer(w, s, e, n, occasion):
    """Whether the front office finds what the specialists have made known to it: (hours, found)."""
    p = s.par[0]
    if not acts(w, s, e, LOOK_UP, n["stem"], occasion):
        return 0.0, False
    department = w.teams[w.role_teams[n["organisation"], n["role"], 0]]["department"]
    known = connected(w, s, department, s.staff[e]["department"])
    return p["lookup_hours"], known and drawn(n["stem"], _AGREED, occasion) < p["agreed"]


@rule
def end_contact(w, s, e, i, t):
    """The contact is over: answered, passed on, sent away or taken in."""
    p = s.par[0]
    it = s.items[i]
    c = it["contact"]
    row = s.contacts[c]
    need = row["need"]
    n = s.needs[need]
    outcome = it["outcome"]
    occasion = occasion_of_visit(it["occasion"], it["visits"])
    s.staff[e]["experience"] += 1.0
    if outcome == ASK_BACK:
        it["told"] = 1
        it["state"] = HELD
        moves_to(w, s, i, t, ELSEWHERE)
        schedule(s, t + 24.0 * p["ask_again_days"] * _delay(n, occasion), RESUME, i, np.float64(it["visits"]))
        return
    row["result"] = outcome
    purpose = row["purpose"]
    misinformed = it["misinformed"]
    free_item(w, s, i, t, True)
    if outcome == TAKEN_IN:
        take_in(w, s, t, need, purpose)
    elif outcome == ANSWERED:
        note_contact(s, t, need, L_ANSWERED, e, purpose, 0)
        if purpose == CHASE:
            pick_up_dropped(w, s, t, need)
        if n["process"] == NOBODY:
            answered(w, s, t, need)
        elif misinformed and n["state"] == OPEN:
            later(w, s, t + WRONG_HOURS * _delay(n, occasion), need, CHASE)
    elif outcome == SENT_AWAY:
        at = refers(s, t, need, occasion)
        note_contact(s, t, need, L_AWAY, e, purpose, n["bounces"])
        later(w, s, at, need, REDIRECTED)
    else:
        note_contact(s, t, need, L_PASSED, e, purpose, 0)
        if purpose == CHASE:
            pick_up_dropped(w, s, t, need)
        callback(w, s, t, need, e)


@rule
def _delay(n, occasion):
    return exponential(drawn(n["stem"], _DELAY, occasion))
