"""Carry out batch after batch wherever there are workers: what is stopped is finished, who dies is replaced."""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kastje.experiments.runs.loop import Loop
from kastje.experiments.runs.places import Workers, few_run_ins
from kastje.experiments.runs.watch import NOBODY, Watch, nothing
from kastje.experiments.runs.work import line


@dataclass(frozen=True)
class Carrier[Batch]:
    """How batches become tables: `work` on a worker, `failed` (why) where that cannot be; `put` takes each as it comes.

    `stopping` is called at once when Ctrl-C or an end from outside comes; only then what is under way is finished.
    """

    workers: Workers
    work: Callable[[Batch], pa.Table]
    failed: Callable[[Batch, str], pa.Table]
    put: Callable[[Batch, pa.Table], Any]
    watch: Watch = NOBODY
    stopping: Callable[[], Any] = nothing

    def carry(self, batches: Iterator[Batch]) -> bool:
        """Carry out these batches, false when stopped before their end.

        After a worker's death those under way are carried out again, one by one, to find the culprit.
        """
        with few_run_ins(self.workers):
            while True:
                lost = self._together(batches)
                if lost is None:
                    return False
                if not lost:
                    return True
                for batch in lost:
                    if self.watch.cancelled():
                        return False
                    self._alone(batch)

    def _together(self, batches: Iterator[Batch]) -> list[Batch] | None:
        """The batches that were under way when a worker died (none: all are done); None when stopped."""
        loop = Loop(self.workers, self.work, batches, self.watch)
        lost: list[Batch] = []
        try:
            for batch, future in loop:
                try:
                    table = future.result()
                except BrokenExecutor:
                    lost.append(batch)
                    continue
                except Exception as error:
                    table = self.failed(batch, line(error))
                self.put(batch, table)
            return None if loop.stopped else lost
        except (KeyboardInterrupt, SystemExit):
            self.stopping()
            raise
        finally:
            self._stop(loop)

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

    def _stop(self, loop: Loop[Batch, pa.Table]) -> None:
        """Let what runs finish, write what is finished, and begin nothing more."""
        for batch, future in loop.stop():
            self.put(batch, future.result())
