"""The dashboard as one web application: Solara inside our own Starlette, all of it served from this machine."""

import logging
import os
import socket
import threading
import warnings
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import solara.server.app as solara_app
import solara.server.starlette as solara_starlette
import uvicorn
from solara.server import settings
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route

from kastje.dashboard import routes
from kastje.dashboard.own.uploads import UPLOADS
from kastje.dashboard.pages import PAGES
from kastje.dashboard.server import kernels
from kastje.dashboard.server.assets import Assets
from kastje.dashboard.server.document import Document
from kastje.dashboard.server.failure import no_tracebacks
from kastje.dashboard.server.guard import Guard
from kastje.dashboard.server.limits import Limits
from kastje.dashboard.visit.warmth import WARMTH

log = logging.getLogger("kastje.dashboard")

LINGER_SECONDS = 3
"""How long open connections get when the server stops."""
KEPT_PER_VISITOR = 2
"""Pages kept in memory for each that may be open: one that fell asleep beside one that came back."""


def healthz(request: Request) -> PlainTextResponse:
    """Whether the server answers; for whoever watches over it."""
    return PlainTextResponse("ok")


def readyz(request: Request) -> JSONResponse:
    """Whether a visitor would be served at once: is the model compiled, and how many are here? 503 until it is."""
    ready = WARMTH.ready()
    return JSONResponse({"ready": ready}, status_code=200 if ready else 503)


def application(limits: Limits | None = None) -> Guard:
    """The web application; its life span starts Solara's and prepares the model on a background thread.

    Raises ValueError when a limit in the environment is wrong.
    """
    limits = limits or Limits.from_environment()
    kernels.keep_for(limits.idle_minutes)
    UPLOADS.bound(limits.own_hours, limits.own_megabytes)
    kernels.only_events()
    no_tracebacks()
    if "__default__" not in solara_app.apps:
        solara_app.apps["__default__"] = solara_app.AppScript(routes.__name__)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with solara_starlette.lifespan(app):
            WARMTH.start()
            yield
            _insist_on_ending()

    inner = Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            # In place of Solara's own, which fetches from another site what it does not have.
            Mount("/_solara/cdn", Assets(directory=settings.assets.proxy_cache_dir)),
            Mount("/", routes=_routes()),
        ],
        middleware=[*solara_starlette.middleware, Middleware(Document)],
        lifespan=lifespan,
    )
    return Guard(inner, limits, partial(kernels.make_room, KEPT_PER_VISITOR * limits.most_visitors))


def _routes() -> list[BaseRoute]:
    """Our pages and what Solara serves for them; without its own routes, which find a page at every address."""
    root = solara_starlette.root
    others = [route for route in solara_starlette.routes if getattr(route, "endpoint", None) is not root]
    return [*(Route(page.address, root) for page in PAGES.values()), *others]


def _insist_on_ending() -> None:
    """A page that waits for a lock while the server stops must not keep the process."""
    watch = threading.Timer(LINGER_SECONDS, os._exit, [0])
    watch.daemon = True
    watch.start()


def serve(host: str = "127.0.0.1", port: int = 8765, open_browser: bool = True) -> None:
    """Start the dashboard and stay until it is stopped; prints the address. `port` 0 takes a free one."""
    app = application()
    if port == 0:
        port = free_port(host)
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host
    address = f"http://{shown}:{port}/"
    print(f"Kastje: {address}", flush=True)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    # Said at every start on a machine without https, where it does not matter: the page is not framed elsewhere.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        proxy_headers=False,  # the guard reads them, when it may
        server_header=False,
        ws_max_size=app.limits.message_bytes,
        timeout_graceful_shutdown=LINGER_SECONDS,
    )


def free_port(host: str = "127.0.0.1") -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
