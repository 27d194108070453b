"""From words to a scenario: what may be asked for, and the one line that says what is wrong."""

import pytest

from kastje.experiments.designs import levers
from kastje.experiments.runs import once
from kastje.experiments.runs.once import run_once
from kastje.model import InputError, Scenario


def test_lessons_timing_and_parameters_make_one_scenario() -> None:
    values = {"ownership": 0.5, "load": 1.1, "start_day": 30, "ramp_days": 10}
    expected = (
        Scenario.load("tilburg").with_parameters(load=1.1).with_lessons(ownership=0.5, start_day=30, ramp_days=10)
    )
    assert levers.scenario_of("tilburg", values).key() == expected.key()


def test_the_values_that_make_a_scenario_of_its_profile_are_those_that_differ() -> None:
    values = {"ownership": 0.5, "work.load": 1.1, "start_day": 30.0, "ramp_days": 10.0, "start_day.ownership": 60.0}
    assert levers.levers_of(levers.scenario_of("tilburg", values)) == values
    assert levers.levers_of(Scenario.load("tilburg")) == {}


def test_run_once_takes_lessons_and_parameters_by_keyword(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Nothing:
        def as_dict(self) -> dict[str, float]:
            return {"fit": 1.0}

    monkeypatch.setattr(once, "simulate", lambda scenario, seed: asked.append((scenario, seed)) or Nothing())
    assert run_once(seed=3, profile="groningen", ownership=0.5, load=1.1) == {"fit": 1.0}
    ((scenario, seed),) = asked
    assert seed == 3
    assert scenario.lessons["ownership"] == 0.5
    assert scenario.value("load") == 1.1


def test_run_once_refuses_a_misspelt_name() -> None:
    with pytest.raises(InputError, match="did you mean 'ownership'"):
        run_once(seed=1, ownershp=0.5)
