"""Run a scenario: a run-in with every lesson at 0, a snapshot, and the comparison period that branches from it."""

import math

import numpy as np

from kastje.model import state as st
from kastje.model.beginning import begin, room
from kastje.model.caches import CACHES, Cache
from kastje.model.engine import FULL, run_until
from kastje.model.errors import phrase, unexpected
from kastje.model.handles import Handles, handles_of
from kastje.model.lessons import intensity_at, moved
from kastje.model.numbers import whole
from kastje.model.outcomes import Outcomes
from kastje.model.result import outcomes_of
from kastje.model.scenario import Scenario
from kastje.model.world import WorldOf

WEEK = 168.0
WORLDS: Cache[WorldOf] = CACHES["worlds"]
STARTS: Cache[st.State] = CACHES["starts"]
LARGEST_SEED = 2**63 - 1
"""The largest that the state of a run holds."""


def seed_of(value: object, name: str = "seed") -> int:
    """The seed of a run. Raises InputError for what is no whole number from 0 to `LARGEST_SEED`."""
    found = whole(value)
    if found is None or not 0 <= found <= LARGEST_SEED:
        raise unexpected(name, value, phrase("expected.whole_between", low=0, high=LARGEST_SEED))
    return found


def world_of(scenario: Scenario) -> WorldOf:
    """The world of a scenario, built once."""
    return WORLDS.get(scenario.world_key(), lambda: WorldOf(scenario))


def _advance(world: WorldOf, state: st.State, stop: float, handles: Handles | None = None) -> tuple[st.State, Handles]:
    """Run to `stop`, giving room when asked for; the state, and its handles with it, may be new tuples afterwards."""
    handles = handles or handles_of(world.arrays, state)
    # Interpreted, numpy warns of the very wrap-around that the keyed hash is made of.
    with np.errstate(over="ignore"):
        while run_until(*handles, stop) == FULL:
            state = st.grown(state)
            handles = handles_of(world.arrays, state)
    return state, handles


def start_of(scenario: Scenario, seed: int) -> st.State:
    """A state of one's own at the branch: run in with every lesson at 0, figures of the run-in set aside."""
    world = world_of(scenario)

    def run_in() -> st.State:
        with np.errstate(over="ignore"):
            state = begin(world, seed)
        state, _ = _advance(world, state, world.runin_hours)
        return st.packed(at_branch(state))

    kept = STARTS.get((scenario.world_key(), seed), run_in)
    return st.unpacked(kept, room(world))


def at_branch(state: st.State) -> st.State:
    """Set the meters to zero: what comes now is the comparison."""
    run = state.run
    run["branch"] = run["measured"] = run["t"]
    for field in ("weeks", "overtime", "lever", "item_hours", "left", "moved", "by_doing", "by_others", "by_sessions"):
        run[field] = 0
    for field in ("worked", "reachable", "lever", "chased"):
        state.crews[field] = 0.0
    state.staff["worked"] = 0.0
    state.tallies[:] = 0.0
    state.acts[:] = 0.0
    return state


def drive(scenario: Scenario, world: WorldOf, state: st.State, stop: float) -> st.State:
    """Run to `stop`, week by week while lessons grow: each week from its start day a lesson has what its middle has."""
    if scenario.is_baseline:
        return _advance(world, state, stop)[0]
    handles = None
    while (t := float(state.run["t"][0])) < stop:
        coming = {name: _coming(scenario, name, world.runin_hours, t) for name in scenario.active}
        for name, value in moved(world.values, {name: x for name, (x, _) in coming.items()}).items():
            state.par[name][0] = value
        until = min(hours for _, hours in coming.values())
        state, handles = _advance(world, state, min(stop, until), handles)
    return state


def _coming(scenario: Scenario, lesson: str, runin: float, t: float) -> tuple[float, float]:
    """How far a lesson has come at hour `t` of the run, and until which hour it stays there (later than `t`)."""
    # In hours of the run, as `t`: a difference could round to just before a start that has been reached.
    begin = runin + 24.0 * scenario.starts_on(lesson)
    grown = begin + 24.0 * scenario.ramp_days
    if t < begin:
        return 0.0, begin
    if t >= grown:
        return scenario.lessons[lesson], math.inf
    week = math.floor((t - begin) / WEEK + 1e-9)
    since, until = begin + week * WEEK, min(grown, begin + (week + 1) * WEEK)
    middle = ((since + until) / 2.0 - runin) / 24.0
    return intensity_at(scenario.lessons[lesson], middle, scenario.starts_on(lesson), scenario.ramp_days), until


def simulate(scenario: Scenario, seed: int = 1, *, log: bool = False) -> Outcomes:
    """What residents and staff get in the comparison period of one run.

    The same scenario and seed give the same outcomes, in any order, on any number of threads; scenarios with the
    same seed share every draw that their difference does not touch. `log=True` keeps the event log. Raises
    InputError for a seed that is no whole number.
    """
    seed = seed_of(seed)
    world = world_of(scenario)
    state = start_of(scenario, seed)
    if log:
        state.run["logging"] = 1
    state = drive(scenario, world, state, world.arrays.end)
    return outcomes_of(world, state, log=log)
