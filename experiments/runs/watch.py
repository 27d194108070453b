"""Who watches while runs are made: told how far it is, and asked whether anybody still waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace


def never() -> bool:
    """Nobody cancels."""
    return False


def unheard(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


def nothing() -> None:
    """There is nothing to do meanwhile."""


@dataclass(frozen=True)
class Watch:
    """Who is told how far it is, and asked whether to stop.

    All on the thread that asked for the pieces, save that `cancelled` is also asked by the threads that make them.
    """

    progress: Callable[[int, int], None] = unheard
    """Told of each piece: how many are done, and of how many."""
    cancelled: Callable[[], bool] = never
    """Asked whether to stop."""
    meanwhile: Callable[[], None] = nothing
    """Called now and then while nothing comes."""

    def part(self, before: int, total: int) -> "Watch":
        """Who watches one part of something larger, of `total` pieces, of which `before` come before the part."""
        return replace(self, progress=lambda done, _: self.progress(before + done, total))


NOBODY = Watch()
"""Nobody watches: it goes on to its end."""
