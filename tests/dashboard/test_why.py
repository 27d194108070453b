"""Under the chart: contributions that add up, chains with the numbers of the runs, groups and departments."""

import math
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import solara

from kastje.agents.acts import Act
from kastje.dashboard.policy.why.chains import levers
from kastje.dashboard.policy.why.explaining import Explanation, explain
from kastje.dashboard.policy.why.panel import WhyPanel
from kastje.dashboard.policy.why.places import OFFERED, where, who
from kastje.dashboard.policy.why.shares import badge, card
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.state import Choice, profile_world
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.runs import shared
from kastje.experiments.runs.runner import Pair
from kastje.model import LESSON_TABLE, LESSONS, OUTCOMES, Scenario
from kastje.model.caches import empty
from kastje.model.groups import COUNT, GROUPED
from kastje.model.outcomes import Outcomes

NAME = "lead_time_days_mean"
PROFILE = profile_world("tilburg").profile


def made(scenario: Scenario, seed: int = 1, *, log: bool = False) -> Outcomes:
    """A made-up run: ownership and vision shorten the lead time, together by 4 more; early meetings lengthen it."""
    x = scenario.lessons
    days = 60.0 + seed % 5 - 3 * x["ownership"] - 2 * x["lived_vision"] - 4 * x["ownership"] * x["lived_vision"]
    days += (1 + seed % 3) * x["early_participation"]
    values = dict.fromkeys(OUTCOMES, 0.5) | {NAME: days, "penalty_eur": math.nan}
    busy = 0.9 - 0.3 * x["ownership"]
    departments = {"permits": {"staff": 3.0, "utilisation": busy, "backlog_hours": 10.0 * busy}}
    departments["legal"] = {"staff": 1.0, "utilisation": 0.7, "backlog_hours": 20.0}
    some = {COUNT: 50.0} | {name: values[name] for name in GROUPED}
    groups = {
        "vulnerability": {"vulnerable": some | {NAME: 70.0 - 2 * seed * x["ownership"]}, "other": dict(some)},
        "channel": {
            "web": some | {"satisfaction": 0.6},
            "phone": some | {"satisfaction": 0.8},
            "app": some | {COUNT: 0.0},
        },
        "process": {"event_permit": dict(some)},
    }
    acts = {act.name.lower(): {"opportunities": 100.0, "done": 30.0 + 20 * x["lived_vision"]} for act in Act}
    by_month = {name: np.full(12, value) for name, value in values.items()}
    return Outcomes(values, by_month, departments, groups, {}, acts)


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(shared, "simulate", made)
    empty("variants")
    yield
    empty("variants")


def answer_of(pairs: int = 6, **steps: int) -> Answer:
    choice = Choice(steps=tuple(steps.get(lesson, 0) for lesson in LESSONS), replications=pairs)
    scenario = choice.scenario()
    found = [Pair(s, made(scenario.baseline(), s), made(scenario, s)) for s in range(1, pairs + 1)]
    return Answer(choice, "done", pairs, pairs, Comparison.of(found))


def explained(answer: Answer) -> list[Explanation]:
    published: list[Explanation] = []
    explain(answer, Ticket(), published.append)
    return published


def shown(answer: Answer, state: Explanation, language: str = "nl", name: str = NAME) -> dict[str, Any]:
    return card(name, answer.comparison, answer.choice.scenario(), state.contributions, texts(language))


@pytest.fixture
def three() -> Answer:
    return answer_of(early_participation=6, ownership=6, lived_vision=6)


def test_contributions_are_estimated_at_first_and_then_exact(three: Answer) -> None:
    published = explained(three)
    known = [state for state in published if state.contributions]
    assert not known[0].contributions.exact
    assert known[-1].contributions.exact
    assert known[-1].far.done == known[-1].far.total == 6 * 6
    assert badge(known[0], three.comparison, texts("en"))["phase"] == "estimate"
    assert badge(known[-1], three.comparison, texts("en"))["phase"] == "exact"
    for state in known:
        parts = state.contributions.of(NAME)
        total = sum(part.mean for part in parts.by_lesson.values())
        assert abs(total - three.comparison.difference[NAME].mean) < 1e-9


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_what_each_lesson_brings(three: Answer, language: str) -> None:
    said = shown(three, explained(three)[-1], language)
    rows = {row["id"]: row for row in said["rows"]}
    assert list(rows) == ["early_participation", "ownership", "lived_vision"]
    assert [row["tone"] for row in rows.values()] == ["worse", "better", "better"]
    comma = {"nl": ",", "en": "."}[language]
    minus = "\N{MINUS SIGN}"
    assert rows["ownership"]["value"] == f"{minus}5{comma}00"
    assert rows["ownership"]["alone"] == f"{minus}3{comma}00"
    assert said["beyond"]["value"] == f"{minus}4{comma}00"
    assert texts(language)("why.beyond_more") in said["beyond"]["sentence"]
    assert said["whole"]["value"] in said["lead"]
    assert said["message"] == ""
    for bar in [*rows.values(), said["whole"], said["beyond"]]:
        assert 0 <= bar["left"] <= bar["left"] + bar["width"] <= 100
        assert bar["low"] <= bar["high"]


def test_a_chain_has_the_numbers_of_both_worlds(three: Answer) -> None:
    row = next(row for row in shown(three, explained(three)[-1], "en")["rows"] if row["id"] == "lived_vision")
    assert row["chain"]["levers"][0]["choice"] == "12"
    look_up = row["chain"]["acts"][0]
    assert (look_up["today"], look_up["choice"]) == ("30", "50")
    assert "+20.0" in look_up["part"]
    assert len(row["chain"]["outcomes"]) == len(LESSON_TABLE["lived_vision"].ways.outcomes)


def test_levers_stand_at_the_intensity_chosen() -> None:
    scenario = Choice(steps=(3,) * 8).scenario()
    rows = levers("shared_information", scenario, texts("nl"))
    assert [(row["today"], row["choice"], row["unit"]) for row in rows[:2]] == [("40", "70", "%"), ("35", "62,5", "%")]


def test_what_is_not_known_is_said(three: Answer) -> None:
    words, scenario = texts("nl"), three.choice.scenario()
    assert card(NAME, None, scenario, None, words)["message"] == words("why.waiting")
    assert card(NAME, three.comparison, scenario, None, words)["message"] == words("why.working")
    assert len(card(NAME, None, scenario, None, words)["rows"]) == 3
    assert card(NAME, None, Choice().scenario(), None, words)["message"] == words("why.no_lessons")
    assert card(NAME, None, None, None, words)["message"] == words("error.computing")
    assert "niet te vergelijken" in shown(three, explained(three)[-1], name="penalty_eur")["message"]


def test_one_lesson_brings_it_all() -> None:
    answer = answer_of(ownership=3)
    (state,) = explained(answer)
    said = shown(answer, state)
    assert said["rows"][0]["value"] == said["whole"]["value"]
    assert said["beyond"] == {}
    assert badge(state, answer.comparison, texts("nl"))["words"] == texts("nl")("why.one_lesson")


def test_a_lesson_that_does_nothing_is_shown_as_that() -> None:
    answer = answer_of(ownership=6, change_and_renew=6)
    row = shown(answer, explained(answer)[-1])["rows"][1]
    assert (row["tone"], row["verdict"]) == ("same", texts("nl")("figure.same"))


def test_who_has_left_gets_nothing(three: Answer) -> None:
    ticket = Ticket()
    ticket.withdraw()
    published: list[Explanation] = []
    explain(three, ticket, published.append)
    assert published == []


def test_a_failure_is_a_sentence(three: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "simulate", lambda *_, **__: 1 / 0)
    assert explained(three)[-1].failed


def test_groups_that_notice_are_counted_and_the_greatest_is_named(three: Answer) -> None:
    found = who(NAME, three.comparison, PROFILE, texts("en"))
    assert found["blocks"][0]["rows"][0]["label"] == "Vulnerable"
    assert "for 4 of the 4 groups a clear difference" in found["lead"]
    assert max(row["today_width"] for row in found["blocks"][0]["rows"]) == 100
    channels = who("satisfaction", three.comparison, PROFILE, texts("en"))["blocks"][1]
    assert [(row["label"], row["today"], row["cases"]) for row in channels["rows"]] == [
        ("Website", "6.0", "50"),
        ("Phone", "8.0", "50"),
    ]


def test_a_group_that_goes_the_other_way_is_said() -> None:
    both = who(NAME, answer_of(ownership=6, early_participation=6).comparison, PROFILE, texts("en"))
    assert "the other way" not in both["lead"]
    worse = answer_of(early_participation=6, ownership=1)
    said = who(NAME, worse.comparison, PROFILE, texts("en"))["lead"]
    assert "It is greatest for" in said
    assert "the other way for Vulnerable" in said


def test_what_is_not_kept_by_group_offers_what_is(three: Answer) -> None:
    found = who("trust", three.comparison, PROFILE, texts("nl"))
    assert [offer["name"] for offer in found["offers"]] == list(OFFERED)
    assert found["blocks"] == []
    assert set(OFFERED) < set(GROUPED) < set(OUTCOMES)


def test_the_busiest_department_is_named(three: Answer) -> None:
    lead = where(three.comparison, PROFILE, texts("en"))["lead"]
    assert "Today Permits is the busiest (90% utilised); with your choice it is Legal affairs (70%)" in lead
    assert "Legal affairs: 20.0 hours" in lead
    vision = answer_of(lived_vision=6)
    assert "The busiest is Permits: 90%" in where(vision.comparison, PROFILE, texts("en"))["lead"]
    assert where(None, PROFILE, texts("nl"))["lead"] == texts("nl")("where.waiting")


def test_the_panel_explains_and_a_new_choice_stops_it(
    three: Answer, monkeypatch: pytest.MonkeyPatch, view, a_session, wait_for
) -> None:
    session = a_session(three.choice, three)
    box, context = solara.render(WhyPanel(session), handle_error=False)
    panel = view(box, "badge")
    wait_for(lambda: panel.badge["phase"] == "exact")
    assert len(panel.card["rows"]) == 3

    held, begun = threading.Event(), threading.Event()

    def slowly(*arguments: Any, **options: Any) -> Outcomes:
        begun.set()
        held.wait(20)
        return made(*arguments, **options)

    monkeypatch.setattr(shared, "simulate", slowly)
    other = answer_of(ownership=4, lived_vision=4)
    session.history.set(History(other.choice))
    wait_for(lambda: panel.card["message"] == texts("nl")("why.waiting"))
    session.answer.set(other)
    assert begun.wait(20)
    session.history.set(History(Choice()))
    held.set()
    wait_for(lambda: panel.card["message"] == texts("nl")("why.no_lessons"))
    time.sleep(0.2)
    assert panel.badge["phase"] == ""
    context.close()
