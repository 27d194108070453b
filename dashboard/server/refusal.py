"""What does a visitor see who cannot be served now? A small page in words, Dutch or English, without a script."""

import html
from collections.abc import Sequence
from urllib.parse import parse_qs

from starlette.types import Send

from kastje.dashboard.texts import LANGUAGES, texts

KEYS = {
    400: ("refusal.wrong", "refusal.wrong_advice"),
    403: ("refusal.foreign", "refusal.foreign_advice"),
    404: ("refusal.lost", "refusal.lost_advice"),
    405: ("refusal.wrong", "refusal.wrong_advice"),
    413: ("refusal.large", "refusal.large_advice"),
    429: ("refusal.often", "refusal.often_advice"),
    500: ("refusal.broken", "refusal.broken_advice"),
    503: ("refusal.full", "refusal.full_advice"),
}
SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
"""Headers of every document."""
_POLICY = b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.125rem/1.6 system-ui, sans-serif; }
main { max-width: 34rem; padding: 2rem 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
p { margin: 0 0 1.25rem; }
"""


def language_of(query: bytes, headers: Sequence[tuple[bytes, bytes]] = ()) -> str:
    """The language that a link asks for, else the first that the browser asks for and we have, else Dutch."""
    asked = parse_qs(query.decode("latin-1")).get("lang", [""])[-1]
    if asked in LANGUAGES:
        return asked
    accepted = next((value.decode("latin-1") for name, value in headers if name == b"accept-language"), "")
    wanted = (part.split(";")[0].strip().lower()[:2] for part in accepted.split(","))
    return next((one for one in wanted if one in LANGUAGES), LANGUAGES[0])


def page(status: int, language: str, again: int = 0) -> bytes:
    """The page for a status; with `again` it loads itself again after that many seconds."""
    words = texts(language)
    title, advice = (html.escape(words(key)) for key in KEYS.get(status, KEYS[400 if status < 500 else 500]))
    refresh = f'<meta http-equiv="refresh" content="{again}">' if again else ""
    back = "" if again else f'<p><a href="/?lang={language}">{html.escape(words("refusal.home"))}</a></p>'
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title} - Kastje</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{refresh}<style>{_STYLE}</style></head>'
        f"<body><main><h1>{title}</h1><p>{advice}</p>{back}</main></body></html>\n"
    ).encode()


async def refuse(
    send: Send, status: int, query: bytes, headers: Sequence[tuple[bytes, bytes]], again: int = 0, retry: bool = False
) -> None:
    """Answer with the page for a status; `again` [s] goes into Retry-After, with `retry` the page tries again."""
    body = page(status, language_of(query, headers), again if retry else 0)
    sent = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", _POLICY),
        *SAFE,
    ]
    if again:
        sent.append((b"retry-after", str(again).encode()))
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": body})
