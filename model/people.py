"""What the engine asks of an employee's row: to act or not, to spend time, to be served, to leave."""

import numpy as np
from numba import literal_unroll

from kastje.agents.acts import Act, act_chance, norm_after, pressure
from kastje.agents.compiled import rule
from kastje.agents.employee import care_under_pressure, learning_factor
from kastje.model.acts import THRESHOLDS
from kastje.model.agenda import schedule
from kastje.model.calendar import advance
from kastje.model.chance import Purpose, drawn
from kastje.model.items import unlink
from kastje.model.lead import IN_HAND, moves_to
from kastje.model.records import DONE, NOBODY, SERVED
from kastje.model.worklist import accrue, ownership_of, spend

LOOK_UP, RECORD, KEEP, WARM = (
    np.int64(Act.LOOK_UP),
    np.int64(Act.RECORD),
    np.int64(Act.KEEP),
    np.int64(Act.WARM_HANDOVER),
)
VOLUNTEER, BEND, ASK = np.int64(Act.VOLUNTEER), np.int64(Act.BEND), np.int64(Act.ASK)
SPEAK_UP = np.int64(Act.SPEAK_UP)
_ACT, _FAULT = np.int64(Purpose.ACT), np.int64(Purpose.FAULT)
IN_MEETING = np.int64(-2)


@rule
def threshold(p, act):
    """The threshold (theta) of an act; NaN of what is none."""
    theta = np.nan
    number = 0
    # Written out for each act when it is compiled: a record knows no field by a number.
    for name in literal_unroll(THRESHOLDS):
        if number == act:
            theta = p[name]
        number += 1  # noqa: SIM113 - what is written out cannot be enumerated
    return theta


@rule
def strain(s, e):
    """Pressure on an employee beyond what does no harm: days of work waiting per head in the team, less P0."""
    p = s.par[0]
    if p["pressure"] != 1.0:
        return 0.0
    crew = s.crews[s.staff[e]["team"]]
    return max(0.0, pressure(crew["waiting"], crew["heads"]) - p["pressure_free"])


@rule
def chance_of(w, s, e, act):
    """The chance that employee `e` does `act` at an opportunity now (the act-rule on the present state)."""
    p = s.par[0]
    x = s.staff[e]
    if act == LOOK_UP and p["lookup_forced"] >= 0.0:
        return p["lookup_forced"]
    if act == VOLUNTEER and p["volunteer_forced"] >= 0.0:
        return p["volunteer_forced"]
    return act_chance(
        p["form"],
        threshold(p, act),
        p["beta_v"],
        p["beta_o"],
        p["beta_s"],
        p["beta_n"],
        p["beta_p"],
        p["floor_support"],
        x["v"],
        ownership_of(s, e),
        x["s"],
        s.norms[x["team"], act],
        strain(s, e),
    )


@rule
def acts(w, s, e, act, key, occasion):
    """Whether employee `e` does `act` at this opportunity; colleagues see it, and the week counts it."""
    p = s.par[0]
    x = s.staff[e]
    done = 1.0 if drawn(key, _ACT + act, occasion) < chance_of(w, s, e, act) else 0.0
    x["opportunities"] += 1.0
    x["acted"] += done
    s.acts[act, 0] += 1.0
    s.acts[act, 1] += done
    s.norms[x["team"], act] = norm_after(s.norms[x["team"], act], done, p["norm_weight"])
    run = s.run[0]
    run["week_opportunities"] += 1.0
    run["week_acted"] += done
    return done == 1.0


@rule
def serve(w, s, e, i, t, hours, budget):
    """Start on an item: it leaves its list, the employee is busy until `hours` of work are done."""
    x = s.staff[e]
    unlink(w, s, i)
    it = s.items[i]
    it["state"] = SERVED
    if it["tracked"]:
        moves_to(w, s, i, t, IN_HAND)
        s.needs[it["need"]]["server"] = e
    x["busy"] = i
    accrue(w, s, e, t)
    spend(s, e, hours, budget)
    x["worked"] += hours
    s.crews[x["team"]]["worked"] += hours
    s.run[0]["item_hours"] += hours
    x["until"] = advance(s.hours, w.opens, e, t, hours)
    schedule(s, x["until"], DONE, e, 0.0)


@rule
def take_time(w, s, e, t, hours, lesson):
    """Take hours of an employee for a meeting from `t` on: work in hand goes on afterwards (preempt-resume).

    `lesson` says that these are hours spent on a lesson; then they come out of the whole week, in proportion to
    the share for this work. Otherwise they are work on a case and come out of the hours for this work.
    """
    if hours <= 0.0:
        return
    x = s.staff[e]
    accrue(w, s, e, t)
    x["regular"] -= x["share"] * hours if lesson else hours
    x["worked"] += x["share"] * hours if lesson else hours
    crew = s.crews[x["team"]]
    crew["worked"] += x["share"] * hours if lesson else hours
    if lesson:
        crew["lever"] += hours
        s.run[0]["lever"] += hours
    start = t
    if x["busy"] != NOBODY and x["until"] > t:
        start = x["until"]
    until = advance(s.hours, w.opens, e, start, hours)
    if x["busy"] == NOBODY:
        x["busy"] = IN_MEETING
        schedule(s, until, DONE, e, 0.0)
    x["until"] = until


@rule
def care(s, e):
    """The share of the work on a step that is really done: the team's standard, less what pressure makes one skip."""
    p = s.par[0]
    if p["pressure"] != 1.0:
        return 1.0
    crew = s.crews[s.staff[e]["team"]]
    given = crew["standard"] * care_under_pressure(strain(s, e), p["corner_cut"])
    crew["given"] += given
    crew["tasks"] += 1.0
    return given


@rule
def leaves_fault(s, given, key, occasion):
    """Whether what was skipped, when a share `given` of the work was done, leaves a fault in the case."""
    rate = s.par[0]["fault_rate"]
    return rate > 0.0 and given < 1.0 and drawn(key, _FAULT, occasion) < rate * (1.0 - given)


@rule
def deputy(s, boss, t):
    """Who decides for a manager: the manager, or while that post is vacant the one above."""
    if boss != NOBODY and s.staff[boss]["vacant_until"] > t:
        return s.staff[boss]["manager"]
    return boss


@rule
def skill_factor(s, e):
    """How much longer a task takes this employee for want of practice (1 when proficient)."""
    p = s.par[0]
    return learning_factor(s.staff[e]["experience"], p["proficient_items"], p["learning_exponent"])
