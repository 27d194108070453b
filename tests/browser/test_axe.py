"""Axe finds nothing serious on any page, in both languages and themes, at a desk and on a phone; the keyboard does it
all on the policy page; zoom to 200 % and a wish for little motion are met."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dashboard.header import PAGES

pytestmark = pytest.mark.browser

CHOICE = "profile=tilburg&s=06000600&n=2"
WIDTHS = {1280: 800, 390: 844}
# Tells where the focus is, in words; whether it can be seen; and whether it has come round.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  at.dataset.tabbed = '1';
  return { name: at.dataset.test || at.id || at.className || at.tagName, ring: ring || style.boxShadow !== 'none',
    shown: box.width > 0 && box.height > 0 };
}"""
MISSED = """() => [...document.querySelector('.k-page').querySelectorAll('a[href], button, input, select, summary')]
  .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))
  .filter((one) => !one.disabled && one.tabIndex >= 0 && !one.dataset.tabbed)
  .map((one) => one.dataset.test || one.outerHTML.slice(0, 80))"""


AT_REST = """() => Promise.all(document.getAnimations().filter(
  (one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => null)))"""
"""What glides or fades in is looked at once it has arrived; what turns for ever is not waited for."""


def ready(page: Page, name: str) -> None:
    """Wait until there is something to look at; on the policy page that is the answer."""
    page.wait_for_selector(".k-page")
    if name == "policy":
        page.wait_for_selector('[data-test=badge][data-phase="done"]')
        page.wait_for_selector("[data-test=plot][data-drawn] svg")
    elif page.locator("main").count() == 0:
        page.wait_for_timeout(300)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", list(WIDTHS))
@pytest.mark.parametrize("name", list(PAGES))
def test_axe_finds_nothing_serious(visit, name: str, width: int, theme: str, lang: str) -> None:
    visitor = visit(width, WIDTHS[width])
    page = visitor.page
    page.goto(f"{visitor.address}{PAGES[name]}?lang={lang}&{CHOICE}")
    ready(page, name)
    if theme == "dark":
        page.click("[data-test=theme]")
        page.wait_for_selector("html[data-theme=dark]")
    page.evaluate(AT_REST)
    found = Axe().run(page).response["violations"]
    serious = [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert serious == []


@pytest.mark.parametrize("width", list(WIDTHS))
def test_tab_reaches_every_control_visibly_and_is_never_trapped(visit, width: int) -> None:
    visitor = visit(width, WIDTHS[width]).open(f"lang=nl&{CHOICE}")
    page = visitor.page
    unseen: list[str] = []
    trail: list[str] = []
    for _ in range(150):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        trail.append(at["name"])
        if not (at["ring"] and at["shown"]):
            unseen.append(at["name"])
    else:
        pytest.fail(f"Tab never left the page: {trail[-10:]}")
    assert unseen == []
    assert page.evaluate(MISSED) == []


def test_the_keyboard_alone_makes_a_choice_and_reads_the_answer(visit) -> None:
    visitor = visit().open("lang=nl&profile=tilburg&s=00000000&n=2")
    page = visitor.page
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.test") == "ownership":
            break
    page.keyboard.press("End")
    visitor.answered("00060000")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.test") == "tile-on_time_share":
            break
    page.keyboard.press("Enter")
    visitor.wait_for_address(show="on_time_share", s="00060000")


@pytest.mark.parametrize("name", list(PAGES))
def test_at_200_percent_nothing_scrolls_sideways(visit, name: str) -> None:
    """A window of 1280 pixels that is zoomed to 200 % has 640."""
    visitor = visit(640, 400)
    visitor.page.goto(f"{visitor.address}{PAGES[name]}?lang=nl&{CHOICE}")
    ready(visitor.page, name)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 640


def test_a_wish_for_little_motion_is_met(visit) -> None:
    visitor = visit(reduced_motion="reduce").open(f"lang=nl&{CHOICE}")
    moving = visitor.page.evaluate(
        """() => [...document.querySelectorAll('.k-page *')].filter((one) => {
          const style = getComputedStyle(one);
          const longest = (text) => Math.max(...text.split(',').map((part) => parseFloat(part) || 0));
          return longest(style.transitionDuration) > 0.1 || (style.animationName !== 'none'
            && longest(style.animationDuration) > 0.1);
        }).map((one) => one.className || one.tagName)"""
    )
    assert moving == []
