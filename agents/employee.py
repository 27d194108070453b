"""The employee: how the next item is chosen, when other work gives way, and what is done with a question.

The first half holds the rules, plain functions of plain numbers that the engine calls; the second half is the
Mesa agent, whose attributes are a row of the same state.
"""

import math

import mesa

from kastje.agents.acts import Act
from kastje.agents.compiled import rule


@rule
def perceived_slack(days_left, days_of_work, calls, call_days, is_own, ownership, own_days, noise_days):
    """How many days an item still seems to have; the item with the least is taken next (docs/model.md 1.1).

    Days to the deadline less the work still to do, shortened by each call of the resident and, for a case of
    one's own, by ownership; `noise_days` is the item's salience (attention noise).
    """
    return days_left - days_of_work - call_days * calls - own_days * ownership * is_own + noise_days


@rule
def gives_way(days_left, urgent_days):
    """Whether other work gives way to this item: fewer than `urgent_days` are left to its deadline."""
    return days_left < urgent_days


@rule
def bounce_chance(ceiling, ownership, keep_chance):
    """The chance that a question is sent away: b0 (1 - o)(1 - p_keep); exactly 0 at full ownership."""
    return ceiling * (1.0 - ownership) * (1.0 - keep_chance)


@rule
def misroute_chance(base, extra_nonstandard, nonstandard, knows, asked):
    """The chance that work goes to the wrong team: (m0 + extra)(1 - 0.6 w), a fifth of it when one asked first."""
    chance = (base + extra_nonstandard * nonstandard) * (1.0 - 0.6 * knows)
    return chance * 0.2 if asked else chance


@rule
def tolerance(base, ownership):
    """How far a keeper of criteria lets a case deviate: T0 + (1 - T0) o."""
    return base + (1.0 - base) * ownership


@rule
def gap_after_round(gap, concession):
    """What is left of a disagreement when both concede a fraction: gap (1 - 2 zeta), never below 0."""
    return max(0.0, gap * (1.0 - 2.0 * concession))


@rule
def learning_factor(done, proficient, exponent):
    """How much longer a task takes: (n / n_proficient)^-b below proficiency, 1 from there on (law of practice)."""
    if exponent == 0.0 or done >= proficient:
        return 1.0
    return (max(1.0, done) / proficient) ** (-exponent)


@rule
def care_under_pressure(strain, most_cut):
    """The share of a task that is done under pressure: 1 - c x / (1 + x), x days of backlog per head beyond P0.

    Corner-cutting after Oliva & Sterman (2001), remembered literature; `most_cut` (c) is reached far beyond P0.
    """
    return 1.0 - most_cut * strain / (1.0 + strain)


@rule
def standard_after_week(standard, given, erosion, recovery):
    """The standard for good work after a week: q + e min(0, given - q) + r (1 - q), rates per week.

    It slides to what was given and recovers to 1, both at once; how the two rates are chosen makes one slower.
    """
    return standard + erosion * min(0.0, given - standard) + recovery * (1.0 - standard)


@rule
def found_by(solvers, find_rate):
    """The chance that a missing component is found in one round of m people: 1 - (1 - f)^m."""
    return 1.0 - (1.0 - find_rate) ** solvers


@rule
def still_fresh(age_hours, half_life_days):
    """The chance that a record still holds: exp(-ln 2 age / tau), tau in days."""
    return math.exp(-0.6931471805599453 * age_hours / (24.0 * half_life_days))


def _attribute(field: str, doc: str) -> property:
    def read(self: "Employee") -> float:
        return float(self.model.state.staff[field][self.row])

    def write(self: "Employee", value: float) -> None:
        if not 0.0 <= value <= 1.0:
            raise ValueError(f"{field}: {value!r} is outside what was expected, a number from 0 to 1")
        self.model.state.staff[field][self.row] = value

    return property(read, write, doc=doc)


class Employee(mesa.Agent):
    """One employee as a Mesa agent: a live view of one row of the municipality's state.

    Reading an attitude reads the row that the engine works on, and setting one changes the run from there on.
    """

    ownership = _attribute("o", "Ownership in [0, 1]: 1 = the resident's question first, 0 = own role's criteria.")
    ownership_anchor = _attribute("o_anchor", "The ownership that the role asks for, in [0, 1].")
    lived_vision = _attribute("v", "The service vision as lived, in [0, 1].")
    vision_anchor = _attribute("v_anchor", "The lived vision that experience has settled on, in [0, 1].")
    known_vision = _attribute("k", "The service vision as known, in [0, 1].")
    felt_support = _attribute("s", "Felt management support, in [0, 1].")

    def __init__(self, model: mesa.Model, row: int) -> None:
        super().__init__(model)
        self.row = row
        """Which row of the staff in the state this is."""

    @property
    def team(self) -> str:
        """The id of the team."""
        team: str = self.model.world.teams[int(self.model.state.staff["team"][self.row])].id
        return team

    @property
    def department(self) -> str:
        """The id of the department."""
        department: str = self.model.world.teams[int(self.model.state.staff["team"][self.row])].department
        return department

    @property
    def is_busy(self) -> bool:
        """Whether an item or a meeting is in hand right now."""
        return bool(self.model.state.staff["busy"][self.row] != -1)

    def chance(self, act: Act) -> float:
        """The chance in [0, 1] with which the engine would have this employee do `act` at an opportunity now."""
        return float(self.model.chance_of(self.row, int(act)))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id} of {self.team}>"
