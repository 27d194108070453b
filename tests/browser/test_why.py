"""Why did it change, who notices, where is the bottleneck: in a real Chromium, in both languages, desk and phone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TWO = "60000500"
QUICK = "n=4"


def number(text: str) -> float:
    """The first number in a text, as a Dutch or English reader writes it."""
    found = re.search(r"[-+−]?\d[\d.,]*", text)
    assert found, text
    return float(found.group().replace("−", "-").replace(",", "."))


def exact(visitor):
    visitor.page.wait_for_selector('[data-test=why][data-phase="exact"]')
    return visitor.page


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_contributions_add_up_to_the_difference(visit, lang: str) -> None:
    page = exact(visit().open(f"lang={lang}&s={TWO}&{QUICK}"))
    parts = [number(text) for text in page.locator(".kw-rows .kw-said b").all_inner_texts()]
    assert len(parts) == 2
    whole = number(page.inner_text("[data-test=why-whole] .kw-said b"))
    assert sum(parts) == pytest.approx(whole, abs=0.011)
    assert page.inner_text("[data-test=why-whole] .kw-said b") in page.inner_text("[data-test=why-lead]")
    expect(page.locator("[data-test=why-beyond]")).to_be_visible()


def test_a_lesson_opens_into_its_chain_by_keyboard(visit) -> None:
    page = exact(visit().open(f"lang=nl&s={TWO}&{QUICK}"))
    summary = page.locator("[data-test=why-shared_information] summary").first
    summary.focus()
    page.keyboard.press("Enter")
    chain = page.locator("[data-test=why-shared_information] .kw-chain")
    expect(chain).to_be_visible()
    expect(chain.locator("h3")).to_have_count(3)
    expect(chain).to_contain_text("40 → 100 %")
    expect(chain).to_contain_text("van de 100 keer")
    expect(chain).to_contain_text("bijdrage van deze les")


def test_another_outcome_is_explained_without_new_runs(visit) -> None:
    visitor = visit().open(f"lang=en&s={TWO}&{QUICK}")
    page = exact(visitor)
    page.click("[data-test=tile-trust]")
    expect(page.locator("[data-test=why-lead]")).to_contain_text("Residents' trust")
    expect(page.locator("[data-test=why]")).to_have_attribute("data-phase", "exact")
    expect(page.locator("[data-test=who-lead]")).to_contain_text("is not kept by group")
    page.click("[data-test=offer-fit]")
    visitor.wait_for_address(show="fit")
    expect(page.locator("[data-test=who] .kw-pairs li")).to_have_count(10)


def test_a_new_choice_drops_the_old_explanation(visit) -> None:
    visitor = visit().open(f"lang=nl&s={TWO}&{QUICK}")
    exact(visitor)
    visitor.page.click("[data-test=preset-today]")
    expect(visitor.page.locator("[data-test=why-message]")).to_contain_text("nog geen les")
    expect(visitor.page.locator(".kw-rows li")).to_have_count(0)


def test_the_bottleneck_is_named_and_has_a_table(visit) -> None:
    page = exact(visit().open(f"lang=nl&s={TWO}&{QUICK}"))
    expect(page.locator("[data-test=where-lead]")).to_contain_text(re.compile("drukst"))
    page.click("[data-test=where-table] summary")
    expect(page.locator("[data-test=where-table] table").first.locator("tbody tr")).to_have_count(8)
    page.click("[data-test=why-table] summary")
    expect(page.locator("[data-test=why-table] tbody tr")).to_have_count(4)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_fits_on_a_phone(visit, lang: str) -> None:
    page = exact(visit(390, 844, has_touch=True, is_mobile=True).open(f"lang={lang}&s={TWO}&{QUICK}"))
    page.locator("[data-test=why-integral_working] summary").first.click()
    for part in ("why", "who", "where"):
        page.click(f"[data-test={part}-table] summary")
    wide = "[...document.querySelectorAll('.k-why, .kw-card')].filter((e) => e.scrollWidth > e.clientWidth).length"
    assert page.evaluate(wide) == 0
    assert page.locator(".k-why").bounding_box()["width"] <= 390
