"""Make the pictures of the dashboard and the page that shows them.

`python -m kastje.evidence.pages.screens --out docs/screens`
"""

import argparse
import io
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kastje.dashboard.pages import PAGES
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.evidence.pages.browser import (
    PATIENCE,
    SIZES,
    THEMES,
    opened_browser,
    opened_page,
    running_server,
    wait_until_seen,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHOICE = "profile=tilburg&s=46353555"
MORE = {("present", ""): "&step=4&guess=60", ("policy", "whole"): "&s=00066060"}
"""What is put behind the choice: a step of the story with what the room said, and three lessons whose contributions are
exact within seconds."""
FRAMES = {
    "lessons": (("policy",), "phone", "The sliders on a phone"),
    "whole": (("policy", "case"), "desktop", "The whole page, 1280 pixels wide"),
    "outcome": (("present",), "desktop", "The outcome, drawn"),
    "why": (("present",), "desktop", "Why, and what to talk about"),
}
"""Besides the first screen: of which pages, at which size, and how it is called."""
COLOURS = 128
WIDTH = 120
"""Of a line in the page that shows the pictures."""
NAMES = {"nl": "Dutch", "en": "English"}
HEADINGS = {
    "desktop": "A desk, 1280 by 800 pixels",
    "phone": "A phone, 390 by 844 pixels",
} | {frame: heading for frame, (_, _, heading) in FRAMES.items()}


@dataclass(frozen=True)
class Picture:
    """One picture: of a page in a language, at a size and in a theme; `frame` is what else than the first screen."""

    page: str
    lang: str
    size: str
    theme: str
    frame: str = ""

    @property
    def file(self) -> str:
        """The name of its file."""
        parts = [self.page, self.lang, self.frame or self.size] + (["dark"] if self.theme == "dark" else [])
        return "-".join(parts) + ".png"


def pictures() -> list[Picture]:
    """Every page in both languages, at both sizes, light and dark; and what is below the fold."""
    found = []
    for page in PAGES:
        frames = [("", size) for size in SIZES]
        frames += [(frame, size) for frame, (of, size, _) in FRAMES.items() if page in of]
        for frame, size in frames:
            found += [Picture(page, lang, size, theme, frame) for theme in THEMES for lang in LANGUAGES]
    return found


def readme(query: str = CHOICE) -> str:
    """The page that shows the pictures, in Markdown."""
    lines = [
        "# What it looks like",
        "",
        f"Made by `make screens` of the choice `?{query}`. Each page in Dutch and English, at a desk and on a phone,\n"
        "light and dark. The whole policy page is of three lessons. The numbers are those of the version that made\n"
        "the pictures.",
        "",
    ]
    for page, known in PAGES.items():
        titles = " / ".join(known.titled(texts(lang)) for lang in LANGUAGES)
        lines += [f"## {titles}", "", textwrap.fill(known.about, WIDTH), ""]
        for heading, rows in _by_heading(page):
            lines += [f"### {heading}", "", "| | " + " | ".join(NAMES[lang] for lang in LANGUAGES) + " |"]
            lines += ["|---" * (len(LANGUAGES) + 1) + "|"]
            for theme, row in zip(THEMES, rows, strict=True):
                shown = (f"![{page} page, {NAMES[one.lang]}, {theme}]({one.file})" for one in row)
                lines.append(f"| {theme} | " + " | ".join(shown) + " |")
            lines.append("")
    return "\n".join(lines)


def _by_heading(page: str) -> Iterator[tuple[str, list[list[Picture]]]]:
    mine = [one for one in pictures() if one.page == page]
    for name, heading in HEADINGS.items():
        here = [one for one in mine if (one.frame or one.size) == name]
        if here:
            yield heading, [[one for one in here if one.theme == theme] for theme in THEMES]


def main() -> None:
    """Command line: --out FOLDER, --query CHOICE, --only PAGE."""
    parser = argparse.ArgumentParser(prog="python -m kastje.evidence.pages.screens", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screens"))
    parser.add_argument("--query", default=CHOICE, help="the choice to show, as in a link")
    parser.add_argument("--only", choices=list(PAGES), help="the pictures of one page")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in pictures() if arguments.only in (None, one.page)]
    with running_server() as address, opened_browser() as browser:
        for one in wanted:
            path = arguments.out / one.file
            path.write_bytes(small(_taken(browser, address, one, arguments.query)))
            print(path, flush=True)
    if arguments.only is None:
        stale = {path.name for path in arguments.out.glob("*.png")} - {one.file for one in wanted}
        for name in stale:
            (arguments.out / name).unlink()
    (arguments.out / "README.md").write_text(readme(arguments.query), encoding="utf-8")


def _taken(browser: "Browser", address: str, one: Picture, query: str) -> bytes:
    page = opened_page(browser, one.size, one.theme)
    try:
        more = MORE.get((one.page, one.frame), MORE.get((one.page, ""), ""))
        page.goto(f"{address}{PAGES[one.page].address}?lang={one.lang}&{query}{more}")
        wait_until_seen(page, one.page)
        _framed(page, one)
        page.wait_for_timeout(1500)  # the lines of a chart glide to their place
        return page.screenshot(full_page=one.frame == "whole")
    finally:
        page.close()


def _framed(page: "Page", one: Picture) -> None:
    """Go to what the picture is of."""
    if one.page == "present":
        page.wait_for_function(
            "/[0-9]/.test(document.querySelector('[data-test=today]').textContent)", timeout=PATIENCE
        )
    if one.frame == "whole" and one.page == "policy":
        page.wait_for_selector('[data-test=why][data-phase="exact"]', timeout=PATIENCE)
    elif one.frame == "lessons":
        page.locator(".k-lessons").evaluate("(lessons) => lessons.scrollIntoView()")
    elif one.frame in ("outcome", "why"):
        page.click("[data-test=forward]")
        page.wait_for_selector("[data-test=plot][data-over=yes]", timeout=PATIENCE)
        page.wait_for_selector("[data-test=resident] table", timeout=PATIENCE)
        if one.frame == "why":
            page.click("[data-test=forward]")
            page.wait_for_selector("[data-test=headline]")


def small(picture: bytes) -> bytes:
    """The same picture with few colours: flat areas and type need no more, and a third of the size is left."""
    from PIL import Image

    out = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    # The widest coverage, so that a small green dot stays green beside much of another colour.
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
