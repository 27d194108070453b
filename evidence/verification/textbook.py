"""Running a queue that is written as a profile, and reading from its records who came, was served and left when."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kastje.model import Scenario
from kastje.model import state as st
from kastje.model.activities import L_AGAIN, L_QUEUED, L_STARTED
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.world import WorldOf

Array = NDArray[np.float64]
WARM_HOURS = 48.0
"""What a queue that starts empty is given to fill: nearly 5,000 service times of the textbook queues."""
LAST_HOURS = 24.0
"""Who comes so shortly before the end is not looked at, so that all who are looked at have left."""


def profile_path(name: str) -> Path:
    """The file of a profile of the verification."""
    return Path(str(resources.files("kastje.evidence.verification").joinpath("profiles", f"{name}.toml")))


@lru_cache
def textbook(name: str) -> Scenario:
    """A profile of the verification as a scenario."""
    return Scenario.load(profile_path(name))


def ended(scenario: Scenario, seed: int, *, log: bool = False) -> tuple[WorldOf, st.State]:
    """The world and its state at the end of a run."""
    world = world_of(scenario)
    state = start_of(scenario, seed)
    state.run["logging"] = int(log)
    return world, drive(scenario, world, state, world.arrays.end)


def lines(state: st.State, *activities: np.int64) -> np.ndarray:
    """The lines of the event log with one of these activities, in order of time."""
    log = state.log[: state.run["log"][0]]
    wanted = np.zeros(log.size, np.bool_)
    for activity in activities:
        wanted |= log["activity"] == activity
    return log[wanted]


@dataclass(frozen=True)
class Visits:
    """The residents of one run of a queue who came in the window: hours and counts, one value per resident."""

    arrived: Array
    left: Array
    waited: Array
    """Hours in queues, over all steps and repetitions."""
    services: NDArray[np.int64]
    """How many times somebody started on something of theirs."""
    hours: float
    """Length of the window."""
    number: float
    """Time average over the window of the number of residents in the system."""
    queue: float
    """Time average over the window of the number of residents in a queue; of a system with one step only."""

    @property
    def sojourn(self) -> Array:
        """Hours from arrival to decision."""
        return self.left - self.arrived


def visits(scenario: Scenario, seed: int) -> Visits:
    """One run of a queue, the start and the end of the run left out."""
    world, state = ended(scenario, seed, log=True)
    needs = state.needs[: state.run["needs"][0]]
    arrived, left = needs["start"], np.where(np.isfinite(needs["decided"]), needs["decided"], np.inf)
    queued, started = lines(state, L_QUEUED, L_AGAIN), lines(state, L_STARTED)
    size = needs.size
    waited = np.bincount(started["need"], started["t"], size) - np.bincount(queued["need"], queued["t"], size)
    services = np.bincount(started["need"], minlength=size)
    begin, end = WARM_HOURS, float(world.arrays.end)
    inside = (arrived >= begin) & (arrived < end - LAST_HOURS)
    assert np.all(np.isfinite(left[inside])), "the queue does not keep up"
    first = np.full(size, np.inf)
    first[started["need"][::-1]] = started["t"][::-1]
    return Visits(
        arrived=arrived[inside],
        left=left[inside],
        waited=waited[inside],
        services=services[inside],
        hours=end - begin,
        number=float(_overlap(arrived, left, begin, end) / (end - begin)),
        queue=float(_overlap(arrived, first, begin, end) / (end - begin)),
    )


def _overlap(start: Array, stop: Array, begin: float, end: float) -> float:
    return float(np.sum(np.clip(np.minimum(stop, end) - np.maximum(start, begin), 0.0, None)))
