"""What a process keeps because it is costly to make and asked for again: every cache, what it holds, how large it is.

A cache is bounded and serves many threads: what several ask for at once is made once and the others wait for it.
(`functools.lru_cache` would make it as often as it is asked for meanwhile, and its size is fixed for good.)
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any


class Cache[Thing]:
    """The `entries` least recently used things by key; each is made once, whoever asks meanwhile waits for it.

    `holds` says what they are, `kilobytes` about how large one is in the largest shipped profile over a year. `entries`
    can be changed at any time; what is too much then goes with the next thing that is kept.
    """

    def __init__(self, holds: str, entries: int, kilobytes: float) -> None:
        self.holds = holds
        self.entries = entries
        self.kilobytes = kilobytes
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Future[Thing]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing under `key`: kept, being made by another thread, or made here.

        A failure is passed on to everybody who waits for it and is not kept.
        """
        with self._lock:
            future = self._kept.get(key)
            mine = future is None
            if future is None:
                future = self._kept[key] = Future()
                while len(self._kept) > self.entries:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
        if mine:
            try:
                future.set_result(make())
            except BaseException as error:
                with self._lock:
                    self._kept.pop(key, None)
                future.set_exception(error)
        return future.result()

    def clear(self) -> None:
        """Forget what is kept; what is being made still reaches those who wait for it."""
        with self._lock:
            self._kept.clear()


CACHES: dict[str, Cache[Any]] = {
    "worlds": Cache("the arrays and the network of an organisation, by profile and parameters", 16, 400),
    "starts": Cache("states at the end of the run-in, by world and seed", 96, 11_000),
    "baselines": Cache("outcomes of today's organisation, by scenario and seed", 512, 45),
    "scenarios": Cache("outcomes of other scenarios, by scenario and seed", 256, 45),
    "variants": Cache("figures of a choice with a part of its lessons, by scenario and seed", 32_768, 0.7),
    "films": Cache("films of a run for the network page, by scenario and seed", 32, 300),
    "books": Cache("logged runs that cases are told from, by scenario and seed", 24, 4_600),
    "assets": Cache("compressed files that every page loads, by path", 16, 1_050),
    "traces": Cache("a simulated log held against real ones", 1, 20),
}
"""Every cache of a process by its name, of whichever room; whoever fills one takes it from here."""


def empty(*names: str) -> None:
    """Forget all that is kept, or what the caches of these names keep."""
    for name in names or CACHES:
        CACHES[name].clear()
