"""Run a scenario: a run-in with every lesson at 0, a snapshot, and the comparison period that branches from it."""

import numpy as np

from model import state as st
from model.beginning import begin, room
from model.boxes import boxed
from model.engine import FULL, run_until
from model.lessons import values_at
from model.outcomes import Outcomes
from model.result import outcomes_of
from model.scenario import Scenario
from model.shelf import Shelf
from model.world import WorldOf

WEEK = 168.0
KEPT_WORLDS = 16
KEPT_STARTS = 96


WORLDS: Shelf[WorldOf] = Shelf(KEPT_WORLDS)
STARTS: Shelf[st.State] = Shelf(KEPT_STARTS)


def world_of(scenario: Scenario) -> WorldOf:
    """The world of a scenario, built once."""
    return WORLDS.get(scenario.world_key(), lambda: WorldOf(scenario))


def _advance(world: WorldOf, state: st.State, stop: float) -> st.State:
    """Run to `stop`, giving room when asked for; the state may be a new tuple afterwards."""
    # Interpreted, numpy warns of the very wrap-around that the keyed hash is made of.
    with np.errstate(over="ignore"):
        while run_until(*boxed(world.arrays, state), stop) == FULL:
            state = st.grown(state)
    return state


def start_of(scenario: Scenario, seed: int) -> st.State:
    """A state of one's own at the branch: run in with every lesson at 0, figures of the run-in set aside."""
    world = world_of(scenario)

    def run_in() -> st.State:
        with np.errstate(over="ignore"):
            state = begin(world, seed)
        state = _advance(world, state, world.runin_hours)
        return st.packed(at_branch(state))

    kept = STARTS.get((scenario.world_key(), seed), run_in)
    return st.unpacked(kept, room(world))


def at_branch(state: st.State) -> st.State:
    """Set the meters to zero: what comes now is the comparison."""
    run = state.run
    run["branch"] = run["measured"] = run["t"]
    for field in ("weeks", "overtime", "lever", "item_hours", "left"):
        run[field] = 0
    for field in ("worked", "reachable", "lever"):
        state.crews[field] = 0.0
    state.staff["worked"] = 0.0
    state.tallies[:] = 0.0
    return state


def drive(scenario: Scenario, world: WorldOf, state: st.State, stop: float) -> st.State:
    """Run to `stop`, week by week as long as lessons are changing; each week has the values of its middle."""
    branch = world.runin_hours
    while float(state.run["t"][0]) < stop:
        t = float(state.run["t"][0])
        week = int((t - branch) // WEEK)
        middle = week * 7.0 + 3.5
        if not scenario.is_baseline:
            for name, value in values_at(
                world.values, scenario.lessons, middle, scenario.start_day, scenario.ramp_days
            ).items():
                state.par[name][0] = value
        grown_up = scenario.is_baseline or middle >= scenario.start_day + scenario.ramp_days
        until = stop if grown_up else min(stop, branch + (week + 1) * WEEK)
        state = _advance(world, state, until)
    return state


def simulate(scenario: Scenario, seed: int = 1, *, log: bool = False) -> Outcomes:
    """What residents and staff get in the comparison period of one run.

    The same scenario and seed give the same outcomes, in any order, on any number of threads; scenarios with the
    same seed share every draw that their difference does not touch. `log=True` keeps the event log.
    """
    world = world_of(scenario)
    state = start_of(scenario, seed)
    if log:
        state.run["logging"] = 1
    state = drive(scenario, world, state, world.arrays.end)
    return outcomes_of(world, state, log=log)
