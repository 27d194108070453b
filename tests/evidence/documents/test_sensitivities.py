"""docs/findings.md says what the findings hang on: what a finished folder of `kastje sensitivity` holds."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kastje.commands import cli
from kastje.evidence.documents import sensitivities as document
from kastje.evidence.documents.sensitivities import NONE, sensitivities
from kastje.experiments.runs.store import Store
from kastje.model import InputError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small screening of two factors and the load, with real runs of a month."""
    out = tmp_path_factory.mktemp("sensitivity") / "morris"
    short = ["--set", "horizon_days=28", "--set", "runin_days=28", "--replications", "2", "--points", "3"]
    chosen = ["--factor", "beta_v", "--factor", "early_meeting_hours", "--outcome", "satisfaction"]
    assert cli.main(["sensitivity", "tilburg", "--method", "morris", *short, *chosen, "--out", str(out)]) == 0
    return out


def test_the_signs_and_the_factors_are_told_as_the_tables_have_them(folder: Path) -> None:
    text = sensitivities([folder], Store(folder).manifest["model"])
    figures = pd.read_parquet(folder / "figures.parquet").set_index("outcome")
    assert "### `tilburg`, morris\n\n3 factors, 12 points, 2 seeds each, 48 runs." in text
    below = f"{figures.loc['satisfaction', 'below_zero']:.0%}"
    assert (
        f"| Applicants' satisfaction [out of 10] | difference | {10 * figures.loc['satisfaction', 'p10']:+.2f}" in text
    )
    assert f"| {below} |" in text


def test_only_what_is_told_from_chance_is_named_and_the_greatest_first(folder: Path) -> None:
    indices = pd.DataFrame(
        {
            "outcome": "satisfaction",
            "factor": ["act.beta_v", "work.load", "early.early_meeting_hours"],
            "mu_star": [0.01, 0.02, 0.5],
            "mu_star_low": 0.0,
            "mu_star_high": 1.0,
            "mu": [-0.01, 0.02, np.nan],
            "above_noise": [True, True, False],
        }
    )
    rows = document._ranked("satisfaction", indices).splitlines()
    assert [("work.load" in row, "act.beta_v" in row) for row in rows[-2:]] == [(True, False), (False, True)]
    assert "| 0.20 (0.00 .. 10.00) | +0.20 |" in rows[-2]
    assert "early_meeting_hours" not in "".join(rows)
    assert "no factor can be told from chance" in document._ranked("fit", indices[indices["above_noise"].eq(False)])


def test_without_folders_it_says_how_to_give_them() -> None:
    assert sensitivities([], "0123456789abcdef") == NONE


def test_another_model_and_an_unfinished_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected that of the claims"):
        sensitivities([folder], "f" * 16)
    (tmp_path / "manifest.json").write_text((folder / "manifest.json").read_text())
    with pytest.raises(InputError, match="expected a finished folder of kastje sensitivity"):
        sensitivities([tmp_path], Store(folder).manifest["model"])
