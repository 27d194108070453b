"""Whose turn is it? Everything that computes does it in one queue, in these ranks.

The pieces of a picture are a rank apart: everybody's first piece goes before anybody's second. All pictures go before
long work, and nothing that is prepared for nobody in particular goes before what somebody asked for.
"""

import os
from collections.abc import Callable

from kastje.experiments.runs.loop import finished
from kastje.experiments.runs.queue import FairQueue, Turn
from kastje.experiments.runs.watch import Watch

WORKERS = max(1, min(8, os.cpu_count() or 1))
LONG = 1000.0
QUEUE = FairQueue(WORKERS, LONG)
"""Everybody's runs; as many at a time as there are processors."""

PICTURE = Turn(QUEUE)
"""What somebody looks at now."""
COMPLETING = Turn(QUEUE, 100.0)
"""What comes beside a picture that stands: pins, a second comparison."""
ESTIMATE = Turn(QUEUE, LONG, 0.0)
"""Long work that soon has something to show: designs, the first estimate of contributions."""
EXACT = Turn(QUEUE, LONG + 1.0, 0.0)
"""Long work that makes more exact what is shown already."""
AHEAD = Turn(QUEUE, LONG + 2.0, 0.0)
"""What may be asked for later."""


def in_turn[Result](work: Callable[[], Result], turn: Turn, watch: Watch) -> Result | None:
    """What `work` yields, done in its turn; None at once when nobody waits for it any more.

    Never called by work that is itself in the queue: that would wait for itself.
    """
    return next(finished(lambda _: work(), (0,), turn, watch), None)
