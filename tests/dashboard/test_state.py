"""A link holds a choice and gives it back; a wrong link is told of and falls back to something valid."""

import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.link_values import LOAD
from kastje.dashboard.visit.problems import sentence
from kastje.dashboard.visit.state import PRESETS, RAMP, REPLICATIONS, SEED, START, STEPS, Choice
from kastje.model import LESSONS, OUTCOMES, Scenario

choices = st.builds(
    Choice,
    lang=st.sampled_from(LANGUAGES),
    profile=st.sampled_from(Scenario.profiles()),
    steps=st.tuples(*[st.integers(0, STEPS)] * len(LESSONS)),
    load=st.integers(round(LOAD[0] * 100), round(LOAD[1] * 100)).map(lambda hundredths: hundredths / 100),
    start=st.integers(*START),
    ramp=st.integers(*RAMP),
    show=st.sampled_from(sorted(OUTCOMES)),
    replications=st.integers(*REPLICATIONS),
    seed=st.integers(*SEED),
)


@given(choices)
def test_a_link_gives_back_the_choice_that_made_it(choice: Choice) -> None:
    assert read(choice.query()) == (choice, ())


@given(st.text(max_size=200))
def test_any_text_after_the_question_mark_gives_a_valid_choice(text: str) -> None:
    choice, _ = read(text)
    assert read(choice.query()) == (choice, ())


@given(
    st.dictionaries(
        st.sampled_from(["lang", "profile", "s", "l", "load", "start", "ramp", "show", "n", "seed", "x"]), st.text()
    )
)
def test_every_problem_has_a_sentence_in_both_languages(parts: dict[str, str]) -> None:
    _, problems = read(urllib.parse.urlencode(parts))
    for language in LANGUAGES:
        assert all(sentence(problem, texts(language)) for problem in problems)


@pytest.mark.parametrize(
    "query",
    ["s=1234567", "s=77777777", "l=luck:4", "l=ownership:7", "l=ownership", "s=abc", "lang=fr",
     "profile=atlantis", "load=9", "load=nan", "load=1e400", "start=-1",
     "start=3.5", "ramp=9999", "show=luck", "n=0", "n=1e3", "seed=-4", "unheard=1"],
)  # fmt: skip
def test_a_wrong_part_is_named_and_replaced_by_its_default(query: str) -> None:
    choice, problems = read(query)
    assert choice == Choice()
    assert len(problems) == 1


def test_one_wrong_part_leaves_the_others_standing() -> None:
    choice, problems = read("?lang=en&s=66666666&load=hot")
    assert (choice.lang, choice.steps, choice.load) == ("en", (6,) * 8, 1.0)
    assert [problem.name for problem in problems] == ["load"]


def test_a_dutch_decimal_comma_is_understood() -> None:
    assert read("load=1,2")[0].load == 1.2


def test_language_and_chart_do_not_change_the_question() -> None:
    assert Choice(lang="en", show="trust").question() == Choice().question()
    assert Choice(load=1.1).question() != Choice().question()


def test_the_scenario_holds_what_was_chosen() -> None:
    scenario = Choice(profile="groningen", steps=(0, 0, 0, 4, 0, 0, 0, 6), load=1.2, start=30, ramp=10).scenario()
    assert scenario.profile == Scenario.load("groningen").profile
    assert scenario.lessons["ownership"] == 4 / 6
    assert scenario.lessons["change_and_renew"] == 1.0
    assert (scenario.start_day, scenario.ramp_days) == (30, 10)
    assert scenario.value("load") == 1.2


def test_todays_choice_is_the_baseline() -> None:
    scenario = Choice(start=180, ramp=0).scenario()
    assert scenario.key() == scenario.baseline().key()


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_preset_changes_the_lessons_only(name: str) -> None:
    before = Choice(lang="en", load=1.3, ramp=30)
    after = before.with_preset(name)
    assert (after.lang, after.load, after.ramp) == ("en", 1.3, 30)
    assert {lesson: step for lesson, step in zip(LESSONS, after.steps, strict=True) if step} == PRESETS[name]
    assert after.preset == name


@given(st.lists(choices, max_size=8))
def test_undo_goes_all_the_way_back_and_redo_forward_again(made: list[Choice]) -> None:
    start = History(Choice())
    end = start
    for choice in made:
        end = end.choose(choice)
    back = end
    for _ in made:
        back = back.undo()
    assert back.present.question() == start.present.question()
    forward = back
    for _ in made:
        forward = forward.redo()
    assert forward.present.question() == end.present.question()


def test_a_drag_is_one_step_to_undo() -> None:
    dragged = History(Choice()).choose(Choice(load=1.1)).choose(Choice(load=1.2), same_move=True)
    assert dragged.undo().present == Choice()


def test_undo_keeps_the_language_that_was_chosen_since() -> None:
    history = History(Choice()).choose(Choice(load=1.1)).show(Choice(load=1.1, lang="en"))
    assert history.undo().present == Choice(lang="en")
