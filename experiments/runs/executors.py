"""Where batches are carried out: threads, processes, or a Dask cluster. All three are executors of the same kind."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kastje.experiments.phrase import phrase
from kastje.model.errors import one_of_two, wrong
from kastje.model.phrase import Argument
from kastje.model.simulate import STARTS

SCHEDULER = Argument("scheduler")
CONNECT_SECONDS = 10
KEPT_STARTS = 2
"""So many run-ins a worker keeps: runs that share one follow each other, and each takes 7 to 11 MB or more."""


@dataclass(frozen=True)
class Workers:
    """A place for batches: how it is called, how many it carries out at a time, and how to begin afresh after a
    worker's death (a pool of processes is then of no use any more)."""

    kind: str
    count: int
    start: Callable[[], Executor]


@contextmanager
def threads(count: int) -> Iterator[Workers]:
    """Threads of this process: the engine releases the interpreter while it runs."""
    before = STARTS.entries
    keep_few(count)
    try:
        yield Workers("threads", count, lambda: ThreadPoolExecutor(count, thread_name_prefix="kastje-sweep"))
    finally:
        STARTS.entries = before


@contextmanager
def processes(count: int) -> Iterator[Workers]:
    """Processes on this machine, started afresh (spawned): each needs about 400 MB."""
    context = multiprocessing.get_context("spawn")
    yield Workers("processes", count, lambda: ProcessPoolExecutor(count, mp_context=context, initializer=_begin))


def keep_few(threads_here: int) -> None:
    """Let this process keep no more run-ins than its threads need."""
    STARTS.entries = KEPT_STARTS * threads_here


def _begin() -> None:
    keep_few(1)
    # Ctrl-C reaches every process of the terminal; the first one decides what is still finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def dask_cluster(address: str) -> Iterator[Workers]:
    """The workers of a Dask cluster; its scheduler is at `address`, such as tcp://10.0.0.5:8786.

    Raises InputError when the `cluster` extra is not installed, or nothing answers there.
    """
    try:
        from distributed import Client, Worker, WorkerPlugin
    except ImportError:
        raise wrong(SCHEDULER, phrase("places.no_dask")) from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise wrong(phrase("places.at", argument=SCHEDULER, address=address), phrase("places.no_scheduler")) from None

    class FewRunIns(WorkerPlugin):
        """Also of the workers that come later, such as one in place of one that died."""

        name = "kastje-few-run-ins"

        def setup(self, worker: Worker) -> None:
            keep_few(worker.state.nthreads)

    with client:
        client.wait_for_workers(1, timeout=60)
        client.register_plugin(FewRunIns())
        count = sum(client.nthreads().values())
        yield Workers("dask", count, lambda: client.get_executor(pure=False))


def place(workers: int, *, separate: bool = False, scheduler: str = "") -> Any:
    """The place that the options of a command ask for: a Dask scheduler, processes, or else threads.

    Raises InputError when both a scheduler and processes are asked for.
    """
    if scheduler and separate:
        raise one_of_two(Argument("separate"), SCHEDULER)
    if scheduler:
        return dask_cluster(scheduler)
    return processes(workers) if separate else threads(workers)
