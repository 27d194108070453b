"""docs/findings.md says in which order: what a finished folder of `kastje roadmap` holds, of this model only."""

import json
from pathlib import Path

import pytest

from kastje.evidence.documents.roadmaps import NONE, roadmaps
from kastje.model import InputError

MODEL = "0123456789abcdef"


def order(name: str, lessons: str, worth: float, also: str = "") -> dict:
    there = {f"{part}{key}": worth + shift for part in ("", "simulated_", "simulated_regret_") for key, shift in SPREAD}
    return {"order": name, "also": also, "lessons": lessons} | there


SPREAD = (("mean", 0.0), ("low", -0.1), ("high", 0.1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished roadmap, as its manifest tells it."""
    found = {
        "kind": "roadmap",
        "status": "complete",
        "origin": {"model": MODEL},
        "settings": {"profile": "tilburg", "load": 1.15},
        "plan": {"weights": {"satisfaction": 1.0}, "budget_hours_a_quarter": 1500.0, "horizon_quarters": 12.0},
        "orders": [
            order("best", "creative_solutions > ownership", 0.25, also="greedy"),
            order("worst", "none", 0.05),
            order("random 1", "ownership", 0.1),
        ],
        "regret_of_random_orders": {"mean": 0.08, "p10": 0.01, "p90": 0.14},
        "rank_agreement": {"tau": 0.5, "low": 0.1, "high": 0.8, "orders": 3},
        "leaves_out_when_it_may_stop": ["lived_vision"],
        "best_leaves": {"change_and_renew": "which would not be there in time"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(found))
    return tmp_path


def test_orders_stand_with_what_they_are_worth_reckoned_and_simulated(folder: Path) -> None:
    text = roadmaps([folder], MODEL)
    assert "### `tilburg`, load 1.15" in text
    assert "| best, greedy | 3 4 | +0.250 (+0.150 .. +0.350) |" in text
    assert "| worst | none |" in text
    assert "random 1" not in text
    assert "Kendall's tau 0.50 (0.10 .. 0.80)" in text
    assert "leaves out 5 lived vision" in text
    assert "Not in the best order: 8 change and renew, which would not be there in time." in text


def test_what_was_not_simulated_is_told_so(folder: Path) -> None:
    found = json.loads((folder / "manifest.json").read_text())
    found["orders"][0] |= {"simulated_mean": None}
    found["rank_agreement"]["tau"] = None
    (folder / "manifest.json").write_text(json.dumps(found))
    text = roadmaps([folder], MODEL)
    assert "| not available |" in text
    assert "tau" not in text


def test_without_folders_it_says_how_to_give_them() -> None:
    assert roadmaps([], MODEL) == NONE


def test_another_model_and_another_folder_are_refused_in_one_line(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected that of the claims"):
        roadmaps([folder], "f" * 16)
    (folder / "manifest.json").write_text('{"kind": "sweep"}')
    with pytest.raises(InputError, match="expected a finished folder of kastje roadmap"):
        roadmaps([folder], MODEL)
    with pytest.raises(InputError, match="manifest"):
        roadmaps([tmp_path / "nowhere"], MODEL)
