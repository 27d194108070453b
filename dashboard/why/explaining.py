"""How do contributions come in? At first one by one, then exactly, on background threads that give way to answers."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.answer import Answer
from dashboard.computing import Ticket
from dashboard.warmth import WARMTH, WORKERS
from experiments.compare import Comparison
from experiments.contributions import Contributions, Variants

log = logging.getLogger("kastje.dashboard")

EVERY_SECONDS = 0.5
STAND_ASIDE_SECONDS = 0.05
ENOUGH_RUNS = 8
"""Before so many runs a time left is a guess, and is not shown."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """What is known about an answer's why: `done` of `total` runs, seconds left (None: not known yet)."""

    comparison: Comparison | None = None
    contributions: Contributions | None = None
    done: int = 0
    total: int = 0
    left: float | None = None
    failed: bool = False


def explain(answer: Answer, ticket: Ticket, publish: Callable[[Explanation], None]) -> None:
    """Explain a finished answer and publish as it gets better; stops early when the ticket is withdrawn.

    Never raises: a failure is published, the traceback goes to the log.
    """
    state = Explanation(answer.comparison)
    try:
        _explain(answer, state, ticket, publish)
    except Exception:
        log.exception("explaining %s failed", answer.choice.query())
        publish(replace(state, failed=True))


def _explain(answer: Answer, state: Explanation, ticket: Ticket, publish: Callable[[Explanation], None]) -> None:
    if answer.comparison is None:
        return

    def cancelled() -> bool:
        """Whether nobody waits for it any more; somebody who waits for an answer goes first."""
        while WARMTH.waited_for() and not ticket.withdrawn():
            time.sleep(STAND_ASIDE_SECONDS)
        return ticket.withdrawn()

    variants = Variants(answer.choice.scenario(), answer.comparison.pairs)
    total = len(variants.missing(variants.every()))
    done, begun, told = 0, time.monotonic(), 0.0
    for stage in (variants.in_order(), variants.singles(), variants.every()):
        if state.contributions and not variants.missing(stage):
            continue
        for _ in variants.run(stage, workers=WORKERS, cancelled=cancelled):
            done += 1
            now = time.monotonic()
            if now - told >= EVERY_SECONDS and not ticket.withdrawn():
                told = now
                left = (now - begun) / done * (total - done) if done >= ENOUGH_RUNS else None
                state = replace(state, done=done, total=total, left=left)
                publish(state)
        if ticket.withdrawn():
            return
        state = replace(state, contributions=variants.contributions(), done=done, total=total)
        publish(state)
