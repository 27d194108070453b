"""Carry out a design: batch after batch on whatever executor, each part written as it comes, stage after stage."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from experiments.designs import Design
from experiments.runner import never
from experiments.sweep import store as stores
from experiments.sweep.executors import Workers
from experiments.sweep.narrow import next_stage
from experiments.sweep.plan import Stage, first_stage
from experiments.sweep.store import Store
from experiments.sweep.work import Batch, failed, line, work
from model import Scenario

POLL_SECONDS = 0.2
AHEAD = 2
"""Batches that wait for each worker, so that none is idle while a part is written."""


@dataclass(frozen=True)
class Swept:
    """How a sweep ended: runs in the folder, those made just now, how many failed, and whether it is complete."""

    store: Store
    runs: int
    made: int
    failures: Mapping[str, int]
    complete: bool
    seconds: float


def sweep(
    design: Design,
    folder: Path,
    workers: Workers,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = never,
    about: Mapping[str, Any] | None = None,
) -> Swept:
    """Carry out what is missing of `design` in `folder`; `progress(done, total)` counts runs, those there included.

    Stopped by `cancelled`, Ctrl-C or a kill, the same call goes on later and ends with the very same rows. Raises
    InputError when the folder holds another design, another model or other profiles.
    `about` is laid into the manifest of a new folder.
    """
    profiles = design.profiles()
    store = Store(folder)
    with store.opened(design, profiles, about or {}) as size:
        carrying = _Carrying(design, profiles, store, size, workers, progress, cancelled)
        begun = time.monotonic()
        session = {"started": stores.now(), "executor": workers.kind, "workers": workers.count}
        sessions = store.manifest["sessions"]
        complete = False
        try:
            complete = carrying.out()
        finally:
            seconds = round(time.monotonic() - begun, 3)
            status = stores.COMPLETE if complete else stores.STOPPED
            there = {"runs": carrying.done, "status": status, "ended": stores.now()}
            store.note(sessions=[*sessions, session | {"seconds": seconds, "runs": carrying.made}], **there)
        failures = store.failures() if carrying.done else {}
        store.note(failed=failures)
        return Swept(store, carrying.done, carrying.made, failures, complete, seconds)


@dataclass
class _Carrying:
    design: Design
    profiles: Mapping[str, Scenario]
    store: Store
    size: int
    workers: Workers
    progress: Callable[[int, int], None] | None
    cancelled: Callable[[], bool]
    done: int = 0
    made: int = 0
    total: int = 0

    def out(self) -> bool:
        """Stage after stage until nothing is wanted any more; false when it was stopped before."""
        arms = self.design.arms
        stage: Stage | None = first_stage(self.design, arms)
        while stage is not None:
            self.total += len(stage)
            self._tell(0)
            wanted = self._missing(stage.batches(self.design, arms, self.profiles, self.size))
            if not self._carry(wanted):
                return False
            stage = next_stage(self.design, arms, stage, self.store)
        return True

    def _missing(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        for batch in batches:
            if self.store.has(batch.name):
                self._tell(len(batch))
            else:
                yield batch

    def _tell(self, more: int) -> None:
        self.done += more
        if self.progress is not None:
            self.progress(self.done, self.total)

    def _put(self, batch: Batch, table: pa.Table) -> None:
        self.store.put(batch.name, table)
        self.made += len(batch)
        self._tell(len(batch))

    def _carry(self, batches: Iterator[Batch]) -> bool:
        """Carry out these batches; after a worker's death those under way again, one by one, to find the culprit."""
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
                        under_way[executor.submit(work, batch)] = batch
                    except BrokenExecutor:
                        lost.append(batch)
                if not under_way:
                    return lost
                for future in wait(under_way, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED).done:
                    batch = under_way.pop(future)
                    try:
                        self._put(batch, future.result())
                    except BrokenExecutor:
                        lost.append(batch)
                    except Exception as error:
                        self._put(batch, failed(batch, line(error)))
            return None
        finally:
            self._stop(executor, under_way)

    def _alone(self, batch: Batch) -> None:
        executor = self.workers.start()
        try:
            self._put(batch, executor.submit(work, batch).result())
        except BrokenExecutor as error:
            self._put(batch, failed(batch, line(error)))
        finally:
            executor.shutdown(wait=True)

    def _stop(self, executor: Executor, under_way: Mapping[Future[pa.Table], Batch]) -> None:
        """Let what runs finish, write what is finished, and begin nothing more."""
        for future in under_way:
            future.cancel()
        executor.shutdown(wait=True)
        for future, batch in under_way.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                self._put(batch, future.result())
