"""Run a scenario: a run-in with every lesson at 0, a snapshot, and the comparison period that branches from it."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np

from model import records as rec
from model import state as st
from model.boxes import boxed
from model.engine import FULL, run_until
from model.lessons import values_at
from model.outcomes import Outcomes
from model.result import outcomes_of
from model.scenario import Scenario
from model.world import WorldOf

WEEK = 168.0
KEPT_WORLDS = 16
KEPT_STARTS = 96


class Shelf:
    """A thread-safe store of what is costly to make: each thing is made once, the oldest is dropped when full."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._things: OrderedDict[Any, Any] = OrderedDict()
        self._making: dict[Any, threading.Event] = {}

    def get(self, key: Any, make: Callable[[], Any]) -> Any:
        """The thing under `key`; a second thread that asks while it is being made waits for it."""
        while True:
            with self._lock:
                if key in self._things:
                    self._things.move_to_end(key)
                    return self._things[key]
                ready = self._making.get(key)
                if ready is None:
                    self._making[key] = threading.Event()
                    break
            ready.wait()
        try:
            thing = make()
            with self._lock:
                self._things[key] = thing
                while len(self._things) > self._size:
                    self._things.popitem(last=False)
            return thing
        finally:
            with self._lock:
                self._making.pop(key).set()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()


WORLDS = Shelf(KEPT_WORLDS)
STARTS = Shelf(KEPT_STARTS)


def world_of(scenario: Scenario) -> WorldOf:
    """The world of a scenario, built once."""
    world: WorldOf = WORLDS.get(scenario.world_key(), lambda: WorldOf(scenario))
    return world


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
            state = world.begin(seed)
        state = _advance(world, state, world.runin_hours)
        return at_branch(state)

    kept: st.State = STARTS.get((scenario.world_key(), seed), run_in)
    return st.snapshot(kept)


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
    """Run to `stop`, week by week as long as lessons are changing; a lesson's parameters are set at week starts."""
    branch = world.runin_hours
    state = _with_log_room(state)
    while float(state.run["t"][0]) < stop:
        t = float(state.run["t"][0])
        week = int((t - branch) // WEEK)
        day = week * 7.0
        if not scenario.is_baseline:
            for name, value in values_at(
                world.values, scenario.lessons, day + 7.0, scenario.start_day, scenario.ramp_days
            ).items():
                state.par[name][0] = value
        grown_up = scenario.is_baseline or day + 7.0 >= scenario.start_day + scenario.ramp_days
        until = stop if grown_up else min(stop, branch + (week + 1) * WEEK)
        state = _advance(world, state, until)
    return state


def _with_log_room(state: st.State) -> st.State:
    if state.run["logging"][0] and state.log.shape[0] < 1024:
        return state._replace(log=np.zeros(65536, rec.LOG_DTYPE))
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
