"""The best orders, exactly: dynamic programming over the sets of lessons.

How long a lesson takes depends on what is there, so that a set is reached at different times on different ways, and
neither the earliest way nor the most valuable one must lead to the best end. So each set keeps several labels (time,
value so far), and only one that cannot win any more is dropped. Let label a be at time s and b at t >= s. Whatever
order b goes on with, a can go on with too, and is ahead by t - s: it then has, beyond b, the worth of the sets of that
order over a span of t - s quarters, which is between (t - s) m and (t - s) M, with m and M the least and largest worth
of this set and those above it. So a makes b superfluous when value(a) + (t - s) m >= value(b), and b makes a
superfluous when value(b) - (t - s) M >= value(a). For the k best orders a label goes when k others make it so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kastje.experiments.difference.mean import Floats
from kastje.experiments.studies.roadmap.schedule import Schedule, scheduled
from kastje.experiments.studies.roadmap.terrain import Terrain

SLACK = 1e-12
"""Values that differ by less, relative to their size, are the same: that is rounding."""


@dataclass(frozen=True)
class Label:
    """One way to a set: when it is there [quarters], what it was worth until then, and the lessons in order."""

    time: float
    value: float
    order: tuple[int, ...]


def best(terrain: Terrain, count: int = 1, *, stop: bool = False, worst: bool = False) -> list[Schedule]:
    """The `count` best schedules (or the worst), from the best on; orders that come to the same are one.

    Without `stop` a roadmap goes on as long as a lesson is left that fits the budget; with it, it may end anywhere.
    """
    worth = -terrain.mean if worst else terrain.mean
    ends = sorted(_ends(terrain, worth, count, stop), key=lambda end: -end[0])
    return [_ended(terrain, label, stop) for _, label in ends[:count]]


def greedy(terrain: Terrain) -> Schedule:
    """Always next what adds most a quarter of introducing it, looking no further than one lesson."""
    there = 0
    order: list[int] = []
    while fitting := terrain.fitting[there]:
        rates = [_rate(terrain, there, lesson) for lesson in fitting]
        order.append(fitting[int(np.argmax(rates))])
        there |= 1 << order[-1]
    return scheduled(terrain, order)


def _rate(terrain: Terrain, there: int, lesson: int) -> float:
    added = float(terrain.mean[there | 1 << lesson] - terrain.mean[there])
    quarters = float(terrain.durations[there, lesson])
    if quarters > 0.0:
        return added / quarters
    return float(np.copysign(np.inf, added)) if added else 0.0


def _ends(terrain: Terrain, worth: Floats, keep: int, stop: bool) -> Iterator[tuple[float, Label]]:
    """Every way that is left to an end, with its value over the whole horizon."""
    least, most = _extremes(terrain, worth)
    labels: dict[int, list[Label]] = {0: [Label(0.0, 0.0, ())]}
    for there in terrain.reachable:
        fitting = terrain.fitting[there]
        for label in _undominated(labels.pop(there, []), float(least[there]), float(most[there]), keep):
            further = list(_further(terrain, worth, there, label))
            if stop or len(further) < len(fitting) or not fitting:
                yield float(label.value + worth[there] * (terrain.horizon - label.time)), label
            for lesson, one in further:
                labels.setdefault(there | 1 << lesson, []).append(one)


def _further(terrain: Terrain, worth: Floats, there: int, label: Label) -> Iterator[tuple[int, Label]]:
    """The ways on whose next lesson is there before the horizon."""
    for lesson in terrain.fitting[there]:
        quarters = float(terrain.durations[there, lesson])
        now = label.time + quarters
        if now < terrain.horizon:
            value = float(label.value + worth[there] * quarters)
            yield lesson, replace(label, time=now, value=value, order=(*label.order, lesson))


def _undominated(labels: list[Label], least: float, most: float, keep: int) -> list[Label]:
    """The labels left when one goes after the other that `keep` of those still there make superfluous."""
    kept: list[Label] = []
    for label in sorted(labels, key=lambda one: (one.time, -one.value)):
        if sum(_makes_superfluous(other, label, least, most) for other in kept) < keep:
            kept.append(label)
    for label in kept.copy():
        if sum(_makes_superfluous(other, label, least, most) for other in kept if other is not label) >= keep:
            kept.remove(label)
    return kept


def _makes_superfluous(one: Label, other: Label, least: float, most: float) -> bool:
    ahead = other.time - one.time
    reached = one.value + ahead * (least if ahead >= 0.0 else most)
    return reached >= other.value - SLACK * max(abs(reached), abs(other.value))


def _extremes(terrain: Terrain, worth: Floats) -> tuple[Floats, Floats]:
    """The least and the largest worth of each set and all sets above it."""
    least, most = worth.copy(), worth.copy()
    numbers = np.arange(len(worth))
    for lesson in range(terrain.members):
        without = numbers[numbers >> lesson & 1 == 0]
        least[without] = np.minimum(least[without], least[without | 1 << lesson])
        most[without] = np.maximum(most[without], most[without | 1 << lesson])
    return least, most


def _ended(terrain: Terrain, label: Label, stop: bool) -> Schedule:
    """The schedule of a way that ended: when it had to go on, with a lesson that the horizon cuts short."""
    if stop:
        return scheduled(terrain, label.order, stop=True)
    there = sum(1 << lesson for lesson in label.order)
    late = [one for one in terrain.fitting[there] if label.time + terrain.durations[there, one] >= terrain.horizon]
    return scheduled(terrain, (*label.order, *late[:1]))
