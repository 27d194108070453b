"""Carry out batch after batch on whatever executor: what is stopped is finished, who dies is replaced."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kastje.experiments.runs.executors import Workers
from kastje.experiments.runs.runner import never
from kastje.experiments.runs.work import line

POLL_SECONDS = 0.2
AHEAD = 2
"""Batches that wait for each worker, so that none is idle while a part is written."""


def nothing() -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class Carrier[Batch]:
    """How batches become tables: `work` on a worker, `failed` (why) where that cannot be; `put` takes each as it comes.

    `stopping` is called at once when Ctrl-C or an end from outside comes; only then what is under way is finished.
    """

    workers: Workers
    work: Callable[[Batch], pa.Table]
    failed: Callable[[Batch, str], pa.Table]
    put: Callable[[Batch, pa.Table], Any]
    cancelled: Callable[[], bool] = never
    stopping: Callable[[], Any] = nothing

    def carry(self, batches: Iterator[Batch]) -> bool:
        """Carry out these batches, false when stopped before their end.

        After a worker's death those under way are carried out again, one by one, to find the culprit.
        """
        while True:
            lost = self._together(batches)
            if lost is None:
                return False
            if not lost:
                return True
            for batch in lost:
                if self.cancelled():
                    return False
                self._alone(batch)

    def _together(self, batches: Iterator[Batch]) -> list[Batch] | None:
        """The batches that were under way when a worker died (none: all are done); None when stopped."""
        executor = self.workers.start()
        under_way: dict[Future[pa.Table], Batch] = {}
        lost: list[Batch] = []
        try:
            while not self.cancelled():
                while len(under_way) < AHEAD * self.workers.count and not lost:
                    batch = next(batches, None)
                    if batch is None:
                        break
                    try:
                        under_way[executor.submit(self.work, batch)] = batch
                    except BrokenExecutor:
                        lost.append(batch)
                if not under_way:
                    return lost
                for future in wait(under_way, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED).done:
                    batch = under_way.pop(future)
                    try:
                        table = future.result()
                    except BrokenExecutor:
                        lost.append(batch)
                        continue
                    except Exception as error:
                        table = self.failed(batch, line(error))
                    self.put(batch, table)
            return None
        except (KeyboardInterrupt, SystemExit):
            self.stopping()
            raise
        finally:
            self._stop(executor, under_way)

    def _alone(self, batch: Batch) -> None:
        executor = self.workers.start()
        try:
            self.put(batch, executor.submit(self.work, batch).result())
        except BrokenExecutor as error:
            self.put(batch, self.failed(batch, line(error)))
        except (KeyboardInterrupt, SystemExit):
            self.stopping()
            raise
        finally:
            executor.shutdown(wait=True)

    def _stop(self, executor: Executor, under_way: Mapping[Future[pa.Table], Batch]) -> None:
        """Let what runs finish, write what is finished, and begin nothing more."""
        for future in under_way:
            future.cancel()
        executor.shutdown(wait=True)
        for future, batch in under_way.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                self.put(batch, future.result())
