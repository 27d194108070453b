"""Who is let in? Places, rate and sizes are bounded, headers of strangers are not believed, refusals are in words."""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kastje.dashboard.server.buckets import Buckets, neighbourhood
from kastje.dashboard.server.limits import Limits
from kastje.dashboard.server.refusal import refuse

log = logging.getLogger("kastje.dashboard")

HEALTH = ("/healthz", "/readyz")
NOT_OURS = ("/resourcez", "/_solara/api/evict")
"""What Solara answers and nobody outside needs."""
AGAIN_SECONDS = 15
_SPOOFED = (b"script-name", b"x-script-name")
_FORWARDED = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"forwarded")
_FILE = re.compile(r"^/(static|_solara|jupyter)/|\.\w{2,5}$")

Headers = Iterable[tuple[bytes, bytes]]


class TooLarge(Exception):
    """A body that goes on past the limit."""


class Guard:
    """The outermost layer around the application. It holds counts and addresses, and nothing about a visitor's page."""

    def __init__(self, app: ASGIApp, limits: Limits, make_room: Callable[[], None] = lambda: None) -> None:
        self.app = app
        self.limits = limits
        self.visitors = 0
        self._make_room = make_room
        self._requests = Buckets(limits.requests_per_second, limits.requests_at_once)
        self._connections = Buckets(limits.connections_per_minute / 60, limits.connections_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        scope = believed(scope, trusted=bool(self.limits.trust_proxy))
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, query, headers = scope["path"], scope["query_string"], scope["headers"]
        if path in HEALTH:
            await self.app(scope, receive, send)
            return
        wait = self._requests.wait(address_of(scope))
        if wait:
            await refuse(send, 429, query, headers, again=max(3, round(wait)), retry=_is_document(scope))
        elif _declared(headers) > self.limits.upload_bytes:
            await refuse(send, 413, query, headers)
        elif path.startswith(NOT_OURS):
            await refuse(send, 404, query, headers)
        elif _is_document(scope) and self.visitors >= self.limits.most_visitors:
            await refuse(send, 503, query, headers, again=AGAIN_SECONDS, retry=True)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what goes wrong behind us, and Solara's own short refusals, become a page in words."""
        taken = 0
        started = refused = False
        query, headers = scope["query_string"], scope["headers"]

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.limits.upload_bytes:
                raise TooLarge
            return message

        async def in_words(message: Message) -> None:
            nonlocal started, refused
            if refused:
                return
            if message["type"] == "http.response.start":
                started = True
                if message["status"] >= 400:
                    refused = True
                    await refuse(send, message["status"], query, headers)
                    return
            await send(message)

        try:
            await self.app(scope, bounded, in_words)
        except TooLarge:
            if not started:
                await refuse(send, 413, query, headers)
        except Exception:
            log.exception("answering %s failed", scope["path"])
            if not started:
                await refuse(send, 500, query, headers)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = scope["headers"]
        if not same_site(headers):
            await _turn_away(scope, receive, send, 403)
        elif wait := self._connections.wait(address_of(scope)):
            await _turn_away(scope, receive, send, 429, again=max(3, round(wait)))
        elif self.visitors >= self.limits.most_visitors:
            await _turn_away(scope, receive, send, 503, again=AGAIN_SECONDS)
        else:
            self.visitors += 1
            try:
                await asyncio.to_thread(self._make_room)
                await self.app(scope, self._paced(receive), send)
            except Exception:
                log.exception("a connection failed")
                await _close(send, 1011)
            finally:
                self.visitors -= 1

    def _paced(self, receive: Receive) -> Receive:
        """Messages of one page: one that is too large ends the connection, more than allowed wait their turn."""
        rate = self.limits.messages_per_second
        own = Buckets(rate, 10 * rate)

        async def paced() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                size = len(message.get("text") or message.get("bytes") or "")
                if size > self.limits.message_bytes:
                    log.warning("a message of %d bytes: connection closed", size)
                    return {"type": "websocket.disconnect", "code": 1009}
                if wait := own.wait("own"):
                    await asyncio.sleep(wait)
            return message

        return paced


def believed(scope: Scope, trusted: bool) -> Scope:
    """The request as far as its headers may be believed.

    Behind a proxy that we trust, the last address in X-Forwarded-For and the scheme are the visitor's, since the proxy
    itself wrote them; from anybody else they are taken out, and so are headers with which a stranger could tell Solara,
    for everybody, that it lives under another path.
    """
    headers = [(name, value) for name, value in scope["headers"] if name not in _SPOOFED]
    if not trusted:
        return {**scope, "headers": [(name, value) for name, value in headers if name not in _FORWARDED]}
    found = dict(headers)
    address = found.get(b"x-forwarded-for", b"").decode("latin-1").split(",")[-1].strip()
    proto = found.get(b"x-forwarded-proto", b"").decode("latin-1").split(",")[-1].strip()
    scheme = scope["scheme"]
    if proto in ("http", "https"):
        scheme = proto if scope["type"] == "http" else proto.replace("http", "ws", 1)
    return {**scope, "headers": headers, "scheme": scheme, "client": (address, 0) if address else scope.get("client")}


def address_of(scope: Scope) -> str:
    """The address whose bucket pays."""
    client = scope.get("client")
    return neighbourhood(client[0] if client else "")


def same_site(headers: Headers) -> bool:
    """Whether a connection comes from a page of this site; a program that is no browser names no origin."""
    found: dict[bytes, bytes] = dict(headers)
    origin = found.get(b"origin")
    if origin is None:
        return True
    hosts = {found.get(b"host", b"").decode("latin-1"), found.get(b"x-forwarded-host", b"").decode("latin-1")}
    return urlsplit(origin.decode("latin-1")).netloc in hosts - {""}


def _declared(headers: Headers) -> int:
    """The size of the body that a request says it has; 0 when it says none, and far too much for nonsense."""
    text = next((value.decode("latin-1") for name, value in headers if name == b"content-length"), "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 10**20


def _is_document(scope: Scope) -> bool:
    return scope.get("method") in ("GET", "HEAD") and not _FILE.search(scope["path"])


async def _turn_away(scope: Scope, receive: Receive, send: Send, status: int, again: int = 0) -> None:
    """Refuse a connection before it is made: with an HTTP answer where the server can give one."""
    await receive()
    if "websocket.http.response" not in scope.get("extensions", {}):
        await _close(send, 1013)
        return

    async def as_http(message: Message) -> None:
        await send({**message, "type": f"websocket.{message['type']}"})

    await refuse(as_http, status, scope["query_string"], scope["headers"], again=again)


async def _close(send: Send, code: int) -> None:
    try:
        await send({"type": "websocket.close", "code": code})
    except (RuntimeError, OSError):
        log.debug("a connection was gone already")
