"""A store of what is costly to make and is asked for again and again, by several threads at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any


class Shelf:
    """A thread-safe store of what is costly to make: each thing is made once, the oldest is dropped when full."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._things: OrderedDict[Any, Any] = OrderedDict()
        self._making: dict[Any, threading.Event] = {}

    def get(self, key: Any, make: Callable[[], Any]) -> Any:
        """The thing under `key`; a second thread that asks while it is being made waits for it."""
        while True:
            with self._lock:
                if key in self._things:
                    self._things.move_to_end(key)
                    return self._things[key]
                ready = self._making.get(key)
                if ready is None:
                    self._making[key] = threading.Event()
                    break
            ready.wait()
        try:
            thing = make()
            with self._lock:
                self._things[key] = thing
                while len(self._things) > self._size:
                    self._things.popitem(last=False)
            return thing
        finally:
            with self._lock:
                self._making.pop(key).set()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()
