"""The research page and what a visitor takes along, in a real Chromium."""

import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from kastje.evidence.pages.browser import running_server
from kastje.model import LESSONS

pytestmark = pytest.mark.browser


def opened(visit, lang: str = "nl", **size: int):
    visitor = visit(**size)
    visitor.page.goto(f"{visitor.address}/research?lang={lang}&s=00030000")
    visitor.page.wait_for_selector("[data-test=traces]")
    return visitor


def test_a_small_design_runs_with_progress_and_gives_chart_table_and_csv(visit) -> None:
    visitor = opened(visit)
    page = visitor.page
    page.fill("[data-test=replications]", "4")
    page.click("[data-test=start-design]")
    expect(page.locator("progress")).to_be_visible()
    page.wait_for_selector("[data-test=dots][data-drawn] svg")
    expect(page.locator("[data-test=design] tbody tr")).to_have_count(9)
    page.select_option("[data-test=design-outcome]", "trust")
    visitor.wait_for_address(show="trust")
    expect(page.locator("[data-test=design] caption")).to_contain_text("Vertrouwen")
    with page.expect_download() as download:
        page.click("[data-test=design-csv]")
    assert download.value.suggested_filename == "kastje-proef.csv"
    table = pd.read_csv(io.BytesIO(Path(download.value.path()).read_bytes()), sep=";", decimal=",")
    assert set(table["variant"]) >= {"ownership", "all"}
    assert table["verschil"].dtype == float


def test_a_small_design_by_keyboard_alone(visit) -> None:
    page = opened(visit).page

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.dataset.test") == name:
                return
        pytest.fail(f"Tab never came to {name}")

    tab_to("replications")
    page.keyboard.press("Control+A")
    page.keyboard.type("4")
    tab_to("start-design")
    page.keyboard.press("Enter")
    expect(page.locator("[data-test=design] tbody tr")).to_have_count(9)
    tab_to("design-csv")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "kastje-proef.csv"


def test_a_reload_and_another_language_keep_the_settings_of_a_design(visit) -> None:
    visitor = opened(visit)
    page = visitor.page
    page.check("[data-test=kind-range]")
    page.fill("[data-test=replications]", "6")
    page.select_option("[data-test=parameter]", "resident.vulnerable_share")
    page.fill("[data-test=low]", "0,15")
    page.press("[data-test=low]", "Tab")
    visitor.wait_for_address(design="range", runs="6", parameter="resident.vulnerable_share", low="0.15")
    high = page.input_value("[data-test=high]")
    page.reload()
    expect(page.locator("[data-test=kind-range]")).to_be_checked()
    expect(page.locator("[data-test=replications]")).to_have_value("6")
    expect(page.locator("[data-test=parameter]")).to_have_value("resident.vulnerable_share")
    expect(page.locator("[data-test=low]")).to_have_value("0,15")
    expect(page.locator("[data-test=high]")).to_have_value(high)
    page.click("[data-test=language]")
    expect(page.locator("[data-test=low]")).to_have_value("0.15")
    expect(page.locator("[data-test=parameter]")).to_have_value("resident.vulnerable_share")
    expect(page).to_have_title("Research - Kastje")


def test_a_design_can_be_stopped_and_a_wrong_setting_is_told(visit) -> None:
    page = opened(visit, "en").page
    page.fill("[data-test=replications]", "40")
    page.click("[data-test=start-design]")
    page.click("[data-test=stop-design]")
    expect(page.locator("[data-test=design-phase]")).to_have_attribute("data-phase", "stopped")
    expect(page.locator("[data-test=start-design]")).to_be_visible()
    page.fill("[data-test=replications]", "400")
    page.click("[data-test=start-design]")
    expect(page.locator("[data-test=design-problem]")).to_contain_text("whole number from 4 to 40")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_phone_scrolls_one_way_only_and_every_control_has_a_name(visit, lang: str) -> None:
    page = opened(visit, lang, width=390, height=844).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('.k-page button, .k-page input, .k-page select')].filter((control) =>
          !(control.getAttribute('aria-label') || control.innerText || '').trim() && !(control.labels || []).length)
          .map((control) => control.outerHTML)"""
    )
    assert nameless == []
    assert "{" not in page.inner_text("main")
    assert re.search(r"\d+ (van de|of the) 33", page.inner_text("main"))


def test_the_report_and_the_data_say_what_the_screen_says(visit, tmp_path: Path) -> None:
    visitor = visit().open("lang=nl&s=66666666&n=6")
    page = visitor.page
    shown = visitor.value("lead_time_days_mean")
    with page.expect_download() as download:
        page.click("[data-test=report]")
    assert download.value.suggested_filename == "kastje-rapport.html"
    report = tmp_path / "report.html"
    download.value.save_as(report)
    text = report.read_text(encoding="utf-8")
    (row,) = re.findall(r'<tr[^>]*data-outcome="lead_time_days_mean">.*?</tr>', text)
    assert re.findall(r'<td class="number">(.*?)</td>', row)[1] == shown
    lessons = ",".join(f"{name}:6" for name in LESSONS)
    assert f"{visitor.address}/?lang=nl&amp;profile=tilburg&amp;l={lessons}&amp;n=6" in text
    with page.expect_download() as download:
        page.click("[data-test=parquet]")
    table = pd.read_parquet(Path(download.value.path()))
    whole = table[table["month"].isna()].set_index("outcome")
    assert f"{whole.loc['lead_time_days_mean', 'choice']:.1f}".replace(".", ",") == shown
    paper = page.context.browser.new_page()
    asked: list[str] = []
    paper.on("request", lambda request: asked.append(request.url))
    paper.goto(report.as_uri())
    assert asked == [report.as_uri()]
    assert paper.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    paper.close()


def test_results_of_the_command_line_are_listed_and_opened(visit, monkeypatch, tmp_path: Path) -> None:
    figure = {"mean": -2.0, "low": -3.0, "high": -1.0, "certainty": 1.0}
    settings = {"profile": "tilburg", "lessons": {"ownership": 1.0}}
    worlds = {"baseline": {"lead_time_days_mean": 60.0}, "scenario": {"lead_time_days_mean": 58.0}}
    compared = worlds | {"difference": {"lead_time_days_mean": figure}, "replications": 20, "settings": settings}
    (tmp_path / "compare.json").write_text(json.dumps(compared))
    (tmp_path / "broken.json").write_text("{")
    study = tmp_path / "study"
    study.mkdir()
    (study / "manifest.json").write_text(json.dumps({"profile": "groningen", "runs": 30}))
    pd.DataFrame({"run": range(30), "fit": 0.5}).to_parquet(study / "part.parquet")
    monkeypatch.setenv("KASTJE_RESULTS", str(tmp_path))
    with running_server() as address:
        visitor = visit(at=address)
        page = visitor.page
        page.goto(f"{address}/research?lang=en")
        page.wait_for_selector("[data-test=results]")
        expect(page.locator("[data-test=results] tbody tr")).to_have_count(3)
        expect(page.locator("[data-test=results]")).to_contain_text("Cannot be read")
        page.click("[data-test='open-compare.json']")
        expect(page.locator("[data-test=result-0]")).to_contain_text("\N{MINUS SIGN}3.0 to \N{MINUS SIGN}1.0")
        page.click("[data-test='open-study']")
        expect(page.locator("[data-test=result-1] caption")).to_contain_text("30 rows, 2 columns; the first 20 rows")
        expect(page.locator("[data-test=result-1] tbody tr")).to_have_count(20)
        visitor.leave()
