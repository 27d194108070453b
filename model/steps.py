"""What an employee does with a step of a case: see whether it belongs here, learn what the case is about, work on it.

What happens is decided when the step is taken up (`begin_step`: the hours it takes and how it will end) and carried
out when those hours are over (`end_step`).
"""

import numpy as np

from agents.compiled import rule
from agents.employee import tolerance
from model.agenda import (
    BOUNCES,
    HANDOVERS,
    L_AGAIN,
    L_ASKED,
    L_AWAY,
    L_COMPLETED,
    L_DONE,
    L_MISSING,
    L_PASSED,
    L_STALLED,
    L_STARTED,
    L_WRONG,
    STALLS,
    burden,
    count,
    note,
)
from model.cases import decide, release, resume_clock, suspend, withdraw
from model.chance import Purpose, drawn, exponential, service_time
from model.crm import hears_story, holder, records, spared
from model.people import BEND, acts, skill_factor
from model.records import (
    ASK_DOCUMENTS,
    ASK_MANAGER,
    ASK_RESIDENT,
    ASKED,
    AWAY,
    COMPLETION,
    DO_AGAIN,
    DONE_WELL,
    MISSING,
    NOBODY,
    OPEN,
    PASS,
    REDIRECTED,
    REROUTE,
    STALL,
    STALLED,
    TASK,
)
from model.residents import answers
from model.routing import hand_back, keeps_or_sends, send_on
from model.stalls import PUT_UP, TALKED_OVER, align, hold_item, put_up
from model.tailored import search
from model.worklist import free_item, insert, ownership_of

_SEEN, _SERVICE, _DEVIATION = (
    np.int64(Purpose.SEEN),
    np.int64(Purpose.SERVICE),
    np.int64(Purpose.DEVIATION),
)
_COMPLETES, _NEVER, _REPEAT, _COLLIDE = (
    np.int64(Purpose.COMPLETES),
    np.int64(Purpose.NEVER),
    np.int64(Purpose.REPEAT),
    np.int64(Purpose.COLLIDE),
)
_DELAY = np.int64(Purpose.DELAY)
NEVER_DAYS = 28.0


@rule
def _missing_now(w, s, it, st, occasion):
    """The documents that are seen to be missing at this step, as a mask of steps."""
    n = s.needs[it["need"]]
    if n["missing"] == 0:
        return 0
    seen = n["missing"] & (1 << st["local"])
    if st["checks"]:
        for k in range(w.processes[n["process"]]["steps"]):
            if n["missing"] & (1 << k) and drawn(n["stem"], _SEEN, k) < s.par[0]["intake_sees"]:
                seen |= 1 << k
    return seen


@rule
def begin_step(w, s, e, i, t):
    """Take up a step: the hours it takes; how it will end is set as the item's outcome."""
    p = s.par[0]
    it = s.items[i]
    n = s.needs[it["need"]]
    key = n["stem"]
    st = w.steps[it["step"]]
    x = s.staff[e]
    it["visits"] += 1
    occasion = it["occasion"] + it["visits"]
    if it["wrong"]:
        it["outcome"] = REROUTE
        note(s, t, it["need"], L_WRONG, e, it["step"], it["team"])
        return p["triage_hours"]
    resumed = it["told"] != 0 or it["settled"] != 0 or it["repeats"] != 0
    if st["advice"] and not st["owner"] and not resumed:
        it["outcome"] = keeps_or_sends(w, s, e, key, occasion)
        if it["outcome"] != DONE_WELL:
            return p["triage_hours"]
    note(s, t, it["need"], L_STARTED, e, it["step"], it["visits"])
    if st["owner"] and n["owner"] == NOBODY:
        n["owner"] = e
    hours = 0.0
    wrong = False
    source = holder(w, s, n, x["department"])
    if not resumed and source != x["department"]:
        # Within a department the file is at hand; across departments it depends on what is shared.
        count(s, it["need"], HANDOVERS)
        hours, told, wrong = hears_story(w, s, e, t, i, it["need"], source, occasion)
        if told and not w.channels[n["channel"]]["live"]:
            it["outcome"] = ASK_RESIDENT
            return hours
    it["outcome"] = DO_AGAIN if wrong else DONE_WELL
    seen = _missing_now(w, s, it, st, occasion)
    work = service_time(
        st["spread"],
        st["hours"] * w.type_hours[n["process"], n["type"]],
        st["cv"] * p["case_variation"],
        drawn(key, _SERVICE, it["occasion"] + it["repeats"]),
    )
    work *= skill_factor(s, e) * s.causes[TASK]["factor"]
    if seen:
        n["missing"] &= ~seen
        it["outcome"] = ASK_DOCUMENTS
        s.causes[MISSING]["hours"] += 0.3 * work
        return hours + 0.3 * work
    if st["criteria"] and it["settled"] == 0 and p["stall_rule"] == 1.0 and n["owner"] != NOBODY and n["owner"] != e:
        wish = ownership_of(s, n["owner"]) * drawn(key, _DEVIATION, it["occasion"])
        gap = wish - tolerance(p["keeper_tolerance"], ownership_of(s, e))
        if gap > 0.0 and not acts(w, s, e, BEND, key, occasion) and not spared(s, key, STALLED, occasion):
            it["outcome"] = STALL
            it["gap"] = gap
            s.causes[STALLED]["hours"] += 2.0 * p["round_hours"]
            return hours + 0.5 * work
    if it["settled"] == TALKED_OVER:
        # Half of the work was done before it stalled.
        work *= 0.5
    if st["tailored"] and n["found"] < n["wanted"] and it["settled"] != PUT_UP:
        hours += search(w, s, e, t, i, occasion)
    if st["owner"] and n["named"] and it["repeats"] == 0 and st["local"] == _first_owner_step(w, n):
        hours += p["owner_hours"]
    hours += records(w, s, e, t, it["need"], occasion)
    s.causes[TASK]["hours"] += work
    return hours + work


@rule
def _first_owner_step(w, n):
    process = w.processes[n["process"]]
    for k in range(process["steps"]):
        if n["needed"] & (1 << k) and w.steps[process["first"] + k]["owner"]:
            return k
    return NOBODY


@rule
def end_step(w, s, e, i, t):
    """The hours are over: carry out how the step ends."""
    p = s.par[0]
    it = s.items[i]
    need = it["need"]
    n = s.needs[need]
    st = w.steps[it["step"]]
    x = s.staff[e]
    outcome = it["outcome"]
    occasion = it["occasion"] + it["visits"]
    if outcome == REROUTE:
        send_on(w, s, i, t, occasion)
        return
    if outcome == PASS:
        note(s, t, need, L_PASSED, e, it["step"], 0)
        insert(w, s, i, t, it["team"])
        return
    it["assigned"] = e
    if outcome == AWAY:
        count(s, need, BOUNCES)
        note(s, t, need, L_AWAY, e, it["step"], n["bounces"])
        it["assigned"] = NOBODY
        hold_item(s, i, t + 24.0 * p["bounce_days"] * exponential(drawn(n["stem"], _DELAY, occasion)))
        return
    if outcome == ASK_RESIDENT:
        it["told"] = 1
        note(s, t, need, L_ASKED, e, it["step"], 0)
        hold_item(s, i, t + 24.0 * p["ask_again_days"] * exponential(drawn(n["stem"], _DELAY, occasion)))
        return
    if outcome == ASK_DOCUMENTS:
        it["told"] = 1
        n["asked"] = 1
        burden(s, need, 30.0)
        note(s, t, need, L_MISSING, e, it["step"], 0)
        suspend(s, t, need)
        if drawn(n["stem"], _NEVER, occasion) < p["never_completed"]:
            it["outcome"] = NOBODY
            hold_item(s, i, t + 24.0 * NEVER_DAYS)
        else:
            hold_item(s, i, t + 24.0 * p["complete_days"] * exponential(drawn(n["stem"], _COMPLETES, occasion)))
        return
    n["last_staff"] = e
    n["last_team"] = x["team"]
    x["experience"] += 1.0
    if outcome == STALL:
        count(s, need, STALLS)
        it["settled"] = TALKED_OVER
        note(s, t, need, L_STALLED, e, it["step"], 0)
        align(w, s, i, t)
        return
    if outcome == ASK_MANAGER:
        it["settled"] = PUT_UP
        put_up(w, s, i, t)
        return
    again = outcome == DO_AGAIN or (
        st["repeat"] > 0.0 and drawn(n["stem"], _REPEAT, it["occasion"] + it["repeats"]) < st["repeat"]
    )
    if again or (it["repeats"] == 0 and n["parallel"] and st["advice"] and _collides(w, s, it, st)):
        it["repeats"] += 1
        note(s, t, need, L_AGAIN, e, it["step"], it["repeats"])
        insert(w, s, i, t, it["team"])
        return
    note(s, t, need, L_DONE, e, it["step"], it["visits"])
    local = st["local"]
    free_item(s, i, True)
    n["done"] |= 1 << local
    decides = w.processes[n["process"]]["decide_mask"] & n["needed"]
    if st["decides"] and decides & ~n["done"] == 0:
        decide(w, s, t, need, e)
    else:
        release(w, s, t, need, e)


@rule
def _collides(w, s, it, st):
    """Whether this advice collides with an earlier-listed one that was asked for at the same time."""
    n = s.needs[it["need"]]
    others = w.processes[n["process"]]["advice_mask"] & n["needed"] & ((1 << st["local"]) - 1) & ~st["after"]
    for k in range(st["local"]):
        if others & (1 << k):
            occasion = (n["returns"] * 32 + st["local"]) * 32 + k
            if drawn(n["stem"], _COLLIDE, occasion) < s.par[0]["collision"]:
                return True
    return False


@rule
def resume_step(w, s, i, t):
    """What a held step waited for has come: an answer, documents, time."""
    it = s.items[i]
    need = it["need"]
    n = s.needs[need]
    if it["outcome"] == ASK_DOCUMENTS:
        resume_clock(s, t, need)
        answers(s, t, need, COMPLETION)
        note(s, t, need, L_COMPLETED, NOBODY, it["step"], 0)
    elif it["outcome"] == ASK_RESIDENT:
        answers(s, t, need, ASKED)
    elif it["outcome"] == AWAY:
        answers(s, t, need, REDIRECTED)
    elif it["outcome"] == NOBODY:
        resume_clock(s, t, need)
        if n["state"] == OPEN:
            withdraw(w, s, t, need)
    if n["state"] != OPEN:
        free_item(s, i, False)
        return
    hand_back(w, s, i, t)
