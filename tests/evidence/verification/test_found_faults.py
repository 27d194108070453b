"""Small organisations in which the model once did not do what it should: one example of each."""

import pytest

from kastje.evidence.verification import invariants
from kastje.evidence.verification.organisations import QUEUE, SERVICE, Data, queue
from kastje.evidence.verification.runs import log_of, ran
from kastje.model import InputError, Scenario
from kastje.model.chance import service_time


def left_behind(process: Data, **parameters: float) -> list[str]:
    """What is forgotten or miscounted after two weeks of a desk that handles one process."""
    return invariants.breaches(*ran(queue(SERVICE | process, parameters=parameters), 1))


def step(**values: object) -> Data:
    """The one step of the desk's process, which decides."""
    return SERVICE["steps"][0] | values


def test_an_applicant_who_is_back_gets_a_decision_again(engine):
    assert left_behind({}, return_rate=0.7, nonstandard=0.5, return_days=1.0) == []


def test_an_early_consultation_to_which_nobody_comes_does_not_keep_the_case(engine):
    early = [{"id": "a", "title": "A", "share": 1.0, "early": True}]
    assert left_behind({"types": early}, early_share=1.0, early_breadth=0.0) == []


def test_a_process_in_which_a_case_may_need_no_decision_is_refused():
    steps = [step(id="look", decides=False), step(when={"a": 0.5})]
    with pytest.raises(InputError, match="every case of type a needs"):
        queue(SERVICE | {"types": [{"id": "a", "title": "A", "share": 1.0}], "steps": steps})


def test_a_case_that_was_withdrawn_is_not_decided_afterwards(engine):
    papers = step(id="papers", missing=1.0, decides=False)
    long = step(id="long", hours=192.0, spread="fixed")
    slow = [{"id": "a", "title": "A", "share": 1.0, "hours": 5.0}]
    assert left_behind({"steps": [papers, long], "types": slow}, load=0.001, never_completed=1.0, horizon_days=91) == []


@pytest.mark.parametrize("cv", [1e-200, 0.05, 1.2])
def test_an_erlang_time_has_1_to_100_phases(cv):
    assert service_time(2, 2.0, cv, 0.4) > 0.0
    with pytest.raises(InputError, match="cv of an Erlang time from"):
        queue(SERVICE | {"steps": [step(spread="erlang", cv=cv)]})


def test_a_lesson_that_starts_on_a_thursday_changes_nothing_before_it(engine):
    today = Scenario.load("tilburg").with_parameters(horizon_days=14, runin_days=28)
    plain, taught = (log_of(ran(s, 4)[1]) for s in (today, today.with_lessons(all=1.0, start_day=3.0, ramp_days=0.0)))
    first = 24.0 * (28 + 3)
    assert plain[plain["t"] < first].tobytes() == taught[taught["t"] < first].tobytes()


@pytest.mark.parametrize(
    ("roles", "expected"),
    [({"desk": 0.0, "back": 0.0}, "a weight above 0"), ({"desk": 2.0, "back": -1.0}, "-1"), ({}, "a weight above 0")],
)
def test_weights_of_questions_that_make_no_sense_are_refused(roles, expected):
    back = {"id": "back", "title": "Back", "teams": [{"id": "back", "roles": ["back"], "staff": 1}]}
    there = [*QUEUE["departments"], back] if roles else QUEUE["departments"]
    with pytest.raises(InputError, match=expected):
        queue(front_office="desk", departments=there, questions={"per_year": 100.0, "roles": roles})


def test_status_calls_reach_the_handlers_when_there_is_no_front_office(engine):
    slow = [step(hours=30.0, spread="fixed")]
    calls = {"status_days_before": 1.0, "status_days_after": 1.0, "load": 0.001, "horizon_days": 60}
    _, calm = ran(queue(SERVICE | {"steps": slow}, parameters=calls | {"status_hours": 0.0}), 1)
    _, busy = ran(queue(SERVICE | {"steps": slow}, parameters=calls | {"status_hours": 2.0}), 1)
    assert busy.staff["worked"].sum() > calm.staff["worked"].sum() + 10.0
