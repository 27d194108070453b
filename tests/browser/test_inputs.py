"""Circumstances, pins, replay and own inputs in a real Chromium, as a policy maker uses them."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TODAY = "00000000"


def test_circumstances_by_keyboard_and_typed_are_in_the_link_and_undone(visit) -> None:
    visitor = visit().open(f"lang=nl&s={TODAY}&n=2")
    page = visitor.page
    page.click("[data-test=context] summary")
    slider = page.get_by_role("slider", name="Kwetsbare inwoners")
    slider.focus()
    page.keyboard.press("ArrowRight")
    visitor.wait_for_address(p="vulnerable_share:0.21")
    page.fill("[data-test=typed-outside_growth]", "5")
    page.press("[data-test=typed-outside_growth]", "Tab")
    visitor.wait_for_address(p="outside_growth:0.05,vulnerable_share:0.21")
    page.get_by_role("slider", name="Juridische zaken").focus()
    page.keyboard.press("ArrowLeft")
    visitor.wait_for_address(staff="legal:90")
    expect(page.get_by_role("slider", name="Juridische zaken")).to_have_attribute(
        "aria-valuetext", "90%: 6 mensen (profiel: 7)"
    )
    page.click("[data-test=undo]")
    expect(page.locator("[data-test=staff-legal]")).to_have_value("100")
    page.click("[data-test=help-staff]")
    expect(page.get_by_role("dialog")).to_contain_text("hele mensen")
    page.keyboard.press("Escape")
    visitor.answered()


def test_a_pin_stays_in_chart_table_and_link(visit) -> None:
    visitor = visit().open("lang=en&l=ownership:6,lived_vision:6&n=2")
    page = visitor.page
    page.fill("[data-test=pin-name]", "Both")
    page.press("[data-test=pin-name]", "Enter")
    expect(page.locator("[data-test=row-A]")).to_contain_text("Both")
    expect(page.locator("[data-test=pin]")).to_be_disabled()
    page.click("[data-test=preset-today]")
    visitor.answered(TODAY)
    expect(page.locator("[data-test=row-A]")).not_to_contain_text("…")
    row = page.locator("[data-test=row-A]").inner_text()
    page.click(".k-table summary")
    expect(page.locator(".k-chart .k-table thead")).to_contain_text("A Both")
    visitor.wait_for_address(pin="Both~l~ownership:6,lived_vision:6")
    other = visit().open(page.url.split("?")[1])
    expect(other.page.locator("[data-test=row-A]")).not_to_contain_text("…")
    assert other.page.locator("[data-test=row-A]").inner_text() == row
    other.page.click("[data-test=take-A]")
    other.answered("00066000")
    other.page.click("[data-test=unpin-A]")
    expect(other.page.locator("[data-test=row-A]")).to_have_count(0)


def test_the_last_change_plays_again(visit) -> None:
    visitor = visit(reduced_motion="reduce").open(f"lang=nl&s={TODAY}&n=2")
    page = visitor.page
    expect(page.locator("[data-test=replay]")).to_be_disabled()
    page.click("[data-test=preset-one_contact]")
    visitor.answered("60060000")
    page.click("[data-test=replay]")
    expect(page.locator("[data-test=replayed]")).to_contain_text("in de laatste maand")
    page.focus("[data-test=preset-tailored]")
    expect(page.locator("[data-test=preset-hint]")).to_contain_text("passende oplossing")


def test_a_parameter_is_found_edited_refused_and_put_back(visit) -> None:
    visitor = visit().open(f"lang=en&s={TODAY}&n=2")
    page = visitor.page
    page.click("[data-test=own]")
    page.fill("[data-test=own-search]", "sick leave")
    expect(page.locator("[data-test^=edit-]")).to_have_count(1)
    page.fill("[data-test=edit-sick_share]", "7")
    page.press("[data-test=edit-sick_share]", "Tab")
    expect(page.get_by_role("alert")).to_have_text("'7': expected a number from 0 to 0.3 (share)")
    page.fill("[data-test=edit-sick_share]", "0.1")
    page.press("[data-test=edit-sick_share]", "Tab")
    visitor.wait_for_address(p="sick_share:0.1")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.click("[data-test=back-sick_share]")
    expect(page.locator("[data-test=own-changed]")).to_have_count(0)
    assert "p" not in visitor.query()
    with page.expect_download() as download:
        page.click("[data-test='fetch-profiles/tilburg']")
    assert download.value.suggested_filename == "tilburg.toml"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_phone_does_not_scroll_sideways(visit, lang: str) -> None:
    pins = "&pin=Alle+acht+lessen+en+nog+veel+meer+woorden~s~66666666"
    query = f"lang={lang}&s=46353555&n=2&p=vulnerable_share:0.3&staff=account:80{pins}"
    visitor = visit(390, 844, has_touch=True, is_mobile=True).open(query)
    for outcome in ("lead_time_days_mean", "on_time_share"):
        visitor.page.select_option("[data-test=chart-outcome]", outcome)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
