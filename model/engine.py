"""The event loop: takes the next event off the agenda and lets the people and processes act on it.

It runs to a given time and can go on from there; it stops early only when a pool is full (`FULL`), so that the caller
can give it more room. Compiled and interpreted it writes the same event log, byte for byte.
"""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.agenda import drop_first, schedule
from kastje.model.arrivals import arrive_next
from kastje.model.calendar import next_work
from kastje.model.callbacks import begin_callback, end_callback
from kastje.model.cases import after_consultation
from kastje.model.clock import extend
from kastje.model.contacts import chase, come_back, come_through, hang_up
from kastje.model.endings import end_step, resume_step
from kastje.model.front_office import begin_contact, end_contact
from kastje.model.items import free_item, unlink
from kastje.model.meetings import EARLY, free_meeting, hold
from kastje.model.people import IN_MEETING, serve
from kastje.model.records import (
    ABANDON,
    ARRIVAL,
    ASKED,
    CALLBACK,
    CHASE,
    CONTACT,
    DAY,
    DELEGATE,
    DONE,
    EXTEND,
    HELD,
    IN_TRANSIT,
    MEET,
    NEVER,
    NOBODY,
    OPEN,
    REACH,
    REPEAT,
    REPLY,
    RESUME,
    RETURN,
    SETTLE,
    STATUS,
    STEP,
    WAKE,
)
from kastje.model.residents import answers
from kastje.model.stalls import after_alignment, delegate, end_settle
from kastje.model.state import MARGIN, PER_HEAD
from kastje.model.steps import begin_step
from kastje.model.week import monday, morning
from kastje.model.worklist import call, insert, pick, wake_later

REACHED, FULL = map(np.int64, range(2))


@rule
def _has_room(s):
    run = s.run[0]
    margin = MARGIN + PER_HEAD * s.staff.shape[0]
    return (
        run["heap"] + margin < s.heap.shape[0]
        and run["needs"] + margin < s.needs.shape[0]
        and run["items"] + margin < s.items.shape[0]
        and run["contacts"] + margin < s.contacts.shape[0]
        and run["meetings"] + margin < s.meetings.shape[0]
        and (run["logging"] == 0 or run["log"] + margin < s.log.shape[0])
    )


@rule
def _attend(w, s, e, t):
    """A free employee looks at the worklists and takes what is to be done now, if anything."""
    x = s.staff[e]
    x["called"] = 0
    if x["busy"] != NOBODY:
        return
    x["wake"] = NEVER
    teams = w.teams.shape[0]
    if next_work(s.hours, w.opens, e, t) > t:
        if (
            s.lists[2 * teams + e]["length"] > 0
            or s.lists[x["team"]]["length"] > 0
            or s.lists[teams + x["team"]]["length"] > 0
        ):
            wake_later(w, s, e, t)
        return
    while True:
        i, budget = pick(w, s, e, t)
        if i == NOBODY:
            return
        it = s.items[i]
        kind = it["kind"]
        if kind == STEP and s.needs[it["need"]]["state"] != OPEN:
            unlink(w, s, i)
            free_item(w, s, i, t, False)
            continue
        if kind == STEP:
            hours = begin_step(w, s, e, i, t)
        elif kind == CONTACT:
            hours = begin_contact(w, s, e, i, t)
        elif kind == CALLBACK:
            hours = begin_callback(w, s, e, i, t)
        else:
            hours = it["hours"]
        serve(w, s, e, i, t, hours, budget)
        return


@rule
def _finish(w, s, e, t):
    x = s.staff[e]
    if t < x["until"]:
        # A meeting came in between: the work in hand ends later.
        schedule(s, x["until"], DONE, e, 0.0)
        return
    i = x["busy"]
    x["busy"] = NOBODY
    if i != IN_MEETING:
        kind = s.items[i]["kind"]
        if kind == STEP:
            end_step(w, s, e, i, t)
        elif kind == CONTACT:
            end_contact(w, s, e, i, t)
        elif kind == CALLBACK:
            end_callback(w, s, e, i, t)
        elif kind == SETTLE:
            end_settle(w, s, e, i, t)
    if x["busy"] == NOBODY:
        call(w, s, e, t)


@rule
def _meet(w, s, m, t):
    row = s.meetings[m]
    if row["kind"] == EARLY:
        hold(w, s, m, t)
        after_consultation(w, s, t, row["need"], row["size"])
    else:
        i = row["item"]
        if s.needs[row["need"]]["state"] != OPEN:
            free_item(w, s, i, t, False)
        else:
            hold(w, s, m, t)
            after_alignment(w, s, i, t)
    free_meeting(s, m)


@rule
def _resume(w, s, i, visits, t):
    it = s.items[i]
    if it["state"] != HELD or it["visits"] != visits:
        return
    if it["outcome"] == IN_TRANSIT:
        insert(w, s, i, t, it["list"])
    elif it["kind"] == CONTACT:
        answers(s, t, it["need"], ASKED)
        insert(w, s, i, t, it["team"])
    else:
        resume_step(w, s, i, t)


@rule
def _day(w, s, day, t):
    if day % 7 == 0:
        monday(w, s, t, day // 7)
    morning(w, s, t)
    schedule(s, (day + 1) * 24.0 + w.opens, DAY, day + 1, 0.0)


@rule
def run_until(w, s, stop):
    """Run the municipality up to and including time `stop` (calendar hours): REACHED, or FULL when a pool is full."""
    run = s.run[0]
    while True:
        while run["ready"] > 0:
            if not _has_room(s):
                return FULL
            run["ready"] -= 1
            _attend(w, s, s.ready[run["ready"]], run["t"])
        if not _has_room(s):
            return FULL
        if run["heap"] == 0 or s.heap[0]["t"] > stop:
            run["t"] = stop
            return REACHED
        event = s.heap[0]
        t = event["t"]
        kind = event["kind"]
        a = event["a"]
        b = event["b"]
        drop_first(s)
        run["t"] = t
        run["events"] += 1
        if kind == DONE:
            _finish(w, s, a, t)
        elif kind == WAKE:
            if s.staff[a]["wake"] == b:
                call(w, s, a, t)
        elif kind == ARRIVAL:
            arrive_next(w, s, a, t)
        elif kind == REACH:
            come_through(w, s, t, a)
        elif kind == ABANDON:
            hang_up(w, s, t, a)
        elif kind == RESUME:
            _resume(w, s, a, np.int64(b), t)
        elif kind == STATUS:
            chase(w, s, t, a, np.int64(b), CHASE)
        elif kind == REPLY:
            chase(w, s, t, a, np.int64(b), REPEAT)
        elif kind == MEET:
            _meet(w, s, a, t)
        elif kind == RETURN:
            come_back(w, s, t, a)
        elif kind == EXTEND:
            extend(w, s, t, a, b)
        elif kind == DELEGATE:
            delegate(w, s, a, t, np.int64(b))
        elif kind == DAY:
            _day(w, s, a, t)
