"""Does somebody ask too often? Token buckets, one for each address, with a bound on how many are remembered."""

import ipaddress
import threading
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

MOST_ADDRESSES = 10_000


class Buckets:
    """An address may spend `at_once` in one go and wins back `per_second`; the least recent addresses are forgotten."""

    def __init__(self, per_second: float, at_once: float, clock: Callable[[], float] = monotonic) -> None:
        self.per_second = per_second
        self.at_once = at_once
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Take one: 0.0 when there was one, otherwise after how many seconds there will be."""
        now = self._clock()
        with self._lock:
            left, then = self._left.pop(address, (self.at_once, now))
            left = min(self.at_once, left + (now - then) * self.per_second)
            enough = left >= 1
            self._left[address] = (left - 1 if enough else left, now)
            if len(self._left) > MOST_ADDRESSES:
                self._left.popitem(last=False)
        return 0.0 if enough else (1 - left) / self.per_second


def neighbourhood(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 network that an IPv6 subscriber has to himself."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False).network_address)
    return str(known)
