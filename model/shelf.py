"""A store of what is costly to make and is asked for again and again, by several threads at once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock


class Shelf[Thing]:
    """Keeps the `size` last used things by key; each is made once, who asks while it is being made waits for it."""

    def __init__(self, size: int) -> None:
        self.size = size
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
                while len(self._kept) > self.size:
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
