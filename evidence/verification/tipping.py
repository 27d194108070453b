"""When calls about a backlog keep the backlog from being worked off (A16): the threshold of the fluid model.

c people do cases of S hours, of which lambda arrive an hour, and take the calls of residents whose case is open: r an
hour each, s hours a call. Of n open cases the calls take n r s hours an hour and new cases lambda S, so the backlog
falls as long as n is below n* = c (1 - rho) / (r s), with rho = lambda S / c, and grows for good above it.

In the engine a call costs its time on the phone and, when the front office cannot say how the case stands, a look-up, a
story and a note for whoever handles it; the profile sets the hours of all of these to 0, so s is the time on the phone
alone. Calls go before cases instead of sharing the hours with them; the threshold is the same.
"""

import math
from collections.abc import Iterator

import numpy as np

from kastje.evidence.verification.finding import Check, Finding
from kastje.evidence.verification.textbook import textbook
from kastje.model import Scenario
from kastje.model import state as st
from kastje.model.cases import submit
from kastje.model.handles import handles_of
from kastje.model.residents import new_need
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.world import WorldOf

RUNS = 30
AROUND = (0.9, 1.0, 1.1)
DECIDED = 0.35
"""A run counts as recovered or as stuck this far below or above n*, relative to it: over 7 standard deviations."""
FIRST_NUMBER = 1_000_000
"""Numbers of the cases that are there at the start, out of the way of those that arrive."""


class Fluid:
    """The threshold, and how far chance carries a backlog that is near it."""

    def __init__(self, scenario: Scenario) -> None:
        people, step = scenario.profile.staff, scenario.profile.processes[0].steps[0]
        arrivals = scenario.profile.applications[0].per_open_hour
        assert arrivals is not None
        call = scenario.profile.channels["phone"].hours
        doubt = 1.5 - scenario.value("trust_start")
        self.calls = calls = doubt / (24.0 * scenario.value("status_days_after"))
        self.load = arrivals * step.hours / people
        self.threshold = people * (1.0 - self.load) / (calls * call)
        # Near n* the backlog drifts away from it at rate a = r s / S and is moved by arrivals, by exponential services,
        # and by calls of a fixed length: its chance to end below is that of a normal variable with variance D / 2a.
        drift = calls * call / step.hours
        noise = 2.0 * arrivals + self.threshold * calls * call**2 / step.hours**2
        self.spread = math.sqrt(noise / (2.0 * drift))

    def recovers(self, cases: float) -> float:
        """The chance that a backlog that begins at so many cases is worked off."""
        return 0.5 * math.erfc((cases - self.threshold) / self.spread / math.sqrt(2.0))


def with_backlog(scenario: Scenario, seed: int, cases: int) -> tuple[WorldOf, st.State]:
    """The start of a run with so many open cases and no calls yet, made by the engine's own rules."""
    world = world_of(scenario)
    state = start_of(scenario, seed)
    if cases + st.MARGIN >= min(state.items.shape[0], state.needs.shape[0]):
        raise ValueError(f"cases: {cases} were asked for, expected what the pools of a fresh state have room for")
    arrays, box = handles_of(world.arrays, state)
    with np.errstate(over="ignore"):
        for k in range(cases):
            need = new_need(arrays, box, 0.0, np.int64(0), np.int64(FIRST_NUMBER + k))
            submit(arrays, box, 0.0, need)
    return world, state


def _calls(scenario: Scenario, fluid: Fluid, days: int = 60) -> Finding:
    """How often residents call, per hour that a case is open: the r of n*."""
    world, state = with_backlog(scenario, 1, round(fluid.threshold))
    end = 24.0 * days
    state = drive(scenario, world, state, end)
    needs = state.needs[: state.run["needs"][0]]
    filed = np.isfinite(needs["filed"])
    open_hours = float(np.sum(np.minimum(needs["decided"], end)[filed] - needs["filed"][filed]))
    made = int(needs["chases"].sum())
    z = (made - fluid.calls * open_hours) / math.sqrt(fluid.calls * open_hours)
    return Finding(
        check="A16",
        system="calls per hour that a case is open: r",
        expected=f"{fluid.calls:.6g}",
        found=f"{made / open_hours:.6g} ({made:,} calls)",
        tolerance=f"|z| < 4, Poisson SE: z = {z:.2f}",
        holds=abs(z) < 4.0,
    )


def recovered(scenario: Scenario, seed: int, cases: int, threshold: float) -> bool:
    """Whether a backlog is worked off: which of two far marks its number of open cases reaches first."""
    world, state = with_backlog(scenario, seed, cases)
    for day in range(1, world.days + 1):
        state = drive(scenario, world, state, 24.0 * day)
        open_cases = int(state.run["open_cases"][0])
        if abs(open_cases - threshold) > DECIDED * threshold:
            return open_cases < threshold
    raise AssertionError(f"undecided after {world.days} days: {open_cases} cases of {threshold:g}")


def _tipping() -> list[Finding]:
    return list(_rows(textbook("tipping")))


def _rows(scenario: Scenario) -> Iterator[Finding]:
    fluid = Fluid(scenario)
    yield _calls(scenario, fluid)
    for part in AROUND:
        cases = round(part * fluid.threshold)
        chance = fluid.recovers(cases)
        hits = sum(recovered(scenario, seed, cases, fluid.threshold) for seed in range(1, RUNS + 1))
        error = math.sqrt(chance * (1.0 - chance) / RUNS)
        z = (hits / RUNS - chance) / error
        yield Finding(
            check="A16",
            system=f"c = 20, load {fluid.load:g}, n* = {fluid.threshold:.0f}: share recovered from {part:g} n*",
            expected=f"{chance:.3f} (diffusion around n*)",
            found=f"{hits / RUNS:.3f} ({RUNS} runs)",
            tolerance=f"|z| < 4, binomial SE: z = {z:.2f}",
            holds=abs(z) < 4.0,
        )


TIPPING: tuple[Check, ...] = (Check("A16", "Tipping backlog", _tipping),)
