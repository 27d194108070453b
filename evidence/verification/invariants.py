"""What holds in every state of every organisation: what comes in, is made or is spent is accounted for.

Each function gives its breaches as short sentences; an empty list says that the state holds.
"""

import numpy as np

from kastje.model import records as rec
from kastje.model import state as st
from kastje.model.activities import L_CALLBACK_STARTED, L_STARTED, L_TAKEN
from kastje.model.world import WorldOf

STARTS = (L_STARTED, L_TAKEN, L_CALLBACK_STARTED)
HOURS = 1e-6


def _unless(holds: bool | np.bool_, breach: str) -> list[str]:
    return [] if holds else [breach]


def needs_accounted_for(state: st.State) -> list[str]:
    """Arrived = closed + open + withdrawn, and the counters say what the records say."""
    run = state.run[0]
    needs = state.needs[: run["needs"]]
    counts = np.bincount(needs["state"], minlength=3)
    filed = (needs["process"] >= 0) & (needs["needed"] > 0)
    open_cases = int((filed & (needs["state"] == rec.OPEN)).sum())
    return [
        *_unless(run["arrived"] == run["needs"] == counts.sum(), f"{run['arrived']} arrived, {counts} by state"),
        *_unless(run["closed"] == counts[rec.CLOSED], f"{run['closed']} counted as closed, {counts[rec.CLOSED]} are"),
        *_unless(
            run["withdrawn"] == counts[rec.WITHDRAWN],
            f"{run['withdrawn']} counted as withdrawn, {counts[rec.WITHDRAWN]} are",
        ),
        *_unless(run["open_cases"] == open_cases, f"{run['open_cases']} cases counted as open, {open_cases} are"),
    ]


def items_accounted_for(state: st.State) -> list[str]:
    """Items made = done + called off + still there."""
    run = state.run[0]
    there = int((state.items["state"][: run["items"]] != rec.FREE).sum())
    gone = int(run["finished"] + run["cancelled"])
    return _unless(run["made"] == gone + there, f"{run['made']} items made, {gone} gone, {there} there")


def lists_in_order(world: WorldOf, state: st.State) -> list[str]:
    """The lists hold exactly the waiting items, each on the list it names, with the hours that the teams count."""
    items = state.items[: int(state.run["items"][0])]
    teams = len(world.teams)
    breaches, listed, waiting = [], [], np.zeros(teams)
    for number, line in enumerate(state.lists):
        team = number % teams if number < 2 * teams else int(state.staff["team"][number - 2 * teams])
        i, length = int(line["head"]), 0
        while i != rec.NOBODY and length <= items.size:
            listed.append(i)
            breaches += _unless(items["list"][i] == number, f"item {i} is on list {number}, it says otherwise")
            waiting[team] += items["hours"][i]
            i, length = int(items["next"][i]), length + 1
        breaches += _unless(length == line["length"], f"list {number} counts {line['length']} items, it has {length}")
    expected = np.flatnonzero(items["state"] == rec.WAITING)
    breaches += _unless(np.array_equal(np.sort(listed), expected), "the lists do not hold exactly the waiting items")
    breaches += _unless(
        np.allclose(state.crews["waiting"], waiting, atol=HOURS),
        f"hours waiting per team are counted as {state.crews['waiting']}, they are {waiting}",
    )
    return breaches


def people_in_order(world: WorldOf, state: st.State) -> list[str]:
    """Who is busy has an item in hand and an end to it; who is not, while work lies on a list, will look again."""
    staff, run = state.staff, state.run[0]
    items, agenda = state.items[: run["items"]], state.heap[: run["heap"]]
    in_hand = staff["busy"][staff["busy"] >= 0]
    served = np.flatnonzero(items["state"] == rec.SERVED)
    ends = set(agenda["a"][agenda["kind"] == rec.DONE])
    wakes = set(zip(*(agenda[x][agenda["kind"] == rec.WAKE] for x in ("a", "b")), strict=True))
    endless = [e for e in np.flatnonzero(staff["busy"] != rec.NOBODY) if e not in ends]
    # A wake at infinity is not on the agenda of anybody: the calendar has come to its end.
    roused = (staff["busy"] != rec.NOBODY) | np.array([(e, x["wake"]) in wakes for e, x in enumerate(staff)])
    teams = len(world.teams)
    alone = [e for e in range(staff.size) if state.lists["length"][2 * teams + e] and not roused[e]]
    for k, team in enumerate(world.arrays.teams):
        rows = np.arange(team["first"] + (team["manager"] >= 0), team["first"] + team["staff"])
        if state.lists["length"][[k, teams + k]].any() and not roused[rows].any():
            alone.append(int(team["first"]))
    return [
        *_unless(np.array_equal(np.sort(in_hand), served), f"{in_hand.size} people busy, {served.size} items served"),
        *_unless(not endless, f"{len(endless)} people busy without an end, such as {endless[:1]}"),
        *_unless(not alone, f"work lies at {len(alone)} people or teams and nobody will look, such as {alone[:1]}"),
    ]


def hours_accounted_for(state: st.State) -> list[str]:
    """What people spent is what teams spent; items took part of it, meetings the rest."""
    people, teams = float(state.staff["worked"].sum()), float(state.crews["worked"].sum())
    items = float(state.run["item_hours"][0])
    return [
        *_unless(np.isclose(people, teams, rtol=1e-9, atol=HOURS), f"people spent {people} hours, teams {teams}"),
        *_unless(items <= people + HOURS, f"items took {items} hours, people spent {people}"),
    ]


def trust_accounted_for(state: st.State) -> list[str]:
    """The meter of trust is the sum over residents, and nobody's trust leaves [0, 1]."""
    meter, total = float(state.run["trust_sum"][0]), float(state.trust.sum())
    inside = bool(((state.trust >= 0.0) & (state.trust <= 1.0)).all())
    return [
        *_unless(np.isclose(meter, total, rtol=1e-9), f"the meter of trust says {meter}, residents have {total}"),
        *_unless(inside, f"trust lies from {state.trust.min()} to {state.trust.max()}"),
    ]


def suspensions_exact(world: WorldOf, state: st.State) -> list[str]:
    """The legal term of a case is its process's, extended or not, plus exactly the time that the clock stood still."""
    needs = state.needs[: int(state.run["needs"][0])]
    sound = (needs["process"] >= 0) & (needs["returns"] == 0) & np.isfinite(needs["filed"]) & (needs["holds"] == 0)
    cases = needs[sound]
    process = world.arrays.processes[cases["process"]]
    extra = cases["deadline"] - cases["filed"] - cases["suspended_total"] - process["legal_hours"]
    exact = np.isclose(extra, 0.0, atol=HOURS) | np.isclose(extra, process["extend_hours"], atol=HOURS)
    return _unless(bool(exact.all()), f"{(~exact).sum()} of {cases.size} terms moved by more or less than they stood")


def decided_after_start(state: st.State) -> list[str]:
    """Nothing ends before it begins."""
    needs = state.needs[: int(state.run["needs"][0])]
    over = needs[needs["state"] != rec.OPEN]
    early = int((over["decided"] < over["start"]).sum())
    return _unless(early == 0, f"{early} needs ended before they began")


def log_in_order(state: st.State) -> list[str]:
    """Times in the event log never go back."""
    back = int((np.diff(state.log["t"][: int(state.run["log"][0])]) < 0.0).sum())
    return _unless(back == 0, f"time goes back {back} times in the event log")


def inside_calendar(world: WorldOf, state: st.State, roster: np.ndarray) -> list[str]:
    """Nobody takes up work outside their own hours; `roster` is the calendar as it was when the log began."""
    log = state.log[: int(state.run["log"][0])]
    taken = log[np.isin(log["activity"], STARTS) & (log["staff"] >= 0)]
    day = (taken["t"] // 24.0).astype(np.int64)
    hour = taken["t"] - 24.0 * day - world.arrays.opens
    outside = int(((hour < 0.0) | (hour >= roster[day, taken["staff"]])).sum())
    return _unless(outside == 0, f"{outside} of {taken.size} pieces of work were taken up outside the calendar")


def nothing_forgotten(state: st.State) -> list[str]:
    """Every open need has work, a contact or a meeting to come, and what lies still has something that it waits for."""
    run = state.run[0]
    needs, items = state.needs[: run["needs"]], state.items[: run["items"]]
    contacts, agenda = state.contacts[: run["contacts"]], state.heap[: run["heap"]]
    # A meeting that found no slot before the end of the calendar is not on the agenda; it waits beyond the run.
    meetings = state.meetings[: run["meetings"]]
    meetings = meetings[meetings["size"] > 0]
    there = items["state"] != rec.FREE
    to_come = (
        items["need"][there],
        contacts["need"][contacts["result"] == rec.PENDING],
        meetings["need"][~np.isfinite(needs["filed"][meetings["need"]])],
    )
    forgotten = np.setdiff1d(np.flatnonzero(needs["state"] == rec.OPEN), np.concatenate(to_come))
    resumed = agenda[agenda["kind"] == rec.RESUME]
    awaited = (
        resumed["a"][items["visits"][resumed["a"]] == resumed["b"]],
        meetings["item"],
        items["about"][there & (items["kind"] == rec.SETTLE)],
        # What has got out of sight waits for its resident to call.
        np.flatnonzero((items["outcome"] == rec.DROPPED) & (needs["dropped"][items["need"]] != rec.NOBODY)),
    )
    asleep = np.setdiff1d(np.flatnonzero(items["state"] == rec.HELD), np.concatenate(awaited))
    return [
        *_unless(forgotten.size == 0, f"{forgotten.size} open needs with nothing to come, such as {forgotten[:1]}"),
        *_unless(asleep.size == 0, f"{asleep.size} items held with nothing to wait for, such as {asleep[:1]}"),
    ]


def breaches(world: WorldOf, state: st.State) -> list[str]:
    """Everything that does not add up in a state."""
    return [
        *needs_accounted_for(state),
        *items_accounted_for(state),
        *lists_in_order(world, state),
        *people_in_order(world, state),
        *hours_accounted_for(state),
        *trust_accounted_for(state),
        *suspensions_exact(world, state),
        *decided_after_start(state),
        *log_in_order(state),
        *nothing_forgotten(state),
    ]
