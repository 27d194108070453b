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


@pytest.mark.parametrize(
    ("spread", "waiting"),
    [
        # Pollaczek-Khinchine at a load of .8, in mean service times of 0.1 h (A6).
        pytest.param('spread = "fixed"', 2.0, id="cv2=0"),
        pytest.param('spread = "erlang"\ncv = 0.5', 2.5, id="cv2=.25"),
        pytest.param(f'spread = "lognormal"\ncv = {2**0.5}', 6.0, id="cv2=2"),
    ],
)
def test_a6_waits_depend_on_the_variation_of_service_times_as_theory_says(engine, tmp_path, spread, waiting):
    process = (PROFILES / "mm1_process.toml").read_text().replace('spread = "exponential"', spread)
    (tmp_path / "mm1_process.toml").write_text(process)
    (tmp_path / "mg1.toml").write_text((PROFILES / "mm1.toml").read_text())
    scenario = Scenario.load(tmp_path / "mg1.toml").with_parameters(horizon_days=900)
    means = np.array([24.0 * simulate(scenario, seed).as_dict()["lead_time_days_mean"] for seed in SEEDS])
    expected, error = 0.1 * (1.0 + waiting), means.std(ddof=1) / np.sqrt(means.size)
    assert error / expected < 0.02
    assert abs(means.mean() - expected) / error < 4.0


PARALLEL = """
id = "advice"
title = "Advice without queues"
legal_days = 56
{steps}
[[steps]]
id = "decide"
title = "Decide"
role = "desk"
hours = 0.0
spread = "fixed"
decides = true
after = [{names}]
"""
ADVICE = """
[[steps]]
id = "a{k}"
title = "Advice {k}"
role = "desk"
hours = 1.0
spread = "exponential"
advice = true
"""


@pytest.mark.parametrize("n", [2, 4])
def test_a11_parallel_advice_takes_the_longest_and_sequential_the_sum(engine, tmp_path, n):
    """Without queues, exponential advices of mean 1 take H_n in parallel and n one after the other."""
    steps = "".join(ADVICE.format(k=k) for k in range(n))
    names = ", ".join(f'"a{k}"' for k in range(n))
    (tmp_path / "mm1_process.toml").write_text(PARALLEL.format(steps=steps, names=names))
    profile = (
        (PROFILES / "mm1.toml")
        .read_text()
        .replace("staff = 1,", "staff = 25,")
        .replace("per_open_hour = 8.0", "per_open_hour = 0.2")
    )
    (tmp_path / "advice.toml").write_text(profile + "collision = 0.0\nbounce_ceiling = 0.0\n")
    for parallel, expected in ((1.0, sum(1.0 / k for k in range(1, n + 1))), (0.0, float(n))):
        scenario = Scenario.load(tmp_path / "advice.toml").with_parameters(parallel=parallel, horizon_days=1000)
        means = np.array([24.0 * simulate(scenario, seed).as_dict()["lead_time_days_mean"] for seed in SEEDS])
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
