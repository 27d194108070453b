"""Random small organisations, written as TOML and loaded like a user's own: what holds in every one of them.

What went wrong once has an example of its own in test_found_faults.py.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as hs

from kastje.evidence.verification import invariants
from kastje.evidence.verification.organisations import Data, loaded
from kastje.evidence.verification.runs import log_bytes, ran
from kastje.model import LESSON_TABLE, LESSONS, PARAMETERS, Scenario
from kastje.model.outcomes import Outcomes
from kastje.model.parameters import find
from kastje.model.result import outcomes_of
from kastje.model.simulate import start_of
from kastje.model.state import fingerprint

LONGEST_RUN = 120.0
EXAMPLES = 40
ROLES = ("alpha", "beta", "gamma", "delta")
SPREADS = ("fixed", "exponential", "erlang", "lognormal")
BY_ITSELF = {"horizon_days", "runin_days", "inhabitants", "load"}
MOST_PARAMETERS = 12


def _between(low: float, high: float) -> hs.SearchStrategy[float]:
    """A number as somebody would write it: three decimals at most."""
    return hs.floats(low, high).map(lambda x: min(high, max(low, round(x, 3))))


shares = hs.one_of(hs.sampled_from([0.0, 1.0]), _between(0.0, 1.0))
yes = hs.booleans()


@dataclass(frozen=True)
class Organisation:
    """A random organisation, what lessons do there, and the seed of a run."""

    profile: Data
    processes: Mapping[str, Data]
    lessons: Mapping[str, float]
    seed: int

    def scenario(self) -> Scenario:
        """Today's organisation, loaded from files."""
        return loaded(self.profile, self.processes)


@hs.composite
def teams(draw: hs.DrawFn, name: str) -> Data:
    """One team of 1 to 6 people with one or two roles."""
    return {
        "id": name,
        "roles": draw(hs.lists(hs.sampled_from(ROLES), min_size=1, max_size=2, unique=True)),
        "staff": draw(hs.integers(1, 6)),
        "manager": draw(yes),
        "share": draw(hs.one_of(hs.just(1.0), _between(0.05, 1.0))),
        "part_time": draw(shares),
        **{x: draw(shares) for x in ("ownership", "lived_vision", "known_vision", "felt_support", "awareness")},
    }


@hs.composite
def departments(draw: hs.DrawFn) -> list[Data]:
    """One to four departments of one to three teams."""
    return [
        {
            "id": f"d{d}",
            "title": f"d{d}",
            "teams": [draw(teams(f"d{d}t{k}")) for k in range(draw(hs.integers(1, 3)))],
        }
        for d in range(draw(hs.integers(1, 4)))
    ]


@hs.composite
def steps(draw: hs.DrawFn, roles: list[str], types: list[str]) -> list[Data]:
    """One to six steps that wait for earlier ones only; the last decides, for every type."""
    count = draw(hs.integers(1, 6))
    found: list[Data] = []
    for k in range(count):
        before = [s["id"] for s in found]
        last = k == count - 1
        flags = ("owner", "checks", "advice", "criteria", "tailored", "again", "manager")
        found.append(
            {
                "id": f"s{k}",
                "title": f"s{k}",
                "role": draw(hs.sampled_from(roles)),
                "hours": draw(hs.one_of(hs.sampled_from([0.0, 1.0]), _between(0.0, 12.0))),
                "spread": draw(hs.sampled_from(SPREADS)),
                "cv": draw(_between(0.1, 1.0)),
                "after": draw(hs.lists(hs.sampled_from(before), unique=True)) if before else [],
                "when": {} if last else {t: draw(shares) for t in types if draw(yes)},
                "decides": last or draw(hs.integers(0, 5)) == 0,
                "missing": draw(hs.one_of(hs.just(0.0), _between(0.0, 1.0))),
                "repeat": draw(hs.one_of(hs.just(0.0), _between(0.0, 0.8))),
                **{flag: draw(yes) for flag in flags},
            }
        )
    return found


@hs.composite
def processes(draw: hs.DrawFn, name: str, roles: list[str]) -> Data:
    """One process with one or two types of case."""
    types = ["one", "two"][: draw(hs.integers(1, 2))]
    part = draw(shares) if len(types) == 2 else 1.0
    return {
        "id": name,
        "title": name,
        "legal_days": draw(_between(1.0, 90.0)),
        "extension": draw(hs.one_of(hs.none(), hs.fixed_dictionaries({"chance": shares, "days": _between(1.0, 60.0)}))),
        "types": [
            {"id": t, "title": t, "share": s, "hours": draw(_between(0.1, 3.0)), "early": draw(yes)}
            for t, s in zip(types, (part, 1.0 - part), strict=False)
        ],
        "steps": draw(steps(roles, types)),
    }


@hs.composite
def parameters(draw: hs.DrawFn) -> dict[str, float]:
    """Up to a dozen parameters anywhere within their bounds, and how long a run is."""
    names = sorted(set(PARAMETERS) - {n for n in PARAMETERS if n.split(".")[1] in BY_ITSELF})
    chosen = draw(hs.lists(hs.sampled_from(names), max_size=MOST_PARAMETERS, unique=True))
    values: dict[str, float] = {
        "horizon_days": 7 * draw(hs.integers(4, 10)),
        "runin_days": 7 * draw(hs.integers(0, 4)),
        "inhabitants": draw(hs.integers(1, 3000)),
        "load": draw(_between(0.2, 2.0)),
    }
    for name in chosen:
        p = PARAMETERS[name]
        whole = hs.integers(int(p.low), int(p.high))
        values[name] = draw(whole if p.whole else _between(p.low, p.high))
    return values


@hs.composite
def organisations(draw: hs.DrawFn) -> Organisation:
    """A small organisation with one or two processes, with or without a front office and questions."""
    found = draw(departments())
    roles = sorted({r for d in found for t in d["teams"] for r in t["roles"]})
    front = draw(hs.one_of(hs.none(), hs.sampled_from(roles)))
    named = {f"p{k}.toml": draw(processes(f"p{k}", roles)) for k in range(draw(hs.integers(1, 2)))}
    rate = hs.one_of(
        hs.fixed_dictionaries({"per_year": _between(200.0, 2000.0)}),
        hs.fixed_dictionaries({"per_open_hour": _between(0.05, 1.0)}),
    )
    profile: dict[str, Any] = {
        "id": "random",
        "title": "Random",
        "slice": {"nl": "Een kleine organisatie.", "en": "A small organisation."},
        "calendar": draw(hs.sampled_from(["dutch", "always"])),
        "front_office": front,
        "departments": found,
        "applications": [{"process": name, **draw(rate)} for name in named],
        "parameters": draw(parameters()),
    }
    if front and draw(yes):
        weights = {r: draw(_between(0.1, 5.0)) for r in roles if draw(yes) or roles == [front]}
        profile["questions"] = {"per_year": draw(_between(500.0, 5000.0)), "roles": weights}
    return Organisation(profile, named, {lesson: draw(shares) for lesson in LESSONS}, draw(hs.integers(0, 2**31)))


def in_time[T](what: Callable[[], T]) -> T:
    """The result of a run that comes to an end; compiled code can loop for ever and does not listen to signals."""
    found: list[T] = []
    problems: list[Exception] = []

    def run() -> None:
        try:
            found.append(what())
        except Exception as problem:
            problems.append(problem)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(LONGEST_RUN)
    assert not thread.is_alive(), f"no end after {LONGEST_RUN:g} s"
    if problems:
        raise problems[0]
    return found[0]


def out_of_bounds(outcomes: Outcomes) -> list[str]:
    """Outcomes that cannot be: a share outside [0, 1], a negative time, count or amount."""
    between = {"fit", "satisfaction", "felt_support", "ownership_mean", "lived_vision_mean", "trust", "work_standard"}
    signed = {"equity_gap", "channel_gap", "know_do_gap", "skill_gap"}
    found = []
    for source in (outcomes.values, outcomes.by_month):
        for name, values in source.items():
            low = -np.inf if name == "burden_gap" else -1.0 if name in signed else 0.0
            shares_ = name in between | signed or name.endswith("_share") or name == "first_contact_resolution"
            high = 1.0 if shares_ else np.inf
            values = np.asarray(values)[~np.isnan(values)]
            if ((values < low - 1e-9) | (values > high + 1e-9)).any():
                found.append(f"{name} = {values} outside [{low:g}, {high:g}]")
    return found


def full_already(scenario: Scenario) -> Scenario:
    """The organisation in which every lesson's parameters have its full values already: lessons are placebos there."""
    full = {find(lever.parameter).short: lever.full for one in LESSON_TABLE.values() for lever in one.levers}
    return scenario.with_parameters(**full)


def breaches_in(one: Organisation) -> list[str]:
    """Everything that does not hold in one organisation."""
    today, seed = one.scenario(), one.seed
    busy = today.with_lessons(**one.lessons, start_day=7.0, ramp_days=14.0)
    roster = start_of(busy, seed).hours
    world, state = in_time(lambda: ran(busy, seed))
    found = invariants.breaches(world, state) + invariants.inside_calendar(world, state, roster)
    found += out_of_bounds(outcomes_of(world, state))

    if fingerprint(ran(busy, seed)[1]) != fingerprint(state):
        found.append("the same seed gave another run")
    plain = log_bytes(today, seed)
    not_yet = today.with_lessons(all=1.0, start_day=today.value("horizon_days") + 7.0)
    if log_bytes(today.with_lessons(all=0.0, ramp_days=0.0), seed) != plain or log_bytes(not_yet, seed) != plain:
        found.append("lessons at 0, or that have not begun, change an event")
    placebo = full_already(today)
    if log_bytes(placebo.with_lessons(**one.lessons, ramp_days=21.0), seed) != log_bytes(placebo, seed):
        found.append("a placebo changes an event")
    return found


@given(organisations())
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_holds_in_every_organisation(engine, one: Organisation):
    assert breaches_in(one) == []
