"""The folder of results: what is found in it, and that nothing outside it is ever opened."""

import json
from pathlib import Path

import pandas as pd
import pytest

from kastje.experiments.runs import results
from kastje.model import InputError

COMPARED = {"baseline": {"fit": 0.5}, "scenario": {"fit": 0.6}, "difference": {"fit": {"mean": 0.1}}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of results with one of each kind, a broken file, one of somebody else, and a secret beside it."""
    here = tmp_path / "results"
    study = here / "deep" / "study"
    study.mkdir(parents=True)
    settings = {"profile": "/somewhere/of/somebody/own.toml", "lessons": {"ownership": 0.5}}
    (here / "compare.json").write_text(json.dumps(COMPARED | {"settings": settings, "replications": 4}))
    (here / "surge.json").write_text(json.dumps({"surge": {"extra": 1}, "today": {"worst_ratio": 2.0}}))
    (here / "patterns.json").write_text(json.dumps({"cases": 1, "events": 2, "handovers_mean": 3.0}))
    (here / "other.json").write_text('{"name": "not ours"}')
    (here / "list.json").write_text("[1, 2]")
    (here / "broken.json").write_text('{"baseline": ')
    (study / "manifest.json").write_text(json.dumps({"profile": "tilburg", "runs": 3}))
    (study / "notes.json").write_text(json.dumps(COMPARED))
    pd.DataFrame({"run": range(50), "fit": 0.5}).to_parquet(study / "part-0.parquet")
    (study / "part-1.parquet").write_bytes(b"PAR1 no parquet")
    (tmp_path / "secret.json").write_text(json.dumps(COMPARED))
    pd.DataFrame({"secret": [1]}).to_parquet(tmp_path / "secret.parquet")
    return here


def test_every_kind_is_found_and_what_is_not_ours_is_left_out(root: Path) -> None:
    kinds = {one.name: one.kind for one in results.found(root)}
    assert kinds == {
        "compare.json": results.COMPARISON,
        "surge.json": results.RECOVERY,
        "patterns.json": results.PATTERNS,
        "broken.json": "",
        "deep/study": results.STUDY,
    }


def test_a_file_that_cannot_be_read_says_why_in_one_line(root: Path) -> None:
    (broken,) = [one for one in results.found(root) if one.problem]
    assert broken.name == "broken.json"
    assert "\n" not in str(broken.problem)
    assert str(root) not in str(broken.problem)


def test_settings_are_read_and_a_path_is_cut_down(root: Path) -> None:
    one = results.opened(root, "compare.json")
    assert one.profile == "own.toml"
    assert one.settings["lessons"] == {"ownership": 0.5}
    assert results.opened(root, "deep/study").profile == "tilburg"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.json",
        "deep/../../secret.json",
        "..",
        ".",
        "",
        "/etc/passwd",
        "deep/study/../../../secret.json",
        "no_such.json",
        "a\0b",
        "x" * 5000,
    ],
)
def test_no_name_leads_out_of_the_folder(root: Path, name: str) -> None:
    with pytest.raises(InputError):
        results.opened(root, name)


def test_an_absolute_path_and_a_link_lead_nowhere(root: Path) -> None:
    with pytest.raises(InputError):
        results.opened(root, str(root.parent / "secret.json"))
    (root / "link.json").symlink_to(root.parent / "secret.json")
    (root / "folder").symlink_to(root.parent)
    assert not {"link.json", "folder"} & {one.name for one in results.found(root)}
    for name in ("link.json", "folder/secret.json"):
        with pytest.raises(InputError):
            results.opened(root, name)
    (root / "deep" / "study" / "link.parquet").symlink_to(root.parent / "secret.parquet")
    assert results.parts(root, "deep/study") == ["part-0.parquet", "part-1.parquet"]
    with pytest.raises(InputError):
        results.part(root, "deep/study", "link.parquet")


def test_a_manifest_that_links_out_is_not_read(root: Path) -> None:
    sly = root / "sly"
    sly.mkdir()
    (sly / "manifest.json").symlink_to(root.parent / "secret.json")
    (one,) = [one for one in results.found(root) if one.name == "sly"]
    assert one.problem
    assert one.document == {}


def test_a_parquet_part_shows_its_shape_and_first_rows(root: Path) -> None:
    part = results.part(root, "deep/study", "part-0.parquet")
    assert (part.rows, part.columns, len(part.head)) == (50, ("run", "fit"), 20)
    with pytest.raises(InputError, match=r"part-1\.parquet"):
        results.part(root, "deep/study", "part-1.parquet")
    for file in ("../../compare.json", "../../../secret.parquet", "manifest.json", ""):
        with pytest.raises(InputError):
            results.part(root, "deep/study", file)


def test_a_picture_is_one_address_and_nothing_else_is_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = root / "deep" / "study"
    (study / "pictures").mkdir()
    (study / "pictures" / "shapley.svg").write_text("<svg/>")
    (study / "out.svg").symlink_to(root.parent / "secret.json")
    assert results.pictures(root, "deep/study") == ["pictures/shapley.svg"]
    assert results.picture(root, "deep/study", "pictures/shapley.svg") == "data:image/svg+xml;base64,PHN2Zy8+"
    for file in ("out.svg", "manifest.json", "../../compare.json", ""):
        with pytest.raises(InputError):
            results.picture(root, "deep/study", file)
    monkeypatch.setattr(results, "LARGEST_PICTURE", 5)
    with pytest.raises(InputError, match="expected at most 5"):
        results.picture(root, "deep/study", "pictures/shapley.svg")


def test_a_folder_that_is_not_there_is_empty_and_the_environment_names_another(monkeypatch, tmp_path: Path) -> None:
    assert results.found(tmp_path / "nowhere") == []
    monkeypatch.setenv(results.VARIABLE, str(tmp_path))
    assert results.folder() == tmp_path
    monkeypatch.delenv(results.VARIABLE)
    assert results.folder() == Path("results")


def test_a_file_that_is_too_large_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "LARGEST_BYTES", 10)
    assert all("expected at most" in str(one.problem) for one in results.found(root))
