"""Designs: the points of each kind, the arms of today, and what a design's file says when it is wrong."""

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from kastje.experiments.designs import Design, Factor, Replications, read_design
from kastje.experiments.designs.factors import factor_of
from kastje.experiments.designs.kinds import morris_unit
from kastje.model import LESSONS, InputError


def factors(*names: str) -> list[Factor]:
    return [Factor(name) for name in names]


def test_a_grid_is_every_combination():
    design = Design.of([factor_of("ownership", [0, 0.5, 1], "f"), factor_of("load", [0.9, 1.1], "f")])
    assert [tuple(row) for row in design.points.to_numpy()] == list(itertools.product([0, 0.5, 1], [0.9, 1.1]))
    assert design.names == ("ownership", "work.load")


def test_a_factorial_of_the_eight_lessons_has_256_points():
    design = Design.of(factors(*LESSONS), kind="factorial")
    assert len(design) == 256
    assert len(design.points.drop_duplicates()) == 256


@pytest.mark.parametrize(("resolution", "most"), [(3, 16), (4, 16), (5, 64)])
def test_a_fraction_keeps_main_effects_clear_as_its_resolution_says(resolution: int, most: int):
    points = Design.of(factors(*LESSONS), kind="fractional", resolution=resolution).points
    signs = 2 * points.to_numpy() - 1
    assert len(signs) <= most
    words = {  # A product of r columns that never changes sign is a word of the defining relation.
        r for r in range(1, resolution) for some in itertools.combinations(range(8), r)
        if abs(signs[:, some].prod(axis=1).sum()) == len(signs)
    }  # fmt: skip
    assert words == set()


def test_a_latin_hypercube_has_one_point_in_every_slice():
    points = Design.of(factors("ownership", "lived_vision"), kind="latin_hypercube", size=32).points
    for name in points:
        assert sorted(np.floor(points[name] * 32).astype(int)) == list(range(32))


def test_a_sobol_design_is_more_even_than_chance():
    points = Design.of(factors("ownership", "lived_vision"), kind="sobol", size=64).points.to_numpy()
    chance = np.random.default_rng(1).random((64, 2))
    assert qmc.discrepancy(points) < qmc.discrepancy(chance) / 3


def test_every_morris_trajectory_moves_each_factor_once_by_two_thirds():
    walks = morris_unit(5, 7, seed=3).reshape(7, 6, 5)
    steps = np.diff(walks, axis=1)
    assert ((steps != 0).sum(axis=1) == 1).all()
    assert ((steps != 0).sum(axis=2) == 1).all()
    assert np.allclose(np.abs(steps[steps != 0]), 2 / 3)
    assert walks.min() >= 0
    assert walks.max() <= 1
    assert {-1.0, 1.0} == set(np.sign(steps[steps != 0]))


def test_a_saltelli_block_takes_one_column_of_b():
    points = Design.of(factors("ownership", "lived_vision", "all"), kind="saltelli", size=8).points.to_numpy()
    a, b, *blocks = points.reshape(5, 8, 3)
    for at, block in enumerate(blocks):
        assert (block[:, at] == b[:, at]).all()
        others = [column for column in range(3) if column != at]
        assert (block[:, others] == a[:, others]).all()


def test_whole_parameters_get_whole_values_each_as_often():
    points = Design.of([factor_of("act.form", {"low": 0, "high": 2}, "f")], kind="sobol", size=1024).points
    counts = points["act.form"].value_counts()
    assert set(counts.index) == {0.0, 1.0, 2.0}
    assert counts.max() - counts.min() <= 3


def test_today_is_there_once_for_points_that_differ_in_lessons_only():
    design = Design.of([factor_of("ownership", [0.5, 1], "f"), factor_of("load", [1.0, 1.2], "f")])
    today = design.arms[design.arms["arm"] == "today"]
    assert list(today["work.load"]) == [1.0, 1.2]
    assert list(today["point"]) == [4, 5]
    assert today["ownership"].isna().all()


def test_a_point_without_lessons_is_today_itself():
    design = Design.of([factor_of("ownership", [0, 1], "f")])
    assert list(design.arms["arm"]) == ["today", "choice"]


def test_lessons_that_are_fixed_are_there_in_the_choice_and_not_today():
    design = Design.of([factor_of("load", [1.0, 1.2], "f")], fixed={"ownership": 1.0})
    assert list(design.arms["arm"]) == ["choice", "choice", "today", "today"]
    profiles = design.profiles()
    choice, today = (design.scenario(design.arms.iloc[at].to_dict(), profiles) for at in (1, 3))
    assert choice.lessons["ownership"] == 1.0
    assert today == choice.baseline()


def test_a_start_day_of_its_own_reaches_the_scenario():
    design = Design.of([factor_of("start_day.ownership", [0, 90], "f")], fixed={"ownership": 1.0, "lived_vision": 1.0})
    later = design.scenario(design.arms.iloc[1].to_dict(), design.profiles())
    assert (later.starts_on("ownership"), later.starts_on("lived_vision")) == (90.0, 0.0)


DESIGN = """
kind = "grid"
profile = "tilburg"
replications = 4
[fixed]
horizon_days = 60
[factors]
ownership = [0, 1]
work.load = { low = 0.9, high = 1.1, levels = 3 }
act.form = [0, 1, 2]
"""


def test_a_design_is_read_from_its_file(tmp_path: Path):
    path = tmp_path / "study.toml"
    path.write_text(DESIGN)
    design = read_design(path)
    assert design.name == "study"
    assert len(design) == 18
    assert design.replications == Replications(4)
    assert design.fixed == {"work.horizon_days": 60.0}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "grid"', 'kind = "gird"', "did you mean 'grid'"),
        ('kind = "grid"', "kind = 3", "kind is 3, expected a text"),
        ("replications = 4", "replications = 0", "replications is 0, expected a whole number from 1"),
        ("replications = 4", "replications = { outcome = 'fit' }", "replications.half_width is missing"),
        ("replications = 4", "replications = { outcome = 'fut', half_width = 1 }", "replications.outcome: 'fut'"),
        ("replications = 4", "seeds = 4", "field: 'seeds' is not known"),
        ("replications = 4", "paired = 1", "paired is 1, expected true or false"),
        ("replications = 4", "size = 4", "size is given, expected it only with kind"),
        ("ownership = [0, 1]", "ownership = [0, 2]", "factors.ownership is 2, expected a number from 0 to 1"),
        ("ownership = [0, 1]", "ownership = 1", "factors.ownership is 1, expected a list of values"),
        ("ownership = [0, 1]", "ownership = [0, 0]", "factors.ownership has a value twice"),
        ("ownership = [0, 1]", "ownershp = [0, 1]", "did you mean 'ownership'"),
        (
            "low = 0.9, high",
            "low = 1.9, high",
            "factors.work.load goes from 1.9 to 1.1, expected the lower value first",
        ),
        ("levels = 3", "levels = 1", "factors.work.load.levels is 1"),
        ("act.form = [0, 1, 2]", "act.form = [0, 9]", "factors.act.form: parameter act.form is 9"),
        ("horizon_days = 60", "ownership = 1", "factors.ownership is given twice"),
        ("horizon_days = 60", "horizon_days = 5", "fixed.horizon_days: parameter work.horizon_days is 5"),
        ('profile = "tilburg"', 'profile = "tilbrug"', "tilbrug"),
        ("[factors]", "[factors", "is not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_design_is_one_line(tmp_path: Path, old: str, new: str, said: str):
    path = tmp_path / "study.toml"
    path.write_text(DESIGN.replace(old, new))
    with pytest.raises(InputError) as caught:
        read_design(path).profiles()
    text = str(caught.value)
    assert said in text
    assert "\n" not in text


def test_points_come_from_a_table_of_ones_own(tmp_path: Path):
    (tmp_path / "points.csv").write_text("ownership, load\n0.2,1.0\n0.8,1.3\n")
    (tmp_path / "own.toml").write_text('kind = "table"\ntable = "points.csv"\n')
    design = read_design(tmp_path / "own.toml")
    pd.testing.assert_frame_equal(design.points, pd.DataFrame({"ownership": [0.2, 0.8], "work.load": [1.0, 1.3]}))
    before = design.as_data()
    (tmp_path / "points.csv").write_text("ownership, load\n0.2,1.0\n0.8,1.2\n")
    assert read_design(tmp_path / "own.toml").as_data()["table"] != before["table"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ownership,load\n0.2,x\n", "line 2, work.load is 'x', expected a number"),
        ("ownership,load\n0.2,1\n3,1\n", "line 3, ownership is 3.0, expected a number from 0 to 1"),
        ("ownership,lood\n0.2,1\n", "column: 'lood' is not known"),
        ("ownership,load\n", "0 rows"),
    ],
)
def test_what_is_wrong_in_a_table_names_line_and_column(tmp_path: Path, text: str, said: str):
    (tmp_path / "points.csv").write_text(text)
    (tmp_path / "own.toml").write_text('kind = "table"\ntable = "points.csv"\n')
    with pytest.raises(InputError, match=r"points\.csv") as caught:
        read_design(tmp_path / "own.toml")
    assert said in str(caught.value)


def test_two_designs_are_the_same_when_their_data_are():
    one = Design.of(factors("ownership"), kind="latin_hypercube", size=8, seed=1)
    other = Design.of(factors("ownership"), kind="latin_hypercube", size=8, seed=2)
    assert one.as_data() != other.as_data()
    assert one.as_data() == Design.of(factors("ownership"), kind="latin_hypercube", size=8, seed=1).as_data()
