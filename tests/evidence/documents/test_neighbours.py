"""The neighbours' tools: every block of docs/neighbours.md runs, and what it gives is right."""

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

SMALLER = {
    "SEEDS = range(1, 11)": "SEEDS = range(1, 3)",
    'profile="tilburg", **values': 'profile="wageningen", horizon_days=28, runin_days=28, **values',
    "scenarios=50, policies=8": "scenarios=3, policies=2",
    "sample.sample(problem, 64,": "sample.sample(problem, 4,",
    "n_trials=100": "n_trials=3",
    "replications=20)": "replications=3, fixed={'horizon_days': 28, 'runin_days': 28})",
}
"""What is written for real use, and what stands in its place here."""


@pytest.fixture(scope="module")
def done(root: Path, engine: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every name that is there after the blocks were run one after the other, in a folder of their own."""
    text = (root / "docs" / "neighbours.md").read_text(encoding="utf-8")
    assert [written for written in SMALLER if text.count(written) != 1] == []
    for written, smaller in SMALLER.items():
        text = text.replace(written, smaller)
    names: dict[str, Any] = {"__name__": "neighbours"}
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.chdir(tmp_path_factory.mktemp("neighbours"))
        # Theirs: ways of pandas and evaluators that the workbench mentions, and Optuna's word on what is experimental.
        warnings.filterwarnings("ignore", module=r"(ema_workbench|SALib|optuna)(\.|$)")
        for number, block in enumerate(re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE), start=1):
            exec(compile(block, f"docs/neighbours.md, block {number}", "exec"), names)
    return names


@pytest.mark.engine
class TestNeighbours:
    def test_a_difference_is_between_runs_with_the_same_seed(self, done: dict[str, Any]):
        assert done["change"]() == pytest.approx(done["change"]())
        nothing = dict.fromkeys(done["LESSONS"], 0.0)
        assert done["mean_run"](**nothing) == done["mean_run"]()

    def test_the_workbench_runs_every_point_under_every_policy(self, done: dict[str, Any]):
        points, outcomes = done["points"], done["outcomes"]
        assert len(points) == 3 * 2
        for place in (0, 5):
            names = ("load", "beta_v", "ownership", "early_participation")
            again = done["mean_run"](**{name: float(points[name].iloc[place]) for name in names})
            for name, values in outcomes.items():
                assert values[place] == pytest.approx(again[name], nan_ok=True)

    def test_salib_gets_an_index_for_every_input(self, done: dict[str, Any]):
        assert len(done["figures"]) == 4 * (3 + 2)
        assert done["indices"]["ST"].shape == (3,)
        assert np.isfinite(done["indices"]["ST"]).all()

    def test_no_trial_of_optuna_is_beaten_in_both_aims_by_another(self, done: dict[str, Any]):
        values = np.array([trial.values for trial in done["study"].trials])
        assert len(values) == 3
        for best in done["study"].best_trials:
            assert not (values < np.array(best.values)).all(axis=1).any()

    def test_pandas_polars_and_duckdb_say_the_same(self, done: dict[str, Any]):
        expected = done["in_pandas"]
        assert expected["count"].tolist() == [3] * 6
        assert expected["mean"].xs(0.0, level="ownership").tolist() == [0.0, 0.0]
        for found in (done["in_polars"].to_pandas(), done["in_duckdb"]):
            assert found["mean"].tolist() == pytest.approx(expected["mean"].tolist())
            assert found["count"].tolist() == expected["count"].tolist()
            assert list(zip(found["work.load"], found["ownership"], strict=True)) == list(expected.index)
