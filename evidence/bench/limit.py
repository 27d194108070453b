"""The limit: a compiled agenda and nothing else, with as many events as the queue has; and the same with the draws."""

import math

import numba
import numpy as np
from numpy.typing import NDArray

from kastje.evidence.bench.queue import EVENTS_PER_CUSTOMER, Queue, Round, seconds_of
from kastje.model.chance import draw, exponential

PENDING = 4
"""Events on the agenda at any time: the next arrival and three services."""


@numba.njit(cache=True, nogil=True)
def turn_over(times: NDArray[np.float64], orders: NDArray[np.int64], gaps: NDArray[np.float64]) -> float:
    """Take the first of the pending events off a heap by (time, order) and put one back a gap later, gap by gap."""
    n = times.size
    order = n
    for gap in gaps:
        at = times[0] + gap
        last, last_order = times[n - 1], orders[n - 1]
        i, child = 0, 1
        while child < n - 1:
            right = child + 1
            if right < n - 1 and (
                times[right] < times[child] or (times[right] == times[child] and orders[right] < orders[child])
            ):
                child = right
            if last < times[child] or (last == times[child] and last_order < orders[child]):
                break
            times[i], orders[i] = times[child], orders[child]
            i, child = child, 2 * child + 1
        times[i], orders[i] = last, last_order
        i = n - 1
        while i > 0:
            parent = (i - 1) >> 1
            if times[parent] <= at:
                break
            times[i], orders[i] = times[parent], orders[parent]
            i = parent
        times[i], orders[i] = at, order
        order += 1
    return float(times[0])


def by_bare_loop(queue: Queue, customers: int, seed: int) -> Round:
    """The bare loop: every event is taken off and one is put back; the gaps were drawn before the clock started."""
    draws = np.random.default_rng(seed)
    gaps = draws.exponential(PENDING / (EVENTS_PER_CUSTOMER * queue.arrivals), EVENTS_PER_CUSTOMER * customers)
    times, orders = np.zeros(PENDING), np.arange(PENDING)
    turn_over(times.copy(), orders.copy(), gaps[:1])
    seconds = seconds_of(lambda: turn_over(times, orders, gaps))
    return Round(seconds, customers, math.nan)


@numba.njit(cache=True, nogil=True)
def fill(gaps: NDArray[np.float64], seed: int, mean: float) -> None:
    """Draw as the engine does: a keyed hash and a logarithm for every gap."""
    for k in range(gaps.size):
        gaps[k] = mean * exponential(draw(seed, 0, 0, k))


def by_drawing_loop(queue: Queue, customers: int, seed: int) -> Round:
    """The bare loop and one draw per event, which is the least that a simulation has to do."""
    gaps = np.zeros(EVENTS_PER_CUSTOMER * customers)
    mean = PENDING / (EVENTS_PER_CUSTOMER * queue.arrivals)
    fill(gaps, seed, mean)
    drawing = seconds_of(lambda: fill(gaps, seed, mean))
    return Round(drawing + by_bare_loop(queue, customers, seed).seconds, customers, math.nan)
