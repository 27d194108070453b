"""Looking together for a solution that fits, when what somebody needs is not standard (lesson 3)."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.agents.employee import found_by
from kastje.model.chance import Purpose, drawn
from kastje.model.occasions import occasion_of_component, occasion_of_fellow, occasion_of_volunteer
from kastje.model.people import VOLUNTEER, acts, take_time
from kastje.model.records import ASK_MANAGER, NOBODY
from kastje.model.routing import member_of, team_of

_FOUND = np.int64(Purpose.FOUND)
_PERMITTED = np.int64(Purpose.PERMITTED)


@rule
def search(w, s, e, t, i):
    """Look together for what is not standard: hours of the employee at it; helpers give theirs (lesson 3)."""
    p = s.par[0]
    run = s.run[0]
    it = s.items[i]
    n = s.needs[it["need"]]
    key = n["stem"]
    rounds = int(p["discretion_hours"] / 0.5)
    if rounds < 1 or not acts(w, s, e, VOLUNTEER, key, _asked(it, -1)):
        return 0.0
    solvers = 1
    process = w.processes[n["process"]]
    team = s.staff[e]["team"]
    helpers = np.full(3, NOBODY, np.int64)
    for k in range(process["steps"]):
        if n["needed"] & process["advice_mask"] & (1 << k) and solvers < 4:
            other = team_of(w, s, it["need"], w.steps[process["first"] + k]["role"])
            helper = member_of(w, s, it["need"], other, occasion_of_fellow(k))
            free = s.staff[helper]["vacant_until"] <= t and other != team
            if free and acts(w, s, helper, VOLUNTEER, key, _asked(it, k)):
                helpers[solvers - 1] = helper
                solvers += 1
    before = _searched_before(w, process["first"], w.steps[it["step"]]["local"])
    used = 0
    found = 0
    chance = found_by(solvers, p["find_rate"])
    while used < rounds and n["found"] + found < n["wanted"]:
        left = n["wanted"] - n["found"] - found
        for k in range(left):
            occasion = occasion_of_component(n["returns"], before, it["repeats"], used, k)
            if drawn(key, _FOUND, occasion) < chance:
                found += 1
        used += 1
    hours = 0.5 * used
    for k in range(solvers - 1):
        take_time(w, s, helpers[k], t, hours, False)
    run["lever"] += hours * solvers
    s.crews[team]["lever"] += hours * solvers
    n["found"] += found
    if found > 0 and drawn(key, _PERMITTED, n["returns"]) >= p["permission"]:
        it["outcome"] = ASK_MANAGER
        it["found"] = found
    return hours


@rule
def _asked(it, step):
    return occasion_of_volunteer(it["occasion"], it["visits"], it["repeats"], step)


@rule
def _searched_before(w, first, local):
    """How many steps of the process before this one search too."""
    steps = 0
    for k in range(local):
        steps += w.steps[first + k]["tailored"]
    return steps
