"""How a run begins: the state on the first day of the run-in, and how much room it is given."""

import math

import numpy as np

from kastje.agents.acts import ACTS
from kastje.model import records as rec
from kastje.model import state as st
from kastje.model.agenda import TALLIES, schedule
from kastje.model.arrivals import plan_arrival
from kastje.model.chance import Purpose, draw
from kastje.model.handles import handles_of
from kastje.model.occasions import ORGANISATION, entity_of_employee, occasion_of_known_team, occasion_of_pair
from kastje.model.parameters import record
from kastje.model.residents import spread_trust
from kastje.model.roster import MARGIN_DAYS, roster
from kastje.model.world import WorldOf

MOST_INHABITANTS_KEPT = 60_000
"""Of a larger slice this many residents are kept with their memories; all of its demand is simulated."""


def room(world: WorldOf) -> dict[str, int]:
    """How many rows each pool is given at first; `state.grown` gives more when a run needs it."""
    n = world.profile.staff
    open_hours = 24.0 * 1.02 if world.profile.calendar == "always" else 8.0 * 0.8
    arrivals = sum(rate for _, rate in world.streams()) * open_hours * world.days * world.values["load"]
    expected = int(arrivals) + 1024
    meetings = 1024 + 8 * n
    return {
        "needs": expected,
        "contacts": 2 * expected,
        "items": 2048 + 8 * n,
        "heap": 8192 + 16 * n,
        "meetings": meetings,
        "seats": meetings,
        "log": 65536,
    }


def begin(world: WorldOf, seed: int, *, log: bool = False) -> st.State:
    """The state on the first day of the run-in, everybody at an empty desk."""
    state = _blank(world, seed, log)
    staff = state.staff
    for e in range(staff.shape[0]):
        x, entity = staff[e], entity_of_employee(e)
        for k, field in enumerate(("v", "o", "s")):
            moved = x[field] + 0.2 * (draw(seed, entity, np.int64(Purpose.START), k) - 0.5)
            x[field] = min(1.0, max(0.0, moved)) if 0.0 < x[field] < 1.0 else x[field]
        x["v_anchor"], x["o_anchor"] = x["v"], x["o"]
        u = draw(seed, entity, np.int64(Purpose.START), 3)
        x["experience"] = world.values["proficient_items"] * (1.5 if u < 0.8 else 0.5)
        for budget, part in (
            ("regular", 1.0),
            ("giving_way", world.values["give_way"]),
            ("overtime", world.values["overtime_ratio"]),
        ):
            x[budget] = x["share"] * 36.0 * part * 0.5
        for j, team in enumerate(world.teams):
            near = team.department == world.teams[int(x["team"])].department
            knows = (
                1.0
                if j == x["team"]
                else (0.7 if near else 0.3 + 0.3 * draw(seed, entity, np.int64(Purpose.TIE), occasion_of_known_team(j)))
            )
            if world.organisations[j] != world.organisations[int(x["team"])]:
                knows *= world.values["border_knows"]
            state.knows[e, j] = knows
    crews = state.crews
    for k, team in enumerate(world.arrays.teams):
        crews[k]["standard"] = 1.0
        crews[k]["heads"] = max(1, int(team["staff"]) - int(team["manager"] != rec.NOBODY))
    n = len(world.departments)
    for a in range(n):
        for b in range(n):
            state.pairs[a, b] = draw(seed, ORGANISATION, np.int64(Purpose.PAIR), occasion_of_pair(a, b))
    spread_trust(state.trust, seed, world.values["trust_start"])
    state.run["trust_sum"][0] = float(state.trust.sum())
    w, s = handles_of(world.arrays, state)
    for k in range(state.streams.shape[0]):
        plan_arrival(w, s, k, 0.0)
    schedule(s, world.arrays.opens, rec.DAY, 0, 0.0)
    return state


def _blank(world: WorldOf, seed: int, log: bool) -> st.State:
    n, teams = world.profile.staff, len(world.teams)
    days = world.days + MARGIN_DAYS
    inhabitants = min(int(world.values["inhabitants"]), MOST_INHABITANTS_KEPT)
    run = np.zeros(1, rec.RUN_DTYPE)
    run["seed"], run["free_item"], run["free_meeting"] = seed, rec.NOBODY, rec.NOBODY
    run["logging"] = int(log)
    hours, run["sick_share"] = roster(world.profile, days, seed, world.values)
    lists = np.zeros(2 * teams + n, rec.LIST_DTYPE)
    lists["head"] = lists["tail"] = rec.NOBODY
    streams = np.array([(process, 0, rate) for process, rate in world.streams()], rec.STREAM_DTYPE)
    rows = room(world)
    causes = np.zeros(rec.CAUSES, rec.CAUSE_DTYPE)
    causes["factor"] = 1.0
    return st.State(
        run=run,
        par=record(world.values),
        staff=world.arrays.start.copy(),
        crews=np.zeros(teams, rec.CREW_DTYPE),
        norms=np.full((teams, ACTS), 0.3),
        knows=np.zeros((n, teams)),
        hours=hours,
        slots=np.zeros((days, n), np.uint8),
        lists=lists,
        streams=streams,
        needs=np.zeros(rows["needs"], rec.NEED_DTYPE),
        items=np.zeros(rows["items"], rec.ITEM_DTYPE),
        contacts=np.zeros(rows["contacts"], rec.CONTACT_DTYPE),
        heap=np.zeros(rows["heap"], rec.EVENT_DTYPE),
        ready=np.zeros(n + 8, np.int64),
        meetings=np.zeros(rows["meetings"], rec.MEETING_DTYPE),
        seats=np.full((rows["seats"], st.MEETING_SEATS), rec.NOBODY, np.int64),
        causes=causes,
        tallies=np.zeros(TALLIES),
        acts=np.zeros((ACTS, 2)),
        pairs=np.zeros((len(world.departments), len(world.departments))),
        trust=np.zeros(inhabitants),
        last=np.full(inhabitants, -1.0),
        weeks=np.zeros(math.ceil(world.days / 7) + 4, rec.WEEK_DTYPE),
        log=np.zeros(rows["log"] if log else 1, rec.LOG_DTYPE),
    )
