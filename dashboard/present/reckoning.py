"""How does a step become figures? Paired runs in the background, then the resident, then the next step ahead of time.

What the room has seen drawn must not change, so the outcome is handed over once all replications are in.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.computing import Ticket
from dashboard.present.resident import Resident, resident_of
from dashboard.safely import safely
from dashboard.state import Choice
from dashboard.warmth import WARMTH, WORKERS
from experiments import runner
from experiments.compare import Comparison
from model import InputError, Scenario

log = logging.getLogger("kastje.dashboard")

DAYS = 365
SILENT_SECONDS = 2.0
"""Nothing is said of the time left before this much has passed, nor when less than this is left."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a choice over a number of years, what is laid beside it, and what comes next."""

    choice: Choice
    years: int = 1
    beside: Choice | None = None
    ahead: Choice | None = None


@dataclass(frozen=True, eq=False)
class Reckoned:
    """What is known so far of what was wanted. `left` is in seconds, 0 when it is not worth saying."""

    wanted: Wanted | None = None
    done: int = 0
    total: int = 0
    left: float = 0.0
    comparison: Comparison | None = None
    resident: Resident | None = None
    resident_known: bool = False
    beside: Comparison | None = None
    problem: tuple[str, dict[str, str]] | None = None


def scenario_of(choice: Choice, years: int) -> Scenario:
    """The model's scenario of a choice over this many years. Raises InputError when the model refuses a value."""
    scenario = choice.scenario()
    return scenario if years == 1 else scenario.with_parameters(horizon_days=DAYS * years)


def reckon(wanted: Wanted, ticket: Ticket, publish: Callable[[Reckoned], None]) -> None:
    """Work out what is wanted and publish it part by part; stops early when the ticket is withdrawn.

    Never raises: a failure is published in words, the traceback goes to the log.
    """

    def say(now: Reckoned) -> None:
        # What is withdrawn must not overwrite what a later request has published.
        if not ticket.withdrawn():
            publish(now)

    try:
        with WARMTH.visitor():
            now = _main(wanted, ticket, say)
        if now is None:
            return
        _ahead(wanted, ticket)
    except InputError as error:
        say(Reckoned(wanted, problem=("error.input", {"message": str(error)})))
    except Exception:
        log.exception("working out %s failed", wanted.choice.query())
        say(Reckoned(wanted, problem=("error.computing", {})))


def _main(wanted: Wanted, ticket: Ticket, say: Callable[[Reckoned], None]) -> Reckoned | None:
    choice, began = wanted.choice, time.monotonic()
    now = Reckoned(wanted, total=choice.replications)
    say(now)

    def progress(done: int) -> None:
        spent = time.monotonic() - began
        left = spent / done * (choice.replications - done)
        quiet = spent < SILENT_SECONDS or left < SILENT_SECONDS
        say(replace(now, done=done, left=0.0 if quiet else left))

    comparison = _compared(choice, wanted.years, ticket, progress)
    if comparison is None:
        return None
    now = replace(now, done=choice.replications, comparison=comparison)
    say(now)
    # The figures stand without the story of one resident and without what is laid beside them.
    resident = safely(lambda: resident_of(scenario_of(choice, wanted.years), choice.seed), None)
    now = replace(now, resident=resident, resident_known=True)
    say(now)
    if wanted.beside is not None and not ticket.withdrawn():
        beside = wanted.beside
        now = replace(now, beside=safely(lambda: _compared(beside, wanted.years, ticket), None))
        say(now)
    return None if ticket.withdrawn() else now


def _ahead(wanted: Wanted, ticket: Ticket) -> None:
    """Run the next step into the runner's shared stores while the room talks."""
    if wanted.ahead is None or ticket.withdrawn():
        return
    if _compared(wanted.ahead, wanted.years, ticket) is not None:
        resident_of(scenario_of(wanted.ahead, wanted.years), wanted.ahead.seed)


def _compared(
    choice: Choice, years: int, ticket: Ticket, progress: Callable[[int], None] = lambda done: None
) -> Comparison | None:
    """The comparison of a choice with today, or None when the ticket was withdrawn before it was there."""
    pairs = []
    runs = runner.pairs(
        scenario_of(choice, years),
        replications=choice.replications,
        seed=choice.seed,
        workers=WORKERS,
        cancelled=ticket.withdrawn,
    )
    for pair in runs:
        pairs.append(pair)
        progress(len(pairs))
    return Comparison.of(pairs) if len(pairs) == choice.replications else None
