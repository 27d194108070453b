"""The engine against queueing theory, through profile files that a user could have written.

Tolerance: |z| < 4 with the standard error over replications, and that error below 1 % of the mean.
"""

from pathlib import Path

import numpy as np
import pytest

from model import Scenario, simulate

PROFILES = Path(__file__).parent / "profiles"
SEEDS = range(1, 13)


DAYS = {"mm1": 900, "mm5": 120, "rework": 365}


def sojourn_hours(name: str) -> np.ndarray:
    """Mean time from arrival to decision in each replication, hours."""
    scenario = Scenario.load(PROFILES / f"{name}.toml").with_parameters(horizon_days=DAYS[name])
    return np.array([24.0 * simulate(scenario, seed).as_dict()["lead_time_days_mean"] for seed in SEEDS])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # In units of the mean service time of 0.1 h: A1 W 5.000; A3 Wq .554113 + 1; feedback in an open
        # network (Jackson): 1/(1-p) visits of 1/(mu - lambda/(1-p)) each.
        pytest.param("mm1", 0.5, id="A1 M/M/1"),
        pytest.param("mm5", 0.1554113, id="A3 M/M/5"),
        pytest.param("rework", 1 / 0.7 / (10.0 - 4.0 / 0.7), id="A10 rework p=.3"),
    ],
)
def test_sojourn_times_are_those_of_theory(engine, name, expected):
    means = sojourn_hours(name)
    error = means.std(ddof=1) / np.sqrt(means.size)
    assert error / expected < 0.01
    assert abs(means.mean() - expected) / error < 4.0


def test_a10_rework_takes_the_stated_number_of_visits(engine):
    log = simulate(Scenario.load(PROFILES / "rework.toml").with_parameters(horizon_days=365), 1, log=True).event_log
    started, done = (log["activity"] == "step started").sum(), (log["activity"] == "decision").sum()
    visits = started / done
    error = np.sqrt(0.3) / 0.7 / np.sqrt(done)
    assert abs(visits - 1 / 0.7) / error < 4.0


def test_utilisation_is_the_offered_load(engine):
    values = [
        simulate(Scenario.load(PROFILES / "mm5.toml").with_parameters(horizon_days=120), seed).as_dict()[
            "staff_utilisation"
        ]
        for seed in (1, 2)
    ]
    assert np.mean(values) == pytest.approx(0.8, abs=0.005)


def test_a15_littles_law_holds_exactly_on_a_path_that_starts_and_ends_empty(engine):
    log = simulate(Scenario.load(PROFILES / "mm5.toml").with_parameters(horizon_days=30), 3, log=True).event_log
    start = log[log["activity"] == "step queued"].set_index("case")["hours"]
    end = log[log["activity"] == "decision"].set_index("case")["hours"]
    both = start.to_frame("start").join(end.to_frame("end"), how="outer")
    # Cut the path where the system is empty for the last time.
    change = np.concatenate(
        [
            np.column_stack([both["start"].dropna(), np.ones(both["start"].notna().sum())]),
            np.column_stack([both["end"].dropna(), -np.ones(both["end"].notna().sum())]),
        ]
    )
    change = change[np.argsort(change[:, 0], kind="stable")]
    inside = np.cumsum(change[:, 1]) + both["start"].isna().sum()
    empty = change[inside == 0, 0]
    first, last = empty[0], empty[-1]
    seen = both[(both["start"] > first) & (both["end"] <= last)]
    area = np.sum(
        inside[:-1][(change[:-1, 0] >= first) & (change[:-1, 0] < last)]
        * np.diff(change[:, 0])[(change[:-1, 0] >= first) & (change[:-1, 0] < last)]
    )
    length = last - first
    arrivals_per_hour = len(seen) / length
    assert area / length == pytest.approx(arrivals_per_hour * (seen["end"] - seen["start"]).mean(), rel=1e-9)
