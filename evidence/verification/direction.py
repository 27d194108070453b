"""C13 and C18: which way an outcome moves is known, if not how far."""

from itertools import pairwise

import numpy as np

from kastje.evidence.verification.finding import Finding
from kastje.evidence.verification.organisations import (
    PERMIT,
    TOWN,
    channels,
    every_team,
    loaded,
    queue,
)
from kastje.evidence.verification.runs import figures, log_of, needs_of, ran, z_of
from kastje.model import Scenario
from kastje.model import records as rec

QUARTER = 24.0 * 91


def _sojourns(staff: int, load: float) -> np.ndarray:
    """How long each customer is in a first-come queue, in the order of arrival, hours; the first 10,000."""
    team = {"id": "desk", "roles": ["desk"], "staff": staff, "manager": False, "part_time": 0.0}
    scenario = queue(
        departments=[{"id": "office", "title": "Office", "teams": [team]}],
        applications=[{"process": "service.toml", "per_open_hour": 8.0 * staff}],
        parameters={"load": load, "horizon_days": 140},
    )
    needs = needs_of(ran(scenario, 2)[1])[:10000]
    return np.asarray(needs["decided"] - needs["start"])


def more_demand(seeds: int = 20) -> list[Finding]:
    """C13: more demand makes nobody in a first-come queue faster, and the whole organisation slower on average."""
    findings = []
    for staff in (1, 3):
        waits = [_sojourns(staff, load) for load in (0.8, 1.0, 1.15)]
        faster = sum(int((after < before - 1e-9).sum()) for before, after in pairwise(waits))
        means = ", ".join(f"{w.mean():.3f}" for w in waits)
        findings.append(
            Finding(
                "C13",
                f"first-come queue of {staff}, 10,000 customers with the same work, utilisation .64, .80, .92",
                "no customer's time is shorter with more demand",
                f"{faster} shorter; means {means} h",
                "each customer, 1e-9 h",
                faster == 0,
            )
        )
    today = Scenario.load("tilburg").with_parameters(horizon_days=182)
    leads = [
        figures(today.with_parameters(load=load), range(1, seeds + 1), ("lead_time_days_mean",))[:, 0]
        for load in (0.7, 1.0, 1.3)
    ]
    z = [z_of(after - before) for before, after in pairwise(leads)]
    findings.append(
        Finding(
            "C13",
            f"Tilburg, 182 days, {seeds} seeds, load .7, 1.0, 1.3",
            "mean lead time rises with each step",
            f"{', '.join(f'{x.mean():.1f}' for x in leads)} days; steps of {', '.join(f'{x:.0f}' for x in z)} standard "
            "errors (paired)",
            "each step beyond 3 standard errors",
            all(x > 3.0 for x in z),
        )
    )
    return findings


def _satisfied(growth: float) -> tuple[bytes, np.ndarray, np.ndarray]:
    """The event log, and of every decided case when that was and how satisfied it left the applicant."""
    profile = every_team(TOWN, share=1.0)
    profile["front_office"], profile["questions"] = None, None
    profile["channels"] = channels(richness=0.6)
    profile["applications"] = [{"process": "permit.toml", "per_year": 2000.0}]
    # Trust decides how often people ask how it stands; it is held, so that nothing but the marks can change.
    held = {"alpha": 0.0, "eta_d": 0.0, "eta_c": 0.0, "norm_weight": 0.0, "turnover": 0.0, "learning_exponent": 0.0}
    held |= {"trust_own": 0.0, "trust_heard": 0.0, "inhabitants": 200}
    held |= {"mobility": 0.0, "pressure": 0, "status_days_before": 100000.0, "status_days_after": 100000.0}
    held |= {"runin_days": 728, "horizon_days": 1092, "outside_growth": growth}
    profile["parameters"] = TOWN["parameters"] | held
    scenario = loaded(profile, {"permit.toml": PERMIT})
    _, state = ran(scenario, 6)
    needs = needs_of(state)
    over = needs[(needs["state"] == rec.CLOSED) & (needs["decided"] > state.run["branch"][0])]
    return log_of(state).tobytes(), over["decided"] - state.run["branch"][0], over["satisfaction"]


def red_queen() -> list[Finding]:
    """C18: with performance as it is and a standard outside that rises, satisfaction falls."""
    (log, when, still), (other_log, _, rising) = _satisfied(0.0), _satisfied(0.3)
    year = (when // (4 * QUARTER)).astype(int)
    years = range(3)
    marks = [float(rising[year == k].mean()) for k in years]
    loss = [float((still - rising)[year == k].mean()) for k in years]
    happier = int((rising > still).sum())
    return [
        Finding(
            "C18",
            "the town with hours to spare, three years after two, outside_growth .3 against 0, what people learn and "
            "trust held still; satisfaction by year",
            "identical logs; nobody is more satisfied; the loss grows and satisfaction falls each year",
            f"{'identical' if log == other_log else 'other'} logs, {still.size} cases, {happier} more satisfied; loss "
            f"{', '.join(f'{x:.3f}' for x in loss)}; satisfaction {', '.join(f'{x:.3f}' for x in marks)}",
            "log every byte; each case; each year",
            log == other_log and happier == 0 and loss == sorted(loss) and marks == sorted(marks, reverse=True),
        )
    ]
