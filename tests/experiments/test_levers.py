"""From words to a scenario: what may be asked for, and the one line that says what is wrong."""

import pytest

from kastje.experiments.designs import levers
from kastje.experiments.runs import once
from kastje.experiments.runs.once import run_once
from kastje.model import LESSONS, InputError, Scenario


def test_all_sets_every_lesson_and_what_comes_later_wins() -> None:
    assert levers.read_lessons(["all=1", "ownership=0"]) == dict.fromkeys(LESSONS, 1) | {"ownership": 0}
    assert set(levers.read_lessons(["ownership=0.3", "all=1"]).values()) == {1}


def test_a_parameter_has_a_short_and_a_dotted_name() -> None:
    assert levers.read_parameters(["load=1.2"]) == levers.read_parameters(["work.load=1.2"]) == {"work.load": 1.2}


def test_lessons_timing_and_parameters_make_one_scenario() -> None:
    values = {"ownership": 0.5, "load": 1.1, "start_day": 30, "ramp_days": 10}
    expected = (
        Scenario.load("tilburg").with_parameters(load=1.1).with_lessons(ownership=0.5, start_day=30, ramp_days=10)
    )
    assert levers.scenario_of("tilburg", values).key() == expected.key()


@pytest.mark.parametrize(
    ("setting", "parts"),
    [
        ("ownershp=1", ["--lesson", "ownershp", "did you mean 'ownership'", "shared_information"]),
        ("ownership=1.5", ["--lesson", "ownership", "1.5", "0 to 1"]),
        ("ownership=-0.1", ["--lesson", "ownership", "-0.1", "0 to 1"]),
        ("ownership=nan", ["--lesson", "ownership", "nan", "number"]),
        ("ownership=much", ["--lesson", "ownership", "much", "number"]),
        ("ownership=", ["--lesson", "ownership=", "NAME=INTENSITY"]),
        ("ownership", ["--lesson", "ownership", "NAME=INTENSITY"]),
        ("=1", ["--lesson", "=1", "NAME=INTENSITY"]),
    ],
)
def test_a_wrong_lesson_gets_one_line(setting: str, parts: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        levers.read_lessons([setting])
    assert_one_line_with(str(caught.value), parts)


@pytest.mark.parametrize(
    ("setting", "parts"),
    [
        ("lod=1", ["--set", "lod", "did you mean 'load'"]),
        ("load=99", ["--set", "work.load", "99", "expected a number from"]),
        ("load=inf", ["--set", "load", "inf", "number"]),
        ("load", ["--set", "load", "PARAMETER=VALUE"]),
    ],
)
def test_a_wrong_parameter_gets_one_line(setting: str, parts: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        levers.read_parameters([setting])
    assert_one_line_with(str(caught.value), parts)


def assert_one_line_with(line: str, parts: list[str]) -> None:
    assert "\n" not in line
    assert [part for part in parts if part not in line] == []


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
