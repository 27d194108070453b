"""The agenda: a binary heap of events by (time, order of scheduling), and the log of what happened."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.records import NOBODY

STORIES, BOUNCES, HANDOVERS, STALLS, MINUTES, DROPS, CROSSINGS = map(np.int64, range(7))
TALLIES = 7
"""What is counted over all applications as it happens, so that open cases count too."""


@rule
def count(s, need, what):
    """One more story, referral, handover or stall for this need."""
    n = s.needs[need]
    if what == STORIES:
        n["stories"] += 1
    elif what == BOUNCES:
        n["bounces"] += 1
    elif what == HANDOVERS:
        n["handovers"] += 1
    elif what == DROPS:
        n["drops"] += 1
    elif what == CROSSINGS:
        n["crossings"] += 1
    else:
        n["stalls"] += 1
    if n["process"] >= 0:
        s.tallies[what] += 1.0


@rule
def burden(s, need, minutes):
    """Minutes that this costs the resident."""
    n = s.needs[need]
    n["minutes"] += minutes
    if n["process"] >= 0:
        s.tallies[MINUTES] += minutes


@rule
def _before(a, b):
    return a["t"] < b["t"] or (a["t"] == b["t"] and a["order"] < b["order"])


@rule
def schedule(s, t, kind, a, b):
    """Put an event on the agenda; `a` says whom or what it is about, `b` is a token to tell a stale event by."""
    run = s.run[0]
    heap = s.heap
    i = run["heap"]
    run["heap"] = i + 1
    order = run["order"]
    run["order"] = order + 1
    while i > 0:
        parent = (i - 1) >> 1
        if heap[parent]["t"] <= t:
            break
        heap[i] = heap[parent]
        i = parent
    event = heap[i]
    event["t"] = t
    event["order"] = order
    event["kind"] = kind
    event["a"] = a
    event["b"] = b


@rule
def drop_first(s):
    """Take the first event off the agenda."""
    run = s.run[0]
    heap = s.heap
    n = run["heap"] - 1
    run["heap"] = n
    if n == 0:
        return
    last_t = heap[n]["t"]
    last_order = heap[n]["order"]
    i = 0
    child = 1
    while child < n:
        if child + 1 < n and _before(heap[child + 1], heap[child]):
            child += 1
        first = heap[child]
        if last_t < first["t"] or (last_t == first["t"] and last_order < first["order"]):
            break
        heap[i] = heap[child]
        i = child
        child = 2 * i + 1
    heap[i] = heap[n]


@rule
def note(s, t, need, activity, staff, step, detail):
    """Write a line in the event log, if one is kept; `step` is NOBODY when it is not about a step of a case."""
    _write(s, t, need, activity, staff, step, NOBODY, detail)


@rule
def note_contact(s, t, need, activity, staff, purpose, detail):
    """The same of something that happened to a contact, which has a purpose."""
    _write(s, t, need, activity, staff, NOBODY, purpose, detail)


@rule
def _write(s, t, need, activity, staff, step, purpose, detail):
    run = s.run[0]
    if run["logging"] == 0:
        return
    i = run["log"]
    run["log"] = i + 1
    line = s.log[i]
    line["t"] = t
    line["need"] = need
    line["activity"] = activity
    line["staff"] = staff
    line["step"] = step
    line["purpose"] = purpose
    line["detail"] = detail
