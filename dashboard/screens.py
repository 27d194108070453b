"""Make the pictures of the dashboard for the documentation: `python -m dashboard.screens --out docs/screens`."""

import argparse
from pathlib import Path

from dashboard.browser import opened_browser, running_server
from dashboard.texts import LANGUAGES

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
CHOICE = "profile=tilburg&s=46353555"
PATIENCE = 600_000
"""How long a picture may take, the first compilation included [ms]."""


def main() -> None:
    """Command line: --out FOLDER, --profile NAME, --dark."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.screens", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screens"))
    parser.add_argument("--query", default=CHOICE, help="the choice to show, as in a link")
    parser.add_argument("--dark", action="store_true", help="the dark theme as well")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with running_server() as address, opened_browser() as browser:
        for theme in ("light", "dark") if arguments.dark else ("light",):
            for lang in LANGUAGES:
                for size, (width, height) in SIZES.items():
                    page = browser.new_page(
                        viewport={"width": width, "height": height}, color_scheme=theme, has_touch=size == "phone"
                    )
                    page.goto(f"{address}/?lang={lang}&{arguments.query}")
                    page.wait_for_selector('[data-test=badge][data-phase="done"]', timeout=PATIENCE)
                    page.wait_for_selector("[data-test=plot][data-drawn] svg", timeout=PATIENCE)
                    page.wait_for_timeout(600)  # the lines glide to their place
                    name = "-".join(["policy", lang, size] + (["dark"] if theme == "dark" else []))
                    page.screenshot(path=arguments.out / f"{name}.png")
                    if size == "phone":
                        page.locator(".k-lessons").evaluate("(lessons) => lessons.scrollIntoView()")
                        page.wait_for_timeout(600)
                        page.screenshot(path=arguments.out / f"{name}-lessons.png")
                    page.close()
                    print(arguments.out / f"{name}.png")


if __name__ == "__main__":
    main()
