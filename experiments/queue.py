"""Whose run goes first when many ask at the same time? A queue with a few threads for the whole process.

Two threads for each asker would let thirty askers slow each other down thirty times; here as many runs go on as there
are processors, those of the lowest rank first: everybody's first run before anybody's second.
"""

import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


class FairQueue:
    """At most `workers` pieces of work at a time; the lowest rank first, the oldest first within a rank.

    Its threads end with the process and never keep it; they start with the first piece.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._wanted: list[tuple[float, int, Future[Any], Callable[[], Any]]] = []
        self._number = itertools.count()
        self._something = threading.Condition()
        self._threads: list[threading.Thread] = []

    def __len__(self) -> int:
        return len(self._wanted)

    def submit[Result](self, work: Callable[[], Result], rank: float) -> "Future[Result]":
        """Have `work` done in its turn; a future that is cancelled before is passed over."""
        future: Future[Result] = Future()
        with self._something:
            heapq.heappush(self._wanted, (rank, next(self._number), future, work))
            if len(self._threads) < self.workers:
                name = f"kastje-queue-{len(self._threads)}"
                thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._something.notify()
        return future

    def waiting(self, rank: float) -> int:
        """How many pieces up to this rank wait for their turn."""
        with self._something:
            return sum(one[0] <= rank and not one[2].cancelled() for one in self._wanted)

    def tidy(self) -> None:
        """Take out what was cancelled: where much is asked, the highest ranks are not reached for a long time."""
        with self._something:
            self._wanted = [one for one in self._wanted if not one[2].cancelled()]
            heapq.heapify(self._wanted)

    def _work(self) -> None:
        while True:
            with self._something:
                while not self._wanted:
                    self._something.wait()
                _, _, future, work = heapq.heappop(self._wanted)
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
            # An idle thread must not keep the last piece and what it made.
            del future, work
