"""The presenter view without a browser: its story, its link, what may be said of a difference, and the resident."""

import math
from dataclasses import replace
from typing import Any

import pytest
import solara

from kastje.agents.acts import Act
from kastje.dashboard.case.who import Naming
from kastje.dashboard.present import words
from kastje.dashboard.present.headline import Headline, cause_of, headline_of
from kastje.dashboard.present.page import Page, more_of
from kastje.dashboard.present.position import NO_STEP, Position, read
from kastje.dashboard.present.reckoning import Reckoned, Wanted, reckon, scenario_of
from kastje.dashboard.present.resident import resident_of
from kastje.dashboard.present.steering import forward_word, present_step, wanted_of
from kastje.dashboard.present.story import STORY
from kastje.dashboard.present.talking import talk
from kastje.dashboard.present.words import story_of
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.link import read as read_choice
from kastje.dashboard.visit.link_values import load_of
from kastje.dashboard.visit.state import STEPS, Choice
from kastje.dashboard.work.countdown import HowFar
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Mean
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.logs.stories import Pick, book, candidates, choose, story
from kastje.model import LESSONS, OUTCOMES, Scenario

ACTS = [act.name.lower() for act in Act]
KINDS = {"better", "worse", "hardly", "unclear"}


def with_acts(comparison: Comparison, today: float = 0.3, choice: float = 0.3) -> Comparison:
    """The same comparison in which every act is done at these shares of its occasions."""

    class Acting:
        def __init__(self, run: Any, share: float) -> None:
            self.run, self.by_month = run, run.by_month
            self.acts = {name: {"opportunities": 100.0, "done": 100.0 * share} for name in ACTS}

        def as_dict(self) -> dict[str, float]:
            return self.run.as_dict()

    pairs = tuple(
        replace(pair, baseline=Acting(pair.baseline, today), scenario=Acting(pair.scenario, choice))
        for pair in comparison.pairs
    )
    return replace(comparison, pairs=pairs)


@pytest.mark.parametrize("step", STORY, ids=lambda step: step.id)
def test_a_step_is_whole_in_both_languages(step) -> None:
    assert step.outcome in OUTCOMES
    assert set(step.lessons) <= set(LESSONS)
    assert set(step.lessons.values()) <= set(range(1, STEPS + 1))
    assert load_of(step.load) == step.load
    said = [step.title, step.question, step.hint, *step.points.values()] + (
        [step.alternative.label] if step.alternative else []
    )
    assert all(text[language].strip() for text in said for language in LANGUAGES)
    assert set(step.points) == (KINDS if any(step.lessons.values()) else set())


def test_the_story_has_five_to_seven_steps_that_differ() -> None:
    assert 5 <= len(STORY) <= 7
    assert len({(tuple(step.lessons.items()), step.load) for step in STORY}) == len(STORY)
    assert not any(STORY[0].lessons.values())


def test_the_place_goes_into_the_link_and_comes_back() -> None:
    position = Position(step=3, years=3, guess=(1.5, 2.0, 4.0))
    link = Choice().query() + more_of(position, STORY[2].chosen(Choice()))
    assert read(link)[0] == position
    assert read_choice(link)[1] == ()


@pytest.mark.parametrize(
    ("link", "step"),
    [("", 1), ("s=00000000", 1), ("s=00040000", NO_STEP), ("s=00040000&step=2", 2), ("step=0", NO_STEP), ("s=9", 1),
     ("l=ownership:4", NO_STEP), ("l=ownership:4&step=2", 2), ("l=ownership:0", 1), ("l=luck:4", 1)],
)  # fmt: skip
def test_a_link_with_lessons_and_no_step_is_an_own_choice(link: str, step: int) -> None:
    assert read(link)[0].step == step


@pytest.mark.parametrize("part", ["step=99", "step=x", "step=-1", "years=2", "guess=many", "guess=1_2", "guess=nan"])
def test_a_part_that_cannot_be_used_is_told_of(part: str) -> None:
    position, problems = read(part)
    assert position == Position()
    assert [problem.value for problem in problems] == [part]


@pytest.mark.parametrize("values", [None, "five", [1, 2], [math.inf], [1e12], [{}], {"a": 1}])
def test_what_is_no_prediction_is_ignored(values: object) -> None:
    assert Position(guess=(2.0,)).guessed(values).guess == (2.0,)


def test_three_predictions_are_put_in_order() -> None:
    assert Position().guessed([6, 3, 4.5]).guess == (3.0, 4.5, 6.0)
    assert Position(guess=(2.0,)).guessed([]).guess == ()


def test_other_lessons_than_the_steps_are_an_own_choice() -> None:
    choice = STORY[1].chosen(Choice())
    assert present_step(Position(2), choice) == (2, STORY[1])
    assert present_step(Position(2), replace(choice, steps=(0, 1, 0, 0, 0, 0, 0, 0))) == (NO_STEP, None)
    assert present_step(Position(2), replace(choice, show="trust")) == (2, STORY[1])


def test_three_years_are_a_longer_horizon_of_the_same_lessons() -> None:
    choice = STORY[5].chosen(Choice())
    assert scenario_of(choice, 1).value("horizon_days") == 365
    long = scenario_of(choice, 3)
    assert long.value("horizon_days") == 3 * 365
    assert long.lessons == scenario_of(choice, 1).lessons


def test_the_next_step_is_prepared_and_another_look_asks_for_nothing_new() -> None:
    choice = STORY[2].chosen(Choice())
    wanted = wanted_of(Position(3), choice)
    assert wanted.ahead == STORY[3].chosen(choice).question()
    assert wanted_of(Position(3, guess=(2.0,), phase="why"), replace(choice, show="trust", lang="en")) == wanted
    assert wanted_of(Position(len(STORY)), STORY[-1].chosen(Choice())).ahead is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (0.0, Headline("same")),
        (0.006, Headline("hardly")),
        (0.02, Headline("better", "little")),
        (0.06, Headline("better", "clearly")),
        (0.3, Headline("better", "much")),
        (-0.06, Headline("worse", "clearly")),
    ],
)
def test_the_headline_follows_sign_and_size(comparison_of, change: float, expected: Headline) -> None:
    assert headline_of("on_time_share", comparison_of({"on_time_share": change})) == expected


def test_less_is_better_where_it_is_and_hours_are_weighed_by_the_reader(comparison_of) -> None:
    assert headline_of("bounces_per_case", comparison_of({"bounces_per_case": -0.2})) == Headline("better", "much")
    assert headline_of("lever_hours", comparison_of({"lever_hours": 50.0})).word == "higher"
    assert headline_of("trust", comparison_of({}, gone="trust")) == Headline("none")


def test_a_difference_that_is_not_sure_is_called_unclear(comparison_of) -> None:
    comparison = comparison_of({"on_time_share": 0.1})
    doubtful = Difference(Mean.from_interval(0.1, -0.05, 0.25, 20), yardstick("on_time_share"))
    difference = {**comparison.difference, "on_time_share": doubtful}
    assert headline_of("on_time_share", replace(comparison, difference=difference)) == Headline("unclear")


def test_why_names_the_part_of_the_time_or_the_act_that_moved(comparison_of) -> None:
    slower = comparison_of({"lead_time_days_mean": 9, "lead_queue_hours": 40, "lead_meeting_hours": 8})
    assert cause_of("lead_time_days_mean", with_acts(slower)).name == "lead_queue_hours"
    calmer = with_acts(comparison_of({"stories_per_case": -0.2}), 0.3, 0.6)
    assert cause_of("stories_per_case", calmer).kind == "act"
    assert cause_of("stories_per_case", with_acts(comparison_of({"stories_per_case": -0.2}))).kind == "around"
    assert cause_of("stories_per_case", with_acts(comparison_of({}))).kind == "nothing"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("change", "kind"), [(0.1, "better"), (-0.1, "worse"), (0.0, "hardly")])
def test_the_point_is_the_one_that_the_runs_bear_out(comparison_of, language: str, change: float, kind: str) -> None:
    step = STORY[-1]
    choice = step.chosen(Choice(lang=language))
    comparison = with_acts(comparison_of({step.outcome: change}))
    said = talk(step, choice, comparison, comparison, texts(language))
    assert said["point"] == step.points[kind][language]
    assert step.alternative is not None
    assert said["alternative"].startswith(step.alternative.label[language])
    elsewhere = talk(step, replace(choice, show="trust"), comparison, None, texts(language))
    assert elsewhere["point"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_can_be_said_for_every_outcome(comparison_of, language: str) -> None:
    comparison = with_acts(comparison_of({"open_share": 0.1}, gone="trust"))
    for outcome in OUTCOMES:
        for step in STORY[:2]:
            choice = step.chosen(Choice(lang=language), outcome)
            words.ask_of(Position(), step, choice, comparison, texts(language))
            words.result(choice, comparison, Position(guess=(1.0, 2.0, 3.0)), texts(language))
            talk(step, choice, comparison, comparison, texts(language))
            words.lines(choice, comparison, Position())
            words.alt(choice, comparison, texts(language))


@pytest.mark.parametrize(
    ("guess", "score"),
    [((0.6,), "Raak."), ((0.9,), "De zaal zat er 0,30 boven."), ((0.1,), "De zaal zat er 0,50 onder."), ((), "")],
)
def test_the_room_is_told_how_it_did(comparison_of, guess: tuple[float, ...], score: str) -> None:
    comparison = comparison_of({"stories_per_case": 0.1})
    choice = Choice(show="stories_per_case")
    assert words.result(choice, comparison, Position(guess=guess), texts("nl"))["score"] == score


def test_today_tells_no_difference(comparison_of) -> None:
    said = talk(STORY[0], STORY[0].chosen(Choice()), comparison_of({}), None, texts("nl"))
    assert said["headline"].startswith("Vandaag: 0,50")
    assert said["point"] == said["cost"] == ""


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_the_resident_is_the_typical_case_of_the_page_of_one_case() -> None:
    scenario = Scenario.load("wageningen").with_lessons(shared_information=1.0)
    found = resident_of(scenario, 1)
    today, choice = book(scenario.baseline(), 1), book(scenario, 1)
    assert found is not None
    assert found.case == choose(today, choice, Pick("social_assistance"), "typical")
    assert (found.process, found.of) == ("social_assistance", len(candidates(today, choice, Pick("social_assistance"))))
    for told, run in ((found.today, today), (found.choice, choice)):
        case = story(run, found.case)
        assert (told.days, told.told) == (pytest.approx(case.lead_days), case.counts["stories"])
        assert told.referrals == case.counts["bounces"]
    card = story_of(found, True, Choice(profile="wageningen", steps=(6, *(0,) * 7)), texts("nl"))
    name = Naming(scenario.profile, texts("nl")).name(story(today, found.case).resident)
    assert name in card["title"]
    assert name in card["text"]


def test_where_no_case_is_decided_there_is_no_resident(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kastje.dashboard.present.resident.book", lambda *_: None)
    monkeypatch.setattr("kastje.dashboard.present.resident.choose", lambda *_: "")
    assert resident_of(Scenario.load("tilburg"), 1) is None
    assert story_of(None, True, Choice(), texts("nl"))["rows"] == []


@pytest.fixture
def made_up_runs(monkeypatch: pytest.MonkeyPatch, comparison_of):
    """Runs that take no time: what was run, in order."""
    asked: list[str] = []

    def compared(scenario, runs):
        asked.append(scenario.key())
        runs.watch.progress(runs.replications, runs.replications)
        return None if runs.watch.cancelled() else comparison_of({})

    monkeypatch.setattr("kastje.dashboard.present.reckoning.compared", compared)
    monkeypatch.setattr("kastje.dashboard.present.reckoning.resident_of", lambda *_: None)
    return asked


def test_the_outcome_is_handed_over_whole_and_then_the_next_step_is_run(made_up_runs) -> None:
    choice = STORY[1].chosen(Choice())
    wanted = wanted_of(Position(2), choice)
    said: list[Reckoned] = []
    reckon(wanted, Ticket(), said.append)
    first = next(i for i, one in enumerate(said) if one.comparison is not None)
    assert [one.far.done for one in said[:first]] == [0, 20]
    assert said[-1].resident_known
    assert said[-1].alternative is not None
    assert len(made_up_runs) == 3
    assert made_up_runs[-1] == scenario_of(STORY[2].chosen(choice), 1).key()


def test_what_is_withdrawn_is_not_said(made_up_runs) -> None:
    ticket = Ticket()
    ticket.withdraw()
    said: list[Reckoned] = []
    reckon(Wanted(Choice()), ticket, said.append)
    assert said == []


def test_a_failure_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_, **__):
        raise RuntimeError("secret/path.py")

    monkeypatch.setattr("kastje.dashboard.present.reckoning.compared", fail)
    said: list[Reckoned] = []
    reckon(Wanted(Choice()), Ticket(), said.append)
    assert said[-1].problem == ("error.computing", {})


def test_the_large_button_says_what_comes() -> None:
    assert forward_word(Position(), 1, False) == "show_unasked"
    assert forward_word(Position(guess=(1.0,)), 1, False) == "show"
    assert forward_word(Position(phase="show"), 1, False) == "wait"
    assert forward_word(Position(phase="show"), 1, True) == "at_once"
    assert forward_word(Position(phase="show", shown=True), 1, True) == "why"
    assert forward_word(Position(phase="why"), 1, True) == "next"
    assert forward_word(Position(phase="why"), len(STORY), True) == "again"


def test_the_page_walks_through_a_step(monkeypatch: pytest.MonkeyPatch, comparison_of, view, wait_for) -> None:
    def at_once(wanted, ticket, publish) -> None:
        publish(Reckoned(wanted, HowFar(20, 20), comparison=with_acts(comparison_of({})), resident_known=True))

    monkeypatch.setattr("kastje.dashboard.present.page.reckon", at_once)
    box, context = solara.render(Page(), handle_error=False)

    steering = view(box, "forward_word")
    assert steering.step == 1
    # The figures come on another thread, which may be drawing the page when somebody acts: then it draws that too.
    steering.vue_steer({"act": "skip", "value": None})
    wait_for(lambda: steering.step == 2)
    wait_for(lambda: view(box, "forward_word").forward_word == "show_unasked")
    view(box, "focus").vue_guess([3])
    wait_for(lambda: steering.forward_word == "show")
    wait_for(lambda: "step=2" in view(box, "query").query and "guess=3" in view(box, "query").query)
    for event in ({}, {"act": "goto", "value": 99}, {"act": "over", "value": 2}, {"act": "outcome", "value": "magic"}):
        steering.vue_steer(event)
    assert steering.step == 2
    context.close()


@pytest.mark.parametrize(
    ("values", "guess", "percentage", "expected"),
    [
        ([10.0, 20.0], (), False, (9.2, 20.8)),
        ([0.5, 20.0], (), False, (0.0, 21.56)),
        ([-1.0, 1.0], (), False, (-1.16, 1.16)),
        ([90.0, 99.0], (), True, (89.28, 99.72)),
        ([50.0, 99.0], (100.0,), True, (46.0, 100.0)),
        ([50.0, None], (), False, (46.0, 54.0)),
        ([0.0, 0.0], (), False, (0.0, 0.08)),
    ],
)
def test_the_axis_reaches_a_little_beyond_what_is_drawn_and_not_where_nothing_can_be(
    values, guess, percentage, expected
) -> None:
    lines = dict.fromkeys(("today", "choice", "low", "high"), values) | {"whole": {"today": None}}
    found = words.bounds(lines, guess, percentage=percentage)
    assert (found["min"], found["max"]) == pytest.approx(expected)


def test_without_any_figure_the_axis_is_the_charts_own() -> None:
    nothing = {part: [None] for part in ("today", "choice", "low", "high")}
    assert words.bounds(nothing | {"whole": {}}, (), percentage=False) == {}
