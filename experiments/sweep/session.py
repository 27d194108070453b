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
    """How far this go has come: runs in the folder, those of them made now, and whether nothing is wanted any more."""

    store: Store
    before: list[dict[str, Any]]
    about: dict[str, Any]
    there: int = 0
    made: int = 0
    complete: bool = False
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long it has lasted."""
        return round(time.monotonic() - self.begun, 3)

    def stopping(self) -> None:
        """Note at once that it was stopped: whoever ends us may not wait until what is under way is finished."""
        self._note(STOPPED, runs=self.there)

    def _note(self, status: str, **more: Any) -> None:
        this = {**self.about, "seconds": self.seconds, "runs": self.made}
        self.store.note(sessions=[*self.before, this], status=status, **more)


@contextmanager
def noted(store: Store, workers: Workers) -> Iterator[Session]:
    """A go at the runs of an opened store: `running` while it lasts, then `complete` if it says so, or `stopped`."""
    about = {"started": now(), "executor": workers.kind, "workers": workers.count}
    session = Session(store, store.manifest["sessions"], about)
    session._note(RUNNING)
    try:
        yield session
    finally:
        session._note(COMPLETE if session.complete else STOPPED, runs=session.there, ended=now())
