"""Meetings about a case: the first common free slot in the calendars of those who must be there."""

import math

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.agenda import schedule
from kastje.model.people import take_time
from kastje.model.records import MEET, NEVER, NOBODY
from kastje.model.state import MEETING_SEATS

EARLY, ALIGN = map(np.int64, range(2))
SLOTS = 8


@rule
def new_meeting(s, need, item, kind, hours):
    """A fresh meeting (its row number) without anybody in it."""
    run = s.run[0]
    m = run["free_meeting"]
    if m != NOBODY:
        run["free_meeting"] = s.meetings[m]["item"]
    else:
        m = run["meetings"]
        run["meetings"] = m + 1
    row = s.meetings[m]
    row["need"] = need
    row["item"] = item
    row["kind"] = kind
    row["hours"] = hours
    row["size"] = 0
    return m


@rule
def free_meeting(s, m):
    """Give a meeting's row back."""
    s.meetings[m]["item"] = s.run[0]["free_meeting"]
    s.run[0]["free_meeting"] = m


@rule
def invite(s, m, e):
    """Add employee `e` to a meeting, once, while there are seats."""
    row = s.meetings[m]
    for k in range(row["size"]):
        if s.seats[m, k] == e:
            return
    if row["size"] < MEETING_SEATS:
        s.seats[m, row["size"]] = e
        row["size"] += 1


@rule
def convene(w, s, m, not_before):
    """Book the first slot that all invited have free and put the meeting on the agenda; its time."""
    row = s.meetings[m]
    length = max(1, math.ceil(row["hours"]))
    for day in range(int(not_before // 24.0), s.hours.shape[0]):
        day_hours = NEVER
        taken = 0
        for k in range(row["size"]):
            e = s.seats[m, k]
            day_hours = min(day_hours, s.hours[day, e])
            taken |= s.slots[day, e]
        if day_hours <= 0.0:
            continue
        for slot in range(SLOTS - length + 1):
            wanted = ((1 << length) - 1) << slot
            at = day * 24.0 + w.opens + slot * day_hours / SLOTS
            if taken & wanted == 0 and at >= not_before:
                for k in range(row["size"]):
                    s.slots[day, s.seats[m, k]] |= wanted
                schedule(s, at, MEET, m, 0.0)
                return at
    return NEVER


@rule
def hold(w, s, m, t):
    """Hold a meeting: everybody in it spends its hours."""
    row = s.meetings[m]
    for k in range(row["size"]):
        take_time(w, s, s.seats[m, k], t, row["hours"], False)
