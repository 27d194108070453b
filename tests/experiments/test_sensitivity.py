"""Sensitivity: indices against closed forms and SALib, chance kept apart from influence, inputs and their bounds."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kastje.experiments.designs import Factor
from kastje.experiments.designs.kinds import morris_unit, saltelli
from kastje.experiments.studies.sensitivity import inputs_of, question
from kastje.experiments.studies.sensitivity.answer import OPEN, answer, wanted
from kastje.experiments.studies.sensitivity.function import Function, cells_of
from kastje.experiments.studies.sensitivity.morris import Morris
from kastje.experiments.studies.sensitivity.ranges import LOAD, ranges, uncertain, varied
from kastje.experiments.studies.sensitivity.sobol import Sobol
from kastje.model import LESSONS, OUTCOMES, PARAMETERS, InputError, Scenario

NAMES = ("x1", "x2", "x3")


def ishigami(unit: np.ndarray) -> np.ndarray:
    """sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on [-pi, pi]^3."""
    x = (2.0 * unit - 1.0) * np.pi
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_exact() -> tuple[np.ndarray, np.ndarray]:
    """First and total order indices of the Ishigami function, by integration."""
    a, b, pi = 7.0, 0.1, np.pi
    alone = np.array([0.5 * (1.0 + b * pi**4 / 5.0) ** 2, a**2 / 8.0, 0.0])
    together = b**2 * pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    whole = alone.sum() + together
    return alone / whole, (alone + np.array([together, 0.0, together])) / whole


def at_saltelli(f, points: int, factors: int = 3, seed: int = 5) -> np.ndarray:
    unit = saltelli([Factor(f"x{n}", (), 0.0, 1.0) for n in range(1, factors + 1)], points, seed)
    return f(unit.to_numpy())


def with_salib(values: np.ndarray, factors: int) -> dict[str, np.ndarray]:
    """SALib's indices of the same values, which it wants base point by base point: A, A_1 .. A_k, B."""
    from SALib.analyze import sobol

    a, b, *mixed = values.reshape(factors + 2, -1)
    problem = {"num_vars": factors, "names": [f"x{n}" for n in range(factors)], "bounds": [[0, 1]] * factors}
    rows = np.column_stack([a, *mixed, b]).ravel()
    return sobol.analyze(problem, rows, calc_second_order=False, num_resamples=400, seed=1)


class TestSobol:
    def test_the_ishigami_function_has_its_closed_form(self):
        values = at_saltelli(ishigami, 4096)
        found = Sobol.of(Function(values, math.nan), NAMES)
        first, total = ishigami_exact()
        # Estimates from 4,096 base points: their own intervals are half as wide as this.
        assert found.first == pytest.approx(first, abs=0.03)
        assert found.total == pytest.approx(total, abs=0.03)
        salib = with_salib(values, 3)
        assert salib["S1"] == pytest.approx(first, abs=0.03)
        assert salib["ST"] == pytest.approx(total, abs=0.03)

    def test_salib_has_the_same_indices(self):
        """Both use Saltelli 2010 (first) and Jansen (total); SALib centres on the mean of all, scipy on A and B."""
        values = at_saltelli(lambda x: 3.0 + ishigami(x), 256)
        found, salib = Sobol.of(Function(values, math.nan), NAMES), with_salib(values, 3)
        assert found.total == pytest.approx(salib["ST"], abs=1e-12)
        a, b, *mixed = values.reshape(5, -1)
        centres = values.mean() - np.r_[a, b].mean()
        moved = centres * np.array([(one - a).mean() for one in mixed]) / np.r_[a, b].var()
        assert found.first - moved == pytest.approx(salib["S1"], abs=1e-12)
        assert found.first == pytest.approx(salib["S1"], abs=0.02)

    def test_its_intervals_are_about_as_wide_as_salibs(self):
        values = at_saltelli(ishigami, 512)
        found, salib = Sobol.of(Function(values, math.nan), NAMES), with_salib(values, 3)
        for interval, half in ((found.first_interval, salib["S1_conf"]), (found.total_interval, salib["ST_conf"])):
            assert (interval[1] - interval[0]) / 2.0 == pytest.approx(half, rel=0.25)
        assert (found.first_interval[0] < found.first).all()
        assert (found.first < found.first_interval[1]).all()

    def test_the_same_seed_gives_the_same_interval(self):
        values = at_saltelli(ishigami, 64)
        one, other, third = (Sobol.of(Function(values, math.nan), NAMES, seed=seed) for seed in (1, 1, 2))
        assert (one.total_interval == other.total_interval).all()
        assert (one.total_interval != third.total_interval).any()

    def test_a_factor_that_changes_nothing_has_an_index_of_nought(self):
        found = Sobol.of(Function(at_saltelli(lambda x: x[:, 0], 64), 1e-6), NAMES)
        assert found.total[1:].tolist() == [0.0, 0.0]
        assert found.total_interval[:, 1:].tolist() == [[0.0, 0.0], [0.0, 0.0]]
        table = found.table()
        assert dict(zip(table["factor"], table["above_noise"], strict=True)) == {"x1": True, "x2": False, "x3": False}

    def test_a_base_point_without_a_value_is_left_out_with_all_of_its_points(self):
        values = at_saltelli(ishigami, 64)
        whole = Sobol.of(Function(values.reshape(5, 64)[:, :32].ravel(), math.nan), NAMES)
        values.reshape(5, 64)[3, 40] = np.nan
        found = Sobol.of(Function(values, math.nan), NAMES)
        assert (whole.rows, found.rows) == (32, 32)
        assert found.total.tolist() == whole.total.tolist()

    def test_what_does_not_vary_has_no_indices(self):
        found = Sobol.of(Function(np.full(5 * 8, 2.0), 0.0), NAMES)
        assert found.rows == 0
        assert np.isnan(found.total).all()


class TestMorris:
    def test_a_straight_line_has_its_slopes_and_no_spread(self):
        unit = morris_unit(3, 10, 1)
        found = (
            Morris.of(Function(unit @ np.array([2.0, -3.0, 0.0]), math.nan), NAMES, unit).table().set_index("factor")
        )
        assert found.loc[list(NAMES), "mu"].tolist() == pytest.approx([2.0, -3.0, 0.0])
        assert found.loc[list(NAMES), "mu_star"].tolist() == pytest.approx([2.0, 3.0, 0.0])
        assert found["sigma"].tolist() == pytest.approx([0.0] * 3, abs=1e-12)

    def test_a_product_has_the_mean_and_the_spread_of_the_other_factor(self):
        unit = morris_unit(2, 4000, 2)
        found = Morris.of(Function(unit[:, 0] * unit[:, 1], math.nan), NAMES[:2], unit)
        levels = np.arange(4) / 3.0
        # 4,000 trajectories: a standard error of .006.
        assert found.effects.mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.025)
        assert found.effects.std(axis=0) == pytest.approx([levels.std()] * 2, abs=0.025)

    def test_salib_has_the_same_effects(self):
        from SALib.analyze import morris

        unit = morris_unit(3, 40, 3)
        values = ishigami(unit)
        problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[0, 1]] * 3, "groups": None}
        salib = morris.analyze(problem, unit, values, num_levels=4, num_resamples=400, seed=1)
        found = Morris.of(Function(values, math.nan), NAMES, unit).table().set_index("factor").loc[list(NAMES)]
        for name in ("mu", "mu_star", "sigma"):
            assert found[name].to_numpy() == pytest.approx(np.asarray(salib[name]), abs=1e-12)
        half = (found["mu_star_high"] - found["mu_star_low"]).to_numpy() / 2.0
        # SALib's is 1.96 standard deviations of its resamples, ours bends with the skew (BCa).
        assert half == pytest.approx(np.asarray(salib["mu_star_conf"]), rel=0.3)

    def test_a_trajectory_with_a_gap_is_left_out(self):
        unit = morris_unit(3, 6, 4)
        values = ishigami(unit)
        values[5] = np.nan
        found = Morris.of(Function(values, math.nan), NAMES, unit)
        assert len(found.effects) == 5
        assert np.isfinite(found.table()["mu_star"]).all()


class TestChance:
    @pytest.fixture
    def noise(self) -> np.ndarray:
        """Points of a Sobol design, by seed, at which nothing but chance happens, and the seeds matter to all alike."""
        rng = np.random.default_rng(0)
        return rng.normal(0.0, 2.0, (5 * 1024, 4)) + np.array([10.0, -5.0, 3.0, 0.0])

    def test_what_a_seed_does_to_all_points_alike_is_no_noise(self, noise: np.ndarray):
        assert Function.of(noise).noise == pytest.approx(2.0**2 / 4, rel=0.05)

    def test_a_figure_that_is_chance_alone_is_said_to_be(self, noise: np.ndarray):
        found = Sobol.of(Function.of(noise), NAMES)
        assert found.noise_share == pytest.approx(1.0, abs=0.06)
        # Every factor stirs all of the chance: each gets all of the variance, and none is above what chance gives.
        assert found.total == pytest.approx([1.0] * 3, abs=0.1)
        assert not found.table()["above_noise"].any()

    def test_effects_of_chance_alone_are_as_large_as_the_floor(self):
        unit = morris_unit(3, 2000, 1)
        cells = np.random.default_rng(1).normal(0.0, 1.5, (len(unit), 5))
        found = Morris.of(Function.of(cells), NAMES, unit)
        assert np.abs(found.effects).mean() == pytest.approx(found.noise_floor, rel=0.05)

    def test_with_one_seed_there_is_no_telling(self):
        assert math.isnan(Function.of(np.ones((4, 1))).noise)


def rows_of(cells: dict[tuple[int, int, str, int], float]) -> pd.DataFrame:
    table = pd.DataFrame([*cells], columns=["point", "world", "arm", "seed"])
    return table.assign(fit=list(cells.values()))


def test_a_difference_is_taken_from_today_of_the_same_world_and_seed():
    table = rows_of(
        {
            (0, 0, "choice", 1): 5.0,
            (0, 0, "choice", 2): 7.0,
            (1, 1, "choice", 1): 4.0,
            (1, 1, "choice", 2): 4.0,
            (2, 0, "today", 1): 1.0,
            (2, 0, "today", 2): 2.0,
            (3, 1, "today", 1): 1.5,
            (3, 1, "today", 2): math.nan,
        }
    )
    cells = cells_of(table, "fit", 2, difference=True)
    assert cells[0].tolist() == [4.0, 5.0]
    assert cells[1, 0] == 2.5
    assert math.isnan(cells[1, 1])
    assert Function.of(cells).values.tolist() == [4.5, 2.5]
    assert cells_of(table, "fit", 2, difference=False).tolist() == [[5.0, 7.0], [4.0, 4.0]]


def test_a_point_that_is_today_itself_differs_by_nothing():
    table = rows_of({(0, 0, "today", 1): 3.0, (1, 0, "choice", 1): 4.0})
    assert cells_of(table, "fit", 2, difference=True).tolist() == [[0.0], [1.0]]


class TestInputs:
    def test_every_range_is_of_an_assumed_parameter_within_its_bounds_and_has_a_reason(self):
        for name, one in ranges().items():
            parameter = PARAMETERS[name]
            assert parameter.status == "assumed", name
            assert parameter.low <= one.low <= parameter.default <= one.high <= parameter.high, name
            assert one.why, name

    def test_a_range_that_the_register_states_is_the_same_here(self):
        said = {name for name, one in ranges().items() if one.why == "range in the register"}
        for name in said:
            one, source = ranges()[name], PARAMETERS[name].source.in_language("en")
            assert f"range {one.low:g} to {one.high:g}" in source, (name, source)

    def test_the_document_has_every_range(self, root: Path):
        text = (root / "docs" / "experiments-sensitivity.md").read_text(encoding="utf-8")
        for name, one in ranges().items():
            bold = "**" if one.core else ""
            default = PARAMETERS[name].default
            assert f"| {bold}`{name}`{bold} | {default:g} | {one.low:g} .. {one.high:g} | {one.why} |" in text, name

    @pytest.mark.parametrize("profile", Scenario.profiles())
    def test_the_profiles_own_value_is_always_within(self, profile: str):
        today = Scenario.load(profile)
        for name in ranges():
            factor = uncertain(name, today)
            assert factor.low <= today.value(name) <= factor.high, name

    def test_the_load_is_always_varied(self):
        today = Scenario.load("tilburg")
        beta, load = varied("beta_v", (1.0, 2.0), today), varied("load", (0.9, 1.3), today)
        for factors in ([], [Factor("ownership")], [beta], [load, beta]):
            found = inputs_of("tilburg", factors=factors).factors
            assert [factor.name for factor in found].count(LOAD) == 1

    def test_the_load_alone_is_no_analysis(self):
        with pytest.raises(InputError, match="another factor"):
            inputs_of("tilburg", factors=[Factor(LOAD, (), 0.9, 1.3)])

    def test_without_lessons_among_the_factors_all_stand_at_one(self):
        assert inputs_of("tilburg", with_lessons=False).fixed == {"all": 1.0}
        assert inputs_of("tilburg", lessons={"ownership": 0.5}, with_lessons=False).fixed == {"ownership": 0.5}
        assert inputs_of("tilburg", factors=[Factor("ownership")]).fixed == {}

    def test_a_lesson_or_parameter_that_is_fixed_is_not_varied(self):
        found = inputs_of("tilburg", lessons={"ownership": 1.0}, parameters={"beta_v": 3.0})
        names = {factor.name for factor in found.factors}
        assert names & {*LESSONS, "act.beta_v"} == {*LESSONS} - {"ownership"}

    def test_other_parameters_go_half_their_value_up_and_down(self):
        today = Scenario.load("tilburg")
        alpha, form = varied("alpha", None, today), varied("act.form", None, today)
        assert (alpha.low, alpha.high) == pytest.approx((0.05, 0.15))
        assert (form.low, form.high) == (0.0, 2.0)

    @pytest.mark.parametrize(
        ("name", "bounds", "part"),
        [
            ("lod", None, "did you mean"),
            ("load", (0.5, 9.0), "factors.load.high: parameter work.load is 9.0, expected a number from 0 to 3"),
            ("load", (2.0, 1.0), "factors.load goes from 2 to 1, expected the lower value first"),
            ("profile", None, "low to high"),
            ("start_day", None, "no bounds are known of factors.start_day, expected a lowest and a highest value"),
            (
                "surge_extra",
                None,
                "factors.work.surge_extra is 0 in this profile, expected a lowest",
            ),
        ],
    )
    def test_a_wrong_factor_is_one_line(self, name: str, bounds: tuple[float, float] | None, part: str):
        with pytest.raises(InputError, match="factors") as raised:
            varied(name, bounds, Scenario.load("tilburg"))
        assert part in str(raised.value)
        assert "\n" not in str(raised.value)

    def test_the_share_of_open_cases_is_always_there(self):
        assert OPEN in wanted([])
        assert wanted(["fit"]) == ("fit", OPEN)


def test_the_answer_has_every_figure_and_how_often_the_organisation_tipped():
    asked = question(
        inputs_of("tilburg", factors=[Factor("act.beta_v", (), 1.0, 2.0)]),
        profile="tilburg",
        method="morris",
        points=4,
        of="level",
    )
    arms = asked.design.arms
    rng = np.random.default_rng(2)
    rows = pd.concat([arms.assign(seed=seed, error=None) for seed in (1, 2, 3)], ignore_index=True)
    rows = rows.assign(**{name: rng.random(len(rows)) for name in OUTCOMES})
    rows["tipping_ratio"] = np.where(rows["point"] % 2 == 0, 0.5, 2.0)
    found = answer(asked, rows, ("collapse", "fit"))
    collapse = found.figures.set_index("outcome").loc["collapse"]
    assert collapse["mean"] == pytest.approx(0.5)
    assert set(found.as_dict()) == {"collapse", "fit"}
