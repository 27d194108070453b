"""Docking: the engine beside Ciw, an independent code, on networks for which theory has no formula (D1 to D4).

The engine runs a profile; Ciw a network that is written down apart (`ciw_networks`). Same distributions, independent
random numbers; means over independent runs are compared with a two-sample z.
"""

from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np

from kastje.evidence.phrase import phrase
from kastje.evidence.verification.estimate import mean, two_codes
from kastje.evidence.verification.finding import Check, Finding
from kastje.evidence.verification.textbook import LAST_HOURS, WARM_HOURS, ended, lines, textbook
from kastje.model import InputError
from kastje.model.activities import L_AGAIN, L_QUEUED, L_STARTED
from kastje.model.channels import CHANNELS
from kastje.model.records import ABANDONED

OURS = range(1, 13)
THEIRS, FEWER, FEW = range(101, 125), range(101, 117), range(101, 109)
"""Seeds of Ciw, which takes most of the time: fewer where its figures are certain enough, or theory has them too."""

CUSTOMERS = "customers"
Row = dict[str, float]
"""The figures of one run, and how many customers they are of."""


def _ciw() -> ModuleType:
    """Ciw's side; it is installed with what the tests need."""
    try:
        from kastje.evidence.verification import ciw_networks
    except ImportError as error:
        raise InputError(phrase("install.missing", what="docking", name=error.name)) from None
    return ciw_networks


def _compared(check: str, name: str, ours: Iterator[Row], theirs: Iterator[Row]) -> list[Finding]:
    """One finding for each figure, over the runs of both codes."""
    a, b = list(ours), list(theirs)
    customers = (int(sum(x[CUSTOMERS] for x in a)), int(sum(x[CUSTOMERS] for x in b)))
    return [
        two_codes(check, f"{name}: {what}", [x[what] for x in a], [x[what] for x in b], customers)
        for what in a[0]
        if what != CUSTOMERS
    ]


def _cases(name: str) -> Iterator[Row]:
    """Our runs of a network of steps: mean time in the system by type, mean wait per visit to each station [h]."""
    scenario = textbook(name)
    for seed in OURS:
        world, state = ended(scenario, seed, log=True)
        needs = state.needs[: state.run["needs"][0]]
        inside = (needs["start"] >= WARM_HOURS) & (needs["start"] < world.arrays.end - LAST_HOURS)
        queued, started = lines(state, L_QUEUED, L_AGAIN), lines(state, L_STARTED)
        queued, started = queued[inside[queued["need"]]], started[inside[started["need"]]]
        row: Row = {CUSTOMERS: int(inside.sum())}
        types = world.profile.processes[0].types
        for k, kind in enumerate(types):
            of_type = needs[inside & (needs["type"] == k)]
            row[f"mean time in the system, {kind.id}"] = float((of_type["decided"] - of_type["start"]).mean())
        for k, step in enumerate(world.step_names):
            began, came = started["t"][started["step"] == k], queued["t"][queued["step"] == k]
            row[f"mean wait at {step}"] = float((began.sum() - came.sum()) / began.size)
        yield row


def _ciw_cases(network: Callable[[], object], steps: tuple[str, ...], kinds: dict[str, str]) -> Iterator[Row]:
    """Ciw's runs of the same; `kinds` gives our name of each of its classes."""
    code = _ciw()
    for seed in THEIRS:
        found = code.run(network(), seed)
        means = code.sojourns(found)
        row: Row = {CUSTOMERS: np.unique(found.who).size}
        row |= {f"mean time in the system, {ours}": means[theirs] for theirs, ours in kinds.items()}
        row |= {f"mean wait at {step}": float(found.waited[found.node == k].mean()) for k, step in enumerate(steps, 1)}
        yield row


def _network() -> list[Finding]:
    theirs = _ciw_cases(_ciw().network, ("intake", "advice", "decision"), {"Customer": "all"})
    return _compared("D1", "3 stations, routing and rework", _cases("network"), theirs)


def _branches() -> list[Finding]:
    kinds = {"simple": "simple", "difficult": "difficult"}
    theirs = _ciw_cases(_ciw().branches, ("intake", "simple", "difficult", "decision"), kinds)
    return _compared("D4", "4 stations with several people", _cases("branches"), theirs)


def _contacts(name: str) -> Iterator[np.ndarray]:
    """The contacts of our runs, warm-up and end left out."""
    for seed in OURS:
        world, state = ended(textbook(name), seed)
        rows = state.contacts[: state.run["contacts"][0]]
        yield rows[(rows["at"] >= WARM_HOURS) & (rows["at"] < world.arrays.end - LAST_HOURS)]


def _priority() -> list[Finding]:
    def ours() -> Iterator[Row]:
        for rows in _contacts("priority"):
            served = rows[rows["result"] != ABANDONED]
            waits = served["reached"] - served["at"]
            yield {
                CUSTOMERS: rows.size,
                "mean wait on the phone": float(waits[served["channel"] == CHANNELS.index("phone")].mean()),
                "mean wait of e-mails": float(waits[served["channel"] == CHANNELS.index("email")].mean()),
            }

    def theirs() -> Iterator[Row]:
        code = _ciw()
        for seed in FEWER:
            found = code.run(code.priority(), seed)
            served = ~found.reneged
            yield {
                CUSTOMERS: found.who.size,
                "mean wait on the phone": float(found.waited[served & (found.kind == "phone")].mean()),
                "mean wait of e-mails": float(found.waited[served & (found.kind == "email")].mean()),
            }

    return _compared("D2", "phone before e-mail, 2 people, not preemptive", ours(), theirs())


def erlang_a(servers: int, arrivals: float, service: float, patience: float) -> tuple[float, float]:
    """M/M/c with exponential patience: share that hangs up, mean time in the queue of all (rates an hour, hours)."""
    weights = [1.0]
    for n in range(1, 400):
        leaving = min(n, servers) * service + max(0, n - servers) * patience
        weights.append(weights[-1] * arrivals / leaving)
    p = np.array(weights) / sum(weights)
    waiting = float(p @ np.clip(np.arange(p.size) - servers, 0, None))
    return patience * waiting / arrivals, waiting / arrivals


def _abandonment() -> list[Finding]:
    of_all = "mean time in the queue of all"

    def figures(gone: np.ndarray, waited: np.ndarray) -> Row:
        return {
            CUSTOMERS: gone.size,
            "share that hangs up": float(gone.mean()),
            of_all: float(waited.mean()),
            "mean wait of those served": float(waited[~gone].mean()),
        }

    ours = [figures(rows["result"] == ABANDONED, rows["reached"] - rows["at"]) for rows in _contacts("abandonment")]

    def theirs() -> Iterator[Row]:
        code = _ciw()
        for seed in FEW:
            found = code.run(code.abandonment(), seed)
            yield figures(found.reneged, found.waited)

    name = "Erlang-A, 6 erlang on 5 lines, patience = call"
    hung_up, queueing = erlang_a(5, 60.0, 10.0, 10.0)
    return [
        *_compared("D3", name, iter(ours), theirs()),
        mean("D3", f"{name}: share that hangs up, by theory", hung_up, [x["share that hangs up"] for x in ours]),
        mean(
            "D3",
            f"{name}: mean time in the queue, by theory",
            queueing,
            [x["mean time in the queue of all"] for x in ours],
        ),
    ]


DOCKING: tuple[Check, ...] = (
    Check("D1", "Docking: routing and rework", _network),
    Check("D2", "Docking: priority", _priority),
    Check("D3", "Docking: abandonment", _abandonment),
    Check("D4", "Docking: several people in tandem and in parallel", _branches),
)
