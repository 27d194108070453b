"""The web application: the document's language, zoom, safety headers, health, and nothing sent to anybody."""

import asyncio

import pytest
import solara.server.settings
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from dashboard import environment
from dashboard.server import Document, application, language_of, mend

PAGE = (
    b'<!doctype html>\n<html>\n<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, '
    b'user-scalable=no, minimal-ui">\n<p>Loading resources</p>'
)


def called(app, path: str, query: bytes = b"") -> tuple[dict[str, str], bytes]:
    """Headers and body of one request, without a network."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
        "client": ("localhost", 1),
        "root_path": "",
    }
    asyncio.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:])


def inner() -> Document:
    routes = [Route("/", lambda _: HTMLResponse(PAGE)), Route("/plain", lambda _: PlainTextResponse("<html>"))]
    return Document(Starlette(routes=routes))


@pytest.mark.parametrize(("query", "language"), [(b"", "nl"), (b"lang=en", "en"), (b"lang=xx", "nl"), (b"s=1", "nl")])
def test_the_document_has_the_language_of_the_link(query: bytes, language: str) -> None:
    assert language_of(query) == language
    _, body = called(inner(), "/", query)
    assert f'<html lang="{language}">'.encode() in body


def test_the_page_can_be_zoomed_and_speaks_its_own_words() -> None:
    page = mend(PAGE, "nl")
    assert b"user-scalable" not in page
    assert b"maximum-scale" not in page
    assert b"Loading" not in page


def test_only_this_site_may_frame_it_and_the_length_is_right() -> None:
    headers, body = called(inner(), "/")
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert int(headers["content-length"]) == len(body)


def test_what_is_no_document_passes_unchanged() -> None:
    headers, body = called(inner(), "/plain")
    assert body == b"<html>"
    assert "content-security-policy" not in headers


def test_the_server_says_that_it_is_there() -> None:
    _, body = called(application(), "/healthz")
    assert body == b"ok"


def test_nobody_is_told_that_it_runs() -> None:
    assert solara.server.settings.telemetry.mixpanel_enable is False
    assert solara.server.settings.main.mode == "production"


def test_settings_that_were_read_before_us_are_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under `solara run`, which imports Solara before the first line of app.py."""
    monkeypatch.setattr(solara.server.settings.telemetry, "mixpanel_enable", True)
    monkeypatch.setattr(solara.server.settings.main, "mode", "development")
    environment.prepare()
    test_nobody_is_told_that_it_runs()
