"""How do contributions come in? First as an estimate that narrows, then exactly, in turns after all answers."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.work.countdown import Countdown, HowFar
from kastje.dashboard.work.turns import ESTIMATE, EXACT
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.contributions import Contributions
from kastje.experiments.difference.variants import Variants

log = logging.getLogger("kastje.dashboard")


@dataclass(frozen=True, eq=False)
class Explanation:
    """What is known about an answer's why; `far` counts the runs that exact contributions take."""

    comparison: Comparison | None = None
    contributions: Contributions | None = None
    far: HowFar = field(default_factory=HowFar)
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
    countdown = Countdown()
    variants = Variants(answer.choice.scenario(), answer.comparison.pairs)
    total = len(variants.missing(variants.every()))
    done = exact_seeds = 0

    def known() -> Explanation:
        return replace(state, contributions=variants.contributions())

    for number, stage in enumerate(variants.stages()):
        if state.contributions and not variants.missing(stage):
            continue
        for _ in variants.run(stage, EXACT if number else ESTIMATE, ticket.watch()):
            done += 1
            if far := countdown.tell(done, total):
                state = replace(state, far=far)
                if state.contributions and variants.exact_seeds() > exact_seeds:
                    exact_seeds = variants.exact_seeds()
                    state = known()
                publish(state)
        if ticket.withdrawn():
            return
        state = replace(known(), far=HowFar(done, total, state.far.left))
        publish(state)
