"""The page as Solara renders it, with no browser: sliders, tiles, languages, links, and answers that come too late."""

import threading
import types

import pytest
import solara

from kastje.dashboard.inputs.lessons_panel import LessonsPanel
from kastje.dashboard.pages import PAGES
from kastje.dashboard.policy.chart import ChartPanel
from kastje.dashboard.policy.outcomes_panel import Budget, OutcomesPanel, badge
from kastje.dashboard.policy.page import Page
from kastje.dashboard.routes import routes
from kastje.dashboard.texts import texts
from kastje.dashboard.visit import computing
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.model import LESSONS
from kastje.model.errors import phrase, unexpected


@pytest.fixture
def page(quiet: None):
    box, context = solara.render(Page(), handle_error=False)
    yield box
    context.close()


def rendered(component, session: Session):
    return solara.render(component(session), handle_error=False)


def test_the_page_has_eight_lessons_in_the_sources_order(page, view) -> None:
    assert [lesson["id"] for lesson in view(page, "lessons").lessons] == list(LESSONS)


def test_every_lesson_has_five_parts_of_help(page, view) -> None:
    for lesson in view(page, "lessons").lessons:
        assert len(lesson["help"]) == 5
        assert all(part["title"] and part["text"] for part in lesson["help"])


def test_the_page_says_that_the_municipality_is_synthetic(page, view) -> None:
    assert "bestaat niet" in view(page, "synthetic").synthetic


def test_a_move_of_a_slider_reaches_the_address_and_can_be_undone(page, view) -> None:
    lessons, header = view(page, "lessons"), view(page, "query")
    lessons.vue_move({"control": "ownership", "value": 4, "settled": True, "move": 1})
    assert "l=ownership:4" in header.query
    assert lessons.chosen["steps"][3] == 4
    assert header.can_undo
    header.vue_undo({})
    assert "&l=" not in header.query
    header.vue_redo({})
    assert "l=ownership:4" in header.query
    header.vue_reset({})
    assert "&l=" not in header.query


def test_a_preset_sets_all_sliders(page, view) -> None:
    lessons = view(page, "lessons")
    lessons.vue_preset("all_eight")
    assert lessons.chosen["steps"] == [6] * 8
    assert lessons.chosen["preset"] == "all_eight"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"control": "ownership"},
        {"control": "ownership", "value": "six"},
        {"control": "ownership", "value": 7},
        {"control": "ownership", "value": float("nan")},
        {"control": "magic", "value": 1},
        {"control": "load", "value": 99},
        {"control": "start", "value": -5, "move": "x"},
    ],
)
def test_a_move_that_cannot_be_is_ignored(event: dict[str, object], a_session) -> None:
    session = a_session()
    session.move(event)
    assert session.history.value == History(Choice())


def test_an_answer_does_not_redraw_the_sliders(monkeypatch: pytest.MonkeyPatch, comparison_of, a_session) -> None:
    session = a_session()
    _, context = rendered(LessonsPanel, session)
    drawn: list[int] = []
    monkeypatch.setattr("kastje.dashboard.inputs.lessons_panel._chosen", lambda *_: drawn.append(1) or {})
    session.answer.set(Answer(Choice(), "done", 20, 20, comparison_of({})))
    assert drawn == []
    context.close()


def test_a_click_on_a_tile_changes_the_chart_and_not_the_numbers(comparison_of, view, a_session) -> None:
    session = a_session(answer=Answer(Choice(), "done", 20, 20, comparison_of({})))
    tiles, first = rendered(OutcomesPanel, session)
    chart, second = rendered(ChartPanel, session)
    view(tiles, "figures").vue_show("trust")
    assert view(chart, "lines").lines["outcome"] == "trust"
    assert view(tiles, "figures").badge["phase"] == "done"
    first.close()
    second.close()


def test_tiles_follow_the_language(comparison_of, view, a_session) -> None:
    session = a_session(Choice(lang="en"), Answer(Choice(), "done", 20, 20, comparison_of({}, gone="trust")))
    box, context = rendered(OutcomesPanel, session)
    values = {figure["name"]: figure["value"] for figure in view(box, "figures").figures}
    assert values["trust"] == "not available"
    context.close()


def test_the_hours_are_shown_before_and_after_the_first_answer(comparison_of, view, a_session) -> None:
    session = a_session()
    box, context = rendered(Budget, session)
    assert view(box, "hours").hours["value"] == "…"
    session.answer.set(Answer(Choice(), "done", 20, 20, comparison_of({"lever_hours": 5000.0})))
    assert view(box, "hours").hours["value"] != "…"
    context.close()


def test_the_badge_tells_an_estimate_from_a_result(comparison_of) -> None:
    words = texts("en")
    first = badge(Answer(Choice(), "first", 2, 20, comparison_of({}, 2)), Choice(), words)
    assert first["words"] == "First estimate: 2 of 20 replications"
    done = badge(Answer(Choice(), "done", 20, 20, comparison_of({})), Choice(), words)
    assert done["words"] == "Worked out: 20 replications"
    assert badge(Answer(Choice(), "done", 20, 20, comparison_of({})), Choice(load=1.2), words)["phase"] == "computing"


@pytest.mark.parametrize(("seconds_a_pair", "shown"), [(0.01, [2, 20]), (0.25, [2, 5, 8, 11, 14, 17, 20])])
def test_answers_come_after_two_now_and_then_and_as_final(
    monkeypatch: pytest.MonkeyPatch, comparison_of, seconds_a_pair: float, shown: list[int]
) -> None:
    now = 0.0

    def pairs(*_: object, **__: object):
        nonlocal now
        for pair in comparison_of({}).pairs:
            now += seconds_a_pair
            yield pair

    monkeypatch.setattr(computing.runner, "pairs", pairs)
    monkeypatch.setattr(computing, "time", types.SimpleNamespace(monotonic=lambda: now))
    found: list[Answer] = []
    computing.answer(Choice(), None, computing.Ticket(), found.append)
    assert [one.done for one in found] == shown
    assert [one.phase for one in found] == ["first"] * (len(shown) - 1) + ["done"]


def test_a_withdrawn_question_gets_no_answer(monkeypatch: pytest.MonkeyPatch, comparison_of) -> None:
    ticket = computing.Ticket()

    def pairs(scenario: object, runs):
        for number, pair in enumerate(comparison_of({}).pairs):
            if number == 3:
                ticket.withdraw()
                assert runs.watch.cancelled()
            given.append(number)
            yield pair

    given: list[int] = []
    monkeypatch.setattr(computing.runner, "pairs", pairs)
    found: list[Answer] = []
    computing.answer(Choice(), None, ticket, found.append)
    assert [one.done for one in found] == [2]
    assert given == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("error", "words"),
    [(unexpected("work.load", 9, phrase("expected.below", limit=3)), "work.load"), (ZeroDivisionError("x"), "meld")],
)
def test_an_error_is_told_in_words_without_a_traceback(
    monkeypatch, error: Exception, words: str, view, a_session
) -> None:
    def fail(*_: object, **__: object):
        raise error

    monkeypatch.setattr(computing.runner, "pairs", fail)
    found: list[Answer] = []
    computing.answer(Choice(), None, computing.Ticket(), found.append)
    session = a_session(answer=found[0])
    box, context = rendered(OutcomesPanel, session)
    shown = view(box, "problem").problem
    assert words in shown
    assert "Traceback" not in shown
    assert "ZeroDivision" not in shown
    context.close()


def test_a_newer_choice_withdraws_the_question_before(monkeypatch: pytest.MonkeyPatch, a_session) -> None:
    tickets: list[computing.Ticket] = []
    asked = threading.Event()

    def answer(_choice, _previous, ticket, _publish) -> None:
        tickets.append(ticket)
        asked.set()

    monkeypatch.setattr(computing, "answer", answer)
    session = a_session()
    _, context = rendered(computing.Computing, session)
    assert asked.wait(20)
    asked.clear()
    session.move({"control": "load", "value": 1.2, "settled": True, "move": 1})
    assert asked.wait(20)
    assert [ticket.withdrawn() for ticket in tickets] == [True, False]
    context.close()
    assert tickets[-1].withdrawn()


def test_another_language_asks_nothing_again(monkeypatch: pytest.MonkeyPatch, a_session) -> None:
    asked: list[Choice] = []
    first = threading.Event()
    monkeypatch.setattr(computing, "answer", lambda choice, *_: (asked.append(choice), first.set()))
    session = a_session()
    _, context = rendered(computing.Computing, session)
    assert first.wait(20)
    session.history.set(session.history.value.show(Choice(lang="en", show="trust")))
    context.close()
    assert len(asked) == 1


def test_the_assumptions_and_the_unknown_are_one_click_away(page, view) -> None:
    footer = view(page, "sheet")
    footer.vue_open("assumptions")
    assert len(footer.sheet["rows"]) > 20
    assert {"label", "value", "unit", "range", "status", "source"} <= set(footer.sheet["rows"][0])
    footer.vue_closed({})
    assert footer.sheet == {}
    footer.vue_open("unknown")
    assert len(footer.sheet["points"]) >= 5
    footer.vue_open("reproduce")
    assert "compare(scenario" in footer.sheet["code"]


def test_every_page_has_its_route() -> None:
    assert ["/" + route.path.strip("/") for route in routes] == [page.address for page in PAGES.values()]


def test_looking_at_something_else_keeps_the_answer(
    monkeypatch: pytest.MonkeyPatch, comparison_of, view, wait_for
) -> None:
    made = comparison_of({})
    answered = threading.Event()

    def answer(choice, _previous, _ticket, publish) -> None:
        publish(Answer(choice, "done", 20, 20, made))
        answered.set()

    monkeypatch.setattr(computing, "answer", answer)
    box, context = solara.render(Page(), handle_error=False)
    assert answered.wait(20)
    tiles = view(box, "figures")
    wait_for(lambda: "…" not in [figure["value"] for figure in tiles.figures])
    before = [figure["value"] for figure in tiles.figures]
    tiles.vue_show("trust")
    wait_for(lambda: view(box, "query").query.endswith("show=trust"))
    assert [figure["value"] for figure in tiles.figures] == before
    context.close()


def test_a_picture_that_cannot_be_made_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, comparison_of, view, a_session
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("secret path")

    session = a_session(answer=Answer(Choice(), "done", 20, 20, comparison_of({})))
    monkeypatch.setattr("kastje.dashboard.figures.figures._figure", fail)
    monkeypatch.setattr("kastje.dashboard.policy.chart.lines_of", fail)
    for panel in (OutcomesPanel, ChartPanel, Budget):
        box, context = rendered(panel, session)
        if panel is OutcomesPanel:
            assert "niet gelukt" in view(box, "problem").problem
        context.close()
