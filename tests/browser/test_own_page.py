"""A page of one's own in a real Chromium: reached from the list of pages, in both languages, and axe finds nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kastje.dashboard.pages import OWN_FILES
from kastje.evidence.pages.accessibility import look
from kastje.evidence.pages.browser import running_server

pytestmark = pytest.mark.browser


@pytest.fixture
def address(extending: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    """Where a dashboard runs that has the page of docs/extending.md."""
    monkeypatch.setenv(OWN_FILES, str(extending("levers.toml", "levers.py")))
    with running_server() as where:
        yield where


def test_a_page_of_ones_own_is_one_of_the_pages(visit, address: str) -> None:
    visitor = visit(at=address).open("lang=nl&profile=tilburg&l=ownership:6&n=2")
    page = visitor.page
    page.click("[data-test=page-levers]")
    expect(page.locator("[data-test=levers] h2")).to_have_text("Wat de lessen zetten")
    expect(page.locator("[data-test=levers] p")).to_have_count(3)
    expect(page).to_have_title("Knoppen - Kastje")
    visitor.wait_for_lessons("00060000", lang="nl")
    page.click("[data-test=language]")
    expect(page.locator("[data-test=levers] h2")).to_have_text("What the lessons set")
    expect(page.locator("[data-test=page-levers]")).to_have_attribute("aria-current", "page")
    assert look(page, "levers", "en", "light", "desktop").told() == []
    page.go_back()
    expect(page).to_have_title("Knoppen - Kastje")
