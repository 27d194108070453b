"""Arrivals: when the next question or application comes, and from whom."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.agenda import schedule
from kastje.model.calendar import advance, worked_between
from kastje.model.chance import Purpose, draw, drawn, exponential
from kastje.model.contacts import reach
from kastje.model.occasions import entity_of_stream
from kastje.model.records import APPLICATION, ARRIVAL, NOBODY, QUESTION
from kastje.model.residents import new_need

_GAP, _ROLE, _CHANNEL = np.int64(Purpose.GAP), np.int64(Purpose.ROLE), np.int64(Purpose.CHANNEL)


@rule
def plan_arrival(w, s, stream, t):
    """Schedule the next arrival of a stream: exponential gaps in opening hours."""
    x = s.streams[stream]
    p = s.par[0]
    per_hour = x["per_hour"] * p["load"]
    if per_hour <= 0.0:
        return
    x["made"] += 1
    everybody = s.hours.shape[1] - 1
    left = exponential(draw(s.run[0]["seed"], entity_of_stream(stream), _GAP, x["made"])) / per_hour
    # In opening hours at today's demand; during a surge they pass faster.
    first = 24.0 * (p["runin_days"] + p["surge_start_day"])
    last = first + 168.0 * p["surge_weeks"]
    at = advance(s.hours, w.opens, everybody, t, left)
    if p["surge_extra"] > 0.0 and t < last and at > first:
        start = max(t, first)
        left -= worked_between(s.hours, w.opens, everybody, t, start)
        within = worked_between(s.hours, w.opens, everybody, start, last) * (1.0 + p["surge_extra"])
        if left <= within:
            at = advance(s.hours, w.opens, everybody, start, left / (1.0 + p["surge_extra"]))
        else:
            at = advance(s.hours, w.opens, everybody, last, left - within)
    if at < w.end:
        schedule(s, at, ARRIVAL, stream, 0.0)


@rule
def arrive_next(w, s, stream, t):
    """A need arises: a question, or an application (mostly by the web); the next of its stream is planned."""
    x = s.streams[stream]
    need = new_need(w, s, t, x["process"], x["made"])
    n = s.needs[need]
    if x["process"] == NOBODY:
        u = drawn(n["stem"], _ROLE, 0)
        for k in range(w.question_roles.shape[0]):
            n["role"] = k
            if u < w.question_roles[k]:
                break
        reach(w, s, t, need, QUESTION, n["channel"])
    else:
        by_web = drawn(n["stem"], _CHANNEL, 1) < s.par[0]["apply_by_web"]
        reach(w, s, t, need, APPLICATION, w.application_channel if by_web else n["channel"])
    plan_arrival(w, s, stream, t)
