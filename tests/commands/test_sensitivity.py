"""`kastje sensitivity`: indices of real runs, going on, and wrong input."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import sobol

from kastje.commands.cli import main
from kastje.experiments.studies.sensitivity.answer import OPEN
from kastje.experiments.studies.sensitivity.ranges import LOAD


def small(method: str, *more: str) -> list[str]:
    """Two factors and the load, three months: enough to see how the command behaves."""
    few = [
        "--days",
        "56",
        "--set",
        "runin_days=28",
        "--replications",
        "2",
        "--factor",
        "beta_v",
        "--factor",
        "tell_hours",
    ]
    return ["sensitivity", "wageningen", "--method", method, "--outcome", "fit", *few, *more]


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
class TestCommand:
    def test_sobol_of_the_difference_is_what_salib_makes_of_the_same_rows(self, capsys, tmp_path: Path):
        out = tmp_path / "sobol"
        assert main(small("sobol", "--points", "4", "--out", str(out), "--json")) == 0
        document = json.loads(capsys.readouterr().out)
        rows = pd.concat(map(pd.read_parquet, (out / "parts").iterdir()))
        today = rows[rows["arm"] == "today"].set_index(["world", "seed"])["fit"]
        choice = rows[rows["arm"] == "choice"].set_index(["world", "seed"])
        assert len(today) == len(choice) == 2 * 4 * 5
        values = (choice["fit"] - today).groupby(choice["point"]).mean().sort_index().to_numpy()
        a, b, *mixed = values.reshape(3 + 2, -1)
        problem = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[0, 1]] * 3}
        salib = sobol.analyze(problem, np.column_stack([a, *mixed, b]).ravel(), calc_second_order=False, seed=1)
        found = document["outcomes"]["fit"]["factors"]
        assert [found[name]["total"] for name in (LOAD, "act.beta_v", "crm.tell_hours")] == pytest.approx(salib["ST"])
        assert set(document["outcomes"]) == {"fit", OPEN}
        assert pd.read_csv(out / "indices.csv").shape[0] == 6
        assert sorted(path.suffix for path in (out / "pictures").iterdir()) == [".pdf", ".pdf", ".svg", ".svg"]

    def test_morris_goes_on_where_it_was_and_says_the_same(self, capsys, tmp_path: Path):
        out = tmp_path / "morris"
        arguments = small(
            "morris", "--points", "3", "--of", "level", "--factor", "ownership", "--out", str(out), "--json"
        )
        assert main(arguments) == 0
        first = json.loads(capsys.readouterr().out)
        assert first["points"] == first["runs"] / 2 == 3 * 5
        assert first["outcomes"]["fit"]["of"] == "level"
        next((out / "parts").iterdir()).unlink()
        assert main(arguments) == 0
        assert json.loads(capsys.readouterr().out) == first

    def test_a_figure_that_nothing_moves_is_said_to_be_the_same_everywhere(self, capsys, tmp_path: Path):
        assert main(small("morris", "--points", "2", "--outcome", "collapse", "--out", str(tmp_path / "none"))) == 0
        shown = capsys.readouterr().out
        assert "depends on none of the factors" in shown
        assert "Fitting solution" in shown


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--method", "sobl"], "sobl"),
        (["--method", "sobol", "--points", "10"], "power of two"),
        (["--of", "levels"], "levels"),
        (["--outcome", "fitt"], "fitt"),
        (["--factor", "nothing"], "nothing"),
        (["--assumed", "some"], "some"),
        (["--set", "load=1"], "--factor load"),
        (["--factor", "beta_v", "--assumed", "all"], "--assumed is given with --factor"),
        (["--factor", "beta_v", "--factor", "act.beta_v"], "--factor act.beta_v is given twice"),
        (["--factor", "beta_v", "--set", "beta_v=2"], "--factor act.beta_v is given with --set act.beta_v"),
        (["--days", "30", "--set", "horizon_days=60"], "--days is given with --set work.horizon_days"),
        (["--lesson", "all=0"], "expected one above it"),
    ],
)
def test_wrong_input_is_one_line_and_nothing_is_written(arguments: list[str], part: str, capsys, tmp_path: Path):
    assert main(["sensitivity", "tilburg", "--out", str(tmp_path / "out"), *arguments]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert part in printed.err
    assert list(tmp_path.iterdir()) == []
