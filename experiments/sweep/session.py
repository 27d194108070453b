"""One go at the runs of a folder, noted in its manifest from its beginning, and however it ends."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from experiments.sweep.executors import Workers
from experiments.sweep.store import COMPLETE, RUNNING, STOPPED, Store, now


@dataclass
class Session:
    """One go: how many runs it found and has made, and whether nothing is wanted any more.

    Runs are counted in the folder itself: a count kept beside it would miss the part that was being written when
    Ctrl-C came.
    """

    store: Store
    before: list[dict[str, Any]]
    about: dict[str, Any]
    found: int
    complete: bool = False
    begun: float = field(default_factory=time.monotonic)

    @property
    def there(self) -> int:
        """The runs in the folder."""
        return self.store.runs()

    @property
    def made(self) -> int:
        """Those of them made in this go."""
        return self.there - self.found

    @property
    def seconds(self) -> float:
        """How long it has lasted."""
        return round(time.monotonic() - self.begun, 3)

    def stopping(self) -> None:
        """Note at once that it was stopped: whoever ends us may not wait until what is under way is finished."""
        self._note(STOPPED)

    def _note(self, status: str, **more: Any) -> None:
        there = self.there
        this = {**self.about, "seconds": self.seconds, "runs": there - self.found}
        self.store.note(sessions=[*self.before, this], status=status, runs=there, **more)


@contextmanager
def noted(store: Store, workers: Workers) -> Iterator[Session]:
    """A go at the runs of an opened store: `running` while it lasts, then `complete` if it says so, or `stopped`."""
    about = {"started": now(), "executor": workers.kind, "workers": workers.count}
    session = Session(store, store.manifest["sessions"], about, found=store.runs())
    session._note(RUNNING)
    try:
        yield session
    finally:
        session._note(COMPLETE if session.complete else STOPPED, ended=now())
