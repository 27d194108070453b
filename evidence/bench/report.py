"""What the benchmark found: medians over the rounds, their ratios, and on what they were measured."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any

from kastje.evidence.bench.kastje import Cost
from kastje.evidence.bench.queue import MOST_ERRORS, Queue, Round, errors_from_theory

PACKAGES = "kastje", "simpy", "ciw", "mesa", "numba", "numpy"
LOOPS = "bare_loop", "drawing_loop"
EVENT = "one arrival or one service end of a customer"


def machine() -> dict[str, Any]:
    """What it was measured on: Python, processors, versions."""
    versions: dict[str, str | None] = {}
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = None
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cpu_count": os.cpu_count(),
        "versions": versions,
    }


@dataclass(frozen=True)
class Report:
    """All rounds of everybody in the queue, and what municipalities cost."""

    queue: Queue
    rounds: Mapping[str, Sequence[Round]]
    months: Mapping[int, Sequence[Cost]]
    years: Mapping[str, Sequence[Cost]]
    machine: dict[str, Any] = field(default_factory=machine)

    def seconds_per_event(self, name: str) -> float:
        """The median over the rounds, CPU seconds."""
        return median(r.seconds_per_event for r in self.rounds[name])

    def times_faster(self, name: str) -> float:
        """How many times as many events a second the engine does as this peer."""
        return self.seconds_per_event(name) / self.seconds_per_event("kastje")

    def times_slower(self, name: str) -> float:
        """How many times as long the engine takes for an event as this loop."""
        return self.seconds_per_event("kastje") / self.seconds_per_event(name)

    @property
    def engine_events_per_second(self) -> float:
        """Events a second as the engine's own agenda counts them."""
        return median((r.engine_events or 0) / r.seconds for r in self.rounds["kastje"])

    def errors(self, name: str) -> float | None:
        """Standard errors between this contestant's mean wait and theory; None for the loops: nobody waits."""
        return None if name in LOOPS else errors_from_theory(self.queue, list(self.rounds[name]))

    @property
    def missed(self) -> list[str]:
        """Who does not give the wait of theory, and so does not do the work."""
        return [name for name in self.rounds if abs(self.errors(name) or 0.0) > MOST_ERRORS]

    def nanoseconds_at(self, staff: int) -> float:
        """The median cost of an event of the engine at this many staff."""
        return median(c.nanoseconds_per_event for c in self.months[staff])

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, which is benchmarks/latest.json."""
        return {
            "ratio_vs_simpy": self.times_faster("simpy"),
            "ratio_vs_ciw": self.times_faster("ciw"),
            "ratio_vs_mesa": self.times_faster("mesa"),
            "ratio_to_bare_loop": self.times_slower("bare_loop"),
            "ratio_to_drawing_loop": self.times_slower("drawing_loop"),
            "event": EVENT,
            "events_per_second": {name: 1.0 / self.seconds_per_event(name) for name in self.rounds},
            "engine_events_per_second": self.engine_events_per_second,
            "queue": {
                "arrivals_per_hour": self.queue.arrivals,
                "service_per_hour": self.queue.service,
                "servers": self.queue.servers,
                "mean_wait_hours": self.queue.mean_wait,
            },
            "contestants": {name: self._contestant(name) for name in self.rounds},
            "cost_by_staff": [
                {
                    "staff": staff,
                    "nanoseconds_per_event": self.nanoseconds_at(staff),
                    "engine_events": round(median(c.events for c in costs)),
                }
                for staff, costs in self.months.items()
            ],
            "replication_year": {
                name: {
                    "staff": costs[0].staff,
                    "milliseconds": 1e3 * median(c.seconds for c in costs),
                    "outcomes_milliseconds": 1e3 * median(c.outcome_seconds for c in costs),
                    "engine_events": round(median(c.events for c in costs)),
                }
                for name, costs in self.years.items()
            },
            "machine": self.machine,
        }

    def _contestant(self, name: str) -> dict[str, Any]:
        rounds = self.rounds[name]
        costs = [1e9 * r.seconds_per_event for r in rounds]
        return {
            "rounds": len(rounds),
            "customers_per_round": round(median(r.customers for r in rounds)),
            "nanoseconds_per_event": median(costs),
            "fastest": min(costs),
            "slowest": max(costs),
            "mean_wait_hours": median(r.mean_wait for r in rounds),
            "standard_errors_from_theory": self.errors(name),
        }
