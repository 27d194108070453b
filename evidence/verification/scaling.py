"""C4: when every duration is halved and demand doubled, all times halve and every count stays.

What cannot be halved by inputs is frozen or left out: the weekly and daily ticks (attitudes, support, people who
come, go or change places, improvement, the standard for good work, work that gets out of sight),
meetings (booked in eighths of a day), the half-hour rounds of a tailored solution, the two hours until somebody who
hung up tries again, the two days until a wrong answer is noticed, the four weeks until an application is given up,
working days (round the clock instead) and the 36 hours of a budget (which a share of 1 never meets).
"""

import copy
import re

import numpy as np

from kastje.evidence.verification.finding import Finding
from kastje.evidence.verification.organisations import (
    PERMIT,
    SERVICE,
    TOWN,
    Data,
    channels,
    every_team,
    loaded,
    queue,
    town,
)
from kastje.evidence.verification.runs import log_of, needs_of, ran
from kastje.model import PARAMETERS, Scenario
from kastje.model import state as st

SEED = 3
EXACT = 1e-9

FROZEN: dict[str, float] = {
    "alpha": 0.0,
    "eta_d": 0.0,
    "eta_c": 0.0,
    "support_kappa": 0.0,
    "turnover": 0.0,
    "rounds": 0,
    "early_share": 0.0,
    "discretion_hours": 0.0,
    "retry_chance": 0.0,
    "never_completed": 0.0,
    "stale_wrong": 0.0,
    "mobility": 0.0,
    "drop_rate": 0.0,
    "corner_cut": 0.0,
}
"""What the engine does in steps of its own length of time, switched off."""

TIMES = re.compile(r"(working )?(minutes|hours|days|weeks)( per head|/case)?")
RATES = re.compile(r"per (day|week|year).*")


def halved(parameter: str, value: float) -> float:
    """A value in a world in which everything goes twice as fast, by its unit."""
    unit = PARAMETERS[parameter].unit
    if RATES.fullmatch(unit):
        return 2.0 * value
    return value / 2.0 if TIMES.fullmatch(unit) else value


def _fast(values: dict[str, float]) -> dict[str, float]:
    """Every parameter of a world of double speed, within its bounds."""
    fast = {}
    for name, p in PARAMETERS.items():
        value = halved(name, float(values.get(p.short, p.default)))
        if p.low <= value <= p.high:
            fast[p.short] = int(value) if p.whole else value
    return fast


def _fast_process(process: Data) -> Data:
    fast = copy.deepcopy(process)
    fast["legal_days"] = fast.get("legal_days", 56) / 2.0
    if "extension" in fast:
        fast["extension"]["days"] /= 2.0
    for step in fast["steps"]:
        step["hours"] /= 2.0
    return fast


def _busy_always(parameters: dict[str, float], process: Data, factor: float = 1.0) -> Scenario:
    """The town round the clock with all hours for this work, `factor` times as fast in hours of work and demand."""
    profile = every_team(TOWN, share=1.0, part_time=0.0, felt_support=0.0)
    profile["calendar"] = "always"
    line = channels()
    for channel in line.values():
        channel["hours"] /= factor
        channel["minutes"] /= factor
    profile["channels"] = line
    profile["applications"] = [{"process": "permit.toml", "per_open_hour": 0.6 * factor}]
    profile["questions"] = {**TOWN["questions"], "per_year": 70000.0 * factor}
    profile["parameters"] = parameters
    return loaded(profile, {"permit.toml": process})


def compared(slow: st.State, fast: st.State) -> tuple[bool, float, int]:
    """Whether two logs have the same rows but for their times, how far times are from half, and how many rows."""
    a, b = log_of(slow), log_of(fast)
    fields = ("need", "activity", "staff", "step", "purpose", "detail")
    if a.size != b.size or any(not np.array_equal(a[f], b[f]) for f in fields):
        return False, float("nan"), int(a.size)
    counted = ("state", "contacts", "stories", "bounces", "handovers", "stalls", "returns", "calls", "found", "asked")
    x, y = needs_of(slow), needs_of(fast)
    same = x.size == y.size and all(np.array_equal(x[f], y[f]) for f in counted)
    return same, float(np.abs(b["t"] / (a["t"] / 2.0) - 1.0).max()), int(a.size)


def _finding(system: str, expected: str, pair: tuple[Scenario, Scenario], *, differs: bool = False) -> Finding:
    (_, slow), (_, fast) = (ran(s, SEED) for s in pair)
    same, off, rows = compared(slow, fast)
    halves = same and off <= EXACT
    found = f"{rows} events, the same ones; times off from half by {off:.1g}" if same else f"other events ({rows})"
    return Finding("C4", system, expected, found, f"rows exact, times {EXACT:g} relative", halves != differs)


def time_scaling() -> list[Finding]:
    """C4 in the queue, in the town without what cannot be halved, and the short form that must not hold there."""
    fast_service = copy.deepcopy(SERVICE)
    fast_service["steps"][0]["hours"] /= 2.0
    both = (
        queue(parameters={"horizon_days": 28}),
        queue(
            fast_service,
            applications=[{"process": "service.toml", "per_open_hour": 48.0}],
            parameters={"horizon_days": 14},
        ),
    )
    slow = {**TOWN["parameters"], **FROZEN, "runin_days": 28, "horizon_days": 112}
    fast = _fast(town(parameters=slow).values())
    short = {**slow, "runin_days": 14, "horizon_days": 56}
    halved_names = sum(halved(n, 1.0) != 1.0 for n in PARAMETERS)
    return [
        _finding(
            "queue of 3 servers, load 0.8, 28 days against 14: service times halved, arrivals doubled",
            "the same events at half the times",
            both,
        ),
        _finding(
            "the town round the clock with weekly tick, meetings and the engine's own constants left out: "
            f"{halved_names} parameters, hours of steps and contacts, terms halved (rates doubled), arrivals doubled",
            "the same events at half the times",
            (_busy_always(slow, PERMIT), _busy_always(fast, _fast_process(PERMIT), 2.0)),
        ),
        _finding(
            "the same town: only hours of work and arrivals changed, the delays of residents and legal terms kept",
            "other events (the short form is for queues only)",
            (_busy_always(slow, PERMIT), _busy_always(short, _hours_only(PERMIT), 2.0)),
            differs=True,
        ),
    ]


def _hours_only(process: Data) -> Data:
    fast = copy.deepcopy(process)
    for step in fast["steps"]:
        step["hours"] /= 2.0
    return fast
