"""The full factorial: each contrast against a plain calculation, what is not available, and the winner's curse."""

import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.shapley import shapley
from kastje.experiments.difference.variants import contributions
from kastje.experiments.runs.carry import sweep
from kastje.experiments.runs.places import Threads
from kastje.experiments.runs.runner import pairs
from kastje.experiments.runs.store import Store
from kastje.experiments.studies.factorial import Cube, contrasts, cubes_of, lessons_design
from kastje.experiments.studies.factorial import tables as factorial_tables
from kastje.experiments.studies.factorial.cube import EVERYONE, numbers_of, over_seeds, spoken
from kastje.experiments.studies.factorial.design import made_before
from kastje.experiments.studies.factorial.packages import frontier, packages, undominated
from kastje.experiments.studies.factorial.summary import summary
from kastje.model import LESSONS, InputError, Scenario

SHORT = {"work.horizon_days": 28.0, "work.runin_days": 14.0}
K = len(LESSONS)


def game(seed: int = 1, seeds: int = 3, outcomes: int = 2, k: int = K) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(1 << k, seeds, outcomes))


def bits(combination: int) -> list[int]:
    return [lesson for lesson in range(K) if combination >> lesson & 1]


def cube_of(worth: np.ndarray, outcomes: tuple[str, ...] = ("satisfaction", "lever_hours")) -> Cube:
    return Cube(1.0, tuple(range(worth.shape[1])), outcomes, worth)


def test_main_effect_is_the_mean_with_less_the_mean_without():
    worth = game()
    for lesson in range(K):
        with_ = np.mean([worth[one] for one in range(256) if lesson in bits(one)], axis=0)
        without = np.mean([worth[one] for one in range(256) if lesson not in bits(one)], axis=0)
        np.testing.assert_allclose(contrasts.main(worth)[lesson], with_ - without)


def test_interaction_is_how_much_more_a_lesson_adds_beside_another():
    worth = game()
    found = contrasts.interactions(worth)
    for at, (i, j) in enumerate(itertools.combinations(range(K), 2)):
        rest = [one for one in range(256) if not {i, j} & set(bits(one))]
        beside = np.mean([worth[one | 1 << i | 1 << j] - worth[one | 1 << j] for one in rest], axis=0)
        without = np.mean([worth[one | 1 << i] - worth[one] for one in rest], axis=0)
        np.testing.assert_allclose(found[at], beside - without, atol=1e-12)


def test_last_and_synergy():
    worth = game()
    np.testing.assert_allclose(contrasts.last(worth)[3], worth[255] - worth[255 - 8])
    alone = sum(worth[1 << lesson] - worth[0] for lesson in range(K))
    np.testing.assert_allclose(contrasts.synergy(worth), worth[255] - worth[0] - alone)


def test_a_sum_of_lessons_has_no_interaction_no_synergy_and_all_its_variance_in_single_lessons():
    each = np.arange(1.0, 9.0)
    worth = np.array([[[each[bits(one)].sum()]] * 4 for one in range(256)])
    assert np.abs(contrasts.interactions(worth)).max() < 1e-12
    assert np.abs(contrasts.synergy(worth)).max() < 1e-12
    for measure in factorial_tables.MEASURES.values():
        np.testing.assert_allclose(measure(worth)[:, 0, 0], each)
    # A variable of 0 or 1 in half of the combinations each has the variance 1/4.
    np.testing.assert_allclose(contrasts.variance_by_order(worth)[:, 0], [(each**2).sum() / 4, *[0.0] * 7], atol=1e-9)


def test_variance_by_order_does_not_take_noise_for_interactions():
    """Pure noise between combinations: without the correction the mean over 6 seeds would show 1/6 of variance."""
    noise = np.random.default_rng(4).normal(size=(256, 6, 200))
    total = contrasts.variance_by_order(noise).sum(axis=0)
    # 200 outcomes; the sum of 255 products has a standard deviation of about .01 each.
    assert abs(total.mean()) < 0.005


def test_variance_by_order_is_that_between_the_combinations():
    worth = game(seeds=1).repeat(3, axis=1)
    np.testing.assert_allclose(contrasts.variance_by_order(worth).sum(axis=0), worth[:, 0].var(axis=0))


def test_shapley_values_add_up_on_every_seed_and_on_average():
    worth = 1e3 * game()
    values = shapley(worth)
    np.testing.assert_allclose(values.sum(axis=0), worth[EVERYONE] - worth[0], atol=1e-9)
    rows = factorial_tables.lessons_table(cube_of(worth))
    mean = rows[(rows["measure"] == "shapley") & (rows["outcome"] == "satisfaction")]["mean"].sum()
    assert mean == pytest.approx((worth[EVERYONE, :, 0] - worth[0, :, 0]).mean(), abs=1e-9)


def test_the_interval_is_that_of_t_over_the_seeds():
    from scipy.stats import t

    worth = game(seeds=7)
    rows = factorial_tables.lessons_table(cube_of(worth))
    row = rows.query("measure == 'shapley' and outcome == 'satisfaction'").iloc[4]
    value = shapley(worth)[4, :, 0]
    low, high = t.interval(0.95, 6, value.mean(), value.std(ddof=1) / math.sqrt(7))
    assert (row["low"], row["high"], row["n"]) == (pytest.approx(low), pytest.approx(high), 7)


def test_a_failed_run_takes_its_seed_out_of_what_needs_it_and_out_of_nothing_else():
    worth = game(seeds=4)
    worth[bits_of("ownership", "lived_vision"), 2, 0] = np.nan
    rows = factorial_tables.lessons_table(cube_of(worth)).query("lesson == 'ownership'")
    n = rows.set_index(["measure", "outcome"])["n"]
    assert n["shapley", "satisfaction"] == n["main", "satisfaction"] == 3
    assert n["alone", "satisfaction"] == n["last", "satisfaction"] == 4
    assert n["shapley", "lever_hours"] == 4


def test_what_no_run_has_is_not_available():
    worth = game()
    worth[:, :, 0] = np.nan
    row = factorial_tables.lessons_table(cube_of(worth)).query("outcome == 'satisfaction'").iloc[0]
    assert math.isnan(row["mean"])
    assert row["n"] == 0
    assert [one.outcome for one in packages(cube_of(worth))] == ["lever_hours", "lever_hours"]


def bits_of(*lessons: str) -> int:
    return sum(1 << LESSONS.index(lesson) for lesson in lessons)


def test_a_cube_is_the_rows_in_their_places():
    rows = [
        {"seed": seed, "work.load": load, "fit": 1000 * load + 10 * seed + one, **dict.fromkeys(LESSONS, 0.0)}
        | {LESSONS[lesson]: 1.0 for lesson in bits(one)}
        for load in (1.0, 1.2)
        for one in (0, 1, 6, 255)
        for seed in (5, 3)
    ]
    first, second = cubes_of(pd.DataFrame(rows[::-1]), ("fit",))
    assert (first.load, second.load, first.seeds) == (1.0, 1.2, (3, 5))
    assert first.column("fit")[6].tolist() == [1036.0, 1056.0]
    assert second.column("fit")[255, 1] == 1200 + 50 + 255
    assert np.isnan(first.column("fit")[2]).all()


def test_combinations_are_spoken_of_by_their_lessons():
    assert spoken(0) == "none"
    assert spoken(EVERYONE) == "all"
    assert spoken(EVERYONE ^ 1) == "all but shared_information"
    assert spoken(bits_of("ownership", "lived_vision")) == "ownership + lived_vision"
    assert numbers_of(0b10000101) == "1 3 8"


def test_the_best_of_noise_is_reported_without_the_winners_curse():
    """All packages alike: where they were chosen the best of 256 looks good by about 2.8 standard errors, on the other
    half of the seeds by none. Over 40 made-up studies the mean of the honest figure has a standard error of .05."""
    chosen, honest = [], []
    for seed in range(40):
        best = next(packages(cube_of(game(seed, seeds=20))))
        assert best.which == "best"
        chosen.append(best.chosen)
        honest.append(best.difference.mean)
    assert np.mean(chosen) > 0.6
    assert abs(np.mean(honest)) < 0.2


def test_the_best_package_is_chosen_on_one_half_and_measured_on_the_other():
    worth = np.zeros((256, 4, 2))
    worth[9, ::2, 0], worth[9, 1::2, 0] = 5.0, [1.0, 3.0]
    worth[17, 1::2, 0] = 4.0
    worth[9, :, 1] = 100.0
    best = next(packages(cube_of(worth)))
    assert (best.combination, best.rival, best.chosen) == (9, 17, 5.0)
    assert (best.difference.mean, best.difference.n, best.hours.mean) == (2.0, 2, 100.0)
    assert best.as_row()["agree"] is False


def test_for_lead_time_the_best_package_has_the_shortest():
    worth = game(seeds=2)
    cube = Cube(1.0, (1, 2), ("lead_time_days_mean", "lever_hours"), worth)
    best, worst = itertools.islice(packages(cube), 2)
    assert best.combination == int(np.argmin(worth[:, 0, 0]))
    assert worst.combination == int(np.argmax(worth[:, 0, 0]))


def test_the_frontier_has_what_nothing_beats_at_its_price():
    cost, worth = np.array([0.0, 5.0, 5.0, 7.0, np.nan, 9.0]), np.array([0.0, 1.0, 2.0, 2.0, 9.0, 3.0])
    assert undominated(cost, worth) == (0, 2, 5)
    found = frontier(cube_of(game(seeds=6)), "satisfaction")
    assert len(found.gains) == len(found.members)
    assert found.gain.shape == (256,)


def test_over_seeds_counts_what_is_there():
    found = over_seeds(np.array([1.0, np.nan, 3.0]), "fit")
    # A mean of 2 with a standard error of 1: P(T_1 <= 2), of the distribution of Cauchy.
    assert (found.mean, found.n) == (2.0, 2)
    assert found.certainty == pytest.approx(0.5 + np.arctan(2.0) / np.pi)
    assert over_seeds(np.array([1.0, 3.0]), "lead_time_days_mean").certainty == pytest.approx(1.0 - found.certainty)


def test_the_design_has_all_combinations_at_every_load_and_today_among_them():
    design = lessons_design("tilburg", loads=(1.0, 1.15), replications=3, fixed=SHORT)
    arms = design.arms
    assert len(arms) == 512
    assert (arms["arm"] == "today").sum() == 2
    assert len(arms[list(LESSONS)].drop_duplicates()) == 256


@pytest.mark.parametrize(
    ("loads", "fixed", "said"),
    [
        ((1.0, 1.0), {}, r"loads is \[1.0, 1.0\], expected every load once"),
        ((9.0,), {}, "work.load"),
        ((1.0,), {"work.load": 1.2}, "fixed.work.load is held fixed, expected the load as loads"),
    ],
)
def test_a_wrong_load_is_refused(loads: tuple[float, ...], fixed: dict[str, float], said: str):
    with pytest.raises(InputError, match=said):
        lessons_design("tilburg", loads=loads, fixed=fixed)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """All combinations of four weeks, over two seeds."""
    design = lessons_design("tilburg", loads=[1.0], replications=2, seed=4, fixed=SHORT)
    return sweep(design, tmp_path_factory.mktemp("lessons") / "runs", Threads(2)).store


@pytest.mark.engine
def test_exact_contributions_of_the_dashboard_are_the_same_numbers(real: Store):
    scenario = Scenario.load("tilburg").with_parameters(**SHORT).with_lessons(all=1.0)
    explained = contributions(scenario, Comparison.of(pairs(scenario, replications=2, seed=4)))
    rows = factorial_tables.lessons_table(Cube.of(real.table(), 1.0)).set_index(["outcome", "measure", "lesson"])
    for outcome in ("stories_per_case", "contacts_per_case", "staff_utilisation", "lever_hours", "trust"):
        there = explained.of(outcome)
        assert there.by_lesson
        for lesson in LESSONS:
            mine, other = rows.loc[(outcome, "shapley", lesson)], there.by_lesson[lesson]
            assert mine["n"] == other.n
            assert mine[["mean", "low"]].tolist() == pytest.approx([other.mean, other.low])
            assert rows.loc[(outcome, "alone", lesson)]["mean"] == pytest.approx(there.alone[lesson].mean, abs=1e-12)


@pytest.mark.engine
def test_all_tables_of_real_runs(real: Store):
    rows = real.table()
    found = factorial_tables.tables(rows)
    assert len(found["collapse"]) == 256
    one = found["combinations"].query("package == 'ownership' and outcome == 'satisfaction'").iloc[0]
    today, choice = (
        rows[rows[list(LESSONS)].sum(axis=1).eq(total) & rows["ownership"].eq(total)]["satisfaction"].to_numpy()
        for total in (0.0, 1.0)
    )
    assert one["mean"] == pytest.approx((choice - today).mean())
    together = found["together"].set_index("outcome").loc["satisfaction"]
    said = summary(found)["1"]["satisfaction"]
    assert said["difference"]["mean"] == together["mean"]
    assert sum(one["shapley"]["mean"] for one in said["lessons"].values()) == pytest.approx(together["mean"])
    assert len(said["interactions"]) == 28
    shares = together[["singles_share", "pairs_share", "more_share"]].sum()
    assert math.isnan(shares) or shares == pytest.approx(1.0)


@pytest.mark.engine
def test_runs_made_before_are_found_again_and_others_refused(real: Store, tmp_path: Path):
    store, design = made_before(real.folder, "tilburg")
    assert (store, design.seed, design.replications.first, dict(design.fixed)) == (real, 4, 2, SHORT)
    with pytest.raises(InputError, match=r"before: .* profile is \"tilburg\" there and \"groningen\" here"):
        made_before(real.folder, "groningen")
    with pytest.raises(InputError, match=r"there is no manifest\.json"):
        made_before(tmp_path, "tilburg")
    real.note(model="another")
    with pytest.raises(InputError, match="model is"):
        made_before(real.folder, "tilburg")
