"""Which pages are there, at which address, and what is each called?"""

from kastje.dashboard.texts import Texts

PAGES = {"policy": "/", "case": "/case", "network": "/network", "research": "/research", "present": "/present"}
"""The address of each page."""


def page_at(path: str) -> str | None:
    """The page at this address; None when there is none."""
    wanted = path.rstrip("/") or "/"
    return next((name for name, address in PAGES.items() if address == wanted), None)


def page_title(name: str, texts: Texts) -> str:
    """The title of a page in the browser: a tab, a bookmark and a screen reader tell the pages apart by it."""
    return f"{texts(f'nav.{name}')} - Kastje"
