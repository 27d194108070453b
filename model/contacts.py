"""Contacts: residents reach the front office, are answered, passed on or sent away, and come back when they must."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.activities import L_CONTACT, L_HUNG_UP, L_RETURNED
from kastje.model.agenda import STORIES, burden, count, note, note_contact, schedule
from kastje.model.calendar import next_work
from kastje.model.callbacks import callback, plan_reply
from kastje.model.cases import plan_chase, release, reopen, submit, withdraw
from kastje.model.chance import Purpose, drawn, exponential
from kastje.model.dropped import pick_up_dropped
from kastje.model.items import free_item, new_item, unlink
from kastje.model.occasions import occasion_of_contact, occasion_of_opening
from kastje.model.records import (
    ABANDON,
    ABANDONED,
    APPLICATION,
    CHASE,
    COMEBACK,
    CONTACT,
    NEVER,
    NOBODY,
    OPEN,
    PENDING,
    QUESTION,
    REACH,
    REDIRECTED,
    TAKEN_IN,
    WAITING,
)
from kastje.model.residents import new_contact, pick_channel
from kastje.model.routing import team_of
from kastje.model.worklist import insert

_PATIENCE, _RETRY, _SWITCH = np.int64(Purpose.PATIENCE), np.int64(Purpose.RETRY), np.int64(Purpose.SWITCH)
_DELAY, _CHANNEL = np.int64(Purpose.DELAY), np.int64(Purpose.CHANNEL)

RETRY_HOURS = 2.0
TRIES_MOST = 4


@rule
def reach(w, s, t, need, purpose, channel):
    """The resident sets out to make a contact at `t`: at once, or for a live channel when the lines are open."""
    n = s.needs[need]
    c = new_contact(s, t, need, purpose, channel)
    row = s.contacts[c]
    if w.front_role == NOBODY:
        n["contacts"] += 1
        row["result"] = TAKEN_IN
        take_in(w, s, t, need, purpose)
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
            u = drawn(n["stem"], _DELAY, occasion_of_opening(n["contacts"], row["tries"]))
            at += 2.0 * u
            if at < w.end:
                schedule(s, at, REACH, c, 0.0)
            return
    arrive(w, s, t, c)


@rule
def arrive(w, s, t, c):
    """A contact reaches the municipality: on the line, at the counter, or among the messages."""
    row = s.contacts[c]
    need = row["need"]
    n = s.needs[need]
    channel = w.channels[row["channel"]]
    n["contacts"] += 1
    team = team_of(w, s, need, w.front_role)
    i = new_item(s, CONTACT, need, NOBODY, team, occasion_of_contact(n["contacts"], row["tries"]))
    it = s.items[i]
    it["contact"] = c
    it["hours"] = channel["hours"]
    if n["process"] >= 0 and row["purpose"] in (APPLICATION, COMEBACK):
        it["tracked"] = 1
    row["item"] = i
    row["at"] = t
    if row["tries"] == 0:
        burden(s, need, channel["minutes"])
    note_contact(s, t, need, L_CONTACT, NOBODY, row["purpose"], row["channel"])
    if channel["live"]:
        insert(w, s, i, t, w.teams.shape[0] + team)
        u = drawn(n["stem"], _PATIENCE, it["occasion"])
        schedule(s, t + exponential(u) * s.par[0]["patience_minutes"] / 60.0, ABANDON, c, 0.0)
    else:
        it["deadline"] = t + 24.0 * s.par[0]["reply_norm_days"]
        insert(w, s, i, t, team)


@rule
def hang_up(w, s, t, c):
    """Patience on the line is over: hang up, and perhaps try again later or by another channel."""
    p = s.par[0]
    row = s.contacts[c]
    if row["result"] != PENDING or row["reached"] != NEVER:
        return
    i = row["item"]
    if i == NOBODY or s.items[i]["state"] != WAITING:
        return
    n = s.needs[row["need"]]
    burden(s, row["need"], 60.0 * (t - row["at"]))
    note_contact(s, t, row["need"], L_HUNG_UP, NOBODY, row["purpose"], row["channel"])
    occasion = s.items[i]["occasion"]
    unlink(w, s, i)
    free_item(w, s, i, t, False)
    row["result"] = ABANDONED
    row["reached"] = t
    again = drawn(n["stem"], _RETRY, occasion) < p["retry_chance"]
    if row["tries"] >= TRIES_MOST or not again:
        if row["purpose"] == QUESTION and n["state"] == OPEN:
            withdraw(w, s, t, row["need"])
        elif row["purpose"] == APPLICATION or row["purpose"] == COMEBACK:
            take_in(w, s, t, row["need"], row["purpose"])
        return
    channel = row["channel"]
    if drawn(n["stem"], _SWITCH, occasion) < p["switch_chance"]:
        channel = pick_channel(w, n["low_skill"], drawn(n["stem"], _CHANNEL, occasion))
    at = t + RETRY_HOURS * exponential(drawn(n["stem"], _DELAY, occasion))
    k = new_contact(s, at, row["need"], row["purpose"], channel)
    s.contacts[k]["tries"] = row["tries"] + 1
    if at < w.end:
        schedule(s, at, REACH, k, 0.0)


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
        note_contact(s, t, need, L_CONTACT, NOBODY, row["purpose"], row["channel"])
        if n["state"] == OPEN:
            count(s, need, STORIES)
            pick_up_dropped(w, s, t, need)
            callback(w, s, t, need, NOBODY)
        return
    about_open = row["purpose"] not in (QUESTION, APPLICATION, COMEBACK)
    if about_open and n["state"] != OPEN:
        # The need was met in the meantime: there is nothing left to call about.
        row["result"] = TAKEN_IN
        row["reached"] = t
        row["need"] = NOBODY
        return
    _try(w, s, t, c)


@rule
def take_in(w, s, t, need, purpose):
    """What the contact brought is taken in: an application, or the word that a solution did not fit."""
    if purpose == APPLICATION:
        submit(w, s, t, need)
    elif purpose == COMEBACK:
        release(w, s, t, need, NOBODY)
    elif purpose == CHASE:
        # Nobody in front: the resident reaches the handlers themselves.
        pick_up_dropped(w, s, t, need)
        callback(w, s, t, need, NOBODY)


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
        plan_reply(w, s, t, need)
    reach(w, s, t, need, purpose, n["channel"])


@rule
def come_back(w, s, t, need):
    """The solution did not fit: the applicant is back."""
    reopen(w, s, t, need)
    note(s, t, need, L_RETURNED, NOBODY, NOBODY, s.needs[need]["returns"])
    plan_chase(w, s, t, need)
    reach(w, s, t, need, COMEBACK, s.needs[need]["channel"])
