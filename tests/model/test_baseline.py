"""No number of any run changes unaware: what runs yield is written down, and renewed by a command of its own."""

import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from kastje.model import Scenario, simulate
from kastje.model.profile import shipped

CHANGED = """What these runs yield is not what {file} says:
{cases}
When no rule and no figure was meant to change, the change has a fault. When one was: `make baseline` writes down what
runs yield now, CHANGELOG.md says what changed and why, and the next release is another model (`make version`)."""


@pytest.fixture(scope="module")
def baseline() -> ModuleType:
    spec = importlib.util.spec_from_file_location("baseline", Path(__file__).with_name("baseline.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def differing(now: dict[str, dict[str, str]], then: dict[str, dict[str, str]]) -> list[str]:
    """The cases that are not as they were, and which parts of them."""
    found = []
    for case in {**then, **now}:
        before, after = then.get(case, {}), now.get(case, {})
        parts = [part for part in {**before, **after} if before.get(part) != after.get(part)]
        found += [f"- {case}: {'; '.join(parts)}"] if parts else []
    return found


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_runs_yield_what_is_written_down_to_the_last_event(baseline: ModuleType) -> None:
    then = json.loads(baseline.FILE.read_text(encoding="utf-8"))
    changed = differing(baseline.measured(), then)
    assert changed == [], CHANGED.format(file="tests/model/baseline.json", cases="\n".join(changed))


def test_every_profile_is_written_down(baseline: ModuleType) -> None:
    then = json.loads(baseline.FILE.read_text(encoding="utf-8"))
    assert {case.partition(",")[0] for case in then} == set(shipped("profiles"))
    assert differing(then, then) == []
    assert differing(then, then | {"permits, today": {}}) == [f"- permits, today: {'; '.join(then['permits, today'])}"]


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_one_event_or_one_figure_that_differs_is_another_hash(baseline: ModuleType) -> None:
    scenario = Scenario.load("permits").with_parameters(horizon_days=28, runin_days=28)
    outcomes = simulate(scenario, 1, log=True)
    was = baseline.hashes(outcomes)
    assert isinstance(outcomes.event_log, pd.DataFrame)
    log = outcomes.event_log.copy()
    log.loc[3, "detail"] += 1
    assert differing({"": baseline.hashes(replace(outcomes, event_log=log))}, {"": was}) == ["- : event log"]
    fit = dict(outcomes.values) | {"fit": outcomes.values["fit"] + 1e-7}
    assert differing({"": baseline.hashes(replace(outcomes, values=fit))}, {"": was}) == ["- : outcomes"]
    # The last bit of a sum is the processor's.
    noise = dict(outcomes.values) | {"fit": outcomes.values["fit"] + 1e-15}
    assert differing({"": baseline.hashes(replace(outcomes, values=noise))}, {"": was}) == []
