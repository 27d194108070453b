"""An own municipality in a real Chromium: one and the same on all five pages, for whoever has the link, nobody else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kastje.dashboard.figures.figures import value_text
from kastje.dashboard.own.own import own_of
from kastje.dashboard.texts import texts
from kastje.experiments.designs.staff import with_staff
from kastje.experiments.difference.compare import Comparison, compare
from kastje.experiments.logs.film import film_of
from kastje.experiments.logs.stories import Pick, book, choose
from kastje.experiments.runs.runner import Runs
from kastje.experiments.studies.bands import landings
from kastje.model import Scenario
from kastje.model.profile import shipped

pytestmark = pytest.mark.browser
PARAMETERS = {"sick_share": 0.1, "vulnerable_share": 0.3}
TILE = "[data-test=tile-lead_time_days_mean] .k-value b"
EDITS = "p=sick_share:0.1,vulnerable_share:0.3&staff=legal:120"


@pytest.fixture
def village(tmp_path: Path) -> Callable[[str], list[Path]]:
    """Makes files of a municipality that is larger than Tilburg and is called as is said: village(title)."""

    def made(title: str) -> list[Path]:
        profile = shipped("profiles")["tilburg"].read_text(encoding="utf-8")
        named = f'title = {{ nl = "{title}", en = "{title}" }}'
        profile = profile.replace('"event_permit"', '"steps.toml"').replace("per_year = 450", "per_year = 520")
        profile = re.sub(r"^title = .*$", named, profile, count=1, flags=re.M)
        process = shipped("processes")["event_permit"].read_text(encoding="utf-8")
        (tmp_path / "village.toml").write_text(profile, encoding="utf-8")
        (tmp_path / "steps.toml").write_text(process, encoding="utf-8")
        return [tmp_path / "village.toml", tmp_path / "steps.toml"]

    return made


def scenario_of(files: list[Path]) -> Scenario:
    """What the links of these tests ask for, made without the dashboard."""
    world = with_staff(Scenario.load(files[0]), {"legal": 1.2}).with_parameters(**PARAMETERS)
    return world.with_lessons(ownership=4 / 6)


def digest_of(files: list[Path]) -> str:
    return own_of({file.name: file.read_text(encoding="utf-8") for file in files}).digest


def upload(page: Page, files: list[Path]) -> None:
    page.click("[data-test=own]")
    page.set_input_files("[data-test=own-files]", files)
    expect(page.locator("[data-test=own-result]")).to_contain_text(re.compile("is geladen|is loaded"))
    page.click("[data-test=close-own]")


def lead_time(comparison: Comparison, world: str, lang: str) -> str:
    return value_text("lead_time_days_mean", getattr(comparison, world)["lead_time_days_mean"], texts(lang))


def test_all_five_pages_show_the_same_municipality_and_the_models_numbers(visit, village) -> None:
    files = village("Ons dorp")
    scenario = scenario_of(files)
    comparison = compare(scenario, replications=2)
    visitor = visit().open("lang=nl&s=00040000&n=2")
    page = visitor.page
    upload(page, files)
    visitor.wait_for_address(profile="own", own=digest_of(files))
    visitor.open(page.url.partition("?")[2] + "&" + EDITS)
    for _ in range(2):
        expect(page.locator("[data-test=notice]")).to_have_count(0)
        expect(page.locator("[data-test=profile] option:checked")).to_have_text("Ons dorp (eigen)")
        expect(visitor.page.locator(TILE)).to_have_text(lead_time(comparison, "scenario", "nl"))
        page.reload()
        visitor.answered()
    link = visitor.query()

    page.click("[data-test=page-case]")
    page.wait_for_selector('[data-test=case-badge][data-phase="done"]')
    today, now = book(scenario.baseline(), 1), book(scenario, 1)
    case = choose(today, now, Pick("event_permit", "all", "lead"), "typical")
    assert f"event_permit-{page.input_value('[data-test=case-number]')}" == case
    for world, run in (("today", today), ("now", now)):
        days = page.inner_text(f"[data-test=line-{world}] h3 b").split()[0]
        need = run.need(case)
        assert float(days.replace(",", ".")) == pytest.approx((need["decided"] - need["start"]) / 24, abs=0.06)

    page.click("[data-test=page-network]")
    page.wait_for_selector('[data-test=film][data-phase="done"] [data-test=week]')
    for world, run in (("today", scenario.baseline()), ("choice", scenario)):
        still_open = film_of(run, 1).open_cases[-1]
        expect(page.locator(f"[data-test=sentence-{world}]")).to_contain_text(f"Er zijn {still_open} zaken open.")
    expect(page.locator("[data-test=lessons]")).to_contain_text("30% kwetsbaar, 1 andere aanname, andere bezetting")

    page.click("[data-test=page-research]")
    expect(page.locator("[data-test=bands] caption")).to_contain_text("Ons dorp (eigen), 30% kwetsbaar")
    expect(page.locator("[data-test=bands] tbody tr")).not_to_have_count(0)
    landed = landings(scenario.baseline(), Runs(20))[0].value
    shown = page.locator("[data-test=bands] tbody tr").first.locator("td").nth(1).inner_text()
    assert float(shown.replace(",", ".")) == pytest.approx(landed, abs=0.006)

    page.click("[data-test=page-present]")
    expect(page.locator("[data-test=today]")).to_have_text(f"{lead_time(comparison, 'baseline', 'nl')} dagen")

    page.go_back()
    expect(page.locator("[data-test=bands] caption")).to_contain_text("Ons dorp (eigen)")
    page.click("[data-test=page-policy]")
    visitor.answered()
    page.click("[data-test=language]")
    visitor.wait_for_address(**link | {"lang": "en"})
    visitor.answered()
    expect(visitor.page.locator(TILE)).to_have_text(lead_time(comparison, "scenario", "en"))
    page.select_option("[data-test=profile]", "groningen")
    visitor.wait_for_address(profile="groningen")
    expect(page.locator("[data-test=own-summary]")).not_to_contain_text("Ons dorp")
    page.select_option("[data-test=profile]", label="Ons dorp (own)")
    visitor.wait_for_address(profile="own", own=link["own"])

    colleague = visit().open("&".join(f"{name}={value}" for name, value in link.items()))
    expect(colleague.page.locator(TILE)).to_have_text(lead_time(comparison, "scenario", "nl"))
    stranger = visit().open("lang=nl&s=00040000&n=2")
    assert "Ons dorp" not in stranger.page.content()
    assert link["own"][:6] not in stranger.page.content()
    assert stranger.value("lead_time_days_mean") != lead_time(comparison, "scenario", "nl")


@pytest.mark.parametrize(("lang", "width"), [("nl", 1280), ("en", 390)])
def test_a_link_whose_files_are_gone_asks_for_them_and_then_goes_on(visit, village, lang: str, width: int) -> None:
    files = village(f"Dorp {lang}")
    visitor = visit(width, 844)
    page = visitor.page
    query = f"lang={lang}&profile=own&own={digest_of(files)}&s=00040000&n=2&{EDITS}"
    pin = "&pin=Toen~s~00060000"
    page.goto(f"{visitor.address}/?{query}{pin}")
    expect(page.locator("main h2").first).to_have_text(texts(lang)("own.absent_title"))
    expect(page.locator("[data-test=tile-lead_time_days_mean]")).to_have_count(0)
    expect(page.locator("[data-test=own-kept]")).to_contain_text("12")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    broken = files[0].with_name("broken.toml")
    broken.write_text(files[0].read_text(encoding="utf-8").replace("staff = 6", "staff = 60"), encoding="utf-8")
    page.set_input_files("[data-test=own-files]", [broken, files[1]])
    said = page.locator("[data-test=own-result]")
    for words in ("broken.toml", "departments[1].teams[1].staff", "60", "25"):
        expect(said).to_contain_text(words)
    serious = [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert serious == []
    page.set_input_files("[data-test=own-files]", files)
    visitor.answered()
    visitor.wait_for_address(profile="own", own=digest_of(files), staff="legal:120", pin="Toen~l~ownership:6")
    comparison = compare(scenario_of(files), replications=2)
    expect(visitor.page.locator(TILE)).to_have_text(lead_time(comparison, "scenario", lang))
    expect(page.locator("[data-test=row-A]")).not_to_contain_text("…")


def test_pins_of_two_own_municipalities_stay_apart_in_the_link(visit, village) -> None:
    visitor = visit().open("lang=nl&s=00000000&n=2")
    page = visitor.page
    for title in ("Eerste dorp", "Tweede dorp"):
        files = village(title)
        upload(page, files)
        visitor.wait_for_address(own=digest_of(files))
        page.fill("[data-test=pin-name]", f"Pin {title}")
        page.press("[data-test=pin-name]", "Enter")
    page.select_option("[data-test=profile]", "groningen")
    visitor.answered()
    for _ in range(2):
        for row, title in (("A", "Eerste dorp"), ("B", "Tweede dorp")):
            expect(page.locator(f"[data-test=row-{row}]")).to_contain_text(f"{title} (eigen)")
            expect(page.locator(f"[data-test=row-{row}]")).not_to_contain_text("…")
        page.reload()
        visitor.answered()
    gone = re.sub(r"(pin=Pin\+Eerste[^&]*own(?:~|%7E))\w{32}", rf"\g<1>{'0' * 32}", page.url)
    assert gone != page.url
    visitor.open(gone.partition("?")[2])
    expect(page.locator("[data-test=notice]")).to_contain_text("‘Pin Eerste dorp’ hoort bij een eigen gemeente")
    expect(page.locator("[data-test=row-A]")).to_contain_text("bestanden nodig")
    expect(page.locator("[data-test=take-A]")).to_have_count(0)
    expect(page.locator("[data-test=row-B]")).to_contain_text("Tweede dorp (eigen)")


def test_a_scenario_is_saved_and_an_upload_undone_and_redone(visit, village, tmp_path: Path) -> None:
    files = village("Ons dorp")
    visitor = visit().open("lang=nl&s=00040000&n=2")
    page = visitor.page
    page.click("[data-test=own]")
    page.set_input_files("[data-test=own-files]", files[:1])
    for words in ("village.toml", "applications[1].process", "'steps.toml'"):
        expect(page.locator("[data-test=own-result]")).to_contain_text(words)
    page.set_input_files("[data-test=own-files]", files)
    expect(page.locator("[data-test=own-result]")).to_contain_text("Ons dorp is geladen")
    with page.expect_download() as download:
        page.click("[data-test=own-save]")
    saved = tmp_path / "saved.toml"
    download.value.save_as(saved)
    page.click("[data-test=close-own]")
    page.click("[data-test=undo]")
    visitor.wait_for_address(profile="tilburg")
    page.click("[data-test=redo]")
    visitor.wait_for_address(profile="own", own=digest_of(files))
    other = visit().open("lang=nl&s=00000000&n=2")
    upload(other.page, [saved])
    other.wait_for_lessons("00040000", profile="own", own=digest_of(files))
