"""The event log: every kind of event fills exactly the columns that it says it fills."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from kastje.model import Scenario, simulate
from kastje.model.activities import ACTIVITIES, CHANGING
from kastje.model.channels import CHANNELS
from kastje.model.eventlog import COLUMNS
from kastje.model.profile import shipped
from kastje.model.records import PURPOSES

ALWAYS = ("case", "activity", "timestamp", "hours", "kind", "channel")
"""What every row has; the type only applications have, and the department whoever did it."""


def today(name: str) -> Scenario:
    """A shipped profile in which work gets out of sight too."""
    return Scenario.load(name).with_parameters(horizon_days=56, runin_days=28, drop_rate=0.05, drop_days=4)


def without_handlers(name: str) -> Scenario:
    """The same with early consultation, and nobody who is the handler of a case."""
    scenario = today(name)
    scenario.profile._processes = tuple(
        process.model_copy(
            update={
                "steps": tuple(step.model_copy(update={"owner": False}) for step in process.steps),
                "types": tuple(kind.model_copy(update={"early": True}) for kind in process.types),
            }
        )
        for process in scenario.profile.processes
    )
    return scenario.with_lessons(early_participation=1.0, ramp_days=0)


def scenarios() -> Iterator[Scenario]:
    """Every shipped profile as it is and with half of every lesson, and one that nobody has yet."""
    for name in shipped("profiles"):
        yield today(name)
        yield today(name).with_lessons(all=0.5, ramp_days=0)
    yield without_handlers("permits")


@pytest.fixture(scope="module")
def logs(engine: None) -> list[pd.DataFrame]:
    found = [simulate(scenario, seed=1, log=True).event_log for scenario in scenarios()]
    return [log for log in found if log is not None]


def filled(log: pd.DataFrame) -> pd.Series:
    """Of every row, which of the columns are filled that only some events fill."""
    return pd.Series(
        [
            " ".join(name for name, there in zip(CHANGING, row, strict=True) if there)
            for row in (log[list(CHANGING)] != "").to_numpy()
        ],
        index=log.index,
    )


@pytest.mark.engine
class TestColumns:
    def test_each_kind_of_event_fills_what_it_says_and_nothing_else(self, logs: list[pd.DataFrame]) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for log in logs:
            for activity, columns in set(zip(log["activity"], filled(log), strict=True)):
                found[activity].add(columns)
        assert found == {name: set(activity.fills) for name, activity in ACTIVITIES.items()}

    def test_what_every_event_has_is_in_every_row(self, logs: list[pd.DataFrame]) -> None:
        for log in logs:
            assert tuple(log.columns) == COLUMNS
            assert not log[list(ALWAYS)].isna().any(axis=None)
            assert (log[["case", "activity", "kind", "channel"]] != "").all(axis=None)
            assert ((log["department"] != "") == (log["resource"] != "")).all()
            assert ((log["type"] != "") == (log["kind"] != "question")).all()

    def test_a_step_is_a_step_of_the_process_and_a_purpose_one_that_contacts_have(
        self, logs: list[pd.DataFrame]
    ) -> None:
        for scenario, log in zip(scenarios(), logs, strict=True):
            steps = {process.id: {step.id for step in process.steps} for process in scenario.profile.processes}
            named = log[log["step"] != ""]
            assert all(
                step in steps.get(kind, ()) for kind, step in set(zip(named["kind"], named["step"], strict=True))
            )
            assert set(log["purpose"]) - {""} <= set(PURPOSES)

    def test_where_detail_says_nothing_it_is_nought(self, logs: list[pd.DataFrame]) -> None:
        told: Counter[str] = Counter()
        for log in logs:
            for activity, values in log.groupby("activity")["detail"]:
                told[str(activity)] += int((values != 0).sum())
        assert {name for name, times in told.items() if times} == {n for n, a in ACTIVITIES.items() if a.detail}

    def test_the_channel_of_a_contact_is_one_of_the_channels(self, logs: list[pd.DataFrame]) -> None:
        by_channel = [name for name, activity in ACTIVITIES.items() if activity.detail == "channel"]
        for log in logs:
            found = log["detail"][log["activity"].isin(by_channel)]
            assert np.isin(found, range(len(CHANNELS))).all()


@pytest.mark.engine
def test_a_question_is_not_about_a_step(logs: list[pd.DataFrame]) -> None:
    for log in logs:
        assert set(log["step"][log["kind"] == "question"]) <= {""}
