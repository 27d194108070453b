"""Questions that were passed on: work for the specialist, who answers, passes on or sends the resident on."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.activities import L_AWAY, L_CALLBACK, L_CALLBACK_DONE, L_CALLBACK_STARTED
from kastje.model.agenda import note, schedule
from kastje.model.chance import Purpose, drawn, exponential
from kastje.model.crm import hears_story
from kastje.model.items import free_item, new_item
from kastje.model.occasions import occasion_of_callback, occasion_of_visit
from kastje.model.people import WARM, acts, skill_factor
from kastje.model.records import (
    AWAY,
    CALLBACK,
    CHASE,
    CLOSED,
    DONE_WELL,
    NOBODY,
    OPEN,
    PASS,
    REACH,
    REDIRECTED,
    REPEAT,
    REPLY,
    REROUTE,
    TASK,
)
from kastje.model.residents import feel, new_contact
from kastje.model.routing import (
    aim,
    dispatch,
    keeps_or_sends,
    organisation_of,
    refers,
    send_on,
    team_of,
)
from kastje.model.worklist import insert

_DELAY = np.int64(Purpose.DELAY)
_REPLY = np.int64(Purpose.REPLY)
WRONG_HOURS = 48.0


@rule
def later(w, s, at, need, purpose):
    """A contact that the resident will make later on, by the usual channel."""
    c = new_contact(s, at, need, purpose, s.needs[need]["channel"])
    if at < w.end:
        schedule(s, at, REACH, c, 0.0)


@rule
def callback(w, s, t, need, sender):
    """Work for the specialist: answer a question, or say how a case stands."""
    p = s.par[0]
    n = s.needs[need]
    question = n["process"] == NOBODY
    n["calls"] += 1
    if n["callback"] != NOBODY:
        # It is waiting already: the call brings it forward.
        s.items[n["callback"]]["deadline"] -= 24.0 * p["call_days"]
        return
    occasion = occasion_of_callback(n["calls"])
    role = n["role"]
    team = team_of(w, s, need, role) if question else n["last_team"]
    handler = NOBODY if question else n["last_staff"]
    if not question and (team == NOBODY or w.teams[team]["front"]):
        first = w.processes[n["process"]]["first"]
        team = team_of(w, s, need, w.steps[first]["role"])
        handler = NOBODY
    if n["named"] and n["owner"] != NOBODY:
        handler = n["owner"]
        team = s.staff[handler]["team"]
    i = new_item(s, CALLBACK, need, NOBODY, team, occasion)
    it = s.items[i]
    it["hours"] = p["answer_hours"] if question else p["status_hours"]
    it["deadline"] = t + 24.0 * p["reply_norm_days"]
    it["sender"] = sender
    n["callback"] = i
    note(s, t, need, L_CALLBACK, sender, NOBODY, team)
    if question and n["calls"] == 1:
        plan_reply(w, s, t, need)
    if handler != NOBODY and s.staff[handler]["vacant_until"] <= t and handler != sender:
        it["assigned"] = handler
        insert(w, s, i, t, 2 * w.teams.shape[0] + handler)
    else:
        dispatch(w, s, i, t, organisation_of(w, s, need, sender), aim(w, s, i, t, sender, occasion))


@rule
def plan_reply(w, s, t, need):
    n = s.needs[need]
    u = drawn(n["stem"], _REPLY, n["chases"])
    at = t + 24.0 * s.par[0]["reply_patience_days"] * exponential(u)
    if at < w.end:
        schedule(s, at, REPLY, need, np.float64(n["chases"]))


@rule
def begin_callback(w, s, e, i, t):
    """Take up a question that was passed on: the hours it takes; the outcome says what comes of it."""
    p = s.par[0]
    it = s.items[i]
    n = s.needs[it["need"]]
    key = n["stem"]
    it["visits"] += 1
    occasion = occasion_of_visit(it["occasion"], it["visits"])
    if n["state"] != OPEN:
        it["outcome"] = DONE_WELL
        return 0.0
    if it["wrong"]:
        it["outcome"] = REROUTE if acts(w, s, e, WARM, key, occasion) else AWAY
        return p["triage_hours"]
    if it["assigned"] == NOBODY:
        it["outcome"] = keeps_or_sends(w, s, e, key, occasion)
        if it["outcome"] != DONE_WELL:
            return p["triage_hours"]
    note(s, t, it["need"], L_CALLBACK_STARTED, e, NOBODY, it["visits"])
    hours = 0.0
    if it["sender"] != NOBODY and it["assigned"] == NOBODY:
        source = s.staff[it["sender"]]["department"]
        hours, _, wrong = hears_story(w, s, e, t, it["need"], source, occasion)
        it["misinformed"] = 1 if wrong else 0
    it["outcome"] = DONE_WELL
    hours += it["hours"] * skill_factor(s, e) * s.causes[TASK]["factor"]
    if n["process"] >= 0:
        s.crews[s.staff[e]["team"]]["chased"] += hours
    return hours


@rule
def end_callback(w, s, e, i, t):
    """The question is answered, passed to a colleague, or the resident is sent on."""
    it = s.items[i]
    need = it["need"]
    n = s.needs[need]
    outcome = it["outcome"]
    occasion = occasion_of_visit(it["occasion"], it["visits"])
    if outcome == REROUTE:
        send_on(w, s, i, t, occasion)
        return
    if outcome == PASS:
        insert(w, s, i, t, it["team"])
        return
    if outcome == AWAY:
        n["callback"] = NOBODY
        free_item(w, s, i, t, False)
        at = refers(s, t, need, occasion)
        note(s, t, need, L_AWAY, e, NOBODY, n["bounces"])
        later(w, s, at, need, REDIRECTED)
        return
    s.staff[e]["experience"] += 1.0
    n["callback"] = NOBODY
    misinformed = it["misinformed"] == 1
    free_item(w, s, i, t, True)
    if misinformed and n["state"] == OPEN:
        # Told something that no longer holds: the resident finds out and asks again.
        u = drawn(n["stem"], _DELAY, occasion)
        later(w, s, t + WRONG_HOURS * exponential(u), need, REPEAT if n["process"] == NOBODY else CHASE)
        return
    if n["process"] == NOBODY and n["state"] == OPEN:
        note(s, t, need, L_CALLBACK_DONE, e, NOBODY, 0)
        answered(w, s, t, need)


@rule
def answered(w, s, t, need):
    """A plain question is answered in full."""
    n = s.needs[need]
    if n["state"] != OPEN:
        return
    n["state"] = CLOSED
    n["decided"] = t
    s.run[0]["closed"] += 1
    feel(w, s, t, need, 1.0, s.par[0]["expected_reply_days"])
