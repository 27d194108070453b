"""Where work goes: to which team, to whom in it, and how it goes astray when one does not know who does what."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.agents.employee import bounce_chance, misroute_chance
from kastje.model.agenda import BOUNCES, count, schedule
from kastje.model.calendar import next_work
from kastje.model.chance import Purpose, drawn, exponential
from kastje.model.crm import spared
from kastje.model.items import crew_of
from kastje.model.lead import IN_LINE, moves_to
from kastje.model.occasions import occasion_of_visit
from kastje.model.people import ASK, KEEP, WARM, acts, take_time
from kastje.model.records import (
    AWAY,
    BOUNCED,
    CALLBACK,
    DONE_WELL,
    HELD,
    IN_TRANSIT,
    MISROUTED,
    NOBODY,
    PASS,
    RESUME,
)
from kastje.model.worklist import insert, ownership_of

_BOUNCE = np.int64(Purpose.BOUNCE)
_HELPERS = np.int64(Purpose.HELPERS)
_MISROUTE = np.int64(Purpose.MISROUTE)
_TEAM = np.int64(Purpose.TEAM)
_WRONG_TEAM = np.int64(Purpose.WRONG_TEAM)
_TRANSIT = np.int64(Purpose.TRANSIT)
_DELAY = np.int64(Purpose.DELAY)


@rule
def team_of(w, s, need, role):
    """The team that does this role for this need's municipality; the same team each time when there are several."""
    n = s.needs[need]
    mine = n["organisation"]
    if w.role_size[mine, role] == 1:
        return w.role_teams[mine, role, 0]
    u = drawn(n["stem"], _TEAM, role)
    return w.role_teams[mine, role, int(u * w.role_size[mine, role])]


@rule
def member_of(w, s, need, team, occasion):
    """Somebody in a team, by the need's own draw: not its manager, unless there is nobody else."""
    x = w.teams[team]
    u = drawn(s.needs[need]["stem"], _HELPERS, occasion)
    if x["staff"] == 1 or x["manager"] == NOBODY:
        return x["first"] + int(u * x["staff"])
    return x["first"] + 1 + int(u * (x["staff"] - 1))


@rule
def who_can_come(w, s, t, need, team, occasion):
    """Somebody in a team who is at work again within a week: the one drawn, or the next who is."""
    x = w.teams[team]
    chosen = member_of(w, s, need, team, occasion)
    for k in range(x["staff"]):
        e = x["first"] + (chosen - x["first"] + k) % x["staff"]
        if e != x["manager"] and s.staff[e]["vacant_until"] <= t and next_work(s.hours, w.opens, e, t) - t <= 168.0:
            return e
    return chosen


@rule
def aim(w, s, i, t, sender, occasion):
    """The team that an item is sent to: the right one, or by not knowing who does what another one."""
    it = s.items[i]
    team = it["team"]
    teams = w.teams.shape[0]
    if sender == NOBODY or teams == 1 or s.staff[sender]["team"] == team:
        return team
    p = s.par[0]
    n = s.needs[it["need"]]
    asked = acts(w, s, sender, ASK, n["stem"], occasion)
    if asked:
        take_time(w, s, sender, t, p["ask_hours"], False)
    chance = misroute_chance(
        p["misroute_base"], p["misroute_nonstandard"], n["nonstandard"], s.knows[sender, team], asked
    )
    if p["misroute_forced"] >= 0.0:
        chance = p["misroute_forced"]
    if drawn(n["stem"], _MISROUTE, occasion) < chance * s.causes[MISROUTED]["factor"]:
        return _astray(w, s, i, team, occasion)
    s.knows[sender, team] += 0.01 * (1.0 - s.knows[sender, team])
    return team


@rule
def _astray(w, s, i, team, occasion):
    """A wrong team to land at, each as likely."""
    it = s.items[i]
    it["wrong"] = 1
    s.causes[MISROUTED]["hours"] += s.par[0]["triage_hours"]
    other = int(drawn(s.needs[it["need"]]["stem"], _WRONG_TEAM, occasion) * (w.teams.shape[0] - 1))
    return other if other < team else other + 1


@rule
def send_on(w, s, i, t, occasion):
    """Whoever got an item that does not belong here sends it on: mostly to the right team, sometimes wrong again."""
    it = s.items[i]
    it["wrong"] = 0
    again = s.par[0]["misroute_again"]
    team = it["team"]
    if again > 0.0 and drawn(s.needs[it["need"]]["stem"], _MISROUTE, occasion) < again:
        team = _astray(w, s, i, team, occasion)
    insert(w, s, i, t, team)


@rule
def dispatch(w, s, i, t, source, number):
    """Send an item to a list: at once, or a dossier across the border of an organisation after some time on the way.

    `source` is the organisation that it comes from; a note to call somebody back is there at once.
    """
    it = s.items[i]
    days = s.par[0]["border_days"]
    if it["kind"] == CALLBACK or days == 0.0 or w.teams[crew_of(w, s, number)]["organisation"] == source:
        insert(w, s, i, t, number)
        return
    it["state"] = HELD
    it["list"] = number
    it["outcome"] = IN_TRANSIT
    moves_to(w, s, i, t, IN_LINE)
    u = drawn(s.needs[it["need"]]["stem"], _TRANSIT, occasion_of_visit(it["occasion"], it["visits"]))
    schedule(s, t + 24.0 * days * exponential(u), RESUME, i, np.float64(it["visits"]))


@rule
def organisation_of(w, s, need, sender):
    """The organisation that work on a need comes from: the sender's, or that of the resident's own municipality."""
    if sender == NOBODY:
        return s.needs[need]["organisation"]
    return w.teams[s.staff[sender]["team"]]["organisation"]


@rule
def keeps_or_sends(w, s, e, key, occasion):
    """What employee `e` does with a question from elsewhere: DONE_WELL keeps it, PASS hands it warmly to a colleague,
    AWAY leaves it to the resident to find the right place."""
    p = s.par[0]
    if acts(w, s, e, KEEP, key, occasion):
        return DONE_WELL
    chance = bounce_chance(p["bounce_ceiling"], ownership_of(s, e), 0.0)
    if drawn(key, _BOUNCE, occasion) >= chance or spared(s, key, BOUNCED, occasion):
        return DONE_WELL
    s.causes[BOUNCED]["hours"] += p["triage_hours"]
    return PASS if acts(w, s, e, WARM, key, occasion) else AWAY


@rule
def refers(s, t, need, occasion):
    """The resident is sent on to find the right place by themselves: when they will be there."""
    n = s.needs[need]
    count(s, need, BOUNCES)
    return t + 24.0 * s.par[0]["bounce_days"] * exponential(drawn(n["stem"], _DELAY, occasion))


@rule
def hand_back(w, s, i, t):
    """Put an item on the list of the employee it belongs to, or in the team's pool when that post is vacant."""
    hand_to(w, s, i, t, w.teams[s.items[i]["team"]]["organisation"])


@rule
def hand_to(w, s, i, t, source):
    """The same for an item that comes from an organisation (`source`), perhaps across its border."""
    it = s.items[i]
    e = it["assigned"]
    if e != NOBODY and s.staff[e]["vacant_until"] <= t:
        dispatch(w, s, i, t, source, 2 * w.teams.shape[0] + e)
    else:
        it["assigned"] = NOBODY
        dispatch(w, s, i, t, source, it["team"])
