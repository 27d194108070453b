"""Solara's HTML document made ours: its title, language, zoom, its few own sentences, and what it may load."""

import html
import re
import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kastje.dashboard.pages import FIRST, PAGES, page_at, page_title
from kastje.dashboard.server.refusal import SAFE, language_of
from kastje.dashboard.texts import texts

_VIEWPORT = re.compile(rb'<meta name="viewport"[^>]*>')
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_TITLE = re.compile(rb"<title>[^<]*</title>")
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
# A page whose very first connection is refused (no place left, too many) loads again and is told so in words.
_RETRY = b"""<script>
(() => {
  const Plain = window.WebSocket;
  let opened = false;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('open', () => { opened = true; });
      this.addEventListener('close', () => {
        if (!opened) setTimeout(() => location.reload(), 2000 + 3000 * Math.random());
      });
    }
  };
})();
</script>
"""


class Document:
    """Mends every HTML document that passes; everything else passes unchanged."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
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
                nonce = secrets.token_urlsafe(16)
                page = mend(body, language, nonce, scope["path"])
                ours = {b"content-length", b"content-security-policy", b"cache-control"}
                headers = [(name, value) for name, value in start["headers"] if name not in ours]
                headers += [
                    (b"content-length", str(len(page)).encode()),
                    (b"content-security-policy", policy(nonce).encode()),
                    (b"cache-control", b"no-store"),
                    *SAFE,
                ]
                if scope.get("scheme") == "https":
                    headers.append((b"strict-transport-security", b"max-age=31536000"))
                await send({**start, "headers": headers})
                await send({"type": "http.response.body", "body": page})
                return
            await send(message)

        await self.app(scope, receive, mended)


def policy(nonce: str) -> str:
    """What a document may load: this site's own files and nothing of anybody else.

    Vue makes functions of the templates of our components ('unsafe-eval'), and Vuetify and Vue put style elements into
    the page while it runs ('unsafe-inline', for styles only). A script in the page runs only with this answer's nonce.
    """
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def mend(page: bytes, language: str, nonce: str = "", path: str = "/") -> bytes:
    """Solara's HTML document with our title, language, viewport and words, and a nonce on its scripts."""
    page = page.replace(b"<html>", f'<html lang="{language}">'.encode(), 1)
    page = _VIEWPORT.sub(b'<meta name="viewport" content="width=device-width, initial-scale=1">', page)
    words = texts(language)
    title = f"<title>{html.escape(page_title(page_at(path) or PAGES[FIRST], words))}</title>".encode()
    page = _TITLE.sub(lambda _: title, page, count=1)
    for english, key in _ENGLISH.items():
        page = page.replace(english, words(key).encode())
    if nonce:
        page = page.replace(b"<head>", b"<head>" + _RETRY, 1)
        page = _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), page)
    return page
