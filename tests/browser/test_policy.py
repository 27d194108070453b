"""The policy page in a real Chromium: what a policy maker does with it, in both languages, at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from kastje.model import LESSONS

pytestmark = pytest.mark.browser
TODAY = "00000000"


def test_a_slider_moves_by_keyboard_and_the_figures_change(visit) -> None:
    visitor = visit().open(f"lang=nl&s={TODAY}")
    before = visitor.tiles()
    slider = visitor.page.get_by_role("slider", name=re.compile("Eigenaarschap"))
    slider.focus()
    for _ in range(3):
        visitor.page.keyboard.press("ArrowRight")
    visitor.answered("00030000")
    expect(slider).to_have_attribute("aria-valuetext", "stap 3 van 6: half")
    assert visitor.tiles() != before
    visitor.page.keyboard.press("End")
    visitor.answered("00060000")
    visitor.page.keyboard.press("2")
    visitor.answered("00020000")


def test_every_lesson_is_a_slider_with_a_name_words_and_help(visit) -> None:
    visitor = visit().open(f"lang=en&s={TODAY}")
    page = visitor.page
    for lesson in LESSONS:
        slider = page.locator(f"[data-test={lesson}]")
        expect(slider).to_have_attribute("aria-valuetext", "step 0 of 6: as today")
        assert page.evaluate("(id) => document.querySelector(`label[for=${id}]`).innerText.trim()", f"k-{lesson}")
        page.click(f"[data-test=help-{lesson}]")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        expect(dialog.locator("h4")).to_have_count(5)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_a_typed_value_counts(visit) -> None:
    visitor = visit().open(f"lang=nl&s={TODAY}")
    typed = visitor.page.locator("[data-test=typed-lived_vision]")
    typed.fill("5")
    typed.press("Tab")
    visitor.answered("00005000")
    expect(visitor.page.locator("[data-test=lived_vision]")).to_have_value("5")


def test_the_load_changes_today_as_well(visit) -> None:
    visitor = visit().open(f"lang=en&s={TODAY}")
    before = visitor.value("lead_time_days_mean")
    visitor.page.locator("[data-test=load]").focus()
    visitor.page.keyboard.press("End")
    visitor.answered(load="1.4")
    visitor.wait_for_address(load="1.4")
    assert visitor.value("lead_time_days_mean") != before


@pytest.mark.parametrize("width", [1280, 1700, 1920])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_head_fits_in_one_row(visit, lang: str, width: int) -> None:
    visitor = visit(width)
    visitor.page.goto(f"{visitor.address}/?lang={lang}&profile=tilburg&n=2")
    visitor.page.wait_for_selector("[data-test=language]")
    middles = visitor.page.locator(".k-header > *").evaluate_all(
        "(all) => all.map((one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; })"
    )
    assert max(middles) - min(middles) < 3


def test_the_hours_stay_in_sight_and_cover_nothing(visit) -> None:
    visitor = visit().open("lang=nl&profile=tilburg&s=06000600&n=2")
    page = visitor.page
    covered = """() => {
      const bar = document.querySelector('.k-budget').getBoundingClientRect();
      const over = (one) => {
        const box = one.getBoundingClientRect();
        return box.top < bar.bottom && box.bottom > bar.top;
      };
      return [...document.querySelectorAll('.k-card, .k-tile, .k-header > *')].filter(over).map((one) => one.className);
    }"""
    assert page.evaluate(covered) == []
    for place in ("0", "700", "document.body.scrollHeight"):
        page.evaluate(f"window.scrollTo(0, {place})")
        box = page.locator("[data-test=hours]").bounding_box()
        assert 0 <= box["y"] <= 800 - box["height"], place
    page.focus("[data-test=ownership]")
    page.keyboard.press("Shift+Tab")
    page.wait_for_function(
        "() => document.activeElement.getBoundingClientRect().top >= "
        "document.querySelector('.k-budget').getBoundingClientRect().bottom"
    )


def test_every_page_says_its_name_in_the_browser_also_on_the_way(visit) -> None:
    visitor = visit().open("lang=nl&profile=tilburg&s=00000000&n=2")
    page = visitor.page
    expect(page).to_have_title("Beleid - Kastje")
    titles = {"case": "Eén zaak", "network": "Netwerk", "research": "Onderzoek", "present": "Presenteren"}
    for name, title in titles.items():
        page.click(f"[data-test=page-{name}]")
        expect(page).to_have_title(f"{title} - Kastje")
    page.click("[data-test=language]")
    expect(page).to_have_title("Present - Kastje")
    page.go_back()
    page.go_back()
    expect(page).to_have_title("Onderzoek - Kastje")


def test_undo_redo_presets_and_reset(visit) -> None:
    visitor = visit().open(f"lang=nl&s={TODAY}")
    page = visitor.page
    page.click("[data-test=preset-all_eight]")
    visitor.answered("66666666")
    expect(page.locator("[data-test=preset-all_eight]")).to_have_attribute("aria-pressed", "true")
    page.click("[data-test=undo]")
    visitor.answered(TODAY)
    page.click("[data-test=redo]")
    visitor.answered("66666666")
    page.click("[data-test=reset]")
    visitor.answered(TODAY)
    expect(page.locator("[data-test=ownership]")).to_have_value("0")


def test_a_link_gives_the_same_numbers_to_somebody_else(visit) -> None:
    one = visit().open("lang=nl&profile=tilburg&s=46353555&load=1.1")
    other = visit().open(one.page.url.split("?")[1])
    assert other.tiles() == one.tiles()
    assert other.page.locator("[data-test=shared_information]").input_value() == "4"
    one.page.reload()
    one.answered("46353555", "1.1")
    assert one.tiles() == other.tiles()


def test_the_language_switch_and_back_keep_the_choice(visit) -> None:
    visitor = visit().open(f"lang=nl&s={TODAY}")
    page = visitor.page
    page.locator("[data-test=ownership]").focus()
    page.keyboard.press("4")
    visitor.answered("00040000")
    dutch = visitor.value("lead_time_days_mean")
    page.click("[data-test=language]")
    visitor.wait_for_lessons("00040000", lang="en")
    expect(page.get_by_role("heading", name="Eight lessons")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert visitor.value("lead_time_days_mean") == dutch.replace(",", ".")
    page.go_back()
    expect(page.get_by_role("heading", name="Acht lessen")).to_be_visible()
    visitor.wait_for_lessons("00040000", lang="nl")
    expect(page.locator("[data-test=ownership]")).to_have_value("4")
    assert visitor.value("lead_time_days_mean") == dutch


def test_another_municipality_keeps_the_lessons(visit) -> None:
    visitor = visit().open("lang=nl&l=ownership:4")
    visitor.page.select_option("[data-test=profile]", "groningen")
    visitor.wait_for_lessons("00040000", profile="groningen")
    visitor.answered("00040000")


@pytest.mark.parametrize(
    ("lang", "heading", "badge"),
    [("nl", "Wat de inwoner merkt", "Doorgerekend"), ("en", "What residents notice", "Worked out")],
)
def test_both_languages_are_whole(visit, lang: str, heading: str, badge: str) -> None:
    visitor = visit().open(f"lang={lang}&s=66666666")
    page = visitor.page
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    assert badge in page.inner_text("[data-test=badge]")
    body = page.inner_text("body")
    foreign_words = {
        "nl": ["today ", "better", "worse", "Municipality"],
        "en": ["vandaag", "beter", "slechter", "Gemeente "],
    }
    assert [word for word in foreign_words[lang] if word in body] == []
    assert "{" not in body


def test_a_tile_chooses_the_chart_and_the_chart_has_a_table(visit) -> None:
    visitor = visit().open("lang=en&s=66666666")
    page = visitor.page
    page.click("[data-test=tile-on_time_share]")
    visitor.wait_for_address(show="on_time_share")
    expect(page.locator("[data-test=chart-outcome]")).to_have_value("on_time_share")
    expect(page.locator("[data-test=plot]")).to_have_attribute("aria-label", re.compile("Decided on time"))
    page.click(".k-table summary")
    expect(page.locator(".k-chart .k-table tbody tr")).to_have_count(12)
    expect(page.locator("[data-test=tile-on_time_share]")).to_have_attribute("aria-pressed", "true")


def test_a_wrong_link_is_told_of_and_the_page_works(visit) -> None:
    visitor = visit().open("lang=nl&s=999&load=hot&profile=atlantis&nonsense=<script>")
    notice = visitor.page.locator("[data-test=notice]")
    expect(notice).to_be_visible()
    assert notice.locator("li").count() == 4
    assert "acht cijfers" in notice.inner_text()
    notice.get_by_role("button").click()
    expect(notice).to_be_hidden()
    visitor.wait_for_lessons(TODAY, profile="tilburg")


def test_what_the_footer_offers_is_one_click_away(visit) -> None:
    visitor = visit().open("lang=nl&s=66666666")
    page = visitor.page
    assert "bestaat niet" in page.inner_text(".k-footer")
    for name, words in (("unknown", "voorspelling"), ("assumptions", "work.load"), ("reproduce", "Scenario.load")):
        page.click(f"[data-test={name}]")
        sheet = page.get_by_role("dialog")
        expect(sheet).to_contain_text(words)
        page.click("[data-test=close-sheet]")
        expect(sheet).to_be_hidden()


def test_the_figures_can_be_downloaded(visit) -> None:
    visitor = visit().open("lang=nl&s=66666666")
    with visitor.page.expect_download() as download:
        visitor.page.click("[data-test=download]")
    assert download.value.suggested_filename == "kastje-cijfers.csv"
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("uitkomst;")
    assert "lead_time_days_mean;" in text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_phone_has_one_column_with_the_figures_on_top(visit, lang: str) -> None:
    visitor = visit(390, 844, has_touch=True, is_mobile=True).open(f"lang={lang}&s=46353555")
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    top = {part: page.locator(part).bounding_box()["y"] for part in (".k-tiles", ".k-chart", ".k-lessons")}
    assert top[".k-tiles"] < top[".k-chart"] < top[".k-lessons"]
    expect(page.locator("[data-test=hours]")).to_be_in_viewport()
    page.locator("[data-test=change_and_renew]").scroll_into_view_if_needed()
    expect(page.locator("[data-test=hours]")).to_be_in_viewport()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_on_a_phone_a_change_takes_two_lines_at_most(visit, lang: str) -> None:
    page = visit(390, 844, has_touch=True).open(f"lang={lang}&profile=tilburg&s=46353555").page
    lines = page.locator(".k-tile .k-change").evaluate_all(
        "(all) => all.map((one) => Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)))"
    )
    assert len(lines) == 12
    assert max(lines) <= 2


def test_today_says_what_to_do_next_and_leads_there(visit) -> None:
    visitor = visit(390, 844, has_touch=True, is_mobile=True).open("lang=nl&s=00000000")
    page = visitor.page
    expect(page.locator("[data-test=key]")).to_contain_text("Dit is vandaag")
    expect(page.locator(".k-tile .k-change").first).to_be_hidden()
    page.tap("[data-test=to-lessons]")
    expect(page.locator("[data-test=shared_information]")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.dataset.test") == "shared_information"
    page.keyboard.press("3")
    visitor.answered("30000000")
    expect(page.locator("[data-test=to-lessons]")).to_have_count(0)
    expect(page.locator(".k-tile .k-change").first).to_contain_text(re.compile("beter|slechter|onduidelijk|verschil"))


def test_the_hours_are_in_sight_at_a_desk(visit) -> None:
    visitor = visit().open("lang=nl&s=46353555")
    expect(visitor.page.locator("[data-test=hours]")).to_be_in_viewport()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_the_page_can_be_zoomed_and_every_control_has_a_name(visit) -> None:
    visitor = visit().open("lang=nl")
    page = visitor.page
    assert "user-scalable" not in page.get_attribute("meta[name=viewport]", "content")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('.k-page button, .k-page input, .k-page select')].filter((control) =>
          !(control.getAttribute('aria-label') || control.innerText || '').trim() && !(control.labels || []).length)
          .map((control) => control.outerHTML)"""
    )
    assert nameless == []


def test_the_dark_theme_can_be_chosen_and_stays(visit) -> None:
    visitor = visit().open("lang=nl")
    page = visitor.page
    page.click("[data-test=theme]")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    visitor.answered()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_two_visitors_do_not_see_each_others_choice(visit) -> None:
    one, other = visit().open(f"lang=nl&s={TODAY}"), visit().open(f"lang=en&s={TODAY}")
    one.page.locator("[data-test=ownership]").focus()
    one.page.keyboard.press("6")
    one.answered("00060000")
    expect(other.page.locator("[data-test=ownership]")).to_have_value("0")
    other.wait_for_lessons(TODAY, lang="en")
    expect(other.page.get_by_role("heading", name="Eight lessons")).to_be_visible()
