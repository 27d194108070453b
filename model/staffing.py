"""Who is there to do the work: absence, people who leave, newcomers, and people who change places."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.calendar import next_work
from kastje.model.chance import Purpose, draw
from kastje.model.items import unlink
from kastje.model.occasions import entity_of_employee
from kastje.model.records import NOBODY, SETTLE
from kastje.model.worklist import insert

_LEAVES = np.int64(Purpose.LEAVES)
_MOVES, _MOVES_TO = np.int64(Purpose.MOVES), np.int64(Purpose.MOVES_TO)
COVER_DAYS = 5.0


@rule
def cover(w, s, e, t):
    """What waits for somebody who stays away for days goes to the team."""
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
def turnover(w, s, t, week):
    """People leave; after a vacancy a newcomer takes the post, new to the work and to who does what."""
    p = s.par[0]
    seed = s.run[0]["seed"]
    day = int(t // 24.0)
    for e in range(s.staff.shape[0]):
        x = s.staff[e]
        if x["vacant_until"] > t or draw(seed, entity_of_employee(e), _LEAVES, week) >= p["turnover"] / 52.0:
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
def _place_for(w, s, t, e, first):
    """The first post from `first` on that `e` can change with: another team of the same organisation, like rank."""
    x = s.staff[e]
    count = s.staff.shape[0]
    for k in range(count):
        f = (first + k) % count
        y = s.staff[f]
        same = w.teams[x["team"]]["organisation"] == w.teams[y["team"]]["organisation"]
        if same and x["team"] != y["team"] and x["heads"] == y["heads"] and y["vacant_until"] <= t:
            return f
    return NOBODY


@rule
def mobility(w, s, t, week):
    """Some people change places with somebody of another team: what they hold and whom they know goes with them."""
    p = s.par[0]
    seed = s.run[0]["seed"]
    count = s.staff.shape[0]
    for e in range(count):
        x = s.staff[e]
        if x["vacant_until"] > t or draw(seed, entity_of_employee(e), _MOVES, week) >= 0.5 * p["mobility"] / 52.0:
            continue
        f = _place_for(w, s, t, e, int(draw(seed, entity_of_employee(e), _MOVES_TO, week) * count))
        if f == NOBODY:
            continue
        y = s.staff[f]
        s.run[0]["moved"] += 2
        x["v"], y["v"] = y["v"], x["v"]
        x["v_anchor"], y["v_anchor"] = y["v_anchor"], x["v_anchor"]
        x["o"], y["o"] = y["o"], x["o"]
        x["k"], y["k"] = y["k"], x["k"]
        x["s"], y["s"] = y["s"], x["s"]
        x["aware"], y["aware"] = y["aware"], x["aware"]
        x["experience"] = min(x["experience"], 2.0 * p["newcomer_items"])
        y["experience"] = min(y["experience"], 2.0 * p["newcomer_items"])
        for k in range(w.teams.shape[0]):
            s.knows[e, k], s.knows[f, k] = s.knows[f, k], s.knows[e, k]
        s.knows[e, x["team"]] = 1.0
        s.knows[f, y["team"]] = 1.0
        hand_over_all(w, s, e, t)
        hand_over_all(w, s, f, t)
