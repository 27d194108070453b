"""The lessons act through parameters only: from their start day on, ramped, and nothing else may read a lever.

That a severed lesson, a placebo and a dose of zero change nothing: C1 to C3 in
tests/evidence/verification/test_relations.py.
"""

import ast
from pathlib import Path

import pandas as pd
import pytest

from kastje.model import LESSON_TABLE, PARAMETERS, InputError, Scenario, lessons, simulate
from kastje.model.lessons import Lever, intensity_at, values_at

ROOT = Path(__file__).parent.parent.parent
SHORT = {"horizon_days": 120, "runin_days": 91}


def log_of(scenario: Scenario, seed: int = 4) -> pd.DataFrame:
    log = simulate(scenario, seed, log=True).event_log
    assert log is not None
    assert len(log) > 5000
    return log


def same(a: pd.DataFrame, b: pd.DataFrame) -> bool:
    return a.equals(b)


@pytest.fixture(scope="module")
def today(engine) -> Scenario:
    return Scenario.load("tilburg").with_parameters(**SHORT)


def test_equal_draws_until_the_lesson_starts(today):
    """Before its start day a lesson changes no event: the two worlds branch from one state with the same draws."""
    before, after = log_of(today), log_of(today.with_lessons(ownership=1.0, start_day=56, ramp_days=28))
    first = 24.0 * 56
    assert same(before[before["hours"] < first], after[after["hours"] < first])
    assert not same(before, after)


def test_a_start_of_its_own_is_the_start_of_all_when_it_is_the_same(today):
    together = today.with_lessons(ownership=1.0, lived_vision=0.5, start_day=20, ramp_days=30)
    apart = together.with_lessons(start_day=0).with_starts(ownership=20, lived_vision=20)
    assert apart.key() == together.key()
    assert same(log_of(together), log_of(apart))


def test_a_lesson_that_starts_later_changes_nothing_before(today):
    """The second lesson's start, not the first one's, is where the two worlds part."""
    first = today.with_lessons(ownership=1.0, ramp_days=28)
    second = first.with_lessons(lived_vision=1.0).with_starts(lived_vision=56)
    one, both = log_of(first), log_of(second)
    begin = 24.0 * 56
    assert same(one[one["hours"] < begin], both[both["hours"] < begin])
    assert not same(one, both)


def test_a_start_is_a_day_of_a_lesson_that_exists(today):
    with pytest.raises(InputError, match="start of ownership is -1, expected a number of days"):
        today.with_starts(ownership=-1)
    with pytest.raises(InputError, match="did you mean 'ownership'"):
        today.with_starts(owner_ship=3)


def test_only_lessons_simulate_and_scenario_read_a_lesson():
    """Nothing else in agents and model looks at an intensity: the engine knows parameters only."""
    allowed = {"lessons.py", "simulate.py", "scenario.py", "__init__.py"}
    for path in [*(ROOT / "agents").glob("*.py"), *(ROOT / "model").glob("*.py")]:
        names = {n.attr for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute)}
        names |= {n.module or "" for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.ImportFrom)}
        if path.name not in allowed:
            assert not names & {"lessons", "kastje.model.lessons"}, path


def test_outcomes_read_no_parameter():
    for name in ("measures", "terms", "fairness", "period", "survival"):
        tree = ast.parse((ROOT / "model" / f"{name}.py").read_text())
        imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert not imported & {
            "kastje.model.parameters",
            "kastje.model.lessons",
            "kastje.model.scenario",
            "kastje.model.world",
        }, name
        assert not {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)} & {"par", "values"}, name


def test_every_lever_names_a_parameter_within_its_bounds():
    for lesson in LESSON_TABLE.values():
        assert lesson.levers
        for lever in lesson.levers:
            parameter = PARAMETERS[lever.parameter]
            assert parameter.low <= lever.full <= parameter.high


def test_two_lessons_on_one_parameter_add_up_and_one_at_zero_leaves_it(monkeypatch):
    kappa = {"levers": (Lever(parameter="crm.kappa", full=1.0),)}
    both_on_one = {id: LESSON_TABLE[id].model_copy(update=kappa) for id in ("shared_information", "integral_working")}
    monkeypatch.setattr(lessons, "LESSON_TABLE", both_on_one)
    today = {p.short: p.default for p in PARAMETERS.values()}
    first = values_at(today, {"shared_information": 0.5}, 100.0, 0.0, 0.0)["kappa"]
    both = values_at(today, {"shared_information": 0.5, "integral_working": 0.5}, 100.0, 0.0, 0.0)["kappa"]
    assert first == pytest.approx(0.7)
    assert both == pytest.approx(1.0)


def test_a_lesson_ramps_from_its_start_day():
    assert intensity_at(0.8, 9.0, 10.0, 20.0) == 0.0
    assert intensity_at(0.8, 20.0, 10.0, 20.0) == pytest.approx(0.4)
    assert intensity_at(0.8, 50.0, 10.0, 20.0) == 0.8
    assert intensity_at(0.8, 10.0, 10.0, 0.0) == 0.8
    today = {p.short: p.default for p in PARAMETERS.values()}
    assert values_at(today, {}, 100.0, 0.0, 0.0)["kappa"] == today["kappa"]
    assert values_at(today, {"shared_information": 0.5}, 100.0, 0.0, 0.0)["kappa"] == pytest.approx(0.7)
