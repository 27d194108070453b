"""A film of one run: what people hold, what waits and who hands over to whom, week after week.

The run is driven to the end of every week and looked at there. Looking changes nothing: the state at the end is that
of a run driven in one go.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kastje.experiments.logs.patterns.events import DAY, Events
from kastje.experiments.logs.patterns.handovers import Transitions
from kastje.model import Scenario
from kastje.model import records as rec
from kastje.model import state as st
from kastje.model.caches import CACHES, Cache
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.world import WorldOf

DAYS = 7
WEEK = 24.0 * DAYS
HELD = {"lived_vision": "v", "ownership": "o", "felt_support": "s", "known_vision": "k"}
"""What a person holds, each from 0 to 1, and its column in the records of staff."""
VACANT, AWAY, FREE, BUSY = range(4)
"""What a post is at when a week ends: nobody in it, not at work all week, no work in hand, work in hand."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Film:
    """What one run showed at the end of each full week; the first axis of every array is the week.

    Per post (weeks x staff): `held` (by the names of HELD, 0 to 1), `status`, `worked` and `available` hours of the
    week, `own_list` hours of work waiting on somebody's own list. Per team: `waiting` hours of work. `handovers`
    (weeks x departments x departments) counts how often the next event of a case or question was somebody else's;
    on the diagonal both are of one department. `open_cases` counts applications not yet closed.
    """

    departments: tuple[str, ...]
    team_of: Ints
    """The team of each post."""
    department_of: Ints
    """The department of each team."""
    held: dict[str, Floats]
    status: Ints
    worked: Floats
    available: Floats
    own_list: Floats
    waiting: Floats
    handovers: Ints
    open_cases: Ints

    @property
    def weeks(self) -> int:
        """How many full weeks."""
        return len(self.status)

    @property
    def department_of_post(self) -> Ints:
        """The department of each post."""
        return self.department_of[self.team_of]

    def utilisation(self, of: Ints, groups: int, over: int = 1) -> Floats:
        """Worked over available hours for groups of posts, in the `over` weeks up to each; NaN where nobody worked.

        `of` says to which group each post belongs. The hours of a task count when it is begun, so that a week in
        which much is begun may be above 1.
        """
        worked, available = (trailing(_grouped(hours, of, groups), over) for hours in (self.worked, self.available))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(available > 0, worked / available, np.nan)

    def by_department(self, over: int = 1) -> dict[str, Floats]:
        """Per week and department: `utilisation` over so many weeks, hours `waiting`, the mean of what people hold."""
        of, count = self.department_of_post, len(self.departments)
        staff = np.bincount(of, minlength=count)
        return {
            "utilisation": self.utilisation(of, count, over),
            "waiting": _grouped(self.waiting, self.department_of, count),
            **{name: _grouped(values, of, count) / staff for name, values in self.held.items()},
        }


def trailing(values: Floats, over: int) -> Floats:
    """For each week the sum over the `over` weeks up to and with it (fewer at the beginning)."""
    sums = np.cumsum(values, axis=0)
    sums[over:] -= sums[:-over].copy()
    return sums


def _grouped(values: Floats, of: Ints, groups: int) -> Floats:
    return np.stack([np.bincount(of, week, groups) for week in values])


def film_of(scenario: Scenario, seed: int, progress: Callable[[int, int], None] | None = None) -> Film:
    """The film of a run: kept, being made by somebody else, or made here; then `progress(week, weeks)` is told."""
    return FILMS.get((scenario.key(), seed), lambda: shoot(scenario, seed, progress)[0])


def shoot(scenario: Scenario, seed: int, progress: Callable[[int, int], None] | None = None) -> tuple[Film, st.State]:
    """Make the film of a run; returns it with the state at the end of the run."""
    world = world_of(scenario)
    state = start_of(scenario, seed)
    state.run["logging"] = 1
    branch, end = float(state.run["branch"][0]), world.arrays.end
    weeks = int((end - branch) // WEEK)
    frames: list[dict[str, NDArray]] = []
    before = state.staff["worked"].copy()
    for week in range(1, weeks + 1):
        state = drive(scenario, world, state, branch + week * WEEK)
        frames.append(_frame(world, state, before))
        before = state.staff["worked"].copy()
        if progress is not None:
            progress(week, weeks)
    state = drive(scenario, world, state, end)
    columns = {name: np.stack([frame[name] for frame in frames]) for name in frames[0]}
    film = Film(
        departments=world.departments,
        team_of=state.staff["team"].copy(),
        department_of=world.arrays.teams["department"].copy(),
        held={name: columns.pop(name) for name in HELD},
        handovers=_handovers(state, branch, weeks, len(world.departments)),
        **columns,
    )
    return film, state


def _frame(world: WorldOf, state: st.State, before: Floats) -> dict[str, NDArray]:
    """One look at the state, at the midnight that ends a week."""
    staff, t = state.staff, float(state.run["t"][0])
    day, teams = round(t / 24.0), len(world.teams)
    at_work = state.hours[day - DAYS : day, : staff.size].sum(axis=0)
    give_way = float(state.par["give_way"][0])
    items = state.items[: int(state.run["items"][0])]
    queued = items[(items["state"] == rec.WAITING) & (items["list"] >= 2 * teams)]
    status = np.where(staff["busy"] != rec.NOBODY, BUSY, FREE)
    status = np.where(at_work > 0, status, AWAY)
    return {
        **{name: staff[column].copy() for name, column in HELD.items()},
        "status": np.where(staff["vacant_until"] > t, VACANT, status),
        "worked": staff["worked"] - before,
        "available": at_work * np.minimum(1.0, staff["share"] * (1.0 + give_way)),
        "own_list": np.bincount(queued["list"] - 2 * teams, queued["hours"], staff.size),
        "waiting": np.maximum(0.0, state.crews["waiting"]),
        "open_cases": state.run["open_cases"][0].copy(),
    }


def _handovers(state: st.State, branch: float, weeks: int, departments: int) -> Ints:
    """Per week, from department to department, how often a case or question went to somebody else."""
    log = state.log[: int(state.run["log"][0])]
    log = log[np.argsort(log["need"], kind="stable")]
    instant = np.rint((log["t"] - branch) / 24.0 * DAY).astype(np.int64)
    numbers = np.unique(log["need"], return_inverse=True)[1]
    clock = instant.astype("datetime64[us]")
    moves = Transitions.of(Events(numbers, log["activity"], log["staff"], instant, clock, None, None, None))
    of = state.staff["department"]
    week = moves.at // (DAYS * DAY)
    counted = moves.handover & (week < weeks)
    where = np.stack([week, of[moves.before], of[moves.after]])[:, counted]
    shape = (weeks, departments, departments)
    return np.bincount(np.ravel_multi_index(tuple(where), shape), minlength=int(np.prod(shape))).reshape(shape)


FILMS: Cache[Film] = CACHES["films"]
"""The last used films, by scenario and seed: shared by everybody in this process."""
