"""The presenter view in a real Chromium: a whole story by keyboard in Dutch, a step in English, a phone, the link."""

import re

import pytest
from playwright.sync_api import expect

from kastje.dashboard.present.story import STORY, Step
from kastje.dashboard.visit.lesson_parts import steps_with

pytestmark = pytest.mark.browser


@pytest.fixture
def present(visit):
    """Opens the presenter view: present(query, width, height, ...). Motion is calm unless told otherwise."""

    def opened(query: str, width: int = 1280, height: int = 720, **options):
        visitor = visit(width, height, **{"reduced_motion": "reduce", **options})
        visitor.page.goto(f"{visitor.address}/present?{query}")
        expect(visitor.page.locator("[data-test=question]")).to_be_visible()
        return visitor

    return opened


def digits(step: Step) -> str:
    """A step's lessons, each by how far it goes."""
    return "".join(map(str, steps_with(step.lessons)))


def drawn(page) -> None:
    """Wait until the outcome stands there whole, with the resident beside it."""
    expect(page.locator("[data-test=plot][data-over=yes] svg")).to_be_visible()
    expect(page.locator("[data-test=resident] h3")).to_be_visible()


def test_the_whole_story_by_keyboard_in_dutch(present) -> None:
    visitor = present("lang=nl")
    page, keys = visitor.page, visitor.page.keyboard
    for number, step in enumerate(STORY, 1):
        expect(page.locator("[data-test=eyebrow]")).to_contain_text(f"Stap {number} van {len(STORY)}")
        expect(page.locator("[data-test=question]")).to_have_text(step.question["nl"])
        visitor.wait_for_lessons(digits(step), step=str(number))
        if number % 2:
            keys.type("42,5")
            expected = "42.5"
            if step.outcome.endswith("share"):
                expect(page.locator("[data-test=forward]")).to_have_text("Toon")
        else:
            # From today's value on, as soon as that is known.
            expect(page.locator("[data-test=today]")).to_have_text(re.compile(r"\d"))
            keys.press("ArrowDown")
            expected = page.locator("[data-test=guess-middle]").input_value().replace(",", ".")
            assert float(expected) > 0
        visitor.wait_for_address(guess=expected)
        keys.press("Enter" if number % 2 else "Space")
        drawn(page)
        result = page.locator("[data-test=result]")
        expect(result).to_contain_text("De zaal zei")
        expect(result).to_contain_text("95%-interval")
        assert "vandaag" in page.locator("[data-test=resident]").inner_text()
        keys.press("ArrowRight")
        expect(page.locator("[data-test=headline]")).to_be_visible()
        assert page.inner_text("[data-test=why]").strip()
        expect(page.locator("[data-test=hint]")).to_contain_text(step.hint["nl"])
        if number > 1:
            assert page.inner_text("[data-test=point]") in {point["nl"] for point in step.points.values()}
        keys.press("PageDown")
    expect(page.locator("[data-test=eyebrow]")).to_contain_text("Stap 1 van")
    assert "{" not in page.inner_text("body")


def test_a_step_in_english_with_three_predictions_the_help_and_the_way_back(present) -> None:
    visitor = present("lang=en&step=4")
    page, keys = visitor.page, visitor.page.keyboard
    page.click("[data-test=spread]")
    for name, value in (("lowest", "60"), ("middle", "75.5"), ("highest", "90")):
        page.fill(f"[data-test=guess-{name}]", value)
    visitor.wait_for_address(guess="60_75.5_90")
    keys.press("Enter")
    drawn(page)
    expect(page.locator("[data-test=result]")).to_contain_text("The room said 75.5 days (60.0 to 90.0).")
    page.click(".p-reveal .k-table summary")
    expect(page.locator(".p-reveal .k-table tbody tr")).to_have_count(12)
    page.click(".p-reveal .k-table summary")
    page.click("[data-test=forward]")
    expect(page.locator("[data-test=headline]")).to_contain_text("Mean lead time")
    expect(page.locator("[data-test=alternative]")).to_contain_text("The same at normal load")
    keys.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Space, Enter")
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    keys.press("ArrowLeft")
    drawn(page)
    keys.press("PageUp")
    expect(page.locator("[data-test=guess-middle]")).to_have_value("75.5")
    assert [word for word in ("vandaag", "zaal", "beter", "slechter") if word in page.inner_text("body")] == []
    keys.press("n")
    expect(page.locator("[data-test=eyebrow]")).to_contain_text("Step 5 of")


def test_the_outcome_draws_itself_calmly_and_can_be_shown_at_once(present) -> None:
    visitor = present("lang=nl&step=2&guess=4", reduced_motion="no-preference")
    page, keys = visitor.page, visitor.page.keyboard
    keys.press("Enter")
    expect(page.locator("[data-test=forward]")).to_have_text("Meteen alles")
    expect(page.locator("[data-test=plot] svg")).to_be_visible()
    assert page.get_attribute("[data-test=plot]", "data-over") == "no"
    keys.press("Space")
    drawn(page)
    expect(page.locator("[data-test=forward]")).to_have_text("Waarom?")


def test_an_echo_that_comes_late_does_not_pull_back_what_was_typed_since(present) -> None:
    page = present("lang=en&profile=tilburg&step=1").page
    typed = page.evaluate(
        """async () => {
          const field = document.querySelector('.p-ask').__vue__;
          field.guess = () => {};  // Python is slow to answer
          field.type('middle', '4');
          field.type('middle', '42');
          const seen = [];
          for (const guess of [[], [4], [42], [7]]) {
            field.about = { ...field.about, guess };
            await field.$nextTick();
            seen.push(field.typed.middle);
          }
          return seen;
        }"""
    )
    assert typed == ["42", "42", "42", "7"]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_bar_is_one_row_from_edge_to_edge_and_the_sliders_stand_above_it(visit, lang, width, height) -> None:
    visitor = visit(width, height)
    page = visitor.page
    page.goto(f"{visitor.address}/present?lang={lang}&profile=tilburg&s=46353555&step=0")
    page.wait_for_selector("[data-test=question]")
    bar = page.locator(".p-steering").bounding_box()
    assert (bar["x"], bar["width"]) == (0, width)
    middles = page.locator(".p-steering button:visible, .p-steering select").evaluate_all(
        "(all) => all.map((one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; })"
    )
    assert max(middles) - min(middles) < 3
    sliders = page.locator(".k-lessons").bounding_box()
    assert sliders["y"] + sliders["height"] <= bar["y"]


def test_the_link_restores_step_years_and_prediction(present) -> None:
    visitor = present("lang=nl&step=6&years=3&guess=7")
    page = visitor.page
    expect(page.locator("[data-test=years-3]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-test=guess-middle]")).to_have_value("7")
    page.keyboard.press("Enter")
    drawn(page)
    page.click(".p-reveal .k-table summary")
    expect(page.locator(".p-reveal .k-table tbody tr")).to_have_count(36)
    said = page.inner_text("[data-test=result]")
    page.click("[data-test=language]")
    visitor.wait_for_address(lang="en", step="6", years="3", guess="7")
    expect(page.locator("[data-test=result]")).to_contain_text("The room said 7.0")
    other = present(visitor.page.url.split("?")[1].replace("lang=en", "lang=nl"))
    other.page.keyboard.press("Enter")
    drawn(other.page)
    assert other.page.inner_text("[data-test=result]") == said


def test_an_own_choice_has_the_lessons_of_the_link_and_another_outcome_is_another_question(present) -> None:
    visitor = present("lang=nl&s=00040000&load=1.1")
    page = visitor.page
    expect(page.locator("[data-test=changed]")).to_contain_text("Eigenaarschap: stevig")
    page.select_option("[data-test=outcome]", "trust")
    expect(page.locator("[data-test=question]")).to_contain_text("Vertrouwen van inwoners")
    page.fill("[data-test=typed-lived_vision]", "5")
    page.locator("[data-test=typed-lived_vision]").press("Tab")
    visitor.wait_for_lessons("00045000", step="0", show="trust")
    page.click("[data-test=step-3]")
    visitor.wait_for_lessons(digits(STORY[2]), step="3")
    page.click("[data-test=step-0]")
    visitor.wait_for_lessons("00045000", load="1.1", step="0")


def test_presenting_hides_the_head(present) -> None:
    page = present("lang=nl").page
    expect(page.locator(".k-header")).to_be_visible()
    page.keyboard.press("f")
    expect(page.locator(".k-header")).to_be_hidden()
    page.click("[data-test=fullscreen]")
    expect(page.locator(".k-header")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_beamer_shows_each_screen_without_scrolling_in_large_type(present, size: tuple[int, int]) -> None:
    page = present("lang=nl&step=4&guess=80", *size).page
    room = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    assert page.evaluate(room) == list(size)
    letters = "(q) => parseFloat(getComputedStyle(document.querySelector(q)).fontSize)"
    assert page.evaluate(letters, "[data-test=question]") >= size[1] / 18
    page.keyboard.press("Enter")
    drawn(page)
    assert page.evaluate(room) == list(size)
    page.keyboard.press("Enter")
    expect(page.locator("[data-test=alternative]")).to_be_visible()
    assert page.evaluate(room) == list(size)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_phone_shows_it_too_and_every_control_has_a_name(present, lang: str) -> None:
    page = present(f"lang={lang}&step=3&guess=2", 390, 844, has_touch=True, is_mobile=True).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("[data-test=forward]")
    drawn(page)
    expect(page.locator("[data-test=forward]")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('.k-page button, .k-page input, .k-page select')].filter((control) =>
          !(control.getAttribute('aria-label') || control.innerText || '').trim() && !(control.labels || []).length)
          .map((control) => control.outerHTML)"""
    )
    assert nameless == []
