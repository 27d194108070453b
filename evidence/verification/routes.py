"""How work travels (A11, A13, A14): in parallel or in turn, astray, and what is told again at a handover."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kastje.evidence.verification.estimate import mean, share
from kastje.evidence.verification.finding import Check, Finding
from kastje.evidence.verification.textbook import LAST_HOURS, ended, lines, textbook
from kastje.model import Scenario
from kastje.model import state as st
from kastje.model.activities import L_STARTED, L_STORY, L_WRONG
from kastje.model.records import CLOSED

ADVICES = (2, 3, 4, 5, 8)
BOUNCES = ((0.8, 1.0 / 7.0), (0.8, 0.5), (0.5, 0.9))
"""Chance that the first team is right, and that whoever got it wrongly sends it right."""
TOLD = ((1.0, 0.8, 0.9, 0.7), (0.5, 0.9, 0.8, 0.9), (0.2, 1.0, 0.6, 0.8))
"""Presence kappa, agreed content g, chances to record and to look up."""
PAIR_SEEDS = range(1, 61)


def _states(
    scenario: Scenario, seeds: range, *, log: bool = False, margin: float = LAST_HOURS
) -> Iterator[tuple[st.State, NDArray[np.bool_]]]:
    """Ends of runs, and which residents came early enough to be through."""
    for seed in seeds:
        world, state = ended(scenario, seed, log=log)
        needs = state.needs[: state.run["needs"][0]]
        early = needs["start"] < world.arrays.end - margin
        assert np.all(needs["state"][early] == CLOSED)
        yield state, early


def _advice() -> list[Finding]:
    rows = []
    for forced, name in ((1.0, "parallel"), (0.0, "one after the other")):
        scenario = textbook("advice").with_parameters(parallel_forced=forced)
        days: list[list[float]] = [[] for _ in ADVICES]
        for state, early in _states(scenario, range(1, 4)):
            needs = state.needs[: early.size][early]
            for k in range(len(ADVICES)):
                of_type = needs[needs["type"] == k]
                days[k] += list(of_type["decided"] - of_type["start"])
        for n, found in zip(ADVICES, days, strict=True):
            expected = sum(1.0 / k for k in range(1, n + 1)) if forced else float(n)
            rows.append(mean("A11", f"{n} advices of mean 1, {name}, no queue: mean time", expected, found, "cases"))
    return rows


def _bouncing() -> list[Finding]:
    rows = []
    for right, later in BOUNCES:
        scenario = textbook("bouncing").with_parameters(misroute_forced=1.0 - right, misroute_again=1.0 - later)
        state, early = next(_states(scenario, range(1, 2), log=True))
        astray = np.bincount(lines(state, L_WRONG)["need"], minlength=early.size)[early]
        name = f"right team at first {right:g}, later {later:.3g}"
        expected = (1.0 - right) / later
        rows.append(mean("A13", f"{name}: arrivals at a wrong team per item", expected, astray, "items"))
        many = (1.0 - right) * (1.0 - later) ** 3
        rows.append(share("A13", f"{name}: more than 3 of them", many, int((astray > 3).sum()), astray.size, "items"))
    return rows


def _logit(p: float) -> float:
    return math.log(p / (1.0 - p))


def _handovers(state: st.State, early: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Of every case: was it told again at its handover, and which pair of departments was that."""
    size = early.size
    taken = lines(state, L_STARTED)
    departments = np.zeros((2, size), np.int64)
    for step in (0, 1):
        of_step = taken[taken["step"] == step]
        departments[step, of_step["need"]] = state.staff["department"][of_step["staff"]]
    told = np.bincount(lines(state, L_STORY)["need"], minlength=size) > 0
    return told[early], (departments[0] * 64 + departments[1])[early]


def _retelling() -> list[Finding]:
    """One handover of each pair of departments in each run, as pairs are connected or not for a whole run.

    When all are connected (or none), every handover counts.
    """
    rows = []
    for kappa, agreed, record, look_up in TOLD:
        scenario = textbook("retelling").with_parameters(
            kappa=kappa, agreed=agreed, theta_record=_logit(record), theta_look_up=_logit(look_up)
        )
        hits = of = 0
        for state, early in _states(scenario, range(1, 9) if kappa == 1.0 else PAIR_SEEDS, log=True):
            told, pairs = _handovers(state, early)
            if kappa < 1.0:
                told = told[np.unique(pairs, return_index=True)[1]]
            hits, of = hits + int(told.sum()), of + told.size
        name = f"kappa {kappa:g}, g {agreed:g}, recorded {record:g}, looked up {look_up:g}: told again"
        rows.append(share("A14", name, 1.0 - kappa * agreed * record * look_up, hits, of, "handovers"))
    none = textbook("retelling").with_parameters(kappa=0.0, agreed=1.0, theta_record=12.0, lookup_forced=1.0)
    state, early = next(_states(none, range(1, 2), log=True))
    told, _ = _handovers(state, early)
    rows.append(share("A14", "kappa 0: told again at every handover", 1.0, int(told.sum()), told.size, "handovers"))
    rows.append(_ageing())
    return rows


def _ageing() -> Finding:
    """A record as old as an exponential time of mean m holds with chance 1 / (1 + m ln 2 / tau)."""
    record, look_up, agreed, age, half_life = 0.9, 0.9, 0.9, 12.0, 24.0
    scenario = textbook("ageing").with_parameters(
        agreed=agreed, theta_record=_logit(record), theta_look_up=_logit(look_up), half_life_days=half_life / 24.0
    )
    hits = of = 0
    for state, early in _states(scenario, range(1, 4), log=True, margin=20.0 * age):
        told, _ = _handovers(state, early)
        hits, of = hits + int(told.sum()), of + told.size
    fresh = 1.0 / (1.0 + age * math.log(2.0) / half_life)
    name = "kappa 1, g .9, recorded .9, looked up .9, age 12 h on average, half-life 24 h: told again"
    return share("A14", name, 1.0 - agreed * record * look_up * fresh, hits, of, "handovers")


ROUTES: tuple[Check, ...] = (
    Check("A11", "Advice in parallel and in turn", _advice),
    Check("A13", "Work that goes astray", _bouncing),
    Check("A14", "Telling the story again", _retelling),
)
