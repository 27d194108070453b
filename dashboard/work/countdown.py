"""How long will it still take? From the pace of the last while: others may come in between, and go again."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from kastje.dashboard.texts import Texts

TELL_SECONDS = 0.5
"""How often at most a page is told how far it is."""
WINDOW_SECONDS = 20.0
"""The pace is that of so long."""
SOON_SECONDS = 1.5
"""Before so much time has passed, nothing is said of the time left."""
MINUTE = 60.0


@dataclass(frozen=True)
class HowFar:
    """`done` of `total` pieces, and about how many seconds are left; None where that cannot be said."""

    done: int = 0
    total: int = 0
    left: float | None = None

    @property
    def share(self) -> float:
        """The part that is done, 0 to 1."""
        return self.done / self.total if self.total else 0.0


class Countdown:
    """Watches one piece of work; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = self._told = clock()
        self._seen: deque[tuple[float, int]] = deque([(self._begun, 0)])

    def tell(self, done: int, total: int) -> HowFar | None:
        """How far it is now; None when it was told a moment ago."""
        now = self._clock()
        if now - self._told < TELL_SECONDS and done < total:
            return None
        self._told = now
        self._seen.append((now, done))
        while now - self._seen[1][0] >= WINDOW_SECONDS:
            self._seen.popleft()
        since, before = self._seen[0]
        known = now - self._begun >= SOON_SECONDS and done > before
        return HowFar(done, total, (now - since) / (done - before) * (total - done) if known else None)


def left_words(left: float | None, texts: Texts) -> str:
    """The time left in words, in whole minutes or seconds."""
    if left is None:
        return texts("left.unknown")
    if left >= 1.5 * MINUTE:
        return texts("left.minutes", minutes=texts.number(-(-left // MINUTE)))
    step = 5 if left > 10 else 1
    return texts("left.seconds", seconds=texts.number(max(1, -(-left // step) * step)))
