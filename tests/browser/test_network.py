"""The network page in a real Chromium: the film plays, by mouse and by keyboard, and says in words what it shows."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
CHOICE = "profile=tilburg&s=66666666"


@pytest.fixture
def watch(visit, address: str):
    """Opens the page at a link and waits for the films: watch(query, width, height, ...)."""

    def open_(query: str, width: int = 1280, height: int = 800, **options: object) -> Page:
        page = visit(width, height, **options).page
        page.goto(f"{address}/network?{query}")
        page.wait_for_selector('[data-test=film][data-phase="done"] [data-test=week]')
        return page

    return open_


BETWEEN = """([low, high]) => { const week = +document.querySelector('[data-test=film]').dataset.week;
  return week >= low && week <= high; }"""
"""Whether the film is within these weeks: on a busy machine one week may pass between two looks."""


def arcs(page: Page, film: str) -> list[str]:
    """How far each department's ring is filled."""
    return page.locator(f"[data-test=picture-{film}] .arc").evaluate_all(
        "(all) => all.map((a) => a.style.strokeDasharray)"
    )


def test_both_films_stand_side_by_side_and_can_be_switched(watch) -> None:
    page = watch(f"lang=nl&{CHOICE}")
    assert page.locator(".k-picture .k-people circle").count() == 2 * 64
    left, right = (page.locator(f"[data-test=picture-{film}]").bounding_box() for film in ("today", "choice"))
    assert left["x"] + left["width"] <= right["x"]
    page.select_option("[data-test=metric]", "felt_support")
    assert arcs(page, "today") != arcs(page, "choice")
    page.click("[data-test=view-today]")
    expect(page.locator("[data-test=picture-choice]")).to_have_count(0)
    page.click("[data-test=view-choice]")
    expect(page.locator("[data-test=picture-today]")).to_have_count(0)


def test_a_reload_and_a_shared_link_show_the_same_week_colour_world_and_department(watch, visit, address: str) -> None:
    page = watch(f"lang=nl&{CHOICE}")
    page.select_option("[data-test=metric]", "ownership")
    page.click("[data-test=view-today]")
    page.select_option("[data-test=department-choice]", "legal")
    page.focus("[data-test=week]")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => new URLSearchParams(location.search).get('week') === '4'")
    shared = page.url
    assert {"shows=ownership", "view=today", "department=legal"} <= set(shared.split("&"))
    page.reload()
    other = visit(1280, 800).page
    other.goto(shared)
    for one in (page, other):
        one.wait_for_selector('[data-test=film][data-phase="done"][data-week="4"]')
        expect(one.locator("[data-test=metric]")).to_have_value("ownership")
        expect(one.locator("[data-test=picture-choice]")).to_have_count(0)
        expect(one.locator("[data-test=department]")).to_have_attribute("data-id", "legal")


def test_without_lessons_there_is_only_today_and_the_way_to_the_lessons(watch) -> None:
    page = watch("lang=en&profile=tilburg&s=00000000")
    expect(page.locator("[data-test=picture-today]")).to_be_visible()
    expect(page.locator("[data-test=view-both]")).to_have_count(0)
    expect(page.locator("[data-test=lessons]")).to_contain_text("not chosen any lessons")
    assert page.get_attribute("[data-test=lessons] a", "href").startswith("/?")


def test_the_film_plays_pauses_and_begins_again(watch) -> None:
    page = watch(f"lang=en&{CHOICE}")
    expect(page.locator("[data-test=when]")).to_have_text("Week 52 of 52 (28 December)")
    last = arcs(page, "choice")
    page.click("[data-test=play]")
    page.wait_for_function(BETWEEN, arg=[2, 40])
    expect(page.locator("[data-test=play]")).to_have_attribute("aria-label", "Pause")
    page.click("[data-test=play]")
    expect(page.locator("[data-test=play]")).to_have_attribute("aria-label", "Play")
    stopped = page.get_attribute("[data-test=film]", "data-week")
    page.wait_for_timeout(1000)
    assert page.get_attribute("[data-test=film]", "data-week") == stopped
    assert arcs(page, "choice") != last


def test_the_keyboard_does_everything(watch) -> None:
    page = watch(f"lang=nl&{CHOICE}")
    slider = page.get_by_role("slider", name="Week")
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "Week 1 van 52 (5 januari)")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-test=film]")).to_have_attribute("data-week", "3")
    permits = page.get_by_role("button", name=re.compile("^Vergunningen, 9 medewerkers")).first
    permits.focus()
    expect(page.locator("[data-test=readout]")).to_contain_text("Vergunningen: wachtend werk")
    page.keyboard.press("Enter")
    expect(page.locator("[data-test=department]")).to_have_attribute("data-id", "permits")
    expect(permits).to_have_attribute("aria-pressed", "true")
    page.locator("[data-test=play]").focus()
    page.keyboard.press("Space")
    page.wait_for_function(BETWEEN, arg=[5, 52])


def test_nothing_glides_for_who_wants_no_motion(watch) -> None:
    page = watch(f"lang=nl&{CHOICE}", reduced_motion="reduce")
    glide = "(arc) => getComputedStyle(arc).transitionProperty + getComputedStyle(arc).transitionDuration"
    assert re.fullmatch(r"none0s|all0s", page.locator(".k-node .arc").first.evaluate(glide))
    page.click("[data-test=play]")
    page.wait_for_function(BETWEEN, arg=[3, 51])


def test_the_table_says_what_the_picture_shows(watch) -> None:
    page = watch(f"lang=nl&{CHOICE}")
    page.click("[data-test=view-choice]")
    page.locator("[data-test=tables] summary").click()
    tables = page.locator("[data-test=tables] table")
    expect(tables).to_have_count(3)
    shown = page.locator("[data-test=choice-permits] .value").text_content()
    row = tables.nth(0).get_by_role("row", name=re.compile("^Vergunningen"))
    assert row.locator("td").nth(1).inner_text() == shown.removesuffix("\u00a0uur")
    sentence = page.locator("[data-test=sentence-choice]").inner_text()
    pair = tables.nth(1).locator("tbody tr").first
    one, other = pair.locator("th").inner_text().split(" – ")
    assert f"tussen {one} en {other}" in sentence
    assert f": {float(pair.locator('td').last.inner_text().replace(',', '.')):.0f} per week" in sentence
    page.locator("[data-test=department-choice]").select_option("permits")
    expect(tables.nth(2).locator("tbody tr")).to_have_count(9)
    expect(tables.nth(2).locator("caption")).to_contain_text("medewerkers van Vergunningen")


def test_a_department_through_the_year_follows_the_film(watch) -> None:
    page = watch(f"lang=en&{CHOICE}")
    page.locator("[data-test=department-choice]").select_option("safety")
    small = page.locator("[data-test=small-felt_support]")
    before = small.locator("figcaption span").inner_text()
    page.get_by_role("slider", name="Week").focus()
    page.keyboard.press("Home")
    expect(small.locator("figcaption span")).not_to_have_text(before)
    expect(small.get_by_role("img")).to_have_attribute("aria-label", re.compile("Line chart of Felt support, Safety"))
    page.locator("[data-test=department-table] summary").click()
    rows = page.locator("[data-test=department-table] tbody tr")
    expect(rows).to_have_count(52)
    expect(rows.first).to_have_class("on")


def test_three_municipalities_stand_side_by_side(watch) -> None:
    page = watch("lang=nl&profile=owo&s=66666666")
    titles = page.locator("[data-test=picture-choice] .k-organisations text").all_text_contents()
    assert [t.strip() for t in titles] == ["Ooststellingwerf", "Weststellingwerf", "Opsterland", "Gedeelde diensten"]


def test_another_choice_makes_another_film_and_the_week_stays(watch) -> None:
    page = watch(f"lang=nl&{CHOICE}")
    page.get_by_role("slider", name="Week").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.click("[data-test=reset]")
    page.wait_for_selector('[data-test=film][data-phase="done"][data-steps="00000000"]')
    expect(page.locator("[data-test=picture-choice]")).to_have_count(0)
    expect(page.locator("[data-test=film]")).to_have_attribute("data-week", "49")
    page.click("[data-test=undo]")
    page.wait_for_selector('[data-test=film][data-phase="done"][data-steps="66666666"]')
    page.select_option("[data-test=profile]", "owo")
    expect(page.locator("[data-test=choice-social]")).to_be_visible()


def test_the_same_link_shows_the_same_film(watch) -> None:
    one, other = watch(f"lang=nl&{CHOICE}&seed=7"), watch(f"lang=nl&{CHOICE}&seed=7")
    assert arcs(one, "choice") == arcs(other, "choice")
    other = watch(f"lang=nl&{CHOICE}&seed=8")
    assert arcs(one, "choice") != arcs(other, "choice")


@pytest.mark.parametrize("query", ["lang=nl&profile=owo&s=66666666", "lang=en&profile=groningen&s=66666666"])
def test_it_fits_on_a_phone_and_the_player_stays_in_sight(watch, query: str) -> None:
    page = watch(query, 390, 844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("[data-test=play]")).to_be_in_viewport()
    expect(page.locator(".k-picture")).to_have_count(1)
    outside = page.locator(".k-picture svg").evaluate(
        """(svg) => {
          const box = svg.getBoundingClientRect();
          const out = (own) => own.left < box.left - 1 || own.right > box.right + 1 || own.bottom > box.bottom + 1;
          return [...svg.querySelectorAll('text')].filter((text) => out(text.getBoundingClientRect()))
            .map((text) => text.textContent);
        }"""
    )
    assert outside == []
    nameless = page.evaluate(
        """() => {
          const name = (one) => one.getAttribute('aria-label') || one.innerText || one.textContent || '';
          return [...document.querySelectorAll('.k-page button, .k-page input, .k-page select, .k-page [role]')]
            .filter((one) => !name(one).trim() && !(one.labels || []).length).map((one) => one.outerHTML);
        }"""
    )
    assert nameless == []
