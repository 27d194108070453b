"""Axe finds nothing on any page, in both languages and themes, at a desk and on a phone; the keyboard reaches
all of every page; zoom to 200 % and a wish for little motion are met."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kastje.dashboard.pages import PAGES
from kastje.dashboard.texts import LANGUAGES
from kastje.evidence.pages.accessibility import CHOICE, look
from kastje.evidence.pages.browser import AT_REST, SIZES, THEMES, wait_until_seen

pytestmark = pytest.mark.browser

# Tells where the focus is, in words; whether it can be seen; and whether it has come round.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  // A department in the film has its ring drawn in the picture: a wide line in the colour of the focus.
  const track = at.querySelector('.track');
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
    || (track && parseFloat(getComputedStyle(track).strokeWidth) > 10);
  at.dataset.tabbed = '1';
  return { name: at.dataset.test || at.id || at.className || at.tagName, ring: ring || style.boxShadow !== 'none',
    shown: box.width > 0 && box.height > 0 };
}"""
MISSED = """() => [...document.querySelector('.k-page').querySelectorAll('a[href], button, input, select, summary')]
  .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))
  .filter((one) => !one.disabled && one.tabIndex >= 0 && !one.dataset.tabbed)
  .filter((one) => one.type !== 'radio' || one.checked)
  .map((one) => one.dataset.test || one.outerHTML.slice(0, 80))"""


def ready(page: Page, name: str) -> None:
    """Wait until there is something to look at."""
    page.wait_for_selector(".k-page")
    wait_until_seen(page, name)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("name", list(PAGES))
def test_axe_finds_nothing(visit, name: str, size: str, lang: str) -> None:
    visitor = visit(*SIZES[size])
    page = visitor.page
    page.goto(f"{visitor.address}{PAGES[name].address}?lang={lang}&{CHOICE}")
    ready(page, name)
    for theme in THEMES:
        if theme == "dark":
            page.click("[data-test=theme]")
            page.wait_for_selector("html[data-theme=dark]")
        page.evaluate(AT_REST)
        assert look(page, name, lang, theme, size).told() == [], theme


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_the_report(visit, chromium: Browser, lang: str) -> None:
    page = visit().open(f"lang={lang}&{CHOICE}").page
    with page.expect_download() as download:
        page.click("[data-test=report]")
    paper = chromium.new_page()
    paper.set_content(Path(download.value.path()).read_text(encoding="utf-8"))
    assert look(paper, "report", lang, "light", "desktop").told() == []
    paper.close()


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("name", list(PAGES))
def test_tab_reaches_every_control_visibly_and_is_never_trapped(visit, name: str, size: str) -> None:
    visitor = visit(*SIZES[size])
    page = visitor.page
    page.goto(f"{visitor.address}{PAGES[name].address}?lang=nl&{CHOICE}")
    ready(page, name)
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
    visitor.wait_for_lessons("00060000", show="on_time_share")


BEYOND = """() => [...document.querySelectorAll('.k-page :is(button, input, select, a, summary)')]
  .filter((one) => one.checkVisibility() && !one.closest('.k-scroll, .k-skip'))
  .filter((one) => one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.dataset.test || one.className || one.textContent.slice(0, 60))"""
"""Controls past the right edge, which a page that does not scroll would hide."""


@pytest.mark.parametrize("name", list(PAGES))
def test_at_200_and_400_percent_nothing_scrolls_sideways(visit, name: str) -> None:
    """A window of 1280 pixels that is zoomed to 200 % has 640, and to 400 % 320 (WCAG 1.4.10)."""
    visitor = visit(640, 400)
    visitor.page.goto(f"{visitor.address}{PAGES[name].address}?lang=nl&{CHOICE}")
    ready(visitor.page, name)
    for width, height in ((640, 400), (320, 256)):
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.page.wait_for_function("width => innerWidth === width", arg=width)
        visitor.page.wait_for_timeout(300)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visitor.page.evaluate(BEYOND) == []


SPACED = """.k-page * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
.k-page p { margin-bottom: 2em !important; }"""
"""What a reader may ask for (WCAG 1.4.12)."""
CUT = """() => [...document.querySelectorAll('.k-page :is(p, li, td, th, button, h2, h3)')]
  .filter((one) => one.checkVisibility() && one.clientHeight > 1 && !one.closest('.k-hidden'))
  .filter((one) => getComputedStyle(one).overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 2)
  .map((one) => one.dataset.test || one.className || one.textContent.slice(0, 60))"""


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("name", list(PAGES))
def test_more_room_between_letters_and_lines_cuts_nothing_off(visit, name: str, size: str) -> None:
    visitor = visit(*SIZES[size])
    visitor.page.goto(f"{visitor.address}{PAGES[name].address}?lang=nl&{CHOICE}")
    ready(visitor.page, name)
    visitor.page.add_style_tag(content=SPACED)
    visitor.page.wait_for_timeout(300)
    assert visitor.page.evaluate(CUT) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


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
