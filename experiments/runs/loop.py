"""The one loop over pieces of work, wherever they are carried out: each comes out when it is done."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from kastje.experiments.runs.places import Place, Workers
from kastje.experiments.runs.watch import NOBODY, Watch

POLL_SECONDS = 0.2
"""How long a caller who cancels waits at most before the loop notices it [s]."""


@dataclass(eq=False)
class Loop[Piece, Result]:
    """Who goes through it gets each piece with its future, in the order in which they are done.

    It ends when all pieces are done, when a worker has died (what was under way then comes out with that error, and no
    more is begun), or when it is cancelled: then it was `stopped`. Whoever began it has to `stop` it.
    """

    workers: Workers
    work: Callable[[Piece], Result]
    pieces: Iterator[Piece]
    watch: Watch = NOBODY
    stopped: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._executor = self.workers.start()
        self._under_way: dict[Future[Result], Piece] = {}
        self._done: SimpleQueue[Future[Result]] = SimpleQueue()
        self._broken = False

    def __iter__(self) -> Iterator[tuple[Piece, Future[Result]]]:
        """As they are done."""
        while not self.watch.cancelled():
            self._hand_over()
            if not self._under_way:
                return
            try:
                future = self._done.get(timeout=POLL_SECONDS)
            except Empty:
                self.watch.meanwhile()
                continue
            self._broken |= isinstance(future.exception(), BrokenExecutor)
            yield self._under_way.pop(future), future
        self.stopped = True

    def stop(self) -> list[tuple[Piece, Future[Result]]]:
        """Begin nothing more and wait for what runs; gives what was done well since somebody looked."""
        # The last ones first, so that what stands in a line behind them does not move up into their place.
        for future in reversed(list(self._under_way)):
            future.cancel()
        self._executor.shutdown(wait=True)
        left = [(piece, one) for one, piece in self._under_way.items() if one.done() and not one.cancelled()]
        return [(piece, future) for piece, future in left if future.exception() is None]

    def _hand_over(self) -> None:
        while len(self._under_way) < self.workers.under_way and not self._broken:
            try:
                piece = next(self.pieces)
            except StopIteration:
                return
            try:
                future = self._executor.submit(self.work, piece)
            except BrokenExecutor as error:
                self._broken = True
                future = Future()
                future.set_exception(error)
            self._under_way[future] = piece
            future.add_done_callback(self._done.put)


def finished[Piece, Result](
    work: Callable[[Piece], Result | None], pieces: Sequence[Piece], place: Place, watch: Watch = NOBODY
) -> Iterator[Result]:
    """What `work` makes of each piece, as it is done; None, which is what a cancelled piece gives, is left out.

    Once cancelled it ends: what is being made then is finished, the rest is not begun. Closing it does the same.
    A failure of `work` is raised.
    """
    done = 0
    with place.opened() as workers:
        loop = Loop(workers, _unless(watch, work) if place.here else work, iter(pieces), watch)
        try:
            for _, future in loop:
                result = future.result()
                if result is None or watch.cancelled():
                    continue
                done += 1
                yield result
                watch.progress(done, len(pieces))
        finally:
            loop.stop()


def _unless[Piece](watch: Watch, work: Callable[[Piece], Any]) -> Callable[[Piece], Any]:
    return lambda piece: None if watch.cancelled() else work(piece)
