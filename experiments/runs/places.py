"""Where pieces of work are carried out: threads, processes, or a Dask cluster; `runs.queue` has turns in a queue.

Each place is a plain value until it is opened, and opened gives executors of the standard kind (`concurrent.futures`).
"""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Protocol

from kastje.experiments.phrase import phrase
from kastje.model import InputError
from kastje.model.errors import wrong
from kastje.model.phrase import Argument
from kastje.model.simulate import STARTS

SCHEDULER = Argument("scheduler")
THREADS, PROCESSES, DASK = "threads", "processes", "dask"
CONNECT_SECONDS = 10
KEPT_STARTS = 2
"""So many run-ins a worker of a sweep keeps: runs that share one follow each other, and each takes 7 to 11 MB."""
AHEAD = 2
"""Pieces that wait for each worker, so that none is idle until the next one is handed over."""


@dataclass(frozen=True)
class Workers:
    """An opened place: how it is called, how many pieces it carries out at a time, and how to begin afresh after a
    worker's death (a pool of processes is then of no use any more). `ahead` pieces are handed over before one is done;
    0 for `AHEAD` a worker."""

    kind: str
    count: int
    start: Callable[[], Executor]
    ahead: int = 0

    @property
    def under_way(self) -> int:
        """How many pieces it is given at a time."""
        return self.ahead or AHEAD * self.count


class Place(Protocol):
    """Where pieces are carried out. `here`: in the memory of this process, so that any function can be a piece of
    work; elsewhere it must be one that can be pickled, and cannot ask who cancels."""

    here: ClassVar[bool]

    def opened(self) -> AbstractContextManager[Workers]:
        """The workers, as long as the block lasts. Raises InputError when there are none to be had."""
        ...


@dataclass(frozen=True)
class Threads:
    """Threads of this process: the engine releases the interpreter while it runs."""

    count: int = 2
    """How many runs are made at a time."""
    here: ClassVar[bool] = True
    """In the memory of this process."""

    def __str__(self) -> str:
        return f"{self.count} {THREADS}"

    @contextmanager
    def opened(self) -> Iterator[Workers]:
        """So many threads. Raises InputError for fewer than one."""
        start = partial(ThreadPoolExecutor, _at_least_one(self.count), thread_name_prefix="kastje-run")
        yield Workers(THREADS, self.count, start)


HERE = Threads()
"""Where runs are made when nobody says otherwise."""


@dataclass(frozen=True)
class Processes:
    """Processes on this machine, started afresh (spawned): each needs about 400 MB."""

    count: int = 2
    """How many runs are made at a time."""
    here: ClassVar[bool] = False
    """In memory of their own."""

    def __str__(self) -> str:
        return f"{self.count} {PROCESSES}"

    @contextmanager
    def opened(self) -> Iterator[Workers]:
        """So many processes. Raises InputError for fewer than one."""
        context = multiprocessing.get_context("spawn")
        start = partial(ProcessPoolExecutor, _at_least_one(self.count), mp_context=context, initializer=_begin)
        yield Workers(PROCESSES, self.count, start)


@dataclass(frozen=True)
class Dask:
    """The workers of a Dask cluster; its scheduler is at `address`, such as tcp://10.0.0.5:8786."""

    address: str
    """Where the scheduler listens."""
    here: ClassVar[bool] = False
    """In the memory of the workers."""

    def __str__(self) -> str:
        return f"the Dask workers of {self.address}"

    @contextmanager
    def opened(self) -> Iterator[Workers]:
        """All workers of the cluster.

        Raises InputError when the `cluster` extra is not installed, or nothing answers there.
        """
        try:
            from distributed import Client, Worker, WorkerPlugin
        except ImportError:
            raise wrong(SCHEDULER, phrase("places.no_dask")) from None
        try:
            client = Client(self.address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            where = phrase("places.at", argument=SCHEDULER, address=self.address)
            raise wrong(where, phrase("places.no_scheduler")) from None

        class FewRunIns(WorkerPlugin):
            """Also of the workers that come later, such as one in place of one that died."""

            name = "kastje-few-run-ins"

            def setup(self, worker: Worker) -> None:
                keep_few(worker.state.nthreads)

        with client:
            client.wait_for_workers(1, timeout=60)
            client.register_plugin(FewRunIns())
            count = sum(client.nthreads().values())
            yield Workers(DASK, count, lambda: client.get_executor(pure=False))


@contextmanager
def few_run_ins(workers: Workers) -> Iterator[None]:
    """While a sweep lasts, keep no more run-ins than its threads need; processes and clusters see to it themselves.

    A queue that is everybody's keeps what everybody comes back to.
    """
    before = STARTS.entries
    if workers.kind == THREADS:
        keep_few(workers.count)
    try:
        yield
    finally:
        STARTS.entries = before


def keep_few(threads_here: int) -> None:
    """Let this process keep no more run-ins than its threads need."""
    STARTS.entries = KEPT_STARTS * threads_here


def _begin() -> None:
    keep_few(1)
    # Ctrl-C reaches every process of the terminal; the first one decides what is still finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _at_least_one(count: int) -> int:
    if count < 1:
        raise InputError(phrase("runs.workers", count=count))
    return count
