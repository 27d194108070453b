"""How a step of a case ends: done, done again, passed on, sent away, asked back, stalled, put up, or taken in."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.activities import (
    L_AGAIN,
    L_ASKED,
    L_AWAY,
    L_COMPLETED,
    L_DONE,
    L_MISSING,
    L_PASSED,
    L_STALLED,
    L_TAKEN_IN,
)
from kastje.model.agenda import STALLS, burden, count, note
from kastje.model.cases import decide, release, withdraw
from kastje.model.chance import Purpose, drawn, exponential
from kastje.model.clock import resume_clock, suspend
from kastje.model.items import free_item
from kastje.model.lead import ELSEWHERE
from kastje.model.occasions import occasion_of_collision, occasion_of_repeat, occasion_of_visit
from kastje.model.records import (
    ASK_DOCUMENTS,
    ASK_MANAGER,
    ASK_RESIDENT,
    ASKED,
    AWAY,
    COMPLETION,
    DO_AGAIN,
    NOBODY,
    OPEN,
    PASS,
    REDIRECTED,
    REROUTE,
    STALL,
)
from kastje.model.residents import answers
from kastje.model.routing import hand_back, hand_to, refers, send_on
from kastje.model.stalls import PUT_UP, TALKED_OVER, align, hold_item, put_up
from kastje.model.worklist import insert, salience

_COMPLETES, _NEVER, _REPEAT, _COLLIDE = (
    np.int64(Purpose.COMPLETES),
    np.int64(Purpose.NEVER),
    np.int64(Purpose.REPEAT),
    np.int64(Purpose.COLLIDE),
)
_DELAY = np.int64(Purpose.DELAY)
NEVER_DAYS = 28.0


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
    occasion = occasion_of_visit(it["occasion"], it["visits"])
    if n["state"] != OPEN:
        free_item(w, s, i, t, False)
        return
    if it["taking"]:
        n["last_staff"] = e
        n["last_team"] = x["team"]
        note(s, t, need, L_TAKEN_IN, e, it["step"], 0)
        _step_done(w, s, e, i, t)
        return
    if outcome == REROUTE:
        send_on(w, s, i, t, occasion)
        return
    if outcome == PASS:
        note(s, t, need, L_PASSED, e, it["step"], 0)
        insert(w, s, i, t, it["team"])
        return
    it["assigned"] = e
    if outcome == AWAY:
        it["assigned"] = NOBODY
        back = refers(s, t, need, occasion)
        note(s, t, need, L_AWAY, e, it["step"], n["bounces"])
        hold_item(w, s, i, t, back, ELSEWHERE)
        return
    if outcome == ASK_RESIDENT:
        it["told"] = 1
        note(s, t, need, L_ASKED, e, it["step"], 0)
        back = t + 24.0 * p["ask_again_days"] * exponential(drawn(n["stem"], _DELAY, occasion))
        hold_item(w, s, i, t, back, ELSEWHERE)
        return
    if outcome == ASK_DOCUMENTS:
        it["told"] = 1
        n["asked"] = 1
        burden(s, need, 30.0)
        note(s, t, need, L_MISSING, e, it["step"], 0)
        suspend(s, t, need)
        if drawn(n["stem"], _NEVER, occasion) < p["never_completed"]:
            it["outcome"] = NOBODY
            hold_item(w, s, i, t, t + 24.0 * NEVER_DAYS, ELSEWHERE)
        else:
            back = t + 24.0 * p["complete_days"] * exponential(drawn(n["stem"], _COMPLETES, occasion))
            hold_item(w, s, i, t, back, ELSEWHERE)
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
    done = occasion_of_repeat(it["occasion"], it["repeats"])
    again = outcome == DO_AGAIN or (st["repeat"] > 0.0 and drawn(n["stem"], _REPEAT, done) < st["repeat"])
    if again or (it["repeats"] == 0 and n["parallel"] and st["advice"] and _collides(w, s, it, st)):
        it["repeats"] += 1
        note(s, t, need, L_AGAIN, e, it["step"], it["repeats"])
        insert(w, s, i, t, it["team"])
        return
    note(s, t, need, L_DONE, e, it["step"], it["visits"])
    if st["advice"] and n["owner"] != NOBODY and n["owner"] != e:
        # Advice goes back to the handler of the case, who takes it in before anything else goes on.
        it["taking"] = 1
        it["assigned"] = n["owner"]
        it["hours"] = p["take_in_hours"]
        it["team"] = s.staff[n["owner"]]["team"]
        it["noise"] = salience(s, need, it["team"])
        hand_to(w, s, i, t, w.teams[x["team"]]["organisation"])
        return
    _step_done(w, s, e, i, t)


@rule
def _step_done(w, s, e, i, t):
    """A step is over and done with: the decision, or whatever waits for it, comes next."""
    need = s.items[i]["need"]
    n = s.needs[need]
    st = w.steps[s.items[i]["step"]]
    free_item(w, s, i, t, True)
    n["done"] |= 1 << st["local"]
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
            occasion = occasion_of_collision(n["returns"], st["local"], k)
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
        resume_clock(w, s, t, need)
        answers(s, t, need, COMPLETION)
        note(s, t, need, L_COMPLETED, NOBODY, it["step"], 0)
    elif it["outcome"] == ASK_RESIDENT:
        answers(s, t, need, ASKED)
    elif it["outcome"] == AWAY:
        answers(s, t, need, REDIRECTED)
    elif it["outcome"] == NOBODY:
        resume_clock(w, s, t, need)
        if n["state"] == OPEN:
            withdraw(w, s, t, need)
    if n["state"] != OPEN:
        free_item(w, s, i, t, False)
        return
    hand_back(w, s, i, t)
