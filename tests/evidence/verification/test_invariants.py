"""The invariants can fail: a state that was tampered with is told from a sound one."""

import numpy as np
import pytest

from kastje.evidence.verification import invariants
from kastje.evidence.verification.organisations import town
from kastje.evidence.verification.runs import ran
from kastje.model import records as rec
from kastje.model import state as st
from kastje.model.simulate import start_of


@pytest.fixture(scope="module")
def sound(engine):
    scenario = town().with_lessons(all=0.5)
    return (*ran(scenario, 1), start_of(scenario, 1).hours)


def _row(state: st.State, what: np.int64) -> int:
    """A case in this state that never came back."""
    needs = state.needs[: int(state.run["needs"][0])]
    return int(np.flatnonzero((needs["process"] >= 0) & (needs["state"] == what) & (needs["returns"] == 0))[0])


def close_twice(s: st.State) -> None:
    s.run["closed"] += 1


def make_an_item_of_nothing(s: st.State) -> None:
    s.run["made"] += 1


def forget_a_case(s: st.State) -> None:
    items = s.items[: int(s.run["items"][0])]
    lost = (items["need"] == _row(s, rec.OPEN)) & (items["state"] != rec.FREE)
    s.run["cancelled"] += lost.sum()
    items["state"][lost] = rec.FREE


def work_an_hour_as_nobody(s: st.State) -> None:
    s.crews["worked"] += 1.0


def trust_out_of_nothing(s: st.State) -> None:
    s.run["trust_sum"] += 1.0


def stretch_the_terms(s: st.State) -> None:
    s.needs["deadline"] += 1.0


def decide_before_the_start(s: st.State) -> None:
    s.needs["decided"][_row(s, rec.CLOSED)] = -1.0


def turn_back_time(s: st.State) -> None:
    s.log["t"][5] = 1e9


def miscount_a_list(s: st.State) -> None:
    s.lists["length"][0] += 1


def keep_somebody_busy_with_nothing(s: st.State) -> None:
    s.staff["busy"][:] = 0


TAMPERING = (
    close_twice,
    make_an_item_of_nothing,
    forget_a_case,
    work_an_hour_as_nobody,
    trust_out_of_nothing,
    stretch_the_terms,
    decide_before_the_start,
    turn_back_time,
    miscount_a_list,
    keep_somebody_busy_with_nothing,
)


def test_a_sound_state_has_no_breach(sound):
    world, state, roster = sound
    assert invariants.breaches(world, state) == []
    assert invariants.inside_calendar(world, state, roster) == []


@pytest.mark.parametrize("tamper", TAMPERING)
def test_a_tampered_state_has_a_breach(sound, tamper):
    world, state, _ = sound
    copy = st.State(*(array.copy() for array in state))
    tamper(copy)
    assert invariants.breaches(world, copy) != []


def test_work_at_night_is_seen(sound):
    world, state, roster = sound
    copy = st.State(*(array.copy() for array in state))
    copy.log["t"] += 12.0
    assert invariants.inside_calendar(world, copy, roster) != []
