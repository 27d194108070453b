"""An application on its way: filing, releasing the steps that can start, routing, the decision, the return."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.agents.resident import fit, hours_to_status_call
from kastje.model.activities import L_DECISION, L_EARLY, L_FILED, L_QUEUED, L_WITHDRAWN
from kastje.model.agenda import burden, note, schedule
from kastje.model.chance import Purpose, drawn, exponential
from kastje.model.clock import plan_extension
from kastje.model.dropped import cancel_dropped
from kastje.model.items import new_item
from kastje.model.lead import account, account_closed, meets
from kastje.model.meetings import EARLY, convene, free_meeting, invite, new_meeting
from kastje.model.occasions import occasion_of_seat, occasion_of_step
from kastje.model.records import (
    CLOSED,
    MISFIT,
    MISSING,
    NEVER,
    NOBODY,
    OPEN,
    RETURN,
    STATUS,
    STEP,
    WITHDRAWN,
)
from kastje.model.residents import COMPONENTS, WANTED, feel, mean_trust
from kastje.model.routing import aim, dispatch, hand_to, organisation_of, team_of, who_can_come
from kastje.model.worklist import salience

_TYPE, _NEEDED, _MISSING = np.int64(Purpose.TYPE), np.int64(Purpose.NEEDED), np.int64(Purpose.MISSING)
_EARLY, _COVERED = np.int64(Purpose.EARLY), np.int64(Purpose.COVERED)
_NONSTANDARD, _PARALLEL, _NAMED = np.int64(Purpose.NONSTANDARD), np.int64(Purpose.PARALLEL), np.int64(Purpose.NAMED)
_HANDLER = np.int64(Purpose.HANDLER)
_RETURNS, _RETURN_AFTER, _STATUS = np.int64(Purpose.RETURNS), np.int64(Purpose.RETURN_AFTER), np.int64(Purpose.STATUS)
RETURNS_MOST = 3


@rule
def submit(w, s, t, need):
    """An application has come in: its type and steps are known; it is filed, or first talked through."""
    run = s.run[0]
    p = s.par[0]
    n = s.needs[need]
    key = n["stem"]
    process = w.processes[n["process"]]
    if process["types"] > 1:
        u = drawn(key, _TYPE, 0)
        total = 0.0
        for k in range(process["types"]):
            total += w.type_share[n["process"], k]
            n["type"] = k
            if u < total:
                break
    for k in range(process["steps"]):
        needed = w.need_chance[process["first"] + k, n["type"]]
        if needed >= 1.0 or (needed > 0.0 and drawn(key, _NEEDED, k) < needed):
            n["needed"] |= 1 << k
    chance = p["nonstandard"] + p["nonstandard_vulnerable"] * n["vulnerable"]
    if chance > 0.0:
        for k in range(WANTED):
            if drawn(key, _NONSTANDARD, k) < chance:
                n["wanted"] += 1
    n["nonstandard"] = 1 if n["wanted"] > 0 else 0
    n["unwanted"] = 1 if drawn(key, _NONSTANDARD, WANTED) < 0.3 else 0
    parallel = p["parallel_forced"] if p["parallel_forced"] >= 0.0 else p["parallel"]
    n["parallel"] = 1 if parallel > 0.0 and drawn(key, _PARALLEL, 0) < parallel else 0
    named = p["named_owner"] if p["owner_read"] == 1.0 else 0.0
    n["named"] = 1 if named > 0.0 and drawn(key, _NAMED, 0) < named else 0
    stays = p["case_handler"]
    n["kept"] = 1 if n["named"] or (stays > 0.0 and drawn(key, _HANDLER, 0) < stays) else 0
    n["expected_days"] = p["expected_days"]
    run["open_cases"] += 1
    by_talk = p["early_meeting_hours"] > 0.0 and w.type_early[n["process"], n["type"]]
    if by_talk and drawn(key, _EARLY, 0) < p["early_share"]:
        _consult(w, s, t, need)
    else:
        file_case(w, s, t, need)


@rule
def _consult(w, s, t, need):
    """Early consultation: owner and the departments that come, at the first moment that suits them all."""
    p = s.par[0]
    n = s.needs[need]
    process = w.processes[n["process"]]
    n["early"] = 1
    m = new_meeting(s, need, NOBODY, EARLY, p["early_meeting_hours"])
    notice = t + 24.0 * p["early_notice_days"]
    for k in range(process["steps"]):
        step = w.steps[process["first"] + k]
        bit = 1 << k
        if n["needed"] & bit == 0 or step["manager"]:
            continue
        team = team_of(w, s, need, step["role"])
        if step["owner"]:
            if n["owner"] == NOBODY:
                n["owner"] = who_can_come(w, s, notice, need, team, occasion_of_seat(-1))
            invite(s, m, n["owner"])
            n["covered"] |= bit
        elif drawn(n["stem"], _COVERED, k) < p["early_breadth"]:
            invite(s, m, who_can_come(w, s, notice, need, team, occasion_of_seat(k)))
            n["covered"] |= bit
    if s.meetings[m]["size"] == 0:
        # Nobody who could come is concerned.
        free_meeting(s, m)
        n["early"] = 0
        file_case(w, s, t, need)
        return
    meets(w, s, need, t, True)
    convene(w, s, m, notice)


@rule
def after_consultation(w, s, t, need, seats):
    """The consultation has been held: the term is agreed and the application is filed."""
    p = s.par[0]
    n = s.needs[need]
    meets(w, s, need, t, False)
    weight = p["agreed_term_weight"]
    agreed = (t - n["start"] + w.processes[n["process"]]["legal_hours"]) / 24.0
    n["expected_days"] = (1.0 - weight) * n["expected_days"] + weight * agreed
    burden(s, need, 60.0 * p["early_meeting_hours"])
    s.run[0]["lever"] += seats * p["early_meeting_hours"]
    note(s, t, need, L_EARLY, n["owner"], NOBODY, seats)
    file_case(w, s, t, need)


@rule
def file_case(w, s, t, need):
    """The legal clock starts; what is missing from the application is fixed; the first steps are released."""
    p = s.par[0]
    n = s.needs[need]
    key = n["stem"]
    process = w.processes[n["process"]]
    n["filed"] = t
    n["deadline"] = t + process["legal_hours"]
    plan_extension(w, s, need)
    for k in range(process["steps"]):
        base = w.steps[process["first"] + k]["missing"]
        bit = 1 << k
        if base > 0.0 and n["needed"] & bit:
            chance = base * p["missing_scale"] + p["missing_vulnerable"] * n["vulnerable"]
            if n["covered"] & bit:
                chance *= 1.0 - p["missing_reduction"]
            if drawn(key, _MISSING, k) < chance * s.causes[MISSING]["factor"]:
                n["missing"] |= bit
    note(s, t, need, L_FILED, NOBODY, NOBODY, n["type"])
    plan_chase(w, s, t, need)
    release(w, s, t, need, NOBODY)


@rule
def plan_chase(w, s, t, need):
    """Schedule the moment at which the resident will ask how it stands, if the case is then still open."""
    p = s.par[0]
    n = s.needs[need]
    u = exponential(drawn(n["stem"], _STATUS, n["chases"]))
    doubt = 1.5 - mean_trust(s)
    before = doubt / (24.0 * p["status_days_before"])
    after = doubt / (24.0 * p["status_days_after"])
    at = t + hours_to_status_call(u, t, n["start"] + 24.0 * n["expected_days"], before, after)
    if at < w.end:
        schedule(s, at, STATUS, need, np.float64(n["chases"]))


@rule
def release(w, s, t, need, sender):
    """Start every step whose predecessors are done (in parallel or one advice after the other)."""
    n = s.needs[need]
    process = w.processes[n["process"]]
    for k in range(process["steps"]):
        bit = 1 << k
        if n["needed"] & bit == 0 or n["started"] & bit:
            continue
        step = w.steps[process["first"] + k]
        before = step["after"]
        if n["parallel"] == 0:
            before |= step["advice_before"]
        if before & n["needed"] & ~n["done"]:
            continue
        n["started"] |= bit
        _send(w, s, t, need, process["first"] + k, sender)


@rule
def _send(w, s, t, need, step, sender):
    n = s.needs[need]
    st = w.steps[step]
    team = team_of(w, s, need, st["role"])
    occasion = occasion_of_step(n["returns"], st["local"])
    i = new_item(s, STEP, need, step, team, occasion)
    it = s.items[i]
    it["noise"] = salience(s, need, team)
    it["hours"] = st["hours"] * w.type_hours[n["process"], n["type"]]
    it["sender"] = sender
    it["tracked"] = 1
    note(s, t, need, L_QUEUED, NOBODY, step, team)
    teams = w.teams.shape[0]
    boss = w.teams[team]["manager"]
    if st["manager"] and boss != NOBODY and s.staff[boss]["vacant_until"] <= t:
        dispatch(w, s, i, t, organisation_of(w, s, need, sender), 2 * teams + boss)
    elif st["owner"] and n["kept"] and n["owner"] != NOBODY:
        it["assigned"] = n["owner"]
        it["team"] = s.staff[n["owner"]]["team"]
        hand_to(w, s, i, t, organisation_of(w, s, need, sender))
    else:
        dispatch(w, s, i, t, organisation_of(w, s, need, sender), aim(w, s, i, t, sender, occasion))


@rule
def decide(w, s, t, need, e):
    """The decision reaches the applicant: how well it fits, how it felt, and whether they will be back."""
    run = s.run[0]
    p = s.par[0]
    n = s.needs[need]
    account(w, s, need, t)
    n["state"] = CLOSED
    n["decided"] = t
    cancel_dropped(w, s, t, need)
    if n["first_decided"] == NEVER:
        n["first_decided"] = t
        n["first_due"] = n["deadline"]
    run["open_cases"] -= 1
    run["closed"] += 1
    value = fit(WANTED, WANTED - n["wanted"] + n["found"], n["unwanted"], COMPONENTS, p["unwanted_penalty"])
    if n["faults"] > 0:
        value *= 1.0 - p["fault_cost"]
    feel(w, s, t, need, value, n["expected_days"])
    note(s, t, need, L_DECISION, e, NOBODY, 0)
    misfit = p["return_rate"] * (1.0 - value) * s.causes[MISFIT]["factor"]
    if misfit > 0.0 and n["returns"] < RETURNS_MOST and drawn(n["stem"], _RETURNS, n["returns"]) < misfit:
        u = drawn(n["stem"], _RETURN_AFTER, n["returns"])
        at = t + 24.0 * p["return_days"] * exponential(u)
        if at < w.end:
            schedule(s, at, RETURN, need, 0.0)


@rule
def reopen(w, s, t, need):
    """The applicant is back because the solution did not fit: the steps marked `again` are done once more."""
    run = s.run[0]
    n = s.needs[need]
    process = w.processes[n["process"]]
    account_closed(w, s, need, t)
    n["state"] = OPEN
    n["faults"] = 0
    n["returns"] += 1
    n["decided"] = NEVER
    n["deadline"] = t + process["legal_hours"]
    # There is no answer without a decision: that is taken again in any case.
    redone = process["again_mask"] | process["decide_mask"]
    n["done"] &= ~redone
    n["started"] &= ~redone
    run["open_cases"] += 1
    run["closed"] -= 1
    s.causes[MISFIT]["hours"] += 2.0


@rule
def withdraw(w, s, t, need):
    """The need ends without an answer (the application was never completed, or the resident gave up)."""
    run = s.run[0]
    n = s.needs[need]
    account(w, s, need, t)
    n["state"] = WITHDRAWN
    n["decided"] = t
    cancel_dropped(w, s, t, need)
    run["withdrawn"] += 1
    if n["filed"] != NEVER:
        run["open_cases"] -= 1
    note(s, t, need, L_WITHDRAWN, NOBODY, NOBODY, 0)
