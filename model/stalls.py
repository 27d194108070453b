"""When a step cannot go on by itself: alignment of owner and keeper, the manager's in-tray, or just lying still."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.agents.employee import gap_after_round
from kastje.agents.manager import support_after_act, support_after_refusal
from kastje.model.activities import L_ALIGNED, L_DELEGATED, L_PUT_UP, L_SETTLED
from kastje.model.agenda import note, schedule
from kastje.model.calendar import advance
from kastje.model.chance import Purpose, drawn, exponential
from kastje.model.items import free_item, new_item, unlink
from kastje.model.lead import MEETING_, STALLED_, moves_to
from kastje.model.meetings import ALIGN, convene, invite, new_meeting
from kastje.model.occasions import occasion_of_ruling, occasion_of_visit
from kastje.model.people import BEND, SPEAK_UP, acts, deputy
from kastje.model.records import DELEGATE, HELD, NOBODY, OPEN, RESUME, SETTLE, WAITING
from kastje.model.routing import dispatch, hand_back

_ESCALATE = np.int64(Purpose.ESCALATE)
_STALL = np.int64(Purpose.STALL)

TALKED_OVER, PUT_UP = map(np.int64, (1, 2))


@rule
def hold_item(w, s, i, t, until, phase):
    """Let an item wait, out of every list, until something comes."""
    s.items[i]["state"] = HELD
    moves_to(w, s, i, t, phase)
    schedule(s, until, RESUME, i, np.float64(s.items[i]["visits"]))


@rule
def align(w, s, i, t):
    """Owner and keeper meet at the first moment that suits both; after the last round it goes up, or lies still."""
    p = s.par[0]
    it = s.items[i]
    n = s.needs[it["need"]]
    if it["round"] < p["rounds"]:
        m = new_meeting(s, it["need"], i, ALIGN, p["round_hours"])
        invite(s, m, n["owner"])
        invite(s, m, it["assigned"])
        it["state"] = HELD
        moves_to(w, s, i, t, MEETING_)
        convene(w, s, m, t + 1.0)
        return
    occasion = occasion_of_visit(it["occasion"], it["visits"])
    rule_holds = p["escalation_forced"] if p["escalation_forced"] >= 0.0 else p["escalation_rule"]
    by_rule = drawn(n["stem"], _ESCALATE, occasion) < rule_holds
    # Without a rule it takes somebody who dares to bring it up.
    if by_rule or acts(w, s, it["assigned"], SPEAK_UP, n["stem"], occasion):
        put_up(w, s, i, t)
        return
    wait = p["stall_wait_hours"] * exponential(drawn(n["stem"], _STALL, occasion))
    hold_item(w, s, i, t, advance(s.hours, w.opens, s.hours.shape[1] - 1, t, wait), STALLED_)


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
        align(w, s, i, t)


@rule
def put_up(w, s, i, t):
    """Put a question to the manager: it waits in the in-tray, the step waits for the answer."""
    it = s.items[i]
    e = it["assigned"]
    it["state"] = HELD
    moves_to(w, s, i, t, STALLED_)
    boss = deputy(s, s.staff[e]["manager"], t)
    home = s.needs[it["need"]]["organisation"]
    if w.teams[it["team"]]["organisation"] != home and w.organisation_boss[home] != NOBODY:
        # A shared office has no say in a municipality's policy: the question goes to that municipality.
        boss = deputy(s, w.organisation_boss[home], t)
    if boss == NOBODY or boss == e:  # noqa: SIM109 - a tuple of different integer types does not compile
        hand_back(w, s, i, t)
        return
    j = new_item(s, SETTLE, it["need"], NOBODY, it["team"], occasion_of_visit(it["occasion"], it["visits"]))
    s.items[j]["about"] = i
    s.items[j]["hours"] = s.par[0]["settle_hours"]
    s.items[j]["sender"] = e
    note(s, t, it["need"], L_PUT_UP, e, it["step"], boss)
    dispatch(w, s, j, t, w.teams[it["team"]]["organisation"], 2 * w.teams.shape[0] + boss)
    days = s.par[0]["delegate_days"]
    schedule(s, t + 24.0 * days, DELEGATE, j, np.float64(s.items[j]["occasion"]))


@rule
def end_settle(w, s, e, j, t):
    """The manager has decided: a tailored solution may go ahead or not, a stall is over; the asker notices."""
    question = s.items[j]
    it = s.items[question["about"]]
    granted = True
    if it["settled"] == PUT_UP:
        occasion = occasion_of_ruling(question["occasion"], w.steps[it["step"]]["criteria"])
        granted = acts(w, s, e, BEND, s.needs[question["need"]]["stem"], occasion)
    backed = granted and t - question["queued"] <= 24.0 * s.par[0]["answer_days"]
    note(s, t, question["need"], L_SETTLED, e, it["step"], 1 if backed else 0)
    _settled(w, s, j, t, granted, backed)


@rule
def delegate(w, s, j, t, occasion):
    """No answer in time: the asker decides alone, by the criteria of the role (default delegation)."""
    question = s.items[j]
    if question["kind"] != SETTLE or question["occasion"] != occasion:
        return
    if question["state"] == HELD:
        # Still on its way across a border.
        schedule(s, t + 24.0, DELEGATE, j, np.float64(occasion))
    if question["state"] != WAITING:
        return
    unlink(w, s, j)
    it = s.items[question["about"]]
    note(s, t, question["need"], L_DELEGATED, question["sender"], it["step"], 0)
    _settled(w, s, j, t, False, False)


@rule
def _settled(w, s, j, t, granted, backed):
    """What was put up is settled: the step goes on, deviating if that was granted; the asker felt backed or not."""
    question = s.items[j]
    i = question["about"]
    it = s.items[i]
    n = s.needs[question["need"]]
    if it["settled"] == PUT_UP and not granted:
        n["found"] -= it["found"]
    x = s.staff[question["sender"]]
    kappa = s.par[0]["support_kappa"]
    x["s"] = support_after_act(x["s"], kappa) if backed else support_after_refusal(x["s"], kappa)
    free_item(w, s, j, t, True)
    if n["state"] == OPEN:
        hand_back(w, s, i, t)
    else:
        free_item(w, s, i, t, False)
