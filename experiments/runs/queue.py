"""Whose run goes first when many ask at the same time? A queue with a few threads for the whole process.

Two threads for each asker would let thirty askers slow each other down thirty times; here as many runs go on as there
are processors, those of the lowest rank first: everybody's first run before anybody's second. Work that takes long
leaves one thread alone while others ask for something short, so that these never wait for it.
"""

import heapq
import itertools
import math
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from kastje.experiments.runs.places import AHEAD, Workers

BEHIND = 10
"""How nice the threads of a queue are, after `nice`."""
CALM_SECONDS = 2.0
"""For so long after something short was asked for, one thread is kept free of long work."""


class FairQueue:
    """At most `workers` pieces of work at a time; the lowest rank first, the oldest first within a rank.

    From rank `long` on a piece is long work. Its threads end with the process and never keep it; they start with the
    first piece.
    """

    def __init__(self, workers: int, long: float = math.inf) -> None:
        self.workers = workers
        self.long = long
        self._wanted: list[tuple[float, int, Future[Any], Callable[[], Any]]] = []
        self._number = itertools.count()
        self._something = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._at_long = 0
        self._calm_from = -math.inf

    def __len__(self) -> int:
        return len(self._wanted)

    def submit[Result](
        self, work: Callable[[], Result], rank: float, future: "Future[Result] | None" = None
    ) -> "Future[Result]":
        """Have `work` done in its turn; a future (a new one, or the given) that is cancelled before is passed over."""
        future = future or Future()
        with self._something:
            heapq.heappush(self._wanted, (rank, next(self._number), future, work))
            if rank < self.long:
                self._calm_from = time.monotonic() + CALM_SECONDS
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
        give_way()
        while True:
            rank, future, work = self._next()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as error:
                    future.set_exception(error)
            if rank >= self.long:
                with self._something:
                    self._at_long -= 1
                    self._something.notify()
            # An idle thread must not keep the last piece and what it made.
            del future, work

    def _next(self) -> tuple[float, Future[Any], Callable[[], Any]]:
        """The piece whose turn it is; waits for one."""
        with self._something:
            while True:
                patience = None
                if self._wanted:
                    rank = self._wanted[0][0]
                    patience = self._calm_from - time.monotonic()
                    if rank < self.long or patience <= 0.0 or self._at_long < max(1, self.workers - 1):
                        self._at_long += rank >= self.long
                        _, _, future, work = heapq.heappop(self._wanted)
                        return rank, future, work
                self._something.wait(patience)


def give_way() -> None:
    """Let the calling thread run behind those that answer people: whoever waits for a picture wants it drawn as well.

    Only Linux knows priorities of single threads; elsewhere nothing changes.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)


@dataclass(frozen=True)
class Turn:
    """The place in a queue of a series of pieces: the first at `rank`, each next one `later` ranks after it.

    With `later` 1 those who share a rank all get a first piece before any of them gets a second; with 0 they take
    turns. It is a place for runs like any other (`runs.places`).
    """

    queue: FairQueue
    rank: float = 0.0
    later: float = 1.0
    here: ClassVar[bool] = True

    def after(self, pieces: int) -> "Turn":
        """The turn of what comes after so many pieces."""
        return replace(self, rank=self.rank + self.later * pieces)

    @contextmanager
    def opened(self) -> Iterator[Workers]:
        """The threads of the queue, which belong to everybody."""
        yield Workers("queue", self.queue.workers, lambda: _Line(self), sys.maxsize)


class _Line(Executor):
    """One series of pieces before a queue: a few stand in it, and each that is done brings the next one in.

    So a design of thousands of runs does not stand before somebody who comes later with a few.
    """

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._number = itertools.count()
        self._lock = threading.RLock()
        self._before: deque[tuple[float, Future[Any], Callable[[], Any]]] = deque()
        self._within: set[Future[Any]] = set()
        self._ended = False

    def submit[**Given, Result](
        self, work: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> "Future[Result]":
        """Put a piece at the end of the line."""
        future: Future[Result] = Future()
        rank = self._turn.rank + self._turn.later * next(self._number)
        with self._lock:
            self._before.append((rank, future, partial(work, *args, **kwargs)))
        self._let_in()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let nothing more in and take out what was cancelled. Nobody waits for a queue that is everybody's."""
        with self._lock:
            self._ended = True
        self._turn.queue.tidy()

    def _let_in(self) -> None:
        with self._lock:
            while self._before and len(self._within) < AHEAD * self._turn.queue.workers and not self._ended:
                rank, future, work = self._before.popleft()
                if future.cancelled():
                    continue
                self._within.add(future)
                self._turn.queue.submit(work, rank, future)
                future.add_done_callback(self._done)

    def _done(self, future: Future[Any]) -> None:
        with self._lock:
            self._within.discard(future)
        self._let_in()
