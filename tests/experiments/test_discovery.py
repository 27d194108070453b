"""Discovery: boxes that are there are found and hold, chance is not taken for one, and questions are understood."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, t

from kastje.experiments.designs import Factor
from kastje.experiments.studies.discovery import Condition, Discovery, discover, read_conditions
from kastje.experiments.studies.discovery.condition import points_of
from kastje.experiments.studies.discovery.prim import HELD_OUT, inside
from kastje.experiments.studies.discovery.tables import tables
from kastje.model import InputError

FACTORS = [Factor(f"x{number}") for number in range(5)]


def points(where, seed: int = 1, count: int = 360) -> pd.DataFrame:
    """Points of a unit cube in five dimensions, and whether they are of interest."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.random((count, len(FACTORS))), columns=[factor.name for factor in FACTORS])
    return table.assign(interest=np.asarray(where(table, rng)).astype(int))


def corner(table: pd.DataFrame, _: np.random.Generator) -> pd.Series:
    return (table["x0"] > 0.6) & (table["x1"] < 0.5)


def by_chance(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    return rng.random(len(table)) < 0.3


@pytest.fixture(scope="module")
def cornered() -> Discovery:
    """What is discovered where the points of interest fill a corner."""
    return discover(points(corner), FACTORS, most=1)


class TestBoxes:
    def test_a_corner_is_found_with_its_bounds(self, cornered: Discovery):
        (box,) = cornered.boxes
        limits = {limit.factor: limit for limit in box.limits}
        assert set(limits) == {"x0", "x1"}
        # A bound lies between two of the 240 points that are searched.
        assert (limits["x0"].low, limits["x1"].high) == pytest.approx((0.6, 0.5), abs=0.06)
        assert (limits["x0"].high, limits["x1"].low) == (1.0, 0.0)
        assert math.isnan(limits["x0"].quasi_p_high)
        assert limits["x0"].quasi_p_low < 1e-6
        assert box.confirmed

    def test_its_figures_are_those_of_the_points_inside(self, cornered: Discovery):
        table = points(corner)
        (box,) = cornered.boxes
        held = np.arange(len(table)) % HELD_OUT == HELD_OUT - 1
        within = inside(box.limits, table)
        seen, kept = table[~held], table[held]
        assert box.n == (within & ~held).sum()
        assert box.coverage == pytest.approx(seen["interest"][within[~held]].sum() / seen["interest"].sum())
        assert box.density == pytest.approx(seen["interest"][within[~held]].mean())
        assert box.base == pytest.approx(seen["interest"].mean())
        hits, count = int(kept["interest"][within[held]].sum()), int((within & held).sum())
        assert (box.held_n, box.held_density) == (count, pytest.approx(hits / count))
        assert box.held_p == pytest.approx(binom.sf(hits - 1, count, kept["interest"].mean()))

    def test_two_corners_are_two_boxes(self):
        def two(table: pd.DataFrame, _: np.random.Generator) -> pd.Series:
            return ((table["x0"] > 0.7) & (table["x1"] < 0.4)) | ((table["x2"] > 0.7) & (table["x3"] > 0.5))

        found = discover(points(two, seed=4, count=600), FACTORS, most=2)
        assert {frozenset(limit.factor for limit in box.limits) for box in found.boxes} == {
            frozenset({"x0", "x1"}),
            frozenset({"x2", "x3"}),
        }
        assert all(box.confirmed for box in found.boxes)
        assert sum(box.coverage for box in found.boxes) <= 1.0

    def test_chance_is_not_taken_for_a_box(self):
        found = [discover(points(by_chance, seed=seed, count=180), FACTORS, most=1) for seed in range(6)]
        boxes = [box for one in found for box in one.boxes]
        # With nothing there each is confirmed with a chance of 5 %: three of six with one of a fifth of a per cent.
        assert sum(box.confirmed for box in boxes) <= 2
        assert all(one.why for one in found if not one.boxes)

    @pytest.mark.parametrize(
        ("share", "why"), [(0.0, "none of the points"), (1.0, "every point"), (0.02, "fewer than 10 on one side")]
    )
    def test_with_too_few_on_one_side_there_is_nothing_to_look_for(self, share: float, why: str):
        found = discover(points(lambda table, _: table["x0"] < share), FACTORS)
        assert found.boxes == ()
        assert why in found.why

    def test_the_tables_have_every_box_limit_and_step(self, cornered: Discovery):
        made = tables(cornered, {factor.name: factor for factor in FACTORS})
        assert made["boxes"]["confirmed"].tolist() == [True]
        assert set(made["limits"]["factor"]) == {"x0", "x1"}
        steps = made["trajectories"]
        assert steps["chosen"].sum() == 1
        assert (steps.loc[0, "coverage"], steps.loc[0, "mass"], steps.loc[0, "restricted"]) == (1.0, 1.0, "")
        assert steps["density"].iloc[0] == pytest.approx(cornered.boxes[0].base)
        none = tables(discover(points(lambda table, _: table["x0"] < 0.0), FACTORS), {})
        assert [len(table) for table in none.values()] == [0, 0, 0]


class TestConditions:
    def test_a_difference_and_a_level(self):
        one, other = read_conditions(["satisfaction_difference < -0.01", "on_time_share>=.5"])
        assert (one.outcome, one.difference, one.sign, one.threshold) == ("satisfaction", True, "<", -0.01)
        assert (other.outcome, other.difference, other.sign, other.threshold) == ("on_time_share", False, ">=", 0.5)
        assert [str(one) for one in read_conditions([])] == ["satisfaction_difference < 0"]

    @pytest.mark.parametrize("text", ["", "fit", "fit = 1", "fit < much", "fitt < 1", "fit_change < 1", "fit < nan"])
    def test_a_wrong_one_is_one_line(self, text: str):
        with pytest.raises(InputError, match="conditions") as raised:
            Condition.of(text)
        assert "\n" not in str(raised.value)

    @pytest.fixture
    def rows(self) -> pd.DataFrame:
        """Two points with lessons and their worlds' today, three seeds; the third point has no value."""
        told = {
            (0, 0, "choice"): [5.0, 6.0, 7.0],
            (1, 1, "choice"): [2.0, 9.0, 1.0],
            (2, 1, "choice"): [math.nan] * 3,
            (3, 0, "today"): [4.0, 4.5, 5.0],
            (4, 1, "today"): [3.0, 3.0, 3.0],
        }
        keys = ("point", "world", "arm")
        return pd.DataFrame(
            [
                dict(zip(keys, key, strict=True)) | {"seed": seed, "fit": value, "load": 1.0 + key[1]}
                for key, values in told.items()
                for seed, value in enumerate(values, start=1)
            ]
        )

    def test_a_point_counts_by_its_mean_difference_from_today_of_its_world(self, rows: pd.DataFrame):
        found = points_of(rows, ["load"], read_conditions(["fit_difference > 0.9"])).set_index("point")
        assert found["fit_difference"].to_dict() == pytest.approx({0: 1.5, 1: 1.0})
        assert found["interest"].to_dict() == {0: 1, 1: 1}
        assert found["load"].to_dict() == {0: 1.0, 1: 2.0}

    def test_for_certain_the_whole_interval_must_be_beyond(self, rows: pd.DataFrame):
        found = points_of(rows, ["load"], read_conditions(["fit_difference > 0"]), certain=True).set_index("point")
        assert found["interest"].to_dict() == {0: 1, 1: 0}
        half = t.ppf(0.975, 2) * np.std([1.0, 1.5, 2.0], ddof=1) / math.sqrt(3)
        assert (found.loc[0, "fit_difference_low"], found.loc[0, "fit_difference_high"]) == pytest.approx(
            (1.5 - half, 1.5 + half)
        )

    def test_all_conditions_must_hold(self, rows: pd.DataFrame):
        found = points_of(rows, ["load"], read_conditions(["fit_difference > 0", "fit > 5"])).set_index("point")
        assert found["interest"].to_dict() == {0: 1, 1: 0}
