"""C7, C8 and C16: at the ends of a scale the answer is known."""

import numpy as np

from kastje.evidence.verification.finding import Finding
from kastje.evidence.verification.organisations import (
    Data,
    every_team,
    loaded,
    queue,
    shipped_profile,
    town,
)
from kastje.evidence.verification.runs import Figures, figures, log_of, needs_of, ran
from kastje.model import Scenario
from kastje.model import records as rec
from kastje.model.activities import L_AGAIN, L_COMPLETED, L_DONE, L_MISSING, L_QUEUED, L_STARTED
from kastje.model.simulate import drive, start_of, world_of

CROWD = [
    {"id": f"office{k}", "title": "Office", "teams": [{"id": f"desk{k}", "roles": ["desk"], "staff": 25}]}
    for k in range(8)
]
"""Eight teams of 25 for one role: more than ever work at once."""


def _crowd(process: Data, per_open_hour: float, **parameters: float) -> Scenario:
    everyone = every_team({"departments": CROWD}, share=1.0, manager=False, part_time=0.0)["departments"]
    return queue(
        process,
        departments=everyone,
        applications=[{"process": "service.toml", "per_open_hour": per_open_hour}],
        parameters={
            "bounce_ceiling": 0.0,
            "lookup_hours": 0.0,
            "named_owner": 0.0,
            "never_completed": 0.0,
            **parameters,
        },
    )


def _steps(*, missing: float = 0.0) -> Data:
    shared = {"title": "Step", "role": "desk"}
    return {
        "id": "service",
        "title": "Service",
        "steps": [
            {"id": "a", "hours": 2.0, "missing": missing, **shared},
            {"id": "b", "hours": 3.0, "spread": "exponential", "after": ["a"], "repeat": 0.2, **shared},
            {"id": "c", "hours": 1.0, "after": ["b"], "decides": True, **shared},
        ],
    }


def _longest_list(scenario: Scenario) -> tuple[int, int]:
    """The most items on any list after any event, and how many events were looked at."""
    world, state = world_of(scenario), start_of(scenario, 1)
    longest = looked = 0
    while state.run["heap"][0] and state.heap["t"][0] < world.arrays.end:
        state = drive(scenario, world, state, float(state.heap["t"][0]))
        longest, looked = max(longest, int(state.lists["length"].max())), looked + 1
    return longest, looked


def _work_and_documents(scenario: Scenario) -> tuple[float, float, int, int]:
    """Of decided cases: the largest lead less work and waiting for documents, mean lead, cases, with documents."""
    _, state = ran(scenario, 1)
    log, needs = log_of(state), needs_of(state)
    spent = np.zeros(needs.size)
    since = np.full(needs.size, np.nan)
    for t, need, activity in zip(log["t"], log["need"], log["activity"], strict=True):
        if activity in (L_STARTED, L_COMPLETED, L_MISSING, L_DONE, L_AGAIN) and not np.isnan(since[need]):
            spent[need] += t - since[need]
        if activity in (L_STARTED, L_MISSING):
            since[need] = t
        elif activity in (L_COMPLETED, L_DONE, L_AGAIN, L_QUEUED):
            since[need] = np.nan
    over = needs["state"] == rec.CLOSED
    lead = needs["decided"] - needs["start"]
    off = np.abs(lead - spent)[over]
    return float(off.max()), float(lead[over].mean()), int(over.sum()), int((needs["asked"][over] > 0).sum())


def infinite_staff() -> list[Finding]:
    """C7: with more people than work nothing waits inside, and a lead time is work plus what the resident takes."""
    busy = _crowd(_steps(), 8.0, tell_hours=0.0)
    longest, looked = _longest_list(busy)
    quiet = _crowd(_steps(missing=0.3), 0.05, horizon_days=364, complete_days=5.0, tell_hours=0.0, kappa=0.0)
    off, lead, cases, asked = _work_and_documents(quiet)
    return [
        Finding(
            "C7",
            "200 people in 8 teams, all hours for this work, 8 applications an hour of 6 hours' work, 14 days",
            "no item on any list after any event",
            f"at most {longest} on a list after {looked} events",
            "exact",
            longest == 0,
        ),
        Finding(
            "C7",
            "the same people, an application a day, documents missing in three of ten, a year",
            "lead = hours of work + days until the documents came, for every case",
            f"mean lead {lead:.2f} h over {cases} cases ({asked} with documents asked); largest difference {off:.2g} h",
            "1e-6 h",
            off < 1e-6 and asked > 0,
        ),
    ]


def _tally(scenario: Scenario, field: str) -> tuple[int, int]:
    _, state = ran(scenario, 3)
    return int(needs_of(state)[field].sum()), int(state.run["arrived"][0])


def full_ownership() -> list[Finding]:
    """C8: full ownership and no misrouting leave no referral; full tolerance leaves no stall."""
    findings = []
    for name in ("tilburg", "groningen"):
        today = Scenario.load(name).with_parameters(horizon_days=182)
        owned = loaded(every_team(shipped_profile(name), ownership=1.0)).with_parameters(horizon_days=182)
        for system, field, before, after in (
            (
                "ownership 1 in every team, misroute_forced 0",
                "bounces",
                today,
                owned.with_parameters(misroute_forced=0),
            ),
            ("keeper_tolerance 1", "stalls", today, today.with_parameters(keeper_tolerance=1.0)),
        ):
            (without, needs), (found, _) = _tally(before, field), _tally(after, field)
            findings.append(
                Finding(
                    "C8",
                    f"{name}, run-in and 182 days, {system}",
                    f"0 {field}",
                    f"{found} {field} in {needs} needs (today {without})",
                    "exact",
                    found == 0 and without > 0,
                )
            )
    return findings


QUIET = ("stories_per_case", "bounces_per_case", "handovers_per_case", "stalls_per_case", "fit", "staff_utilisation")
HELD = {
    "norm_weight": 0.0,
    "eta_d": 0.0,
    "eta_c": 0.0,
    "learning_exponent": 0.0,
    "misroute_forced": 0.1,
    "trust_own": 0.0,
    "trust_heard": 0.0,
}
"""What people learn from the cases they see, held still: twice the cases would teach twice as much."""


def _quiet(load: float, seeds: range, **parameters: float) -> Figures:
    return figures(town(parameters={**parameters, "load": load, "horizon_days": 364}), seeds, QUIET)


def load_insensitivity(seeds: int = 60) -> list[Finding]:
    """C16: where nearly nobody has to wait, what happens to a case does not depend on how many others there are."""
    findings = []
    for system, parameters in (("", {}), ("; what cases teach people held still", HELD)):
        low = _quiet(0.05, range(1, 2 * seeds + 1), **parameters)
        high = _quiet(0.1, range(1001, 1001 + seeds), **parameters)
        errors = np.hypot(low.std(axis=0) / np.sqrt(2 * seeds), high.std(axis=0) / np.sqrt(seeds))
        z = (high.mean(axis=0) - low.mean(axis=0)) / errors
        use = float(high[:, -1].mean() / low[:, -1].mean())
        findings.append(
            Finding(
                "C16",
                f"the town, a year, load .05 ({2 * seeds} seeds) and .10 ({seeds} others){system}",
                f"equal {', '.join(QUIET[:-1])}; utilisation doubles",
                ", ".join(
                    f"{a:.3f} and {b:.3f}" for a, b in zip(low.mean(axis=0)[:-1], high.mean(axis=0), strict=False)
                )
                + f" (up to {np.abs(z[:-1]).max():.1f} standard errors); utilisation x {use:.2f}",
                "4 standard errors; utilisation 5 %",
                bool(np.abs(z[:-1]).max() < 4.0) and abs(use - 2.0) < 0.1,
            )
        )
    return findings
