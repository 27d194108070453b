"""The web application: the document's language, zoom, safety headers, health, and nothing sent to anybody."""

import asyncio
import gzip
import json
import logging
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import reacton.core
import solara
import solara.server.app
import solara.server.settings
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from kastje.dashboard import environment
from kastje.dashboard.pages import PAGES
from kastje.dashboard.server import application as server
from kastje.dashboard.server import failure, kernels
from kastje.dashboard.server.application import application
from kastje.dashboard.server.document import Document, mend
from kastje.dashboard.server.limits import Limits
from kastje.dashboard.server.refusal import language_of

PAGE = (
    b'<!doctype html>\n<html>\n<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, '
    b'user-scalable=no, minimal-ui">\n<p>Loading resources</p>'
)


def called(
    app, path: str, query: bytes = b"", scheme: str = "http", asked: dict[str, str] | None = None
) -> tuple[dict[str, str], bytes]:
    """Headers and body of one request, without a network."""
    sent: list[dict] = []

    received = False

    async def receive() -> dict:
        nonlocal received
        if received:
            await asyncio.Event().wait()
        received = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [(b"host", b"localhost"), *((a.encode(), b.encode()) for a, b in (asked or {}).items())],
        "server": ("localhost", 80),
        "client": ("localhost", 1),
        "root_path": "",
    }
    asyncio.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    headers[":status"] = str(sent[0]["status"])
    return headers, b"".join(message.get("body", b"") for message in sent[1:])


def inner() -> Document:
    routes = [Route("/", lambda _: HTMLResponse(PAGE)), Route("/plain", lambda _: PlainTextResponse("<html>"))]
    routes.append(Route("/scripts", lambda _: HTMLResponse(b"<html><head><script src=a></script><script>1</script>")))
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


def test_a_document_loads_nothing_from_elsewhere_and_the_length_is_right() -> None:
    headers, body = called(inner(), "/")
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["worker-src"] == "'none'"
    assert "unsafe-inline" not in policy["script-src"]
    assert not re.search(r"//|\*|https?:", headers["content-security-policy"])
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert int(headers["content-length"]) == len(body)


def test_each_answer_has_a_nonce_of_its_own_on_every_script() -> None:
    found = [called(inner(), "/scripts") for _ in range(2)]
    nonces = [re.search(r"'nonce-([^']+)'", headers["content-security-policy"])[1] for headers, _ in found]
    assert nonces[0] != nonces[1]
    for (_, body), nonce in zip(found, nonces, strict=True):
        assert body.count(b"<script") == body.count(f'<script nonce="{nonce}"'.encode()) == 3


def test_https_is_insisted_on_only_behind_https() -> None:
    assert "strict-transport-security" not in called(inner(), "/")[0]
    assert "strict-transport-security" in called(inner(), "/", scheme="https")[0]


def test_what_is_no_document_passes_unchanged() -> None:
    headers, body = called(inner(), "/plain")
    assert body == b"<html>"
    assert "content-security-policy" not in headers


def test_the_server_says_that_it_is_there() -> None:
    _, body = called(application(), "/healthz")
    assert body == b"ok"


def test_it_says_when_the_model_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    for ready in (False, True):
        monkeypatch.setattr(server.WARMTH, "ready", lambda ready=ready: ready)
        headers, body = called(application(), "/readyz")
        assert json.loads(body) == {"ready": ready}
        assert "location" not in headers


def test_solaras_own_proxy_to_other_sites_is_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solara.server.cdn_helper.requests.get", lambda *_, **__: pytest.fail("a foreign request"))
    for path in ("/_solara/cdn/somebody@1.0.0/x.js", "/_solara/cdn/somebody", "/_solara/cdn/echarts@5.4.0/dist"):
        assert b"Deze pagina bestaat niet" in called(application(), path)[1], path
    assert len(called(application(), "/_solara/cdn/echarts@5.4.0/dist/echarts.min.js")[1]) > 100_000


@pytest.mark.parametrize(
    "headers", [{}, {"accept-encoding": "gzip, br"}, {"accept-encoding": "gzip", "range": "bytes=0-9"}]
)
def test_what_every_page_loads_is_kept_by_the_browser_and_is_as_small_as_it_can_be(headers: dict[str, str]) -> None:
    path = "/_solara/cdn/echarts@5.4.0/dist/echarts.min.js"
    whole = (Path(solara.server.settings.assets.proxy_cache_dir) / path.removeprefix("/_solara/cdn/")).read_bytes()
    for _ in range(2):
        told, body = called(application(), path, asked=headers)
        assert told["cache-control"] == "public, max-age=31536000, immutable"
        assert told["content-type"].partition(";")[0] in ("text/javascript", "application/javascript")
        assert told["content-length"] == str(len(body))
        if "range" in headers:
            assert body == whole[:10]
        elif headers:
            assert (told["content-encoding"], told["vary"]) == ("gzip", "Accept-Encoding")
            assert len(body) < len(whole) / 3
            assert gzip.decompress(body) == whole
        else:
            assert body == whole
    again, nothing = called(application(), path, asked=headers | {"if-none-match": told["etag"]})
    assert (again[":status"], nothing) == ("304", b"")


@pytest.mark.parametrize("path", ["/case/anything", "/present/x", "/policy", "/network/index.html", "/caseless"])
def test_below_a_page_there_is_nothing(path: str) -> None:
    headers, body = called(application(), path)
    assert headers[":status"] == "404"
    assert b"Deze pagina bestaat niet" in body


@pytest.mark.parametrize("path", [page.address for page in PAGES.values()])
def test_every_page_is_there(path: str) -> None:
    assert called(application(), path)[0][":status"] == "200"
    if path != "/":
        assert called(application(), path + "/")[0]["location"].endswith(path)


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [
        ("/", b"", "Beleid"),
        ("/", b"lang=en", "Policy"),
        ("/case", b"", "Eén zaak"),
        ("/network", b"lang=en", "Network"),
        ("/research", b"", "Onderzoek"),
        ("/present", b"lang=en", "Present"),
    ],
)
def test_each_page_has_a_title_of_its_own_before_it_is_drawn(path: str, query: bytes, title: str) -> None:
    _, body = called(application(), path, query)
    assert body.count(b"<title>") == 1
    assert f"<title>{title} - Kastje</title>".encode() in body


@pytest.mark.parametrize(("query", "words"), [(b"", b"Deze pagina bestaat niet"), (b"lang=en", b"This page does not")])
def test_an_address_that_does_not_exist_is_told_in_words(query: bytes, words: bytes) -> None:
    headers, body = called(application(), "/nonsense", query)
    assert words in body
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_solaras_figures_about_the_server_are_not_for_visitors() -> None:
    assert b"threads" not in called(application(), "/resourcez")[1]


def test_a_page_that_fails_says_so_in_words(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    for module in (reacton.core, solara.server.app):
        monkeypatch.setattr(module, "traceback", module.traceback)

    @solara.component
    def Fails() -> None:
        raise RuntimeError("a secret path")

    failure.no_tracebacks()
    with caplog.at_level(logging.ERROR, "kastje.dashboard"):
        box, rc = reacton.render(Fails(), handle_error=True)
    shown = " ".join(str(child.value) for child in box.children)
    rc.close()
    assert "kon niet worden getoond" in shown
    assert "could not be shown" in shown
    assert not re.search(r"Traceback|secret|\.py", shown)
    assert "a secret path" in caplog.text


def test_a_browser_may_send_events_only() -> None:
    kernels.only_events()
    kernels.only_events()
    heard: list[object] = []
    widget = SimpleNamespace(vue_move=heard.append, _component_instances=[])
    handle = kernels.VueTemplate._handle_event
    handle(widget, None, {"event": "move", "data": 1}, [])
    handle(widget, None, {"create_widget": ["os", "abort"], "props": {}, "id": "x"}, [])
    handle(widget, None, {"update_ref": {}, "id": "x", "prop": "y", "event": "move"}, [])
    assert heard == [1]


def test_pages_that_nobody_looks_at_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []

    def page(name: str, status: kernels.PageStatus) -> SimpleNamespace:
        return SimpleNamespace(page_status={"p": status}, close=lambda reason: closed.append(name))

    gone, here = kernels.PageStatus.DISCONNECTED, kernels.PageStatus.CONNECTED
    kept = {name: page(name, status) for name, status in (("a", gone), ("b", here), ("c", gone), ("d", here))}
    monkeypatch.setattr(kernels.kernel_context, "contexts", kept)
    kernels.make_room(4)
    assert closed == []
    kernels.make_room(3)
    assert closed == ["a"]
    closed.clear()
    kernels.make_room(0)
    assert closed == ["a", "c"]


def test_a_wrong_limit_stops_the_start_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASTJE_MOST_VISITORS", "many")
    with pytest.raises(ValueError, match="KASTJE_MOST_VISITORS is 'many', expected a whole number from 1 to 10000"):
        application()


def test_idle_pages_are_kept_as_long_as_the_limit_says() -> None:
    application(Limits(idle_minutes=7))
    assert solara.server.settings.kernel.cull_timeout == "7m"
    application()


def test_it_ends_within_seconds(root: Path) -> None:
    program = "from kastje.dashboard.server.application import serve; serve('127.0.0.1', 0, open_browser=False)"
    process = subprocess.Popen([sys.executable, "-c", program], cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        assert "Kastje: http" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.wait(15)
    finally:
        process.kill()
        process.wait()


def test_nobody_is_told_that_it_runs() -> None:
    assert solara.server.settings.telemetry.mixpanel_enable is False
    assert solara.server.settings.main.mode == "production"


def test_settings_that_were_read_before_us_are_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under `solara run`, which imports Solara before the first line of app.py."""
    monkeypatch.setattr(solara.server.settings.telemetry, "mixpanel_enable", True)
    monkeypatch.setattr(solara.server.settings.main, "mode", "development")
    environment.prepare()
    test_nobody_is_told_that_it_runs()
