"""Carry out a design: batch after batch on whatever executor, each part written as it comes, stage after stage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from kastje.experiments.designs import Design
from kastje.experiments.runs.attempt import Attempt, noted
from kastje.experiments.runs.carrier import Carrier
from kastje.experiments.runs.narrow import next_stage
from kastje.experiments.runs.places import HERE, Place, Workers
from kastje.experiments.runs.plan import Stage, first_stage
from kastje.experiments.runs.store import Store
from kastje.experiments.runs.watch import NOBODY, Watch
from kastje.experiments.runs.work import Batch, failed, work
from kastje.model import Scenario


@dataclass(frozen=True)
class Swept:
    """How a sweep ended: runs in the folder, those made just now, how many failed, and whether it is complete."""

    store: Store
    runs: int
    made: int
    failures: Mapping[str, int]
    complete: bool
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """What the document of every study says of its runs: where they lie, how many there are, and what failed."""
        return {"folder": str(self.store.folder), "runs": self.runs, "failures": dict(self.failures)}


def sweep(
    design: Design,
    folder: Path,
    place: Place = HERE,
    watch: Watch = NOBODY,
    *,
    about: Mapping[str, Any] | None = None,
) -> Swept:
    """Carry out what is missing of `design` in `folder`; who watches is told of runs, those there included.

    Cancelled, stopped by Ctrl-C or killed, the same call goes on later and ends with the very same rows. Raises
    InputError when the folder holds another design, another model or other profiles.
    `about` is laid into the manifest of a new folder.
    """
    profiles = design.profiles()
    store = Store(folder)
    with place.opened() as workers, store.opened(design, profiles, about or {}) as size:
        with noted(store, workers) as attempt:
            _Carrying(design, profiles, store, size, workers, watch, attempt).out()
        return Swept(store, attempt.there, attempt.made, attempt.failures, attempt.complete, attempt.seconds)


@dataclass
class _Carrying:
    design: Design
    profiles: Mapping[str, Scenario]
    store: Store
    size: int
    workers: Workers
    watch: Watch
    attempt: Attempt
    done: int = 0
    total: int = 0

    def out(self) -> None:
        """Stage after stage until nothing is wanted any more, or it is stopped before."""
        arms = self.design.arms
        carrier = Carrier(self.workers, work, failed, self._put, self.watch, self.attempt.stopping)
        stage: Stage | None = first_stage(self.design, arms)
        while stage is not None:
            self.total += len(stage)
            self._tell(0)
            wanted = self._missing(stage.batches(self.design, arms, self.profiles, self.size))
            if not carrier.carry(wanted):
                return
            stage = next_stage(self.design, arms, stage, self.store)
        self.attempt.complete = True

    def _missing(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        for batch in batches:
            if self.store.has(batch.name):
                self._tell(len(batch))
            else:
                yield batch

    def _tell(self, more: int) -> None:
        self.done += more
        self.watch.progress(self.done, self.total)

    def _put(self, batch: Batch, table: pa.Table) -> None:
        self.store.put(batch.name, table)
        self._tell(len(batch))
