"""The municipality as a Mesa model: what a researcher holds, sets and steps.

`Municipality` runs on the same engine and state as `simulate()` and gives the same outcomes for the same scenario and
seed. One step, and one unit of Mesa's time, is one working day (with the weekend that follows it).
"""

import mesa
import networkx as nx
import numpy as np
import pandas as pd

from kastje.agents.employee import Employee
from kastje.agents.manager import Manager
from kastje.model import state as st
from kastje.model.eventlog import event_log
from kastje.model.handles import handles_of
from kastje.model.network import departments
from kastje.model.outcomes import Outcomes
from kastje.model.people import chance_of
from kastje.model.result import outcomes_of
from kastje.model.scenario import Scenario
from kastje.model.simulate import drive, seed_of, start_of, world_of


class Municipality(mesa.Model):
    """A municipality at the branch, with its run-in behind it; `rng` is the seed (a whole number).

    Agents: `Employee` and `Manager`, in `agents_by_type`. Setting an attribute of one changes the run from there on.
    """

    def __init__(self, scenario: Scenario, rng: int = 1, *, log: bool = True) -> None:
        seed = seed_of(rng, "rng")
        super().__init__(rng=seed)
        self.plan = scenario
        """The scenario that is carried out."""
        self.world = world_of(scenario)
        """What does not change during a run: teams, calendar, network, parameters day by day."""
        self.state: st.State = start_of(scenario, seed)
        """What the engine works on: one array a noun, a row a person, need or item."""
        self.state.run["logging"] = int(log)
        self.graph: nx.DiGraph = self.world.graph
        """Who hears whom: people and the ties between them."""
        self._mornings = self._working_mornings()
        for row in range(self.state.staff.shape[0]):
            kind = Manager if self.state.staff["heads"][row] else Employee
            kind(self, row)

    def _working_mornings(self) -> list[float]:
        """The midnights at which a working day of the comparison begins, and its end."""
        hours = self.state.hours[:, -1]
        first = int(self.world.runin_hours // 24)
        days = [24.0 * d for d in range(first, self.world.days) if hours[d] > 0.0]
        return [*days[1:], self.world.arrays.end] if days else [self.world.arrays.end]

    def step(self) -> None:
        """One working day, up to the midnight before the next one; at the end of the horizon `running` is False."""
        now = float(self.state.run["t"][0])
        later = [t for t in self._mornings if t > now]
        if later:
            self.state = drive(self.plan, self.world, self.state, later[0])
        self.running = len(later) > 1

    @property
    def working_days(self) -> int:
        """How many steps the whole comparison takes."""
        return len(self._mornings)

    @property
    def network(self) -> nx.DiGraph:
        """The departments as a network: nodes with their staff, edges with the ties between their people."""
        return departments(self.graph)

    def chance_of(self, row: int, act: int) -> float:
        """The chance that the employee in this row does this act at an opportunity now."""
        with np.errstate(over="ignore"):
            return float(chance_of(*handles_of(self.world.arrays, self.state), row, act))

    def in_tray(self, row: int) -> int:
        """How many items wait on the own list of the employee in this row."""
        return int(self.state.lists["length"][2 * len(self.world.teams) + row])

    def outcomes(self) -> Outcomes:
        """The outcomes from the branch until now."""
        return outcomes_of(self.world, self.state, log=bool(self.state.run["logging"][0]))

    def event_log(self) -> pd.DataFrame:
        """The event log from the branch until now."""
        return event_log(self.world, self.state)
