"""C6, C10 to C12 and C19: what is counted adds up, time is kept, and a seed is a run."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from kastje.evidence.verification import invariants
from kastje.evidence.verification.finding import Finding
from kastje.evidence.verification.organisations import town
from kastje.evidence.verification.runs import digest, log_of, needs_of, ran
from kastje.model import Scenario, simulate
from kastje.model import records as rec
from kastje.model.records import NEED_DTYPE
from kastje.model.simulate import start_of, world_of

PARTS = ("touch", "queued_for", "with_resident", "stalled_for", "meeting_for", "closed_for")
NOT_MEASURED = "not available"


def busy_places() -> list[tuple[str, Scenario]]:
    """Two shipped profiles and the town, half a year with every lesson at 0.7."""
    places = [(name, Scenario.load(name)) for name in ("tilburg", "groningen")] + [("the town", town())]
    return [
        (name, one.with_parameters(horizon_days=182).with_lessons(all=0.7, start_day=7.0, ramp_days=14.0))
        for name, one in places
    ]


def no_demand() -> list[Finding]:
    """C6: without demand nothing happens but the weekly tick, and nothing is reported."""
    scenario = Scenario.load("tilburg").with_parameters(load=0.0, horizon_days=60)
    _, state = ran(scenario, 1)
    run = state.run[0]
    values = simulate(scenario, 1).as_dict()
    zeros = ("cases_closed", "staff_utilisation", "overtime_hours", "penalty_eur", "lever_hours")
    given = [n for n in values if n.endswith(("per_case", "share", "days_mean", "days_median", "days_p90"))]
    given += ["first_contact_resolution", "fit", "satisfaction", "equity_gap", "channel_gap", "know_do_gap"]
    absent = sum(np.isnan(values[n]) for n in given)
    days = int(scenario.value("runin_days") + scenario.value("horizon_days")) + 1
    idle = bool((state.staff["busy"] == rec.NOBODY).all()) and float(state.staff["worked"].sum()) == 0.0
    return [
        Finding(
            "C6",
            "Tilburg, 60 days, load 0",
            f"no need, no item, an empty log, one event a day ({days}); {len(given)} outcomes not available, "
            f"{', '.join(zeros)} 0",
            f"{run['arrived']} needs, {run['made']} items, {run['log']} log rows, {run['events']} events; "
            f"{absent} not available; " + ", ".join(f"{values[n]:g}" for n in zeros),
            "exact",
            run["arrived"] == run["made"] == run["log"] == 0
            and run["events"] <= days
            and idle
            and absent == len(given)
            and all(values[n] == 0.0 for n in zeros),
        )
    ]


def conserved() -> list[Finding]:
    """C10: needs, items, lists and hours add up, week after week, in busy organisations with every lesson."""
    findings = []
    for name, scenario in busy_places():
        breaches, states, arrived, made = [], 0, 0, 0
        for weeks in (1, 5, 13, 26):
            world, state = ran(scenario.with_parameters(horizon_days=7 * weeks), 5)
            breaches += invariants.breaches(world, state)
            states, arrived, made = states + 1, int(state.run["arrived"][0]), int(state.run["made"][0])
        findings.append(
            Finding(
                "C10",
                f"{name}, all lessons at 0.7, after 1, 5, 13 and 26 weeks",
                "arrived = closed + open + withdrawn; items made = done + called off + there; lists hold the waiting "
                "items; people's hours = teams' hours",
                f"{len(breaches)} breaches in {states} states ({arrived} needs, {made} items at the end)"
                + "".join(f"; {b}" for b in breaches[:2]),
                "counts exact; hours 1e-6",
                not breaches,
            )
        )
    return findings


def lead_times_add_up() -> list[Finding]:
    """C11: the parts of a lead time add up to it."""
    names = NEED_DTYPE.names or ()
    if any(part not in names for part in PARTS):
        missing = ", ".join(p for p in PARTS if p not in names)
        return [Finding("C11", "all", "parts that add up", f"{NOT_MEASURED}: a need has no {missing}", "-", True)]
    findings = []
    for name, scenario in busy_places():
        _, state = ran(scenario, 5)
        needs = needs_of(state)
        cases = needs[(needs["process"] >= 0) & (needs["state"] == rec.CLOSED)]
        parts = np.sum([cases[part] for part in PARTS], axis=0)
        off = np.abs(parts - (cases["decided"] - cases["start"]))
        worst = float(off.max()) if cases.size else 0.0
        findings.append(
            Finding(
                "C11",
                f"{name}, {cases.size} cases decided in run-in and half a year, all lessons at 0.7",
                "work + queue + resident + stalled + meetings + closed hours = decision - start",
                f"largest difference {worst:.2g} h; {int((off > 1e-6).sum())} cases off by more than 1e-6 h",
                "1e-6 h",
                bool(worst <= 1e-6),
            )
        )
    return findings


def clock_kept() -> list[Finding]:
    """C12: nobody takes up work outside the own calendar; a suspended term moves by exactly the suspension."""
    findings = []
    for name, scenario in busy_places():
        roster = start_of(scenario, 5).hours
        world, state = ran(scenario, 5)
        log = log_of(state)
        taken = int(np.isin(log["activity"], invariants.STARTS).sum())
        suspended = int((needs_of(state)["suspended_total"] > 0.0).sum())
        breaches = invariants.inside_calendar(world, state, roster) + invariants.suspensions_exact(world, state)
        findings.append(
            Finding(
                "C12",
                f"{name}, 182 days, Dutch calendar with leave, sickness and part-time",
                "no work taken up outside one's own hours; term = legal (+ extension) + time suspended",
                f"{taken} pieces of work, {suspended} cases suspended; {len(breaches)} breaches"
                + "".join(f"; {b}" for b in breaches),
                "own hours exact; terms 1e-6 h",
                not breaches and suspended > 0,
            )
        )
    return findings


CODE = """
from kastje.evidence.verification.bookkeeping import digests
print(*digests())
"""


def digests(threads: int = 1) -> list[str]:
    """The hash of the whole end state of four runs (two scenarios, two seeds), on so many threads."""
    today = Scenario.load("tilburg").with_parameters(horizon_days=56, runin_days=28)
    jobs = [(s, seed) for s in (today, today.with_lessons(all=1.0)) for seed in (11, 12)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda job: digest(ran(*job)[1]), jobs))


def _in_another_process(**env: str) -> list[str]:
    path = os.pathsep.join(p for p in sys.path if p)
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env=os.environ | {"PYTHONPATH": path} | env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def same_seed_same_run() -> list[Finding]:
    """C19: the hash of a run is the same on one thread, on two, and in another process."""
    alone = digests()
    with ThreadPoolExecutor(2) as pool:
        others = list(pool.map(lambda _: _in_another_process(), range(2)))
    ways = {"two threads": digests(2), "a second process": others[0], "a third process": others[1]}
    equal = [name for name, found in ways.items() if found == alone]
    world = world_of(Scenario.load("tilburg").with_parameters(horizon_days=56, runin_days=28))
    return [
        Finding(
            "C19",
            f"Tilburg, {world.days} days, 2 scenarios x 2 seeds, hash of the whole end state",
            f"four different hashes, the same four on {', '.join(ways)}",
            f"{len(set(alone))} different; the same on {', '.join(equal) or 'none'} (one machine)",
            "every byte",
            len(equal) == len(ways) and len(set(alone)) == 4,
        )
    ]
