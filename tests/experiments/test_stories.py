"""One case in two worlds with the same draws: its story adds up, the choice of a case holds, and so does its reason."""

import numpy as np
import pytest

from kastje.experiments.logs.stories import (
    KINDS,
    PARTS,
    Book,
    Pick,
    active,
    book,
    candidates,
    choose,
    differences,
    how_typical,
    left_out,
    story,
)
from kastje.experiments.logs.stories.pick import changes
from kastje.experiments.runs.watch import Watch
from kastje.model import LESSONS, Scenario

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine")]

SEED = 1
PROCESS = Pick("event_permit")


@pytest.fixture(scope="module")
def today() -> Book:
    return book(Scenario.load("tilburg"), SEED)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.load("tilburg").with_lessons(**dict.fromkeys(LESSONS, 1.0))


@pytest.fixture(scope="module")
def choice(scenario: Scenario) -> Book:
    return book(scenario, SEED)


@pytest.fixture(scope="module")
def cases(today: Book, choice: Book) -> list[str]:
    return candidates(today, choice, PROCESS)


@pytest.mark.parametrize("how", ["typical", "gained", "lost"])
def test_where_a_case_lay_adds_up_to_its_lead_time(today: Book, choice: Book, how: str) -> None:
    case = choose(today, choice, PROCESS, how)
    for run in (today, choice):
        told = story(run, case)
        assert sum(told.lying.values()) == pytest.approx(told.lead_days, abs=1e-6)
        assert sum(told.hours.values()) / 24 == pytest.approx(told.lead_days, abs=1e-6)
        assert told.stretches[0].begin == 0.0
        for before, after in zip(told.stretches[:-1], told.stretches[1:], strict=True):
            assert before.end == pytest.approx(after.begin)
        assert {event.kind for event in told.events} <= set(KINDS)
        assert [event.hours for event in told.events] == sorted(event.hours for event in told.events)
        assert told.events[-1].kind == "decision"


def test_the_story_is_told_as_often_as_it_is_counted(today: Book, cases: list[str]) -> None:
    for case in cases[:12]:
        told = story(today, case)
        assert sum(event.kind == "told_again" for event in told.events) == told.counts["stories"], case


def test_a_case_is_the_same_resident_in_both_worlds(today: Book, choice: Book, cases: list[str]) -> None:
    assert len(cases) > 300
    for case in cases[::25]:
        one, other = story(today, case), story(choice, case)
        assert (one.resident, one.type, one.start, one.vulnerable) == (
            other.resident,
            other.type,
            other.start,
            other.vulnerable,
        )


def test_the_choice_of_a_case(today: Book, choice: Book, cases: list[str]) -> None:
    change = dict(zip(cases, changes(today, choice, cases, "lead"), strict=True))
    assert change[choose(today, choice, PROCESS, "gained")] == min(change.values())
    assert change[choose(today, choice, PROCESS, "lost")] == max(change.values())
    median = np.median(list(change.values()))
    typical = choose(today, choice, PROCESS, "typical")
    near = [case for case in cases if round(abs(change[case] - median)) == 0]
    assert typical in near
    rest = [dict(zip(cases, changes(today, choice, cases, name), strict=True)) for name in ("stories", "bounces")]
    unlike = {case: sum(abs(one[case] - np.mean(list(one.values()))) for one in rest) for case in near}
    assert unlike[typical] == pytest.approx(min(unlike.values()), abs=2e-3)
    assert choose(today, choice, PROCESS, "next", cases[4]) == cases[5]
    assert choose(today, choice, PROCESS, "next", cases[-1]) == cases[0]
    assert choose(today, choice, Pick("no_such_process"), "typical") == ""
    vulnerable = candidates(today, choice, Pick("event_permit", "vulnerable"))
    others = candidates(today, choice, Pick("event_permit", "other"))
    assert sorted(vulnerable + others) == sorted(cases)


def test_how_typical_counts_what_it_says(today: Book, choice: Book, cases: list[str]) -> None:
    change = changes(today, choice, cases, "lead")
    case = cases[int(np.argsort(change)[len(cases) // 5])]
    own = change[cases.index(case)]
    found = how_typical(today, choice, PROCESS, case)
    assert own < 0
    assert found.direction == -1
    assert found.same == np.sum(change <= own / 2)
    assert found.other_way == found.more == np.sum(change >= 0.5)
    assert found.less + found.none + found.more == found.total == len(cases)
    assert (found.median, found.mean) == (np.median(change), np.mean(change))


def test_one_lesson_alone_is_named_for_everything(today: Book) -> None:
    alone = Scenario.load("tilburg").with_lessons(early_participation=1.0)
    run = book(alone, SEED)
    others = dict(left_out(alone, SEED))
    assert set(others) == {"early_participation"} == set(active(alone))
    case = choose(today, run, PROCESS, "gained")
    found = differences(today, run, others, case)
    assert found
    assert {difference.lessons for difference in found} == {("early_participation",)}
    assert {difference.behind for difference in found} == {"lesson"}


def test_a_difference_is_put_down_to_the_lesson_that_makes_it(today: Book) -> None:
    """Early consultations come from one lesson only; stories that are gone come from shared information far more."""
    both = Scenario.load("tilburg").with_lessons(shared_information=1.0, early_participation=1.0)
    run = book(both, SEED)
    others = dict(left_out(both, SEED))
    early, told = set(), {"shared_information": 0, "early_participation": 0}
    for case in candidates(today, run, PROCESS):
        for difference in differences(today, run, others, case):
            if difference.measure == "early":
                early.add(difference.lessons)
            if (
                difference.measure == "stories"
                and difference.choice < difference.today
                and difference.behind == "lesson"
            ):
                told[difference.lessons[0]] += 1
    assert early == {("early_participation",)}
    assert told["shared_information"] > 2 * told["early_participation"] > 0


def test_a_lesson_left_out_changes_nothing_else(scenario: Scenario) -> None:
    for lesson, run in left_out(scenario, SEED):
        assert run.scenario.lessons == {**scenario.lessons, lesson: 0.0}
        assert (run.scenario.start_day, run.scenario.ramp_days) == (scenario.start_day, scenario.ramp_days)
        break
    assert list(left_out(scenario, SEED, watch=Watch(cancelled=lambda: True))) == []


def test_where_it_can_lie_is_what_the_record_meters(today: Book) -> None:
    assert set(PARTS.values()) <= set(today.needs.dtype.names)
