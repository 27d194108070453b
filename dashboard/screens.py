"""Make the pictures of the dashboard for the documentation: `python -m dashboard.screens --out docs/screens`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.browser import opened_browser, running_server
from dashboard.header import PAGES
from dashboard.texts import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
CHOICE = "profile=tilburg&s=46353555"
PATIENCE = 600_000
"""How long a picture may take, the first compilation included [ms]."""
READY = {
    "policy": ('[data-test=badge][data-phase="done"]', "[data-test=plot][data-drawn] svg"),
    "case": ('[data-test=case-badge][data-phase="done"]',),
    "network": ('[data-test=film][data-phase="done"] [data-test=week]',),
    "research": ("[data-test=start-design]",),
    "present": ("[data-test=today]",),
}
"""What is on a page when there is something to see."""


def main() -> None:
    """Command line: --out FOLDER, --query CHOICE, --dark."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.screens", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screens"))
    parser.add_argument("--query", default=CHOICE, help="the choice to show, as in a link")
    parser.add_argument("--dark", action="store_true", help="the dark theme of the policy page as well")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with running_server() as address, opened_browser() as browser:
        for name, path in PAGES.items():
            for theme in ("light", "dark") if arguments.dark and name == "policy" else ("light",):
                for lang in LANGUAGES:
                    for size in SIZES:
                        page = _opened(browser, size, theme)
                        page.goto(f"{address}{path}?lang={lang}&{arguments.query}")
                        _picture(page, name, lang, size, theme, arguments.out)
                        page.close()


def _opened(browser: "Browser", size: str, theme: str) -> "Page":
    width, height = SIZES[size]
    scheme: Any = theme
    return browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=size == "phone")


def _picture(page: "Page", name: str, lang: str, size: str, theme: str, out: Path) -> None:
    for sign in READY[name]:
        page.wait_for_selector(sign, timeout=PATIENCE)
    page.wait_for_timeout(1500)  # the lines glide to their place
    stem = "-".join([name, lang, size] + (["dark"] if theme == "dark" else []))
    page.screenshot(path=out / f"{stem}.png")
    if name == "policy" and size == "phone":
        page.locator(".k-lessons").evaluate("(lessons) => lessons.scrollIntoView()")
        page.wait_for_timeout(600)
        page.screenshot(path=out / f"{stem}-lessons.png")
    print(out / f"{stem}.png")


if __name__ == "__main__":
    main()
