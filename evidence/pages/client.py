"""One visitor without a browser: speaks Solara's protocol over a websocket, moves sliders and sees the badge change.

It draws nothing: what it measures is the server and the wire, up to the moment at which a browser could draw.
"""

import asyncio
import json
import struct
import urllib.parse
import urllib.request
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

MOST_BYTES = 64_000_000


@dataclass(frozen=True)
class Observation:
    """What the badge said at a moment: seconds of the clock, phase, steps, and the bytes received until then."""

    at: float
    phase: str
    steps: str
    received: int


@dataclass
class Visitor:
    """A connection of one visitor; `observations` is every change of the badge, oldest first."""

    address: str
    query: str
    page: str = "/"
    observations: list[Observation] = field(default_factory=list)
    received: int = 0
    _socket: ClientConnection | None = None
    _widgets: dict[str, dict[str, Any]] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _moves: int = 0

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Arrive, listen while the block runs, and leave. Raises OSError or a websocket error when refused."""
        await self.arrive()
        listening = asyncio.create_task(self.listen())
        try:
            yield
        finally:
            listening.cancel()
            await self.leave()

    async def arrive(self) -> None:
        """Fetch the document, connect and start the page. Raises OSError or a websocket error when refused."""
        cookie = await asyncio.to_thread(cookie_of, f"{self.address}{self.page}?{self.query}")
        host = self.address.replace("http", "ws", 1)
        path = f"/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
        headers = {"Cookie": cookie} if cookie else {}
        self._socket = await connect(
            host + path, additional_headers=headers, max_size=MOST_BYTES, origin=Origin(self.address), open_timeout=60
        )
        control = uuid.uuid4().hex
        await self._say("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        run = {
            "method": "run",
            "args": {"path": f"{self.page}?{self.query}", "appName": None, "dark": False, "themes": {}},
        }
        await self._say("comm_msg", {"comm_id": control, "data": run})

    async def listen(self) -> None:
        """Take in what the server sends until the connection ends."""
        assert self._socket is not None
        async for message in self._socket:
            self.received += len(message)
            self._take(message)

    async def move(self, control: str, value: int) -> float:
        """Put a slider at a value, as a settled move of the browser. Returns the moment on the clock [s]."""
        self._moves += 1
        sliders = next(name for name, state in self._widgets.items() if "chosen" in state and "presets" in state)
        data = {"control": control, "value": value, "settled": True, "move": self._moves}
        began = monotonic()
        content = {"method": "custom", "content": {"event": "move", "data": data}}
        await self._say("comm_msg", {"comm_id": sliders, "data": content})
        return began

    async def seen(
        self, steps: Sequence[int], phases: tuple[str, ...], since: int, patience: float
    ) -> Observation | None:
        """The first observation from number `since` on with these steps and phase; None after `patience` seconds."""
        until, wanted = monotonic() + patience, "".join(map(str, steps))
        while True:
            self._changed.clear()
            for one in self.observations[since:]:
                if one.steps == wanted and one.phase in phases:
                    return one
            try:
                await asyncio.wait_for(self._changed.wait(), until - monotonic())
            except TimeoutError:
                return None

    async def leave(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            await self._socket.close()

    async def _say(self, kind: str, content: dict[str, Any]) -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "", "username": "", "version": "5.3"}
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
            "buffers": [],
        }
        assert self._socket is not None
        await self._socket.send(json.dumps(message))

    def _take(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            parts = struct.unpack_from("!i", message)[0]
            offsets = [*struct.unpack_from(f"!{parts}I", message, 4), len(message)]
            message = message[offsets[0] : offsets[1]].decode()
        found = json.loads(message)
        kind, content = found.get("header", {}).get("msg_type"), found.get("content", {})
        if kind == "comm_open":
            state = content.get("data", {}).get("state", {})
        elif kind == "comm_msg" and content.get("data", {}).get("method") == "update":
            state = content["data"].get("state", {})
        else:
            return
        self._widgets.setdefault(content["comm_id"], {}).update(state)
        badge = state.get("badge")
        if isinstance(badge, dict) and "steps" in badge:
            self.observations.append(Observation(monotonic(), badge["phase"], badge["steps"], self.received))
            self._changed.set()


def cookie_of(url: str) -> str:
    """The session cookie that a document comes with. Raises urllib.error.HTTPError when it is refused."""
    with urllib.request.urlopen(url, timeout=60) as response:
        set_cookie = response.headers.get("set-cookie", "")
    return str(set_cookie).split(";")[0]
