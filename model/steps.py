"""What an employee does with a step of a case: see whether it belongs here, learn what the case is about, work on it.

What happens is decided when the step is taken up (`begin_step`: the hours it takes and how it will end) and carried
out when those hours are over (`end_step`).
"""

import numpy as np

from agents.compiled import rule
from agents.employee import bounce_chance, found_by, gap_after_round, tolerance
from model.agenda import (
    BOUNCES,
    HANDOVERS,
    L_AGAIN,
    L_ALIGNED,
    L_ASKED,
    L_AWAY,
    L_COMPLETED,
    L_DONE,
    L_MISSING,
    L_PASSED,
    L_PUT_UP,
    L_SETTLED,
    L_STALLED,
    L_STARTED,
    L_STORY,
    L_WRONG,
    STALLS,
    STORIES,
    burden,
    count,
    note,
    schedule,
)
from model.calendar import advance
from model.cases import decide, hand_back, member_of, release, resume_clock, suspend, team_of, withdraw
from model.chance import Purpose, draw, exponential, service_time
from model.crm import NOT_USABLE, WRONG, looks_up, records
from model.meetings import ALIGN, convene, invite, new_meeting
from model.people import BEND, KEEP, VOLUNTEER, WARM, acts, skill_factor, take_time
from model.residents import answers
from model.state import (
    BOUNCED,
    COMPLETION,
    HELD,
    MISSING,
    NOBODY,
    OPEN,
    REDIRECTED,
    RESUME,
    RETELL,
    SETTLE,
    STALLED,
    TASK,
)
from model.state import ASKED as ASKED_BACK
from model.worklist import free_item, insert, new_item

DONE_WELL, REROUTE, AWAY, PASS, ASK_RESIDENT, ASK_DOCUMENTS, STALL, ASK_MANAGER, DO_AGAIN = range(9)
_BOUNCE, _SEEN, _SERVICE, _DEVIATION = (
    int(Purpose.BOUNCE),
    int(Purpose.SEEN),
    int(Purpose.SERVICE),
    int(Purpose.DEVIATION),
)
_COMPLETES, _NEVER, _REPEAT, _COLLIDE = (
    int(Purpose.COMPLETES),
    int(Purpose.NEVER),
    int(Purpose.REPEAT),
    int(Purpose.COLLIDE),
)
_STALL, _ESCALATE, _FOUND, _PERMITTED = (
    int(Purpose.STALL),
    int(Purpose.ESCALATE),
    int(Purpose.FOUND),
    int(Purpose.PERMITTED),
)
_DELAY, _SPARED = int(Purpose.DELAY), int(Purpose.SIMPLE)
NEVER_DAYS = 28.0
ASKED, PERMITTED = 1, 2


@rule
def spared(s, key, cause, occasion):
    """Whether improvement work has taken away the cause of this particular failure."""
    return draw(s.run[0]["seed"], key, _SPARED, occasion * 16 + cause + 1) >= s.causes[cause]["factor"]


@rule
def hears_story(w, s, e, t, i, need, source, occasion):
    """Learn what a need is about, from the CRM or by having it told again: (hours, told, wrong answer).

    `told`: the story had to be told again (equation 2.2).
    """
    p = s.par[0]
    n = s.needs[need]
    result, hours = looks_up(w, s, e, t, need, source, occasion)
    if result == WRONG:
        return hours, False, True
    if result == NOT_USABLE and not spared(s, n["key"], RETELL, occasion):
        count(s, need, STORIES)
        burden(s, need, 60.0 * p["tell_hours"])
        s.causes[RETELL]["hours"] += p["tell_hours"]
        note(s, t, need, L_STORY, e, s.items[i]["step"], source)
        return hours + p["tell_hours"], True, False
    return hours, False, False


@rule
def _missing_now(w, s, it, st, occasion):
    """The documents that are seen to be missing at this step, as a mask of steps."""
    n = s.needs[it["need"]]
    if n["missing"] == 0:
        return 0
    seen = n["missing"] & (1 << st["local"])
    if st["checks"]:
        for k in range(w.processes[n["process"]]["steps"]):
            if n["missing"] & (1 << k) and draw(s.run[0]["seed"], n["key"], _SEEN, k) < s.par[0]["intake_sees"]:
                seen |= 1 << k
    return seen


@rule
def _search(w, s, e, t, i, occasion):
    """Look together for what is not standard: hours of the employee at it; helpers give theirs (lesson 3)."""
    p = s.par[0]
    run = s.run[0]
    it = s.items[i]
    n = s.needs[it["need"]]
    key = n["key"]
    rounds = int(p["discretion_hours"] / 0.5)
    if rounds < 1 or not acts(w, s, e, VOLUNTEER, key, occasion):
        return 0.0
    solvers = 1
    process = w.processes[n["process"]]
    team = s.staff[e]["team"]
    helpers = np.full(3, NOBODY, np.int32)
    for k in range(process["steps"]):
        if n["needed"] & process["advice_mask"] & (1 << k) and solvers < 4:
            other = team_of(w, s, it["need"], w.steps[process["first"] + k]["role"])
            helper = member_of(w, s, it["need"], other, 64 + k)
            free = s.staff[helper]["vacant_until"] <= t and other != team
            if free and acts(w, s, helper, VOLUNTEER, key, occasion + 1 + k):
                helpers[solvers - 1] = helper
                solvers += 1
    used = 0
    found = 0
    chance = found_by(solvers, p["find_rate"])
    while used < rounds and n["found"] + found < n["wanted"]:
        left = n["wanted"] - n["found"] - found
        for k in range(left):
            if draw(run["seed"], key, _FOUND, (n["returns"] * 64 + used) * 8 + k) < chance:
                found += 1
        used += 1
    hours = 0.5 * used
    for k in range(solvers - 1):
        take_time(w, s, helpers[k], t, hours, False)
    run["lever"] += hours * solvers
    s.crews[team]["lever"] += hours * solvers
    n["found"] += found
    if found > 0 and draw(run["seed"], key, _PERMITTED, n["returns"]) >= p["permission"]:
        it["outcome"] = ASK_MANAGER
        it["gap"] = found
    return hours


@rule
def begin_step(w, s, e, i, t):
    """Take up a step: the hours it takes; how it will end is set as the item's outcome."""
    p = s.par[0]
    it = s.items[i]
    n = s.needs[it["need"]]
    key = n["key"]
    st = w.steps[it["step"]]
    x = s.staff[e]
    seed = s.run[0]["seed"]
    it["visits"] += 1
    occasion = it["occasion"] + it["visits"]
    if it["wrong"]:
        it["outcome"] = REROUTE
        note(s, t, it["need"], L_WRONG, e, it["step"], it["team"])
        return p["triage_hours"]
    resumed = it["told"] != 0 or it["settled"] != 0 or it["repeats"] != 0
    if st["advice"] and not st["owner"] and not resumed:
        kept = acts(w, s, e, KEEP, key, occasion)
        chance = bounce_chance(p["bounce_ceiling"], x["o"], 1.0 if kept else 0.0)
        if draw(seed, key, _BOUNCE, occasion) < chance and not spared(s, key, BOUNCED, occasion):
            it["outcome"] = PASS if acts(w, s, e, WARM, key, occasion) else AWAY
            s.causes[BOUNCED]["hours"] += p["triage_hours"]
            return p["triage_hours"]
    note(s, t, it["need"], L_STARTED, e, it["step"], it["visits"])
    if st["owner"] and n["owner"] == NOBODY:
        n["owner"] = e
    hours = 0.0
    wrong = False
    source = w.teams[n["last_team"]]["department"] if n["last_team"] != NOBODY else x["department"]
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
        draw(seed, key, _SERVICE, it["occasion"] + it["repeats"]),
    )
    work *= skill_factor(s, e) * s.causes[TASK]["factor"]
    if seen:
        n["missing"] &= ~seen
        it["outcome"] = ASK_DOCUMENTS
        s.causes[MISSING]["hours"] += 0.3 * work
        return hours + 0.3 * work
    if st["criteria"] and it["settled"] == 0 and p["stall_rule"] == 1.0 and n["owner"] != NOBODY and n["owner"] != e:
        gap = s.staff[n["owner"]]["o"] * draw(seed, key, _DEVIATION, it["occasion"]) - tolerance(
            p["keeper_tolerance"], x["o"]
        )
        if gap > 0.0 and not acts(w, s, e, BEND, key, occasion) and not spared(s, key, STALLED, occasion):
            it["outcome"] = STALL
            it["gap"] = gap
            s.causes[STALLED]["hours"] += 2.0 * p["round_hours"]
            return hours + 0.5 * work
    if it["settled"] == ASKED:
        # Half of the work was done before it stalled.
        work *= 0.5
    if st["tailored"] and n["found"] < n["wanted"] and it["settled"] != PERMITTED:
        hours += _search(w, s, e, t, i, occasion)
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
    seed = s.run[0]["seed"]
    outcome = it["outcome"]
    occasion = it["occasion"] + it["visits"]
    if outcome == REROUTE:
        it["wrong"] = 0
        insert(w, s, i, t, it["team"])
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
        _hold(s, i, t + 24.0 * p["bounce_days"] * exponential(draw(seed, n["key"], _DELAY, occasion)))
        return
    if outcome == ASK_RESIDENT:
        it["told"] = 1
        note(s, t, need, L_ASKED, e, it["step"], 0)
        _hold(s, i, t + 24.0 * p["ask_again_days"] * exponential(draw(seed, n["key"], _DELAY, occasion)))
        return
    if outcome == ASK_DOCUMENTS:
        it["told"] = 1
        n["asked"] = 1
        burden(s, need, 30.0)
        note(s, t, need, L_MISSING, e, it["step"], 0)
        suspend(s, t, need)
        if draw(seed, n["key"], _NEVER, occasion) < p["never_completed"]:
            it["outcome"] = NOBODY
            _hold(s, i, t + 24.0 * NEVER_DAYS)
        else:
            _hold(s, i, t + 24.0 * p["complete_days"] * exponential(draw(seed, n["key"], _COMPLETES, occasion)))
        return
    n["last_staff"] = e
    n["last_team"] = x["team"]
    x["experience"] += 1.0
    if outcome == STALL:
        count(s, need, STALLS)
        it["settled"] = ASKED
        note(s, t, need, L_STALLED, e, it["step"], 0)
        _align(w, s, i, t)
        return
    if outcome == ASK_MANAGER:
        it["settled"] = PERMITTED
        _put_up(w, s, i, t)
        return
    again = outcome == DO_AGAIN or (
        st["repeat"] > 0.0 and draw(seed, n["key"], _REPEAT, it["occasion"] + it["repeats"]) < st["repeat"]
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
def _hold(s, i, until):
    s.items[i]["state"] = HELD
    schedule(s, until, RESUME, i, np.float64(s.items[i]["visits"]))


@rule
def _collides(w, s, it, st):
    """Whether this advice collides with an earlier-listed one that was asked for at the same time."""
    n = s.needs[it["need"]]
    others = w.processes[n["process"]]["advice_mask"] & n["needed"] & ((1 << st["local"]) - 1) & ~st["after"]
    for k in range(st["local"]):
        if others & (1 << k):
            occasion = (n["returns"] * 32 + st["local"]) * 32 + k
            if draw(s.run[0]["seed"], n["key"], _COLLIDE, occasion) < s.par[0]["collision"]:
                return True
    return False


@rule
def _align(w, s, i, t):
    """Owner and keeper meet at the first moment that suits both; after the last round it goes up, or lies still."""
    p = s.par[0]
    it = s.items[i]
    n = s.needs[it["need"]]
    if it["round"] < p["rounds"]:
        m = new_meeting(s, it["need"], i, ALIGN, p["round_hours"])
        invite(s, m, n["owner"])
        invite(s, m, it["assigned"])
        it["state"] = HELD
        convene(w, s, m, t + 1.0)
        return
    occasion = it["occasion"] + it["visits"]
    if draw(s.run[0]["seed"], n["key"], _ESCALATE, occasion) < p["escalation_rule"]:
        _put_up(w, s, i, t)
        return
    wait = p["stall_wait_hours"] * exponential(draw(s.run[0]["seed"], n["key"], _STALL, occasion))
    _hold(s, i, advance(s.hours, w.opens, s.hours.shape[1] - 1, t, wait))


@rule
def after_alignment(w, s, i, t):
    """A round of alignment is over: both have conceded; agreed, another round, or up."""
    p = s.par[0]
    it = s.items[i]
    it["round"] += 1
    it["gap"] = gap_after_round(it["gap"], p["concession"])
    note(s, t, it["need"], L_ALIGNED, it["assigned"], it["step"], it["round"])
    if it["gap"] <= p["agree_gap"]:
        hand_back(w, s, i, t)
    else:
        _align(w, s, i, t)


@rule
def _put_up(w, s, i, t):
    """Put a question to the manager: it waits in the in-tray, the step waits for the answer."""
    it = s.items[i]
    e = it["assigned"]
    it["state"] = HELD
    boss = s.staff[e]["manager"]
    if boss == NOBODY or boss == e:
        hand_back(w, s, i, t)
        return
    j = new_item(s, SETTLE, it["need"], i, it["team"], it["occasion"] + it["visits"])
    s.items[j]["hours"] = s.par[0]["settle_hours"]
    s.items[j]["sender"] = e
    note(s, t, it["need"], L_PUT_UP, e, it["step"], boss)
    insert(w, s, j, t, 2 * w.teams.shape[0] + boss)


@rule
def end_settle(w, s, e, j, t):
    """The manager has decided: a tailored solution may go ahead or not, a stall is over; the asker notices."""
    p = s.par[0]
    question = s.items[j]
    i = question["step"]
    it = s.items[i]
    n = s.needs[question["need"]]
    asker = question["sender"]
    backed = t - question["queued"] <= 24.0 * p["answer_days"]
    if it["settled"] == PERMITTED:
        granted = acts(w, s, e, BEND, n["key"], question["occasion"])
        backed = backed and granted
        if not granted:
            n["found"] -= int(it["gap"])
    x = s.staff[asker]
    kappa = p["support_kappa"]
    x["s"] = x["s"] + kappa * (1.0 - x["s"]) if backed else x["s"] - kappa * x["s"]
    note(s, t, question["need"], L_SETTLED, e, it["step"], 1 if backed else 0)
    free_item(s, j, True)
    if n["state"] == OPEN:
        hand_back(w, s, i, t)
    else:
        free_item(s, i, False)


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
        answers(s, t, need, ASKED_BACK)
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
