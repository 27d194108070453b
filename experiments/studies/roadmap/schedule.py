"""What an order of lessons comes to: when each is there, what it costs, and what it is worth on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kastje.experiments.difference.mean import Floats
from kastje.experiments.studies.roadmap.terrain import DAYS_A_QUARTER, Terrain


@dataclass(frozen=True, eq=False)
class Schedule:
    """Lessons in the order in which they are introduced within the horizon, and when each is there [quarters].

    `begun` is the lesson whose introduction the horizon cut short, or -1.
    """

    terrain: Terrain
    order: tuple[int, ...]
    there_at: tuple[float, ...]
    begun: int = -1

    @property
    def sets(self) -> tuple[int, ...]:
        """The sets of lessons that are there one after the other, from none on."""
        found = [0]
        for lesson in self.order:
            found.append(found[-1] | 1 << lesson)
        return tuple(found)

    @property
    def times(self) -> Floats:
        """When each of `sets` begins, and at last the horizon [quarters]."""
        return np.array([0.0, *self.there_at, self.terrain.horizon])

    @property
    def days(self) -> tuple[float, ...]:
        """The day on which each lesson of the order is there."""
        return tuple(float(at * DAYS_A_QUARTER) for at in self.there_at)

    @cached_property
    def by_seed(self) -> Floats:
        """The worth on the way for each seed, the mean over the horizon: that of the sets, weighed by how long they
        are there."""
        return np.asarray(np.diff(self.times) @ self.terrain.worth[list(self.sets)] / self.terrain.horizon)

    @cached_property
    def value(self) -> float:
        """The worth on the way, the mean over the horizon and the seeds."""
        return float(self.by_seed.mean())

    def quarters(self) -> list[dict[str, float]]:
        """Quarter by quarter: the mean worth, the hours of running and of introducing, and the lessons at its end."""
        rows = []
        for number in range(int(np.ceil(self.terrain.horizon))):
            worth, running = self._over(number, self.terrain.mean), self._over(number, self.terrain.running)
            there = self.sets[int(np.searchsorted(self.there_at, number + 1, side="right"))]
            hours = {"running_hours": running, "introduction_hours": self._introducing(number)}
            rows.append({"quarter": number + 1, "worth": worth, **hours, "set": there})
        return rows

    def _within(self, quarter: int) -> Floats:
        """How much of a quarter each of `sets` is there."""
        ends = np.clip(self.times, quarter, min(quarter + 1, self.terrain.horizon))
        return np.diff(ends)

    def _over(self, quarter: int, by_set: Floats) -> float:
        within = self._within(quarter)
        return float(within @ by_set[list(self.sets)] / within.sum())

    def _introducing(self, quarter: int) -> float:
        """While anything is being introduced, all that running leaves of the budget goes into it."""
        left = self.terrain.budget - self.terrain.running[list(self.sets)]
        busy = np.array([*(True for _ in self.order), self.begun >= 0])
        return float(self._within(quarter) @ (left * busy))


def scheduled(terrain: Terrain, order: Sequence[int], *, stop: bool = False) -> Schedule:
    """What a list of lessons by priority comes to: next comes the first of those not there yet that fits the budget.

    A lesson whose introduction the horizon cuts short never is there, and nor is what comes after it. With `stop` the
    list ends where it ends; else lessons that it does not name come last, in the source's order.
    """
    waiting = list(order) if stop else [*order, *(one for one in range(terrain.members) if one not in order)]
    there, now = 0, 0.0
    came: list[int] = []
    times: list[float] = []
    while (lesson := _first_fitting(terrain, there, waiting)) is not None:
        now += float(terrain.durations[there, lesson])
        if now >= terrain.horizon:
            return Schedule(terrain, tuple(came), tuple(times), lesson)
        waiting.remove(lesson)
        there |= 1 << lesson
        came.append(lesson)
        times.append(now)
    return Schedule(terrain, tuple(came), tuple(times))


def _first_fitting(terrain: Terrain, there: int, waiting: Sequence[int]) -> int | None:
    return next((lesson for lesson in waiting if lesson in terrain.fitting[there]), None)
