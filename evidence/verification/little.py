"""Little's law, L = lambda W, exactly (A15): on a path that starts and ends empty, and in a whole organisation.

In an organisation that is busy at both ends of the window, who is there at its start counts from the start and who is
there at its end counts to the end; then the law is an identity on every path. Its two sides come from different books
of the engine: L from its running counts, W from the times that it writes on residents and on items of work.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kastje.evidence.verification.estimate import identity
from kastje.evidence.verification.finding import Check, Finding
from kastje.evidence.verification.textbook import ended, lines, textbook
from kastje.model import Scenario
from kastje.model import state as st
from kastje.model.activities import L_DECISION, L_QUEUED, L_STARTED
from kastje.model.records import NOBODY, OPEN
from kastje.model.simulate import drive, start_of, world_of

DAYS = 7
ORGANISATIONS: tuple[tuple[str, dict[str, float]], ...] = (
    ("tilburg", {}),
    ("groningen", {"shared_information": 0.7, "ownership": 1.0, "integral_working": 0.4}),
    ("wageningen", {"all": 1.0}),
)


def _empty_to_empty() -> list[Finding]:
    """M/M/5 from its empty start to the last moment at which it is empty; L by the event log, W by residents."""
    _, state = ended(textbook("mm5"), 1, log=True)
    needs = state.needs[: state.run["needs"][0]]
    rows = []
    for what, begins, ends in (("in the system", L_QUEUED, L_DECISION), ("in the queue", L_QUEUED, L_STARTED)):
        log = lines(state, begins, ends)
        change = np.where(log["activity"] == begins, 1, -1)
        inside = np.cumsum(change)
        last = np.flatnonzero(inside == 0)[-1]
        length = float(log["t"][last])
        number = float(np.sum(inside[:last] * np.diff(log["t"][: last + 1]))) / length
        seen = np.unique(log["need"][: last + 1])
        times = needs["decided"][seen] - needs["start"][seen]
        if ends == L_STARTED:
            started = lines(state, L_STARTED)
            order = np.argsort(started["need"])
            times = started["t"][order][np.searchsorted(started["need"][order], seen)] - needs["start"][seen]
        name = f"M/M/5 {what}, empty to empty, {seen.size:,} customers: lambda W, and L"
        rows.append(identity("A15", name, seen.size / length * times.mean(), number, relative=True))
    return rows


@dataclass
class Presence:
    """Who is where since when: entries and stays, as the records tell them when somebody has gone or moved."""

    begin: float
    place: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    since: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    entered: int = 0
    stays: dict[int, float] = field(default_factory=dict)
    """Hours spent in each place."""

    def see(
        self, place: NDArray[np.int64], since: NDArray[np.float64], left: NDArray[np.float64], t: float, before: float
    ) -> None:
        """Take in where everybody is now (NOBODY for nowhere), since when by the records, and when leavers left.

        `before` is the moment of the look before: whoever moved has moved after it, and a stay that is dated
        earlier (moved on to another list with the old date) is counted from now.
        """
        more = place.size - self.place.size
        old = np.concatenate([self.place, np.full(more, NOBODY)])
        entry = np.concatenate([self.since, np.zeros(more)])
        moved = (place != old) | ((place != NOBODY) & (since != entry) & (since > before))
        gone = np.flatnonzero(moved & (old != NOBODY))
        for k in gone:
            self.stays[int(old[k])] = self.stays.get(int(old[k]), 0.0) + float(left[k] - entry[k])
        came = np.flatnonzero(moved & (place != NOBODY))
        entry[came] = np.where(since[came] > before, since[came], t)
        self.entered += came.size
        self.place, self.since = place.copy(), entry

    def close(self, t: float) -> None:
        """The window ends at `t`: who is there has been there until now."""
        for k in np.flatnonzero(self.place != NOBODY):
            self.stays[int(self.place[k])] = self.stays.get(int(self.place[k]), 0.0) + t - float(self.since[k])


def _organisation(name: str, levers: dict[str, float]) -> list[Finding]:
    scenario = Scenario.load(name).with_lessons(start_day=0.0, ramp_days=0.0, **levers)
    world = world_of(scenario)
    state = start_of(scenario, 1)
    begin = before = float(state.run["t"][0])
    end = begin + 24.0 * DAYS
    residents, work = Presence(begin), Presence(begin)
    number: list[float] = []
    lengths = np.zeros(state.lists.size)
    while True:
        t = float(state.run["t"][0])
        _look(residents, work, state, begin, t, before)
        if t >= end:
            break
        before = t
        upcoming = float(state.heap["t"][0]) if state.run["heap"][0] else math.inf
        stop = min(upcoming, end)
        run = state.run[0]
        number.append(float(run["arrived"] - run["closed"] - run["withdrawn"]) * (stop - t))
        lengths += state.lists["length"] * (stop - t)
        state = drive(scenario, world, state, stop)
    residents.close(end)
    work.close(end)
    hours = end - begin
    waits = np.array([work.stays.get(k, 0.0) for k in range(lengths.size)])
    title = f"{name}, {', '.join(f'{lesson} {x:g}' for lesson, x in levers.items()) or 'today'}"
    rate, stay = residents.entered / hours, sum(residents.stays.values()) / residents.entered
    people = math.fsum(number) / hours
    busy = lengths > 0.0
    worst = int(np.argmax(np.abs(waits - lengths) / np.maximum(lengths, 1.0)))
    return [
        identity(
            "A15",
            f"{title}: residents with a need, lambda W and L",
            rate * stay,
            people,
            relative=True,
        ),
        identity(
            "A15",
            f"{title}: work in all {int(busy.sum())} queues together, lambda W and L",
            waits.sum() / hours,
            lengths.sum() / hours,
            relative=True,
        ),
        identity(
            "A15",
            f"{title}: the queue of the {lengths.size} where they differ most",
            waits[worst] / hours,
            lengths[worst] / hours,
        ),
    ]


def _look(residents: Presence, work: Presence, state: st.State, begin: float, t: float, before: float) -> None:
    needs = state.needs[: state.run["needs"][0]]
    present = np.where(needs["state"] == OPEN, 0, NOBODY)
    items = state.items[: state.run["items"][0]]
    first = residents.place.size == 0
    since = np.full(present.size, begin) if first else needs["start"]
    residents.see(present, since, needs["decided"], t, -math.inf if first else before)
    since = np.full(items.size, begin) if first else items["queued"]
    work.see(items["list"], since, np.full(items.size, t), t, -math.inf if first else before)


def _little() -> list[Finding]:
    return _empty_to_empty() + [row for name, levers in ORGANISATIONS for row in _organisation(name, levers)]


LITTLE: tuple[Check, ...] = (Check("A15", "Little's law", _little),)
