"""Contacts: residents reach the front office, are answered, passed on or sent away, and come back when they must."""

import numpy as np

from agents.compiled import rule
from agents.employee import bounce_chance
from model.agenda import (
    BOUNCES,
    L_ANSWERED,
    L_AWAY,
    L_CALLBACK,
    L_CALLBACK_DONE,
    L_CALLBACK_STARTED,
    L_CONTACT,
    L_HUNG_UP,
    L_PASSED,
    L_RETURNED,
    L_TAKEN,
    STORIES,
    burden,
    count,
    note,
    schedule,
)
from model.calendar import next_work
from model.cases import aim, plan_chase, release, reopen, submit, team_of, withdraw
from model.chance import Purpose, draw, exponential, service_time
from model.crm import USABLE, WRONG, connected, looks_up, records
from model.people import KEEP, LOOK_UP, WARM, acts, skill_factor
from model.residents import feel, pick_channel
from model.state import (
    ABANDON,
    ABANDONED,
    ANSWERED,
    APPLICATION,
    BOUNCED,
    CALLBACK,
    CHASE,
    CLOSED,
    COMEBACK,
    CONTACT,
    HELD,
    NEVER,
    NOBODY,
    OPEN,
    PASSED_ON,
    PENDING,
    QUESTION,
    REACH,
    REDIRECTED,
    REPEAT,
    REPLY,
    RESUME,
    SENT_AWAY,
    TAKEN_IN,
    TASK,
    WAITING,
)
from model.steps import AWAY, DONE_WELL, PASS, REROUTE, hears_story, spared
from model.worklist import free_item, insert, new_item, unlink

_PATIENCE, _RETRY, _SWITCH, _LOSS = (
    int(Purpose.PATIENCE),
    int(Purpose.RETRY),
    int(Purpose.SWITCH),
    int(Purpose.LOSS),
)
_REPLY, _SIMPLE, _SERVICE, _BOUNCE = (
    int(Purpose.REPLY),
    int(Purpose.SIMPLE),
    int(Purpose.SERVICE),
    int(Purpose.BOUNCE),
)
_AGREED, _DELAY, _CHANNEL = int(Purpose.AGREED_CONTENT), int(Purpose.DELAY), int(Purpose.CHANNEL)
BASE = 1 << 22
ASK_BACK = 9
RETRY_HOURS = 2.0
CONTACT_CV = 0.6
TRIES_MOST = 4


@rule
def reach(w, s, t, need, purpose, channel):
    """The resident sets out to make a contact at `t`: at once, or for a live channel when the lines are open."""
    run = s.run[0]
    n = s.needs[need]
    c = run["contacts"]
    run["contacts"] = c + 1
    row = s.contacts[c]
    row["need"] = need
    row["purpose"] = purpose
    row["channel"] = channel
    row["result"] = PENDING
    row["item"] = NOBODY
    row["tries"] = 0
    row["at"] = t
    row["reached"] = NEVER
    if w.front_role == NOBODY:
        n["contacts"] += 1
        row["result"] = TAKEN_IN
        _take_in(w, s, t, need, purpose)
        return
    _try(w, s, t, c)


@rule
def _try(w, s, t, c):
    row = s.contacts[c]
    if w.channels[row["channel"]]["live"]:
        at = next_work(s.hours, w.opens, s.hours.shape[1] - 1, t)
        if at > t:
            # Not everybody calls at the minute of opening: the first two hours take what came in before.
            n = s.needs[row["need"]]
            u = draw(s.run[0]["seed"], n["key"], _DELAY, BASE + n["contacts"] * 8 + row["tries"])
            at += 2.0 * u
            if at < w.end:
                schedule(s, at, REACH, c, 0.0)
            return
    arrive(w, s, t, c)


@rule
def arrive(w, s, t, c):
    """A contact reaches the municipality: on the line, at the counter, or among the messages."""
    run = s.run[0]
    row = s.contacts[c]
    need = row["need"]
    n = s.needs[need]
    channel = w.channels[row["channel"]]
    n["contacts"] += 1
    team = team_of(w, s, need, w.front_role)
    i = new_item(s, CONTACT, need, NOBODY, team, BASE + (n["contacts"] * 8 + row["tries"]) * 256)
    it = s.items[i]
    it["contact"] = c
    it["hours"] = channel["hours"]
    row["item"] = i
    row["at"] = t
    if row["tries"] == 0:
        burden(s, need, channel["minutes"])
    note(s, t, need, L_CONTACT, NOBODY, row["purpose"], row["channel"])
    if channel["live"]:
        insert(w, s, i, t, w.teams.shape[0] + team)
        u = draw(run["seed"], n["key"], _PATIENCE, it["occasion"])
        schedule(s, t + exponential(u) * s.par[0]["patience_minutes"] / 60.0, ABANDON, c, 0.0)
    else:
        it["deadline"] = t + 24.0 * s.par[0]["reply_norm_days"]
        insert(w, s, i, t, team)


@rule
def hang_up(w, s, t, c):
    """Patience on the line is over: hang up, and perhaps try again later or by another channel."""
    run = s.run[0]
    p = s.par[0]
    row = s.contacts[c]
    if row["result"] != PENDING or row["reached"] != NEVER:
        return
    i = row["item"]
    if i == NOBODY or s.items[i]["state"] != WAITING:
        return
    n = s.needs[row["need"]]
    burden(s, row["need"], 60.0 * (t - row["at"]))
    note(s, t, row["need"], L_HUNG_UP, NOBODY, row["purpose"], row["channel"])
    occasion = s.items[i]["occasion"]
    unlink(w, s, i)
    free_item(s, i, False)
    row["result"] = ABANDONED
    row["reached"] = t
    again = draw(run["seed"], n["key"], _RETRY, occasion) < p["retry_chance"]
    if row["tries"] >= TRIES_MOST or not again:
        if row["purpose"] == QUESTION and n["state"] == OPEN:
            withdraw(w, s, t, row["need"])
        elif row["purpose"] == APPLICATION or row["purpose"] == COMEBACK:
            _take_in(w, s, t, row["need"], row["purpose"])
        return
    channel = row["channel"]
    if draw(run["seed"], n["key"], _SWITCH, occasion) < p["switch_chance"]:
        channel = pick_channel(w, n["low_skill"], draw(run["seed"], n["key"], _CHANNEL, occasion))
    at = t + RETRY_HOURS * exponential(draw(run["seed"], n["key"], _DELAY, occasion))
    k = run["contacts"]
    run["contacts"] = k + 1
    new = s.contacts[k]
    new["need"] = row["need"]
    new["purpose"] = row["purpose"]
    new["channel"] = channel
    new["result"] = PENDING
    new["item"] = NOBODY
    new["tries"] = row["tries"] + 1
    new["at"] = at
    new["reached"] = NEVER
    if at < w.end:
        schedule(s, at, REACH, k, 0.0)


@rule
def begin_contact(w, s, e, i, t):
    """Take a contact: the hours it takes; what comes of it is set as the item's outcome."""
    p = s.par[0]
    run = s.run[0]
    it = s.items[i]
    c = it["contact"]
    row = s.contacts[c]
    need = row["need"]
    n = s.needs[need]
    key = n["key"]
    x = s.staff[e]
    channel = w.channels[row["channel"]]
    it["visits"] += 1
    occasion = it["occasion"] + it["visits"]
    if row["reached"] == NEVER:
        row["reached"] = t
        if channel["live"]:
            burden(s, need, 60.0 * (t - row["at"]))
    note(s, t, need, L_TAKEN, e, row["purpose"], row["channel"])
    hours = service_time(3, channel["hours"], CONTACT_CV, draw(run["seed"], key, _SERVICE, occasion))
    hours *= skill_factor(s, e) * s.causes[TASK]["factor"]
    lost = draw(run["seed"], key, _LOSS, occasion) < (channel["loss_low"] if n["low_skill"] else channel["loss"])
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
        more, told, wrong = hears_story(w, s, e, t, i, need, _holder(w, s, n, x["department"]), occasion)
        hours += more
    elif purpose == QUESTION:
        it["outcome"] = ANSWERED
        if draw(run["seed"], key, _SIMPLE, 0) >= p["simple"]:
            more, known = _knows_answer(w, s, e, n, occasion)
            hours += more
            if not known:
                it["outcome"] = _keep_or_send(w, s, e, key, occasion)
    else:
        more, told, wrong = hears_story(w, s, e, t, i, need, _holder(w, s, n, x["department"]), occasion)
        hours += min(more, 0.5 * p["tell_hours"] + p["lookup_hours"])
        it["outcome"] = ANSWERED
        if told or purpose == REPEAT:
            it["outcome"] = _keep_or_send(w, s, e, key, occasion)
        elif wrong:
            # A wrong answer from a stale record: the resident finds out and calls again.
            it["round"] = 1
    return hours + records(w, s, e, t, need, occasion)


@rule
def _holder(w, s, n, department):
    """The department that knows most of a need: the last one that worked on it."""
    return w.teams[n["last_team"]]["department"] if n["last_team"] != NOBODY else department


@rule
def _knows_answer(w, s, e, n, occasion):
    """Whether the front office finds what the specialists have made known to it: (hours, found)."""
    p = s.par[0]
    if not acts(w, s, e, LOOK_UP, n["key"], occasion):
        return 0.0, False
    department = w.teams[w.role_teams[n["role"], 0]]["department"]
    known = connected(s, department, s.staff[e]["department"])
    return p["lookup_hours"], known and draw(s.run[0]["seed"], n["key"], _AGREED, occasion) < p["agreed"]


@rule
def _keep_or_send(w, s, e, key, occasion):
    """Keep the question and pass it on for the resident, or send the resident on."""
    if acts(w, s, e, KEEP, key, occasion):
        return PASSED_ON
    p = s.par[0]
    chance = bounce_chance(p["bounce_ceiling"], s.staff[e]["o"], 0.0)
    away = draw(s.run[0]["seed"], key, _BOUNCE, occasion) < chance and not spared(s, key, BOUNCED, occasion)
    if away and not acts(w, s, e, WARM, key, occasion):
        return SENT_AWAY
    return PASSED_ON


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
    occasion = it["occasion"] + it["visits"]
    delay = exponential(draw(s.run[0]["seed"], n["key"], _DELAY, occasion))
    s.staff[e]["experience"] += 1.0
    if outcome == ASK_BACK:
        it["told"] = 1
        it["state"] = HELD
        n["contacts"] += 1
        schedule(s, t + 24.0 * p["ask_again_days"] * delay, RESUME, i, np.float64(it["visits"]))
        return
    row["result"] = outcome
    purpose = row["purpose"]
    again = it["round"]
    free_item(s, i, True)
    if outcome == TAKEN_IN:
        _take_in(w, s, t, need, purpose)
    elif outcome == ANSWERED:
        note(s, t, need, L_ANSWERED, e, purpose, 0)
        if n["process"] == NOBODY:
            _answered(w, s, t, need)
        elif again and n["state"] == OPEN:
            _later(w, s, t + 48.0 * delay, need, CHASE)
    elif outcome == SENT_AWAY:
        count(s, need, BOUNCES)
        s.causes[BOUNCED]["hours"] += p["triage_hours"]
        note(s, t, need, L_AWAY, e, purpose, n["bounces"])
        _later(w, s, t + 24.0 * p["bounce_days"] * delay, need, REDIRECTED)
    else:
        note(s, t, need, L_PASSED, e, purpose, 0)
        callback(w, s, t, need, e)


@rule
def _later(w, s, at, need, purpose):
    """A contact that the resident will make later on, by the usual channel."""
    run = s.run[0]
    c = run["contacts"]
    run["contacts"] = c + 1
    row = s.contacts[c]
    row["need"] = need
    row["purpose"] = purpose
    row["channel"] = s.needs[need]["channel"]
    row["result"] = PENDING
    row["item"] = NOBODY
    row["tries"] = 0
    row["at"] = at
    row["reached"] = NEVER
    if at < w.end:
        schedule(s, at, REACH, c, 0.0)


@rule
def come_through(w, s, t, c):
    """A contact that was set for now: the resident tries, or reaches the department that they were sent to."""
    row = s.contacts[c]
    need = row["need"]
    n = s.needs[need]
    if row["purpose"] == REDIRECTED:
        row["result"] = TAKEN_IN
        row["reached"] = t
        n["contacts"] += 1
        burden(s, need, w.channels[row["channel"]]["minutes"])
        note(s, t, need, L_CONTACT, NOBODY, row["purpose"], row["channel"])
        if n["state"] == OPEN:
            count(s, need, STORIES)
            callback(w, s, t, need, NOBODY)
        return
    if row["purpose"] != QUESTION and row["purpose"] != APPLICATION and n["state"] != OPEN:
        if row["purpose"] != COMEBACK:
            # The need was met in the meantime: there is nothing left to call about.
            row["result"] = TAKEN_IN
            row["reached"] = t
            row["need"] = NOBODY
            return
    _try(w, s, t, c)


@rule
def _take_in(w, s, t, need, purpose):
    if purpose == APPLICATION:
        submit(w, s, t, need)
    elif purpose == COMEBACK:
        release(w, s, t, need, NOBODY)


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
    occasion = 2 * BASE + n["calls"] * 256
    role = n["role"]
    team = team_of(w, s, need, role) if question else n["last_team"]
    handler = NOBODY if question else n["last_staff"]
    if not question and (team == NOBODY or w.teams[team]["front"]):
        first = w.processes[n["process"]]["first"]
        team = team_of(w, s, need, w.steps[first]["role"])
        handler = NOBODY
    i = new_item(s, CALLBACK, need, NOBODY, team, occasion)
    it = s.items[i]
    it["hours"] = p["answer_hours"] if question else p["status_hours"]
    it["deadline"] = t + 24.0 * p["reply_norm_days"]
    it["sender"] = sender
    n["callback"] = i
    note(s, t, need, L_CALLBACK, sender, NOBODY, team)
    if question and n["calls"] == 1:
        _plan_reply(w, s, t, need)
    if handler != NOBODY and s.staff[handler]["vacant_until"] <= t and handler != sender:
        it["assigned"] = handler
        insert(w, s, i, t, 2 * w.teams.shape[0] + handler)
    else:
        insert(w, s, i, t, aim(w, s, i, t, sender, occasion))


@rule
def _plan_reply(w, s, t, need):
    n = s.needs[need]
    u = draw(s.run[0]["seed"], n["key"], _REPLY, n["chases"])
    at = t + 24.0 * s.par[0]["reply_patience_days"] * exponential(u)
    if at < w.end:
        schedule(s, at, REPLY, need, np.float64(n["chases"]))


@rule
def chase(w, s, t, need, chases, purpose):
    """The resident has waited long enough and asks how it stands, if it is still open."""
    n = s.needs[need]
    if n["state"] != OPEN or n["chases"] != chases:
        return
    n["chases"] += 1
    if purpose == CHASE:
        n["calls"] += 1
        plan_chase(w, s, t, need)
    else:
        _plan_reply(w, s, t, need)
    reach(w, s, t, need, purpose, n["channel"])


@rule
def begin_callback(w, s, e, i, t):
    """Take up a question that was passed on: the hours it takes; the outcome says what comes of it."""
    p = s.par[0]
    it = s.items[i]
    n = s.needs[it["need"]]
    key = n["key"]
    x = s.staff[e]
    it["visits"] += 1
    occasion = it["occasion"] + it["visits"]
    if n["state"] != OPEN:
        it["outcome"] = DONE_WELL
        return 0.0
    if it["wrong"]:
        it["outcome"] = REROUTE if acts(w, s, e, WARM, key, occasion) else AWAY
        return p["triage_hours"]
    if it["assigned"] == NOBODY and it["told"] == 0:
        kept = acts(w, s, e, KEEP, key, occasion)
        chance = bounce_chance(p["bounce_ceiling"], x["o"], 1.0 if kept else 0.0)
        if draw(s.run[0]["seed"], key, _BOUNCE, occasion) < chance and not spared(s, key, BOUNCED, occasion):
            it["outcome"] = PASS if acts(w, s, e, WARM, key, occasion) else AWAY
            return p["triage_hours"]
    note(s, t, it["need"], L_CALLBACK_STARTED, e, NOBODY, it["visits"])
    hours = 0.0
    wrong = False
    if it["sender"] != NOBODY and it["assigned"] == NOBODY and it["told"] == 0:
        source = s.staff[it["sender"]]["department"]
        hours, told, wrong = hears_story(w, s, e, t, i, it["need"], source, occasion)
    it["outcome"] = DONE_WELL
    return hours + it["hours"] * skill_factor(s, e) * s.causes[TASK]["factor"]


@rule
def end_callback(w, s, e, i, t):
    """The question is answered, passed to a colleague, or the resident is sent on."""
    p = s.par[0]
    it = s.items[i]
    need = it["need"]
    n = s.needs[need]
    outcome = it["outcome"]
    if outcome == REROUTE or outcome == PASS:
        it["wrong"] = 0
        insert(w, s, i, t, it["team"])
        return
    if outcome == AWAY:
        occasion = it["occasion"] + it["visits"]
        count(s, need, BOUNCES)
        note(s, t, need, L_AWAY, e, NOBODY, n["bounces"])
        n["callback"] = NOBODY
        free_item(s, i, False)
        delay = exponential(draw(s.run[0]["seed"], n["key"], _DELAY, occasion))
        _later(w, s, t + 24.0 * p["bounce_days"] * delay, need, REDIRECTED)
        return
    s.staff[e]["experience"] += 1.0
    n["callback"] = NOBODY
    free_item(s, i, True)
    if n["process"] == NOBODY and n["state"] == OPEN:
        note(s, t, need, L_CALLBACK_DONE, e, NOBODY, 0)
        _answered(w, s, t, need)


@rule
def _answered(w, s, t, need):
    """A plain question is answered in full."""
    n = s.needs[need]
    if n["state"] != OPEN:
        return
    n["state"] = CLOSED
    n["decided"] = t
    s.run[0]["closed"] += 1
    feel(w, s, t, need, 1.0, s.par[0]["expected_reply_days"])


@rule
def come_back(w, s, t, need):
    """The solution did not fit: the applicant is back."""
    reopen(w, s, t, need)
    note(s, t, need, L_RETURNED, NOBODY, NOBODY, s.needs[need]["returns"])
    plan_chase(w, s, t, need)
    reach(w, s, t, need, COMEBACK, s.needs[need]["channel"])
