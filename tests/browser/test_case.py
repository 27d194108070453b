"""The page that follows one case in a real Chromium: found from the head, by keyboard, at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
DONE = '[data-test=case-badge][data-phase="done"]'


def opened(visitor, query: str) -> Page:
    visitor.page.goto(f"{visitor.address}/case?{query}")
    visitor.page.wait_for_selector(DONE)
    return visitor.page


def test_from_the_policy_page_to_the_answer_without_help(visit) -> None:
    visitor = visit().open("lang=nl&profile=groningen&s=66666666&n=2")
    page = visitor.page
    page.click("[data-test=page-case]")
    page.wait_for_selector(DONE)
    answer = page.inner_text("[data-test=case-answer]")
    assert re.search(r"Vandaag duurt het \d+ dagen tot het besluit .* Met uw lessen \d+ dagen", answer)
    assert re.search(r"Zo gaat het bij \d+ van de 100", page.inner_text("[data-test=case-typical]"))
    visitor.wait_for_lessons("66666666", pick="typical", who="social_assistance.all")


@pytest.mark.parametrize(("lang", "lesson"), [("nl", "Vroeg met inwoners"), ("en", "Early participation")])
def test_each_difference_names_a_lesson_and_an_act(visit, lang: str, lesson: str) -> None:
    page = opened(visit(), f"lang={lang}&profile=groningen&s=06000000&pick=gained")
    rows = page.locator(".c-differences > li")
    assert rows.count() > 2
    for row in rows.all():
        expect(row).to_have_attribute("data-behind", "lesson")
        assert lesson in row.inner_text()
    lead = [
        float(page.inner_text(f"[data-test=line-{world}] h3 b").split()[0].replace(",", "."))
        for world in ("today", "now")
    ]
    assert lead[1] < lead[0]
    # Both on one scale: the bars are as long as the days say.
    bars = [page.locator(f"[data-test=line-{world}] .c-bar").bounding_box()["height"] for world in ("today", "now")]
    assert bars[1] / bars[0] == pytest.approx(lead[1] / lead[0], rel=0.05)


def test_the_next_case_and_a_number_by_keyboard_stay_in_the_link(visit) -> None:
    visitor = visit()
    page = opened(visitor, "lang=en&profile=tilburg&s=66666666")
    first = page.input_value("[data-test=case-number]")
    page.locator("[data-test=pick-next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("(before) => document.querySelector('[data-test=case-number]').value !== before", arg=first)
    page.wait_for_selector(DONE)
    page.fill("[data-test=case-number]", first)
    page.keyboard.press("Enter")
    visitor.wait_for_address(case=f"event_permit-{first}")
    page.wait_for_selector(f'{DONE}[data-case="event_permit-{first}"]')
    said = page.inner_text("[data-test=case-answer]")
    page.reload()
    page.wait_for_selector(DONE)
    assert page.inner_text("[data-test=case-answer]") == said
    page.click("[data-test=language]")
    page.wait_for_selector(f'{DONE}[data-case="event_permit-{first}"]')
    expect(page.locator("[data-test=case-answer]")).to_contain_text("Vandaag duurt het")


def test_a_number_that_is_not_there_is_said_so(visit) -> None:
    visitor = visit()
    page = opened(visitor, "lang=nl&profile=tilburg&s=66666666")
    page.fill("[data-test=case-number]", "99999999")
    page.click("[data-test=case-go]")
    expect(page.locator("[data-test=case-trouble]")).to_contain_text("99999999 bestaat niet")
    page.click("[data-test=pick-typical]")
    page.wait_for_selector(DONE)
    expect(page.locator("[data-test=case-trouble]")).to_have_count(0)


def test_without_lessons_one_click_shows_a_difference(visit) -> None:
    visitor = visit()
    page = opened(visitor, "lang=nl&profile=tilburg&s=00000000")
    expect(page.locator("[data-test=line-now]")).to_have_count(0)
    page.click("[data-test=try-all_eight]")
    visitor.wait_for_lessons("66666666")
    page.wait_for_selector("[data-test=line-now]")
    page.wait_for_selector(DONE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it_without_sideways_scrolling(visit, scheme: str) -> None:
    page = opened(visit(width=390, height=844, color_scheme=scheme), "lang=nl&profile=groningen&s=66666666&pick=lost")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # No label of the time line lies over the next one.
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll('.c-blocks')].flatMap((list) => {
          const boxes = [...list.children].map((block) => block.getBoundingClientRect());
          return boxes.slice(1).filter((box, i) => box.top < boxes[i].bottom - 1);
        }).length"""
    )
    assert overlaps == 0
    page.click("[data-test=case-table] summary")
    expect(page.locator("[data-test=case-table] tbody tr").nth(10)).to_be_attached()
