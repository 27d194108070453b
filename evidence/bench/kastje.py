"""The engine itself on the clock: as a textbook queue, at three sizes of a municipality, and over a year."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kastje.evidence.bench.queue import Queue, Round, seconds_of
from kastje.model import Scenario
from kastje.model import state as st
from kastje.model.records import CLOSED
from kastje.model.result import outcomes_of
from kastje.model.simulate import drive, start_of, world_of

PROFILES = Path(__file__).parent / "profiles"
MOST_DEPARTMENTS = 60
RUN_IN_DAYS, DAYS = 91, 28
"""How long a municipality of another size is run in, and how long it is measured [days]."""


@dataclass(frozen=True)
class Cost:
    """What the engine took: CPU seconds and its own events, at this many staff."""

    staff: int
    seconds: float
    events: int
    outcome_seconds: float = 0.0

    @property
    def nanoseconds_per_event(self) -> float:
        """CPU nanoseconds for one event on the engine's agenda."""
        return 1e9 * self.seconds / self.events


def _driven(scenario: Scenario, seed: int) -> tuple[st.State, float, int]:
    """The end of a run, the CPU seconds since the branch and the engine's events since; the run-in does not count."""
    world = world_of(scenario)
    state = start_of(scenario, seed)
    before = int(state.run["events"][0])
    end: list[st.State] = []
    seconds = seconds_of(lambda: end.append(drive(scenario, world, state, world.arrays.end)))
    return end[0], seconds, int(end[0].run["events"][0]) - before


@cache
def textbook() -> Scenario:
    """The queue as a profile."""
    return Scenario.load(PROFILES / "mm3.toml")


def textbook_queue() -> tuple[Queue, int]:
    """The queue that the profile describes, and how many customers it expects within its horizon."""
    scenario = textbook()
    rate = scenario.profile.applications[0].per_open_hour
    assert rate is not None, "the profile gives a rate per open hour"
    queue = Queue(rate, 1.0 / scenario.profile.processes[0].steps[0].hours, scenario.profile.staff)
    return queue, round(rate * 24.0 * scenario.value("horizon_days"))


def by_kastje(queue: Queue, customers: int, seed: int) -> Round:
    """The engine; how many customers come within the profile's horizon is chance, so `customers` is not looked at."""
    state, seconds, events = _driven(textbook(), seed)
    needs = state.needs[: state.run["needs"][0]]
    served = needs[needs["state"] == CLOSED]
    # Only the decision is on record: the wait is what the mean service does not explain.
    wait = float((served["decided"] - served["start"]).mean()) - 1.0 / queue.service
    return Round(seconds, len(served), wait, events)


def year(name: str, seed: int) -> Cost:
    """A year of a shipped profile."""
    scenario = Scenario.load(name).with_parameters(horizon_days=365)
    state, seconds, events = _driven(scenario, seed)
    after = seconds_of(lambda: outcomes_of(world_of(scenario), state))
    return Cost(scenario.profile.staff, seconds, events, after)


def month(scenario: Scenario, seed: int) -> Cost:
    """Four weeks of a municipality."""
    _, seconds, events = _driven(scenario, seed)
    return Cost(scenario.profile.staff, seconds, events)


def municipality(staff: int, name: str = "tilburg") -> Scenario:
    """The shipped profile so many times over that it has about this many staff: its teams, and demand in proportion.

    Copies go to departments of their own as long as there may be more departments, later ones become further teams.
    """
    profile = Scenario.load(name).profile
    copies = max(1, round(staff / profile.staff))
    apart = min(copies, MOST_DEPARTMENTS // len(profile.departments))
    departments = []
    for k in range(apart):
        for department in profile.departments:
            teams = [
                team.model_copy(update={"id": f"{team.id}_{copy}"})
                for copy in range(k, copies, apart)
                for team in department.teams
            ]
            departments.append(department.model_copy(update={"id": f"{department.id}_{k}", "teams": tuple(teams)}))
    applications = [a.model_copy(update={"per_year": (a.per_year or 0.0) * copies}) for a in profile.applications]
    changes: dict[str, Any] = {"departments": tuple(departments), "applications": tuple(applications)}
    if profile.questions:
        asked = profile.questions.per_year * copies
        changes["questions"] = profile.questions.model_copy(update={"per_year": asked})
    larger = profile.model_copy(update=changes)
    inhabitants = Scenario(profile=profile).value("inhabitants") * copies
    return Scenario(profile=larger).with_parameters(inhabitants=inhabitants, runin_days=RUN_IN_DAYS, horizon_days=DAYS)
