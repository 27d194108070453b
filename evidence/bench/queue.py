"""The queue that everybody simulates, M/M/3: what it is, what theory says of it, and what one measured run is."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

EVENTS_PER_CUSTOMER = 2
"""What counts as an event everywhere: a customer arrives, a service ends."""

SPREAD = 12.0
"""Standard error of a run's mean wait, relative to that mean, times the root of the number of customers.

At a load of 0.8 waits hang together: 5.4 % over 50,400 customers, found over 15 runs of the engine.
"""

MOST_ERRORS = 4.0
"""A contestant whose mean wait is further from theory than this many standard errors does not do the work."""


@dataclass(frozen=True)
class Queue:
    """Arrivals and each server's services at these rates (an hour); who comes first is served first."""

    arrivals: float
    service: float
    servers: int

    @property
    def load(self) -> float:
        """The offered load per server."""
        return self.arrivals / (self.servers * self.service)

    @property
    def mean_wait(self) -> float:
        """The mean time in the queue in the long run, hours (Erlang C)."""
        offered = self.arrivals / self.service
        full = offered**self.servers / math.factorial(self.servers) / (1.0 - self.load)
        delayed = full / (sum(offered**k / math.factorial(k) for k in range(self.servers)) + full)
        return delayed / (self.servers * self.service - self.arrivals)


@dataclass(frozen=True)
class Round:
    """One measured run of a contestant: CPU seconds, customers served, their mean wait in hours (NaN: nobody waits)."""

    seconds: float
    customers: int
    mean_wait: float
    engine_events: int | None = None
    """How many events its own agenda had, where it says so."""

    @property
    def seconds_per_event(self) -> float:
        """CPU seconds for an arrival or a service end."""
        return self.seconds / (EVENTS_PER_CUSTOMER * self.customers)


Contestant = Callable[[Queue, int, int], Round]
"""Simulates (queue, number of customers, seed)."""


def errors_from_theory(queue: Queue, rounds: list[Round]) -> float:
    """How many standard errors the mean wait over all rounds is from theory."""
    customers = sum(r.customers for r in rounds)
    mean = sum(r.mean_wait * r.customers for r in rounds) / customers
    return (mean / queue.mean_wait - 1.0) / (SPREAD / math.sqrt(customers))


def seconds_of(work: Callable[[], object]) -> float:
    """CPU seconds of this thread that `work` takes: what others do on the machine meanwhile does not count."""
    begin = time.thread_time()
    work()
    return time.thread_time() - begin
