"""How much may be asked of this server? Every limit with its default, bounds and environment variable."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as plain_field
from typing import Any

from kastje.model.errors import phrase as of_the_model
from kastje.model.errors import unexpected


def _limit(default: int, low: int, high: int, meaning: str) -> Any:
    return plain_field(default=default, metadata={"low": low, "high": high, "meaning": meaning})


@dataclass(frozen=True)
class Limits:
    """Each field is read from KASTJE_ and its name in capitals; docs/hosting.md has the same table."""

    most_visitors: int = _limit(
        60, 1, 10_000, "pages open at the same time; who comes after sees a page that tries again"
    )
    requests_per_second: int = _limit(100, 1, 100_000, "requests of one address per second, in the long run")
    requests_at_once: int = _limit(
        3000, 10, 1_000_000, "requests of one address in one go, a room of people behind one"
    )
    connections_per_minute: int = _limit(120, 1, 100_000, "new page connections of one address per minute")
    connections_at_once: int = _limit(90, 1, 100_000, "new page connections of one address in one go")
    messages_per_second: int = _limit(100, 1, 100_000, "messages of one page per second; more wait their turn")
    upload_kilobytes: int = _limit(2000, 1, 100_000, "files that one visitor sends, together [kB of 1000 bytes]")
    own_hours: int = _limit(12, 1, 720, "how long the files of an own municipality are kept after their last use")
    own_megabytes: int = _limit(
        32, 4, 10_000, "those files, of everybody together [MB of 10^6 bytes]; the least recently used go first"
    )
    idle_minutes: int = _limit(15, 1, 1440, "how long a page without a connection is kept")
    trust_proxy: int = _limit(0, 0, 1, "1 behind one reverse proxy: take address and https from its headers")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Limits":
        """The limits of this environment. Raises InputError that names the variable and what it should be."""
        given = os.environ if environment is None else environment
        found = {one.name: _read(one.name, given[name], one.metadata) for one, name in variables() if name in given}
        return cls(**found)

    @property
    def message_bytes(self) -> int:
        """The largest message of a page: all files as base64 text, and its envelope."""
        return self.upload_kilobytes * 1000 * 4 // 3 + 65_536

    @property
    def upload_bytes(self) -> int:
        """The largest body of a request."""
        return self.upload_kilobytes * 1000


def variables() -> list[tuple[Any, str]]:
    """Every limit's field and its variable."""
    return [(one, f"KASTJE_{one.name.upper()}") for one in fields(Limits)]


def _read(name: str, text: str, bounds: Mapping[str, Any]) -> int:
    low, high = bounds["low"], bounds["high"]
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise unexpected(
            f"KASTJE_{name.upper()}", text, of_the_model("expected.whole_within", low=low, high=high, unit="")
        )
    return value
