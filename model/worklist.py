"""What an employee does next: worklists, hours, and the choice among what lies there.

An employee who becomes free takes from
the live queue first, then the item with the least perceived slack of pool and personal list, as far as the hours for
this work go: own share first, other work that gives way for what is urgent, overtime for what is overdue.
"""

import math

import numpy as np

from kastje.agents.compiled import rule
from kastje.agents.employee import gives_way, perceived_slack
from kastje.model.agenda import schedule
from kastje.model.calendar import advance, next_work, worked_between
from kastje.model.chance import Purpose, drawn, normal, second
from kastje.model.items import append
from kastje.model.lead import IN_LINE, moves_to
from kastje.model.occasions import occasion_of_salience
from kastje.model.records import NEVER, NOBODY, SETTLE, STEP, WAITING, WAKE

_NOISE = np.int64(Purpose.NOISE)
WEEK_HOURS = 36.0
REGULAR, GIVING_WAY, OVERTIME = map(np.int64, range(3))


@rule
def accrue(w, s, e, t):
    """Bring the hours that this employee has for this work up to date: own share, what gives way, overtime."""
    p = s.par[0]
    x = s.staff[e]
    if t <= x["budgets_at"]:
        return
    hours = worked_between(s.hours, w.opens, e, x["budgets_at"], t)
    share = x["share"]
    x["budgets_at"] = t
    x["regular"] = min(share * WEEK_HOURS, x["regular"] + share * hours)
    given = min(share * p["give_way"], 1.0 - share)
    x["giving_way"] = min(given * WEEK_HOURS, x["giving_way"] + given * hours)
    over = share * p["overtime_ratio"]
    x["overtime"] = min(over * WEEK_HOURS, x["overtime"] + over * hours)


@rule
def call(w, s, e, t):
    """Let an employee look at the worklists at `t`, if not called already."""
    x = s.staff[e]
    if x["called"] == 0:
        x["called"] = 1
        run = s.run[0]
        s.ready[run["ready"]] = e
        run["ready"] += 1


@rule
def wake_later(w, s, e, t):
    """See to it that an idle employee looks again: when at work and, without own hours left, when there are some."""
    x = s.staff[e]
    at = next_work(s.hours, w.opens, e, t)
    if at <= t:
        day = math.floor(t / 24.0) + 1.0
        at = next_work(s.hours, w.opens, e, day * 24.0)
        if x["regular"] <= 0.0:
            at = min(at, advance(s.hours, w.opens, e, t, 1e-6 - x["regular"] / x["share"]))
    if at < x["wake"]:
        x["wake"] = at
        schedule(s, at, WAKE, e, at)


@rule
def insert(w, s, i, t, number):
    """Put an item on a list and see to it that somebody who is free looks at it."""
    it = s.items[i]
    it["state"] = WAITING
    it["queued"] = t
    append(s, i, number)
    moves_to(w, s, i, t, IN_LINE)
    teams = w.teams.shape[0]
    if number >= 2 * teams:
        e = number - 2 * teams
        s.crews[s.staff[e]["team"]]["waiting"] += it["hours"]
        if s.staff[e]["busy"] == NOBODY:
            if next_work(s.hours, w.opens, e, t) <= t:
                call(w, s, e, t)
            else:
                wake_later(w, s, e, t)
        return
    live = number >= teams
    crew = number - teams if live else number
    c = s.crews[crew]
    c["waiting"] += it["hours"]
    team = w.teams[crew]
    n = team["staff"]
    for k in range(n):
        e = team["first"] + (c["turn"] + k) % n
        x = s.staff[e]
        if x["busy"] != NOBODY or x["called"] != 0 or (e == team["manager"] and n > 1):
            continue
        if next_work(s.hours, w.opens, e, t) <= t:
            accrue(w, s, e, t)
            if live or x["regular"] > 0.0:
                c["turn"] = (c["turn"] + k + 1) % n
                call(w, s, e, t)
                return
        if x["wake"] == NEVER:
            wake_later(w, s, e, t)


@rule
def days_left(s, i, t):
    """Days to the deadline of what an item is about: the legal term of its case, or its own norm."""
    it = s.items[i]
    if it["kind"] == STEP or it["kind"] == SETTLE:
        return (s.needs[it["need"]]["deadline"] - t) / 24.0
    return (it["deadline"] - t) / 24.0


@rule
def steps_left(w, s, need):
    """How many steps of a case are still to be done."""
    n = s.needs[need]
    left = n["needed"] & ~n["done"]
    # The number of bits set, by adding neighbours in parallel: this is asked of every waiting item at every pick.
    left = left - ((left >> 1) & 0x55555555)
    left = (left & 0x33333333) + ((left >> 2) & 0x33333333)
    left = (left + (left >> 4)) & 0x0F0F0F0F
    return ((left * 0x01010101) >> 24) & 0xFF


@rule
def _urgency(w, s, i, t):
    """Days to the deadline less the time that is kept free for the steps that come after this one."""
    it = s.items[i]
    left = days_left(s, i, t)
    if it["kind"] == STEP or it["kind"] == SETTLE:
        left -= s.par[0]["step_allowance_days"] * max(0, steps_left(w, s, it["need"]) - 1)
    return left


@rule
def salience(s, need, team):
    """How much a case stands out to a team (a standard normal): the same for all that it does for this case.

    So that whoever has picked a case up goes on with it, and does not come upon each step of it afresh.
    """
    p = s.par[0]
    if p["noise_sd_days"] == 0.0 or p["first_come"] == 1.0:
        return 0.0
    n = s.needs[need]
    u = drawn(n["stem"], _NOISE, occasion_of_salience(n["returns"], team))
    return normal(u, second(u))


@rule
def ownership_of(s, e):
    """The ownership that employee `e` works by; the same for all when the work is cut off from it."""
    return s.staff[e]["o"] if s.par[0]["work_reads_ownership"] == 1.0 else 0.5


@rule
def _slack(w, s, i, e, t):
    p = s.par[0]
    it = s.items[i]
    if p["first_come"] == 1.0:
        return it["queued"]
    own = 0.0
    calls = 0
    if it["kind"] == STEP or it["kind"] == SETTLE:
        need = s.needs[it["need"]]
        calls = need["calls"]
        own = 1.0 if need["owner"] == e else 0.0
    ownership = ownership_of(s, e)
    noise = it["noise"] * p["noise_sd_days"]
    return perceived_slack(
        _urgency(w, s, i, t), it["hours"] / 8.0, calls, p["call_days"], own, ownership, p["own_days"], noise
    )


@rule
def _best(w, s, number, e, t, budget, best, least):
    p = s.par[0]
    i = s.lists[number]["head"]
    while i != NOBODY:
        allowed = True
        if budget != REGULAR:
            left = _urgency(w, s, i, t)
            allowed = gives_way(left, p["urgent_days"]) if budget == GIVING_WAY else left < 0.0
        if allowed:
            slack = _slack(w, s, i, e, t)
            if slack < least:
                least = slack
                best = i
        i = s.items[i]["next"]
    return best, least


@rule
def pick(w, s, e, t):
    """The item that a free employee takes now and from which hours it goes: (item, budget); NOBODY when none."""
    x = s.staff[e]
    teams = w.teams.shape[0]
    team = w.teams[x["team"]]
    is_manager = e == team["manager"] and team["staff"] > 1
    if not is_manager:
        live = s.lists[teams + x["team"]]["head"]
        if live != NOBODY:
            return live, REGULAR
    own = 2 * teams + e
    if s.lists[own]["length"] == 0 and (is_manager or s.lists[x["team"]]["length"] == 0):
        return NOBODY, REGULAR
    accrue(w, s, e, t)
    if x["regular"] > 0.0:
        budget = REGULAR
    elif x["giving_way"] > 0.0:
        budget = GIVING_WAY
    elif x["overtime"] > 0.0:
        budget = OVERTIME
    else:
        wake_later(w, s, e, t)
        return NOBODY, REGULAR
    best, least = _best(w, s, own, e, t, budget, NOBODY, NEVER)
    if not is_manager:
        best, least = _best(w, s, x["team"], e, t, budget, best, least)
    if best == NOBODY:
        wake_later(w, s, e, t)
    return best, budget


@rule
def spend(s, e, hours, budget):
    """Charge hours of work on these cases to what they are taken from."""
    x = s.staff[e]
    if budget == REGULAR:
        x["regular"] -= hours
    elif budget == GIVING_WAY:
        x["giving_way"] -= hours
    else:
        x["overtime"] -= hours
        s.run[0]["overtime"] += hours
