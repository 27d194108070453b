"""A logged run as a book of cases: what is known of every application at the end, and what happened to it when."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kastje.model import Scenario
from kastje.model.caches import CACHES, Cache
from kastje.model.occasions import number_of_need
from kastje.model.records import CLOSED
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.world import WorldOf


@dataclass(frozen=True, eq=False)
class Book:
    """One run of one scenario with one seed: `needs` has a row for each application, `log` what happened to them.

    `row` of a case is where the engine keeps it; the same case has the same id in every scenario with this seed.
    """

    scenario: Scenario
    seed: int
    world: WorldOf
    needs: np.ndarray
    rows: np.ndarray
    log: np.ndarray
    branch: float

    @cached_property
    def place(self) -> dict[str, int]:
        """Where in `needs` a case stands, by its id (process and number of arrival)."""
        names = [process.id for process in self.world.profile.processes]
        return {
            f"{names[need['process']]}-{number_of_need(int(need['key']))}": place
            for place, need in enumerate(self.needs)
        }

    def need(self, case: str) -> np.void:
        """What is known of a case at the end of the run; KeyError when there is no such case."""
        return self.needs[self.place[case]]

    def happened(self, case: str) -> np.ndarray:
        """What happened to a case, in order of time."""
        row = self.rows[self.place[case]]
        begin, end = np.searchsorted(self.log["need"], (row, row + 1))
        return self.log[begin:end]

    def department(self, employee: int) -> str:
        """Where an employee works; "" for nobody."""
        if employee < 0:
            return ""
        teams = self.world.arrays.teams
        team = np.flatnonzero((teams["first"] <= employee) & (employee < teams["first"] + teams["staff"]))[0]
        return self.world.teams[team].department

    def told_whole(self, case: str) -> bool:
        """Whether the case began in the comparison, so that all of it is in the log, and was decided in it."""
        need = self.need(case)
        return bool(need["start"] >= self.branch and need["state"] == CLOSED)


_BOOKS: Cache[Book] = CACHES["books"]


def book(scenario: Scenario, seed: int) -> Book:
    """The logged run of a scenario with a seed, made once and kept for whoever asks again."""
    return _BOOKS.get((scenario.key(), seed), lambda: _read(scenario, seed))


def _read(scenario: Scenario, seed: int) -> Book:
    world = world_of(scenario)
    state = start_of(scenario, seed)
    state.run["logging"] = 1
    state = drive(scenario, world, state, world.arrays.end)
    run = state.run[0]
    needs = state.needs[: run["needs"]]
    rows = np.flatnonzero((needs["process"] >= 0) & (needs["start"] >= run["branch"]))
    log = state.log[: run["log"]]
    log = log[np.isin(log["need"], rows)]
    # A stable sort: within a case the order stays that of time.
    log = log[np.argsort(log["need"], kind="stable")]
    return Book(scenario, seed, world, needs[rows].copy(), rows, log, float(run["branch"]))
