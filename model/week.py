"""What time itself does: the morning's standing meetings, and once a week attitudes, support, turnover, improvement."""

import numpy as np

from kastje.agents.attitudes import (
    anchor_after_week,
    drawn_to_anchor,
    friedkin_johnsen,
    hegselmann_krause,
    known_after_session,
    learned_by_doing,
    role_anchor_after_week,
    session_lift,
)
from kastje.agents.compiled import rule
from kastje.agents.employee import standard_after_week
from kastje.agents.manager import support_after_act, support_after_quiet_week, support_chance
from kastje.model.agenda import BOUNCES, CROSSINGS, DROPS, HANDOVERS, MINUTES, STALLS, STORIES
from kastje.model.calendar import worked_between
from kastje.model.chance import Purpose, draw
from kastje.model.dropped import drop_unwatched
from kastje.model.occasions import ORGANISATION, entity_of_employee, occasion_of_session
from kastje.model.people import take_time
from kastje.model.records import NOBODY, TASK
from kastje.model.residents import mean_trust
from kastje.model.staffing import cover, mobility, turnover

_SESSION, _SUPPORT, _INNOVATES = (
    np.int64(Purpose.SESSION),
    np.int64(Purpose.SUPPORT),
    np.int64(Purpose.INNOVATES),
)
FORGET = 0.5


@rule
def morning(w, s, t):
    """Standing meetings of the teams whose day it is; work of people who stay away for days goes to their team."""
    p = s.par[0]
    day = int(t // 24.0)
    standing = p["data_meeting_hours"] + p["coordination_hours"] + p["coaching_hours"] + p["innovation_hours"]
    standing *= p["lesson_cost"]
    drop_unwatched(w, s, t, day)
    for k in range(w.teams.shape[0]):
        team = w.teams[k]
        mine = day % 7 == team["weekday"]
        for e in range(team["first"], team["first"] + team["staff"]):
            is_manager = e == team["manager"]
            if s.hours[day, e] <= 0.0:
                if s.lists[2 * w.teams.shape[0] + e]["length"] > 0:
                    cover(w, s, e, t)
                continue
            if mine:
                hours = standing
                if is_manager:
                    hours += p["lesson_cost"] * p["coaching_hours"] * (team["staff"] - 1)
                take_time(w, s, e, t, hours, True)
                s.run[0]["effort"] += p["innovation_hours"]


@rule
def monday(w, s, t, week):
    """The week's change: what people hold, feel and know; who leaves; what improvement work brings."""
    measure(w, s, t)
    _attitudes(w, s, t, week)
    _support(w, s, week)
    turnover(w, s, t, week)
    mobility(w, s, t, week)
    _standards(s)
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
    row["drops"] = s.tallies[DROPS]
    row["crossings"] = s.tallies[CROSSINGS]
    row["moved"] = run["moved"]
    row["by_doing"] = run["by_doing"]
    row["by_others"] = run["by_others"]
    row["by_sessions"] = run["by_sessions"]
    row["chased"] = 0.0
    row["standard"] = 0.0
    for k in range(s.crews.shape[0]):
        row["chased"] += s.crews[k]["chased"]
        row["standard"] += s.crews[k]["standard"] / s.crews.shape[0]
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
    if p["influence"] == 1.0:
        social = np.zeros(n)
        hegselmann_krause(v, p["confidence"], w.tie_ptr, w.tie_idx, social)
        drawn_to_anchor(v, social, v_anchor, lam, p["alpha"], v_new)
        hegselmann_krause(o, p["confidence"], w.tie_ptr, w.tie_idx, social)
        drawn_to_anchor(o, social, o_anchor, lam, p["alpha"], o_new)
    else:
        friedkin_johnsen(v, v_anchor, lam, p["alpha"], w.tie_ptr, w.tie_idx, weights, v_new)
        friedkin_johnsen(o, o_anchor, lam, p["alpha"], w.tie_ptr, w.tie_idx, weights, o_new)
    per_week = p["sessions_per_year"] / 52.0
    sessions = int((week + 1) * per_week) - int(week * per_week)
    day = int(t // 24.0)
    for e in range(n):
        x = s.staff[e]
        moved = v_new[e] - v[e] - p["alpha"] * (1.0 - lam[e]) * (v_anchor[e] - v[e])
        s.run[0]["by_others"] += max(0.0, moved)
        x["v"] = v_new[e]
        x["o"] = o_new[e]
        share = x["acted"] / x["opportunities"] if x["opportunities"] > 0.0 else 0.0
        if x["opportunities"] > 0.0:
            s.run[0]["by_doing"] += learned_by_doing(x["v_anchor"], share, x["s"], p["eta_d"])
            x["v_anchor"] = anchor_after_week(x["v_anchor"], share, x["s"], p["anchor_low"], p["eta_d"], p["eta_c"])
        x["opportunities"] = 0.0
        x["acted"] = 0.0
        x["o_anchor"] = role_anchor_after_week(x["o_anchor"], p["anchor_target"], p["anchor_rate"])
        for k in range(sessions):
            u = draw(s.run[0]["seed"], entity_of_employee(e), _SESSION, occasion_of_session(week, k))
            comes = u < p["attendance"]
            if comes and s.hours[day, e] > 0.0:
                before = x["v"]
                x["v"] = session_lift(x["v"], p["eta_f"])
                s.run[0]["by_sessions"] += x["v"] - before
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
            if draw(seed, entity_of_employee(e), _SUPPORT, week) < chance:
                x["s"] = support_after_act(x["s"], p["support_kappa"])
            else:
                x["s"] = support_after_quiet_week(x["s"], x["s_rest"], p["support_half_life"])


@rule
def _standards(s):
    """Each team's standard for good work slides to what it gave this week, or recovers."""
    p = s.par[0]
    for k in range(s.crews.shape[0]):
        c = s.crews[k]
        if c["tasks"] > 0.0:
            c["standard"] = standard_after_week(c["standard"], c["given"] / c["tasks"], p["erosion"], p["recovery"])
        c["given"] = 0.0
        c["tasks"] = 0.0


@rule
def _improve(s):
    """Improvement work tackles the cause that costs the most hours, and the task itself, in turn (lesson 8)."""
    p = s.par[0]
    run = s.run[0]
    acted = run["week_acted"] / run["week_opportunities"] if run["week_opportunities"] > 0.0 else 0.0
    while run["effort"] >= p["attempt_hours"]:
        run["effort"] -= p["attempt_hours"]
        run["attempts"] += 1
        u = draw(run["seed"], ORGANISATION, _INNOVATES, run["attempts"])
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
