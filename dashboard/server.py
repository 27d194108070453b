"""The dashboard as one web application: Solara inside our own Starlette, all of it served from this machine."""

import logging
import re
import socket
import threading
import warnings
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

import solara.server.app as solara_app
import solara.server.starlette as solara_starlette
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.texts import LANGUAGES, texts
from dashboard.warmth import WARMTH

log = logging.getLogger("kastje.dashboard")

HEADERS = (
    (b"content-security-policy", b"frame-ancestors 'self'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
_VIEWPORT = re.compile(rb'<meta name="viewport"[^>]*>')
_ENGLISH = {
    b"Loading resources": "server.loading",
    b"Loading app": "server.loading",
    b"App is disconnected, and may not function properly. Please refresh the page.": "server.disconnected",
    b"Could not restore session. Please refresh the page.": "server.lost",
    b"Could not restore session. Please refresh.": "server.lost",
    b"Please refresh the page": "server.refresh",
    b"Refresh now": "server.refresh_now",
    b"Server\n                disconnected.": "server.disconnected_short",
    "Restoring session…".encode(): "server.restoring",
}


class Document:
    """Mends Solara's HTML document: its language, a page that can be zoomed, its few own sentences, safety headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: everything but an HTML document passes unchanged."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        language = language_of(scope["query_string"])
        start: Message | None = None
        body = b""

        async def mended(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                kind = dict(message["headers"]).get(b"content-type", b"")
                if kind.startswith(b"text/html"):
                    start = message
                    return
            elif start is not None and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                page = mend(body, language)
                kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
                headers = [*kept, (b"content-length", str(len(page)).encode()), *HEADERS]
                await send({**start, "headers": headers})
                await send({"type": "http.response.body", "body": page})
                return
            await send(message)

        await self.app(scope, receive, mended)


def language_of(query: bytes) -> str:
    """The language that a link asks for; Dutch if it asks for none that we have."""
    asked = parse_qs(query.decode("latin-1")).get("lang", [""])[-1]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def mend(page: bytes, language: str) -> bytes:
    """Solara's HTML document with our language, viewport and words."""
    page = page.replace(b"<html>", f'<html lang="{language}">'.encode(), 1)
    page = _VIEWPORT.sub(b'<meta name="viewport" content="width=device-width, initial-scale=1">', page)
    words = texts(language)
    for english, key in _ENGLISH.items():
        page = page.replace(english, words(key).encode())
    return page


def healthz(request: Request) -> PlainTextResponse:
    """Whether the server answers; for whoever watches over it."""
    return PlainTextResponse("ok")


def application() -> Starlette:
    """The web application; its life span starts Solara's and prepares the model on a background thread."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        solara_app.apps.setdefault("__default__", solara_app.AppScript("dashboard.routes"))
        async with solara_starlette.lifespan(app):
            WARMTH.start()
            yield

    return Starlette(
        routes=[Route("/healthz", healthz), Mount("/", routes=solara_starlette.routes)],
        middleware=[*solara_starlette.middleware, Middleware(Document)],
        lifespan=lifespan,
    )


def serve(host: str = "127.0.0.1", port: int = 8765, open_browser: bool = True) -> None:
    """Start the dashboard and stay until it is stopped; prints the address. `port` 0 takes a free one."""
    if port == 0:
        port = free_port(host)
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host
    address = f"http://{shown}:{port}/"
    print(f"Kastje: {address}", flush=True)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    # Said at every start on a machine without https, where it does not matter: the page is not framed elsewhere.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")
    uvicorn.run(application(), host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)


def free_port(host: str = "127.0.0.1") -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
