"""What an employee does with a step of a case: see whether it belongs here, learn what the case is about, work on it.

What happens is decided when the step is taken up (`begin_step`: the hours it takes and how it will end) and carried
out when those hours are over (`kastje.model.endings`).
"""

import numpy as np

from kastje.agents.compiled import rule
from kastje.agents.employee import tolerance
from kastje.model.activities import L_STARTED, L_WRONG
from kastje.model.agenda import CROSSINGS, HANDOVERS, count, note
from kastje.model.chance import Purpose, drawn, service_time
from kastje.model.crm import hears_story, holder, records, spared
from kastje.model.occasions import occasion_of_repeat, occasion_of_visit
from kastje.model.people import BEND, acts, care, leaves_fault, skill_factor
from kastje.model.records import (
    ASK_DOCUMENTS,
    ASK_RESIDENT,
    DO_AGAIN,
    DONE_WELL,
    MISSING,
    NOBODY,
    REROUTE,
    STALL,
    STALLED,
    TASK,
)
from kastje.model.routing import keeps_or_sends
from kastje.model.stalls import PUT_UP, TALKED_OVER
from kastje.model.tailored import search
from kastje.model.worklist import ownership_of

_SEEN, _SERVICE, _DEVIATION = (
    np.int64(Purpose.SEEN),
    np.int64(Purpose.SERVICE),
    np.int64(Purpose.DEVIATION),
)


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
    occasion = occasion_of_visit(it["occasion"], it["visits"])
    if it["taking"]:
        it["outcome"] = DONE_WELL
        adviser = holder(w, s, n, x["department"])
        if adviser != x["department"]:
            count(s, it["need"], HANDOVERS)
            if w.department_organisation[adviser] != w.department_organisation[x["department"]]:
                count(s, it["need"], CROSSINGS)
        return p["take_in_hours"] * skill_factor(s, e)
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
    mine = w.teams[x["team"]]["organisation"]
    from_here = w.department_organisation[source] if n["last_team"] != NOBODY else n["organisation"]
    if not resumed and from_here != mine:
        # It comes from another organisation, with other systems and forms.
        count(s, it["need"], CROSSINGS)
        hours = p["border_hours"]
    if not resumed and source != x["department"]:
        # Within a department the file is at hand; across departments it depends on what is shared.
        count(s, it["need"], HANDOVERS)
        told = False
        if n["owner"] != e:
            more, told, wrong = hears_story(w, s, e, t, it["need"], source, occasion)
            hours += more
        if told and not w.channels[n["channel"]]["live"]:
            it["outcome"] = ASK_RESIDENT
            return hours
    it["outcome"] = DO_AGAIN if wrong else DONE_WELL
    seen = _missing_now(w, s, it, st, occasion)
    work = service_time(
        st["spread"],
        st["hours"] * w.type_hours[n["process"], n["type"]],
        st["cv"] * p["case_variation"],
        drawn(key, _SERVICE, occasion_of_repeat(it["occasion"], it["repeats"])),
    )
    given = care(s, e)
    work *= skill_factor(s, e) * s.causes[TASK]["factor"] * given
    if st["criteria"] and w.teams[x["team"]]["organisation"] != n["organisation"]:
        work *= 1.0 + p["policy_hours"]
    if seen:
        n["missing"] &= ~seen
        it["outcome"] = ASK_DOCUMENTS
        s.causes[MISSING]["hours"] += 0.3 * work
        return hours + 0.3 * work
    if st["criteria"] and it["settled"] == 0 and p["stall_rule"] == 1.0 and n["owner"] != NOBODY and n["owner"] != e:
        wish = ownership_of(s, n["owner"]) * drawn(key, _DEVIATION, it["occasion"])
        gap = wish - tolerance(_policy(w, s, n), ownership_of(s, e))
        if gap > 0.0 and not acts(w, s, e, BEND, key, occasion) and not spared(s, key, STALLED, occasion):
            it["outcome"] = STALL
            it["gap"] = gap
            s.causes[STALLED]["hours"] += 2.0 * p["round_hours"]
            return hours + 0.5 * work
    if it["settled"] == TALKED_OVER:
        # Half of the work was done before it stalled.
        work *= 0.5
    if st["tailored"] and n["found"] < n["wanted"] and it["settled"] != PUT_UP:
        hours += search(w, s, e, t, i)
    if st["owner"] and n["named"] and it["repeats"] == 0 and st["local"] == _first_owner_step(w, n):
        hours += p["owner_hours"]
    hours += records(w, s, e, t, it["need"], occasion)
    s.causes[TASK]["hours"] += work
    if leaves_fault(s, given, key, occasion):
        n["faults"] += 1
    return hours + work


@rule
def _policy(w, s, n):
    """How far the criteria of a municipality let a case deviate (T0): its own policy, or else the general figure."""
    own = w.organisation_tolerance[n["organisation"]]
    return own if own >= 0.0 else s.par[0]["keeper_tolerance"]


@rule
def _first_owner_step(w, n):
    process = w.processes[n["process"]]
    for k in range(process["steps"]):
        if n["needed"] & (1 << k) and w.steps[process["first"] + k]["owner"]:
            return k
    return NOBODY
