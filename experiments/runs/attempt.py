"""One go at the runs of a folder, noted in its manifest from its beginning, and however it ends."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kastje.experiments.runs.places import Workers
from kastje.experiments.runs.store import COMPLETE, FAILED, RUNNING, STOPPED, Store, all_failed, now


@dataclass
class Attempt:
    """One go: how many runs it found, how many are there since they were last counted, and whether it is complete.

    Runs are counted in the folder itself, when it begins and when it stops or ends: a count kept beside it would miss
    the part that was being written when Ctrl-C came.
    """

    store: Store
    before: list[dict[str, Any]]
    about: dict[str, Any]
    complete: bool = False
    failures: Mapping[str, int] = field(default_factory=dict, init=False)
    begun: float = field(default_factory=time.monotonic)
    found: int = field(init=False)
    there: int = field(init=False)

    def __post_init__(self) -> None:
        self.found = self.there = self.store.runs()

    @property
    def made(self) -> int:
        """The runs made in this go."""
        return self.there - self.found

    @property
    def seconds(self) -> float:
        """How long it has lasted."""
        return round(time.monotonic() - self.begun, 3)

    def stopping(self) -> None:
        """Note at once that it was stopped: whoever ends us may not wait until what is under way is finished."""
        self.left(STOPPED)

    def left(self, status: str, **more: Any) -> None:
        """Count the runs, and note how it was left."""
        self.there = self.store.runs()
        self.note(status, **more)

    def ended(self) -> None:
        """Count the runs and what went wrong in them, and note how it ended."""
        self.there = self.store.runs()
        self.failures = self.store.failures() if self.there else {}
        status = STOPPED if not self.complete else FAILED if all_failed(self.failures, self.there) else COMPLETE
        self.note(status, ended=now(), failed=self.failures)

    def note(self, status: str, **more: Any) -> None:
        """Write into the manifest how it stands."""
        this = {**self.about, "seconds": self.seconds, "runs": self.made}
        self.store.note(sessions=[*self.before, this], status=status, runs=self.there, **more)


@contextmanager
def noted(store: Store, workers: Workers) -> Iterator[Attempt]:
    """A go at the runs of an opened store: `running` while it lasts, then `complete` if it says so, or `stopped`.

    Complete without a single run that did not fail is `failed`.
    """
    about = {"started": now(), "executor": workers.kind, "workers": workers.count}
    attempt = Attempt(store, store.manifest["sessions"], about)
    attempt.note(RUNNING)
    try:
        yield attempt
    except BaseException:
        attempt.left(STOPPED, ended=now())
        raise
    attempt.ended()
