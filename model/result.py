"""From the state at the end of a run to its outcomes."""

import numpy as np

from kastje.agents.acts import Act
from kastje.model import records as rec
from kastje.model import state as st
from kastje.model.checks import by_department, checks
from kastje.model.eventlog import event_log
from kastje.model.groups import by_group
from kastje.model.handles import handles_of
from kastje.model.measures import months_and_whole
from kastje.model.outcomes import Outcomes
from kastje.model.period import Period
from kastje.model.week import measure
from kastje.model.world import WorldOf


def outcomes_of(world: WorldOf, state: st.State, *, log: bool = False) -> Outcomes:
    """The outcomes from the branch until now; the state itself stays as it is."""
    run = state.run[0]
    now, begin = float(run["t"]), float(run["branch"])
    room = max(0, int(run["weeks"]) + 1 - state.weeks.shape[0])
    books = state._replace(
        run=state.run.copy(),
        crews=state.crews.copy(),
        weeks=np.concatenate([state.weeks, np.zeros(room, rec.WEEK_DTYPE)]),
    )
    with np.errstate(over="ignore"):
        measure(*handles_of(world.arrays, books), now)
    weeks = books.weeks[: int(books.run["weeks"][0])].copy()
    for meter in ("opportunities", "acted", "reachable"):
        weeks[meter] = np.cumsum(weeks[meter])
    period = Period(
        state.needs[: run["needs"]],
        state.contacts[: run["contacts"]],
        weeks,
        begin,
        max(now, begin + 1e-9),
        crews=books.crews,
        is_live=world.arrays.channels["live"] == 1,
    )
    by_month, whole = months_and_whole(period)
    legal = {p.id: 24.0 * p.legal_days for p in world.profile.processes}
    figures = checks(period, books.crews, whole, world.values["inhabitants"], world.profile.staff, legal)
    figures["sick_leave"] = float(run["sick_share"]) if world.profile.calendar != "always" else float("nan")
    return Outcomes(
        values=whole,
        by_month=by_month,
        departments=by_department(world.departments, world.arrays.teams, books.crews),
        by_group=by_group(period, [p.id for p in world.profile.processes]),
        checks=figures,
        acts={
            act.name.lower(): dict(zip(("opportunities", "done"), map(float, state.acts[act]), strict=True))
            for act in Act
        },
        event_log=event_log(world, state) if log else None,
    )
