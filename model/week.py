"""What time itself does: the morning's standing meetings, and once a week attitudes, support, turnover, improvement."""

import numpy as np

from agents.attitudes import (
    anchor_after_week,
    friedkin_johnsen,
    known_after_session,
    role_anchor_after_week,
    session_lift,
)
from agents.compiled import rule
from agents.manager import support_after_act, support_after_quiet_week, support_chance
from model.agenda import BOUNCES, HANDOVERS, MINUTES, STALLS, STORIES
from model.calendar import next_work, worked_between
from model.chance import ENTITY_ORGANISATION, ENTITY_STAFF, Purpose, draw
from model.people import take_time
from model.records import NOBODY, SETTLE, TASK
from model.residents import mean_trust
from model.worklist import insert, unlink

_SESSION, _SUPPORT, _LEAVES, _INNOVATES = (
    np.int64(Purpose.SESSION),
    np.int64(Purpose.SUPPORT),
    np.int64(Purpose.LEAVES),
    np.int64(Purpose.INNOVATES),
)
COVER_DAYS = 5.0
FORGET = 0.5


@rule
def morning(w, s, t):
    """Standing meetings of the teams whose day it is; work of people who stay away for days goes to their team."""
    p = s.par[0]
    day = int(t // 24.0)
    standing = p["data_meeting_hours"] + p["coordination_hours"] + p["coaching_hours"] + p["innovation_hours"]
    standing *= p["lesson_cost"]
    for k in range(w.teams.shape[0]):
        team = w.teams[k]
        mine = day % 7 == team["weekday"]
        for e in range(team["first"], team["first"] + team["staff"]):
            is_manager = e == team["manager"]
            if s.hours[day, e] <= 0.0:
                if s.lists[2 * w.teams.shape[0] + e]["length"] > 0:
                    _cover(w, s, e, t)
                continue
            if mine:
                hours = standing
                if is_manager:
                    hours += p["lesson_cost"] * p["coaching_hours"] * (team["staff"] - 1)
                take_time(w, s, e, t, hours, True)
                s.run[0]["effort"] += p["innovation_hours"]


@rule
def _cover(w, s, e, t):
    if next_work(s.hours, w.opens, e, t) - t > 24.0 * COVER_DAYS:
        hand_over_all(w, s, e, t)


@rule
def hand_over_all(w, s, e, t):
    """What lies on somebody's own list goes to the team's pool; what waits for a manager's word goes one up."""
    own = 2 * w.teams.shape[0] + e
    above = s.staff[e]["manager"]
    i = s.lists[own]["head"]
    while i != NOBODY:
        after = s.items[i]["next"]
        if s.items[i]["kind"] != SETTLE:
            unlink(w, s, i)
            s.items[i]["assigned"] = NOBODY
            insert(w, s, i, t, s.staff[e]["team"])
        elif above != NOBODY and above != e and s.staff[above]["vacant_until"] <= t:
            since = s.items[i]["queued"]
            unlink(w, s, i)
            insert(w, s, i, t, 2 * w.teams.shape[0] + above)
            s.items[i]["queued"] = since
        i = after


@rule
def monday(w, s, t, week):
    """The week's change: what people hold, feel and know; who leaves; what improvement work brings."""
    measure(w, s, t)
    _attitudes(w, s, t, week)
    _support(w, s, week)
    _turnover(w, s, t, week)
    _improve(s)
    run = s.run[0]
    run["week_opportunities"] = 0.0
    run["week_acted"] = 0.0


@rule
def measure(w, s, t):
    """One row of figures: what people hold at `t`, and the meters as they stand (since the branch)."""
    p = s.par[0]
    run = s.run[0]
    row = s.weeks[run["weeks"]]
    run["weeks"] += 1
    n = s.staff.shape[0]
    row["t"] = t
    row["v"] = 0.0
    row["o"] = 0.0
    row["s"] = 0.0
    row["k"] = 0.0
    reachable = 0.0
    for e in range(n):
        x = s.staff[e]
        row["v"] += x["v"] / n
        row["o"] += x["o"] / n
        row["s"] += x["s"] / n
        row["k"] += x["k"] / n
        hours = worked_between(s.hours, w.opens, e, run["measured"], t)
        hours *= min(1.0, x["share"] * (1.0 + p["give_way"]))
        reachable += hours
        s.crews[x["team"]]["reachable"] += hours
    worked = 0.0
    for k in range(s.crews.shape[0]):
        worked += s.crews[k]["worked"]
    row["worked"] = worked
    row["reachable"] = reachable
    row["opportunities"] = run["week_opportunities"]
    row["acted"] = run["week_acted"]
    row["trust"] = mean_trust(s)
    row["lever"] = run["lever"]
    row["overtime"] = run["overtime"]
    row["open"] = run["open_cases"]
    row["left"] = run["left"]
    row["stories"] = s.tallies[STORIES]
    row["bounces"] = s.tallies[BOUNCES]
    row["handovers"] = s.tallies[HANDOVERS]
    row["stalls"] = s.tallies[STALLS]
    row["minutes"] = s.tallies[MINUTES]
    run["measured"] = t


@rule
def _attitudes(w, s, t, week):
    p = s.par[0]
    n = s.staff.shape[0]
    weights = (1.0 - p["cross_share"]) * w.tie_own + p["cross_share"] * w.tie_cross
    lam = np.zeros(n)
    v = np.zeros(n)
    o = np.zeros(n)
    v_anchor = np.zeros(n)
    o_anchor = np.zeros(n)
    for e in range(n):
        x = s.staff[e]
        lam[e] = 0.0 if x["heads"] else p["susceptibility"]
        v[e] = x["v"]
        o[e] = x["o"]
        v_anchor[e] = x["v_anchor"]
        o_anchor[e] = x["o_anchor"]
    v_new = np.zeros(n)
    o_new = np.zeros(n)
    friedkin_johnsen(v, v_anchor, lam, p["alpha"], w.tie_ptr, w.tie_idx, weights, v_new)
    friedkin_johnsen(o, o_anchor, lam, p["alpha"], w.tie_ptr, w.tie_idx, weights, o_new)
    per_week = p["sessions_per_year"] / 52.0
    sessions = int((week + 1) * per_week) - int(week * per_week)
    day = int(t // 24.0)
    for e in range(n):
        x = s.staff[e]
        x["v"] = v_new[e]
        x["o"] = o_new[e]
        share = x["acted"] / x["opportunities"] if x["opportunities"] > 0.0 else 0.0
        if x["opportunities"] > 0.0:
            x["v_anchor"] = anchor_after_week(x["v_anchor"], share, x["s"], p["anchor_low"], p["eta_d"], p["eta_c"])
        x["opportunities"] = 0.0
        x["acted"] = 0.0
        x["o_anchor"] = role_anchor_after_week(x["o_anchor"], p["anchor_target"], p["anchor_rate"])
        for k in range(sessions):
            comes = draw(s.run[0]["seed"], ENTITY_STAFF + e, _SESSION, week * 4 + k) < p["attendance"]
            if comes and s.hours[day, e] > 0.0:
                x["v"] = session_lift(x["v"], p["eta_f"])
                x["k"] = known_after_session(x["k"])
                take_time(w, s, e, t, p["session_hours"] * p["lesson_cost"], True)
        for k in range(w.teams.shape[0]):
            s.knows[e, k] += p["knows_rate"] * max(0.0, p["knows_target"] - s.knows[e, k])


@rule
def _support(w, s, week):
    p = s.par[0]
    teams = w.teams.shape[0]
    seed = s.run[0]["seed"]
    for k in range(teams):
        team = w.teams[k]
        boss = team["manager"]
        if boss == NOBODY:
            continue
        chief = s.staff[team["boss"]]["aware"] if team["boss"] != NOBODY else s.staff[boss]["aware"]
        s.staff[boss]["aware"] += p["aware_rate"] * max(0.0, p["aware_target"] - s.staff[boss]["aware"])
        in_tray = s.lists[2 * teams + boss]["length"] * p["settle_hours"] / 8.0
        chance = support_chance(
            p["support_theta"],
            p["beta_usefulness"],
            p["beta_boss"],
            p["beta_inbox"],
            s.staff[boss]["aware"],
            chief,
            in_tray,
        )
        if p["support_forced"] >= 0.0:
            chance = p["support_forced"]
        for e in range(team["first"], team["first"] + team["staff"]):
            x = s.staff[e]
            if draw(seed, ENTITY_STAFF + e, _SUPPORT, week) < chance:
                x["s"] = support_after_act(x["s"], p["support_kappa"])
            else:
                x["s"] = support_after_quiet_week(x["s"], x["s_rest"], p["support_half_life"])


@rule
def _turnover(w, s, t, week):
    p = s.par[0]
    seed = s.run[0]["seed"]
    day = int(t // 24.0)
    for e in range(s.staff.shape[0]):
        x = s.staff[e]
        if x["vacant_until"] > t or draw(seed, ENTITY_STAFF + e, _LEAVES, week) >= p["turnover"] / 52.0:
            continue
        s.run[0]["left"] += 1
        x["arrivals"] += 1
        x["vacant_until"] = t + p["vacancy_weeks"] * 168.0
        for d in range(day, min(s.hours.shape[0], day + int(p["vacancy_weeks"] * 7.0))):
            s.hours[d, e] = 0.0
        start = w.start[e]
        x["v"] = start["v"]
        x["v_anchor"] = start["v"]
        x["o"] = start["o"]
        x["o_anchor"] = max(start["o"], min(x["o_anchor"], p["anchor_target"]))
        x["k"] = 0.5 * start["k"]
        x["s"] = start["s"]
        x["experience"] = p["newcomer_items"]
        for k in range(w.teams.shape[0]):
            if k != x["team"]:
                s.knows[e, k] *= 0.5
        hand_over_all(w, s, e, t)


@rule
def _improve(s):
    """Improvement work tackles the cause that costs the most hours, and the task itself, in turn (lesson 8)."""
    p = s.par[0]
    run = s.run[0]
    acted = run["week_acted"] / run["week_opportunities"] if run["week_opportunities"] > 0.0 else 0.0
    while run["effort"] >= p["attempt_hours"]:
        run["effort"] -= p["attempt_hours"]
        run["attempts"] += 1
        u = draw(run["seed"], ENTITY_ORGANISATION, _INNOVATES, run["attempts"])
        if u >= p["attempt_success"] * acted:
            continue
        cause = TASK
        if run["attempts"] % 2 == 0:
            most = -1.0
            for k in range(TASK):
                if s.causes[k]["hours"] > most and s.causes[k]["factor"] > p["improvement_floor"]:
                    most = s.causes[k]["hours"]
                    cause = np.int64(k)
        c = s.causes[cause]
        c["factor"] = max(p["improvement_floor"], c["factor"] * p["improvement"])
    for k in range(s.causes.shape[0]):
        s.causes[k]["hours"] *= FORGET
