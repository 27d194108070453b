"""A real dashboard in a process of its own, and a page in the system's Chromium that keeps what went over the line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from kastje.evidence.pages.browser import opened_browser, running_server
from kastje.model import LESSONS

PATIENCE = 300_000
"""How long to wait for anything on the page [ms]: a slow machine may be compiling the model for the first time."""
TRACEBACK = re.compile(r"Traceback|File \"|\.py\", line|site-packages")

expect.set_options(timeout=PATIENCE)


@dataclass
class Visit:
    """One visitor's page and what it asked for."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, query: str) -> "Visit":
        """Go to a link and wait for the full answer."""
        self.page.goto(f"{self.address}/?{query}")
        return self.answered()

    def answered(self, steps: str | None = None, load: str | None = None) -> "Visit":
        """Wait until all replications of these steps (or of whatever is chosen) are worked out and drawn."""
        wanted = '[data-test=badge][data-phase="done"]'
        wanted += f'[data-steps="{steps}"]' if steps else ""
        wanted += f'[data-load="{load}"]' if load else ""
        self.page.wait_for_selector(wanted, timeout=PATIENCE)
        self.page.wait_for_selector("[data-test=plot][data-drawn] svg", timeout=PATIENCE)
        return self

    def leave(self) -> None:
        """Close the page; it must have behaved."""
        if self.page.is_closed():
            return
        text = self.page.inner_text("body")
        self.page.close()
        assert self.foreign == []
        assert self.refused == []
        assert self.errors == []
        assert not TRACEBACK.search(text)

    def value(self, outcome: str) -> str:
        """What a tile says."""
        return self.page.inner_text(f"[data-test=tile-{outcome}] .k-value b")

    def tiles(self) -> list[str]:
        """What all tiles say."""
        return self.page.locator(".k-tile").all_inner_texts()

    def query(self) -> dict[str, str]:
        """The address's parts."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    def wait_for_lessons(self, steps: str, **parts: str) -> None:
        """Wait until the address names the lessons that have these steps, and has these parts."""
        named = ",".join(f"{name}:{step}" for name, step in zip(LESSONS, steps, strict=True) if step != "0")
        self.wait_for_address(l=named or None, s=None, **parts)

    def wait_for_address(self, **parts: str | None) -> None:
        """Wait until the address has these parts; None of a part is that it is not there."""
        program = "(parts) => { const q = new URLSearchParams(location.search);" + (
            "return Object.entries(parts).every(([name, value]) => q.get(name) === value); }"
        )
        self.page.wait_for_function(program, arg=parts, timeout=PATIENCE)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the dashboard runs."""
    with running_server() as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, gone when the last test of a file has ended.

    While it is there, Playwright keeps an event loop running in this thread, in which nobody else's can be started.
    """
    with opened_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def returning(chromium: Browser) -> Iterator[BrowserContext]:
    """Somebody who has been here before: the browser still has programs and styles, a third of what a visit costs."""
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def visit(chromium: Browser, returning: BrowserContext, address: str) -> Iterator[Callable[..., Visit]]:
    """Opens pages: visit(width=1280, height=800, ...). When the test ends, each must have behaved.

    The first page of a test is a returning visitor's, of whom nothing is kept but files; every other is somebody new.
    """
    visits: list[Visit] = []

    def opened(width: int, height: int, at: str, options: dict[str, object]) -> Page:
        media = {name: value for name, value in options.items() if name in ("color_scheme", "reduced_motion")}
        if visits or at != address or media != options:
            return chromium.new_page(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        page = returning.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**media)  # type: ignore[arg-type]
        forget = {"origin": address, "storageTypes": "all"}
        returning.new_cdp_session(page).send("Storage.clearDataForOrigin", forget)
        return page

    def new(width: int = 1280, height: int = 800, at: str = address, **options: object) -> Visit:
        page = opened(width, height, at, options)
        page.set_default_timeout(PATIENCE)
        one = Visit(page, at)
        host = urlsplit(at).netloc

        def asked(url: str) -> None:
            if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).netloc != host:
                one.foreign.append(url)

        def answered(response: Response) -> None:
            if response.status >= 400:
                one.refused.append(f"{response.status} {response.url}")

        page.on("request", lambda request: asked(request.url))
        page.on("websocket", lambda socket: asked(socket.url))
        page.on("response", answered)
        page.on("pageerror", lambda error: one.errors.append(str(error)))
        page.on("console", lambda message: one.errors.append(message.text) if message.type == "error" else None)
        visits.append(one)
        return one

    yield new
    for one in visits:
        one.leave()
