"""What does axe find on a page, and on every page in both languages and themes, at a desk and on a phone?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kastje.dashboard.pages import PAGES
from kastje.dashboard.texts import LANGUAGES
from kastje.evidence.pages.browser import SIZES, THEMES, opened_page, wait_until_seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHOICE = "profile=tilburg&s=06000600&n=2"
IMPACTS = ("critical", "serious", "moderate", "minor")


@dataclass(frozen=True)
class Look:
    """What axe said of one page in one language, theme and size: rules by impact with the places, rules left open."""

    page: str
    lang: str
    theme: str
    size: str
    violations: tuple[dict[str, Any], ...]
    undecided: tuple[str, ...]
    passed: int
    version: str

    @property
    def places(self) -> Counter[str]:
        """How many places break a rule, by impact."""
        found: Counter[str] = Counter()
        for rule in self.violations:
            found[rule["impact"]] += len(rule["nodes"])
        return found

    def told(self) -> list[str]:
        """Each place that breaks a rule, in one line."""
        return [
            f"{rule['id']} ({rule['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
            for rule in self.violations
            for node in rule["nodes"]
        ]


def look(page: "Page", name: str, lang: str, theme: str, size: str) -> Look:
    """Run axe on what is on the screen now."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations", "incomplete"]}).response
    return Look(
        name,
        lang,
        theme,
        size,
        tuple(found["violations"]),
        tuple(rule["id"] for rule in found["incomplete"]),
        len(found["passes"]),
        found["testEngine"]["version"],
    )


def looks(browser: "Browser", address: str) -> Iterator[Look]:
    """Every page in both languages and themes, at a desk and on a phone."""
    for name, known in PAGES.items():
        for lang in LANGUAGES:
            for theme in THEMES:
                for size in SIZES:
                    page = opened_page(browser, size, theme)
                    page.goto(f"{address}{known.address}?lang={lang}&{CHOICE}")
                    wait_until_seen(page, name)
                    yield look(page, name, lang, theme, size)
                    page.close()
