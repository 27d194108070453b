"""The docking configurations in Ciw, an independent simulator of queueing networks: each as a network of its own.

Times are in hours. Nothing is read from the profiles but what the two codes are to be given alike: it is written down
here a second time, as somebody would who had the description of the system alone.
"""

import math
from dataclasses import dataclass
from typing import Any

import ciw  # type: ignore[import-untyped]
import numpy as np

HOURS = 200.0
WARM = 20.0
LAST = 10.0


@dataclass(frozen=True)
class Station:
    """One visit to a station by each row: who, of which class, at which station (from 1), when, how long it waited."""

    who: np.ndarray
    kind: np.ndarray
    node: np.ndarray
    arrived: np.ndarray
    waited: np.ndarray
    left: np.ndarray
    reneged: np.ndarray


def run(network: Any, seed: int, hours: float = HOURS) -> Station:
    """One run, those who came in the warm-up or shortly before the end left out."""
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(hours)
    records = [r for r in simulation.get_all_records() if r.record_type in ("service", "renege")]
    came: dict[int, float] = {}
    for r in records:
        came[r.id_number] = min(r.arrival_date, came.get(r.id_number, math.inf))
    kept = [r for r in records if WARM <= came[r.id_number] < hours - LAST]
    return Station(
        who=np.array([r.id_number for r in kept]),
        kind=np.array([r.customer_class for r in kept]),
        node=np.array([r.node for r in kept]),
        arrived=np.array([r.arrival_date for r in kept]),
        waited=np.array([r.waiting_time for r in kept]),
        left=np.array([r.exit_date for r in kept]),
        reneged=np.array([r.record_type == "renege" for r in kept]),
    )


def sojourns(found: Station) -> dict[str, float]:
    """Mean hours from first arrival to last departure, by class."""
    means = {}
    for kind in np.unique(found.kind):
        of_kind = found.kind == kind
        _, one = np.unique(found.who[of_kind], return_inverse=True)
        first = np.full(one.max() + 1, np.inf)
        last = np.zeros(one.max() + 1)
        np.minimum.at(first, one, found.arrived[of_kind])
        np.maximum.at(last, one, found.left[of_kind])
        means[str(kind)] = float((last - first).mean())
    return means


def lognormal(mean: float, cv: float) -> Any:
    """A lognormal time by its mean and coefficient of variation."""
    sigma = math.sqrt(math.log(1.0 + cv * cv))
    return ciw.dists.Lognormal(math.log(mean) - 0.5 * sigma * sigma, sigma)


def exponential(mean: float) -> Any:
    """An exponential time by its mean."""
    return ciw.dists.Exponential(1.0 / mean)


def erlang(mean: float, phases: int) -> Any:
    """An Erlang time by its mean."""
    return ciw.dists.Erlang(phases / mean, phases)


def network() -> Any:
    """Three stations, probabilistic routing, rework at the first and the last."""
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(30.0), None, None],
        service_distributions=[exponential(0.02), lognormal(0.08, 0.7), erlang(0.018, 4)],
        routing=[[0.1, 0.9 * 0.6, 0.9 * 0.4], [0.0, 0.0, 1.0], [0.0, 0.0, 0.25]],
        number_of_servers=[1, 2, 1],
    )


def priority() -> Any:
    """Calls before e-mails at one station, without interrupting; who waits two hours on average hangs up."""
    return ciw.create_network(
        arrival_distributions={"phone": [ciw.dists.Exponential(50.0)], "email": [ciw.dists.Exponential(50.0)]},
        service_distributions={"phone": [exponential(0.01)], "email": [exponential(0.02)]},
        priority_classes={"phone": 0, "email": 1},
        reneging_time_distributions={"phone": [exponential(2.0)], "email": [None]},
        routing={"phone": [[0.0]], "email": [[0.0]]},
        number_of_servers=[2],
    )


def abandonment() -> Any:
    """Erlang-A."""
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(60.0)],
        service_distributions=[exponential(0.1)],
        reneging_time_distributions=[exponential(0.1)],
        number_of_servers=[5],
    )


def branches() -> Any:
    """An intake, one of two kinds of advice by class, a decision; several servers everywhere."""
    slow = 1.5
    to_decision = [[0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]]
    return ciw.create_network(
        arrival_distributions={
            "simple": [ciw.dists.Exponential(26.0), None, None, None],
            "difficult": [ciw.dists.Exponential(14.0), None, None, None],
        },
        service_distributions={
            "simple": [lognormal(0.045, 0.7), exponential(0.12), exponential(1.0), ciw.dists.Deterministic(0.03)],
            "difficult": [
                lognormal(slow * 0.045, 0.7),
                exponential(1.0),
                erlang(slow * 0.07, 4),
                ciw.dists.Deterministic(slow * 0.03),
            ],
        },
        routing={
            "simple": [[0.0, 1.0, 0.0, 0.0], *to_decision],
            "difficult": [[0.0, 0.0, 1.0, 0.0], *to_decision],
        },
        number_of_servers=[3, 4, 2, 2],
    )
