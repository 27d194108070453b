"""What is known about a choice so far?"""

from dataclasses import dataclass

from kastje.dashboard.texts import Said
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.compare import Comparison


@dataclass(frozen=True, eq=False)
class Answer:
    """What is known about a choice so far.

    `phase`: "computing" (nothing yet, the previous comparison still stands), "first" (`done` of `total` replications),
    "done", or "failed" with `problem`: a key of the catalogues and its values.
    """

    choice: Choice
    phase: str = "computing"
    done: int = 0
    total: int = 0
    comparison: Comparison | None = None
    problem: Said | None = None

    def answers(self, choice: Choice) -> bool:
        """Whether this is about that choice; if not, its comparison is of an earlier one."""
        return self.choice.question() == choice.question()
