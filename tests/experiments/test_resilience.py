"""Recovery from surges: when it counts as back, what lessons change in it, and what runs keep."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from kastje.experiments.difference.verdict import Word, verdict
from kastje.experiments.runs.places import HERE, Processes
from kastje.experiments.studies.surges import carry_out, findings, surge_design
from kastje.experiments.studies.surges.findings import CALM_MARGIN, NOT_BACK, TIPS
from kastje.experiments.studies.surges.recovery import WEEKS, later_back, until_back
from kastje.experiments.studies.surges.resilience import (
    days_needed,
    followed,
    weeks_until_back,
)
from kastje.experiments.studies.surges.runs import BACK, WORST, Piece, failed
from kastje.model import Scenario

EXTRA = "work.surge_extra"


def test_back_is_within_ten_per_cent_for_four_weeks_on_end():
    calm = np.full(12, 10.0)
    surged = np.array([10, 15, 14, 13, 10.5, 13, 10.9, 10.8, 10.2, 10.1, 10, 10.0])
    assert weeks_until_back(calm, surged, 2) == 4.0
    assert math.isnan(weeks_until_back(calm, np.full(12, 12.0), 2))


@pytest.mark.parametrize("lasts", [1, 8])
def test_who_is_back_in_the_last_week_of_the_year_is_seen(lasts: int):
    weeks = days_needed(lasts) // 7 - 4 + 1
    calm, surged = np.full(weeks, 10.0), np.full(weeks, 20.0)
    surged[lasts + 52 :] = 10.0
    assert weeks_until_back(calm, surged, lasts) == 52.0


def test_a_larger_surge_is_felt_more(engine):
    rows = carry_out(surge_design(Scenario.load("wageningen"), "wageningen", extras=[0.1, 1.5], replications=2), HERE)
    small, large = (rows[rows[EXTRA] == extra] for extra in (0.1, 1.5))
    assert (small[WORST].to_numpy() < large[WORST].to_numpy()).all()
    assert ((large[BACK] == 0.0) | (large[WEEKS] > 0.0)).all()


def made(today: list[tuple[float, float]], choice: list[tuple[float, float]], ratio: float = 5.0) -> pd.DataFrame:
    """Rows as runs give them: of each seed whether it is back and after how many weeks."""
    rows = []
    for arm, told in {"today": today, "choice": choice}.items():
        for seed, (back, weeks) in enumerate(told, start=1):
            calm = {"arm": arm, "seed": seed, EXTRA: 0.0, BACK: math.nan, WEEKS: math.nan, WORST: math.nan}
            rows += [calm | {"tipping_ratio": 9.0}]
            rows += [calm | {EXTRA: 1.0, BACK: back, WEEKS: weeks, WORST: 2.0, "tipping_ratio": ratio}]
    return pd.DataFrame(rows)


NEVER = (0, math.nan)
"""Not back within the year."""


def test_who_is_not_back_is_neither_left_out_nor_back_when_the_year_ends():
    arm = findings(made([(1, 10.0), NEVER, (1, 20.0), NEVER, NEVER], [(1, 8.0)] * 5)).arm(1.0, "today")
    assert (arm[WEEKS]["p10"], arm[WEEKS]["p50"], arm[WEEKS]["n"]) == (10.0, math.inf, 5)
    assert arm[NOT_BACK]["mean"] == pytest.approx(0.6)
    assert math.isnan(arm[WEEKS]["mean"])


def test_the_median_is_when_half_are_back_whoever_comes_back_later():
    assert until_back(np.array([4.0, 0.0, 9.0, math.inf]))["p50"] == 4.0
    assert until_back(np.array([4.0, 0.0, 9.0, 30.0]))["p50"] == 4.0
    assert until_back(np.array([3.0, math.nan]))["n"] == 1
    assert math.isnan(until_back(np.array([math.nan]))["p50"])


def test_the_interval_of_the_median_holds_it_95_times_in_a_hundred_and_more():
    """By ranks it holds it at least so often; over 2,000 samples, of which a quarter is not back."""
    rng, true = np.random.default_rng(7), -40.0 * math.log(0.5)
    held = 0
    for _ in range(2000):
        weeks = rng.exponential(40.0, 20)
        found = until_back(np.where(weeks <= 52.0, weeks, math.inf))
        held += found["low"] <= true <= found["high"]
    # Binomial with 0.9586, the coverage of the ranks 6 and 15 of 20: its standard deviation is 0.0045.
    assert held / 2000 == pytest.approx(0.9586, abs=0.018)


def test_a_pair_of_which_one_is_not_back_still_says_which_is_sooner():
    today, choice = [NEVER] * 6 + [(1, 20.0)] * 2, [(1, 10.0)] * 6 + [(1, 20.0), (1, 22.0)]
    change = findings(made(today, choice)).change(1.0)[WEEKS]
    assert (change["sooner"], change["later"], change["n"]) == (6, 1, 8)
    # Of those six it is known that they are at least 42 weeks sooner, and not by how much.
    assert math.isnan(change["p50"])
    assert change["low"] == -math.inf
    assert 0.9 < change["certainty"] < 1.0
    found = later_back(np.array([math.inf] * 9), np.array([10.0] * 9))
    assert (found.low, found.high) == (-math.inf, -42.0)
    assert verdict(found).word == Word.BETTER


def test_where_all_are_back_the_difference_is_the_median_of_the_pairs():
    found = later_back(np.array([10.0, 12.0, 30.0]), np.array([8.0, 11.0, 20.0]))
    assert (found.mean, found.sooner, found.later) == (-2.0, 3, 0)
    assert later_back(np.array([5.0] * 4), np.array([5.0] * 4)).certainty == pytest.approx(0.5)


def test_a_pair_that_is_not_back_in_either_world_says_nothing():
    found = later_back(np.array([math.inf] * 12), np.array([math.inf] * 12))
    assert math.isnan(found.mean)
    assert (found.low, found.high) == (-math.inf, math.inf)
    assert verdict(found).word == Word.UNCLEAR
    assert found.certainty == pytest.approx(0.5)


def test_the_share_that_is_not_back_has_wilsons_interval():
    found = findings(made([NEVER] * 2 + [(1, 5.0)] * 8, [(1, 5.0)] * 10)).arm(1.0, "today")[NOT_BACK]
    n, share, z = 10, 0.2, norm.ppf(0.975)
    middle, half = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    assert found["mean"] == pytest.approx(share)
    assert (found["low"], found["high"]) == pytest.approx(
        ((middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n))
    )


@pytest.mark.parametrize(("ratio", "tipped"), [(0.9, 1.0), (1.1, 0.0)])
def test_who_ends_below_a_tipping_ratio_of_one_has_tipped(ratio: float, tipped: float):
    arm = findings(made([(1, 5.0)] * 3, [(1, 5.0)] * 3, ratio)).arm(1.0, "choice")
    assert arm[TIPS]["mean"] == tipped
    assert arm[CALM_MARGIN]["mean"] == pytest.approx(9.0)


def test_a_run_that_failed_takes_its_pair_with_it():
    rows = made([(1, 10.0), (1, 20.0), (1, 30.0)], [(1, 5.0), (math.nan, math.nan), (1, 5.0)])
    found = findings(rows)
    assert found.arm(1.0, "today")[WEEKS]["n"] == 3
    assert found.change(1.0)[WEEKS]["n"] == 2
    assert found.change(1.0)[WEEKS]["p50"] == pytest.approx(-15.0)


def test_without_lessons_there_is_nothing_to_compare():
    rows = made([(1, 10.0)] * 2, [(1, 10.0)] * 2)
    found = findings(rows[rows["arm"] == "today"])
    assert found.difference.empty
    assert found.arm(1.0, "choice") == {}


def test_each_arm_is_held_beside_its_own_calm_run(engine):
    choice = Scenario.load("wageningen").with_lessons(all=1.0)
    design = surge_design(choice, "wageningen", extras=[1.0, 0.3], weeks=4, replications=1, seed=3)
    rows = carry_out(design, HERE).set_index(["arm", EXTRA])
    assert len(rows) == 6
    set_to = {"horizon_days": days_needed(4), "surge_weeks": 4.0, "surge_start_day": 28}
    for arm, scenario in {"today": choice.baseline(), "choice": choice}.items():
        calm, surged = (followed(scenario.with_parameters(**set_to, surge_extra=x), 3)[0] for x in (0.0, 1.0))
        assert rows.loc[(arm, 1.0), WORST] == pytest.approx(np.nanmax(surged / calm))
        weeks = weeks_until_back(calm, surged, 4)
        assert rows.loc[(arm, 1.0), WEEKS] == pytest.approx(weeks, nan_ok=True)
        assert rows.loc[(arm, 1.0), BACK] == float(not math.isnan(weeks))
        assert math.isnan(rows.loc[(arm, 0.0), WEEKS])


def test_processes_give_the_rows_that_threads_give(engine, tmp_path: Path):
    choice = Scenario.load("wageningen").with_lessons(all=1.0)
    design = surge_design(choice, "wageningen", extras=[0.5], weeks=1, replications=2)
    plain = carry_out(design, HERE)
    kept = carry_out(design, Processes(2), folder=tmp_path / "here")
    pd.testing.assert_frame_equal(kept, plain, check_exact=True)
    session = json.loads((tmp_path / "here" / "manifest.json").read_text())["sessions"][-1]
    assert (session["executor"], session["runs"]) == ("processes", len(plain))


def test_a_seed_whose_worker_died_is_not_available():
    design = surge_design(Scenario.load("wageningen"), "wageningen", extras=[1.0], replications=1)
    rows = failed(Piece(design, design.profiles(), 1), "a worker died").to_pandas()
    assert list(rows["error"]) == ["a worker died"] * 2
    assert findings(rows).arm(1.0, "today")[WEEKS]["n"] == 0
