"""Where own municipalities wait for whoever has their link: in memory, bounded in bytes and in time, never on disk.

Handed in against a digest of the files, which is in the link; who has no digest can neither see nor list anything.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from weakref import WeakValueDictionary

from kastje.dashboard.own.own import Own, own_of

Alarm = Callable[[float, Callable[[], None]], None]


@dataclass
class _Bundle:
    """Files as they were sent, their bytes, and when they were last used [s of the clock]."""

    files: tuple[tuple[str, str], ...]
    size: int
    used: float


def _later(seconds: float, act: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


class Uploads:
    """Keeps files for `hours` after their last use, together at most `megabytes` (of 10^6 bytes of text).

    When there is no more room, what was used least recently goes. What an open page holds it can hand in again.
    """

    def __init__(
        self, hours: float = 12, megabytes: float = 32, clock: Callable[[], float] = monotonic, alarm: Alarm = _later
    ) -> None:
        self._clock = clock
        self._alarm = alarm
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Bundle] = OrderedDict()
        self._read: WeakValueDictionary[str, Own] = WeakValueDictionary()
        self._alarmed = False
        self.size = 0
        """How many bytes of text are kept now."""
        self.hours = hours
        self.megabytes = megabytes

    def bound(self, hours: float, megabytes: float) -> None:
        """From now on keep for so long and so much."""
        with self._lock:
            self.hours, self.megabytes = hours, megabytes
            self._tidy()

    def put(self, own: Own) -> None:
        """Keep these files, or keep them for longer."""
        size = sum(len(name.encode()) + len(text.encode()) for name, text in own.files)
        with self._lock:
            self._drop(own.digest)
            self._kept[own.digest] = _Bundle(own.files, size, self._clock())
            self.size += size
            self._read[own.digest] = own
            self._tidy()

    def keep(self, owns: Iterable[Own]) -> None:
        """Keep what somebody looks at for longer; what was let go of is here again."""
        for own in owns:
            self.put(own)

    def get(self, digest: str) -> Own | None:
        """The municipality whose files have this digest, which counts as a use; None when they are not here."""
        with self._lock:
            self._tidy()
            bundle = self._kept.get(digest)
            if bundle is None:
                return None
            bundle.used = self._clock()
            self._kept.move_to_end(digest)
            own = self._read.get(digest)
        if own is None:
            own = own_of(dict(bundle.files))
            with self._lock:
                own = self._read.setdefault(digest, own)
        return own

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()
            self.size = 0

    def _drop(self, digest: str) -> None:
        bundle = self._kept.pop(digest, None)
        self.size -= bundle.size if bundle else 0

    def _tidy(self) -> None:
        """Let go of what is too old or too much, the least recently used first, and look again in time."""
        while self._kept:
            digest, oldest = next(iter(self._kept.items()))
            left = oldest.used + self.hours * 3600 - self._clock()
            if left > 0 and self.size <= self.megabytes * 1e6:
                if not self._alarmed:
                    self._alarmed = True
                    self._alarm(left, self._ring)
                return
            self._drop(digest)

    def _ring(self) -> None:
        with self._lock:
            self._alarmed = False
            self._tidy()


UPLOADS = Uploads()
"""Everybody's; a digest opens its own bundle and nothing else."""
