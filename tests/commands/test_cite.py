"""How Kastje and its results are cited: in every form with the version and the hash of the model."""

import json
from pathlib import Path

import pytest
import yaml

from kastje.commands import cli
from kastje.experiments.citation import FORMS, Citation
from kastje.experiments.runs.origin import model_hash
from kastje.version import version


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_names_version_model_title_and_authors(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["cite", "--form", form]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    for part in (
        version(),
        model_hash(),
        "Kastje: an agent-based model of a Dutch municipality",
        "maintainers",
        "2026",
    ):
        assert part in printed, part


def test_the_citation_file_stays_one_that_can_be_read(root: Path) -> None:
    source = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    made = yaml.safe_load(Citation.of(version(), model_hash()).written("cff"))
    assert {**made, "version": source["version"], "identifiers": None} == {**source, "identifiers": None}
    assert made["identifiers"][0]["value"] == model_hash()


def test_a_model_that_was_released_is_cited_with_its_release() -> None:
    assert "that of release 0.1.0" in Citation.of("0.1.0", "4038f5031e4adb8e").written("apa")


def test_a_form_that_nobody_knows_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["cite", "--form", "bibtx"]) == 2
    assert "did you mean 'bibtex'" in capsys.readouterr().err


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_result_is_cited_with_its_profile_seeds_and_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["compare", "groningen", "--replications", "3", "--seed", "4", "--days", "28", "--json"]) == 0
    path = tmp_path / "result.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.main(["cite", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(FORMS) <= set(found)
    about = found["result"]
    assert about["seeds"] == "4 to 6"
    assert about["made_by"].startswith("kastje compare groningen")
    (profile,) = about["profiles"]
    assert profile["name"] == "groningen"
    assert len(profile["sources"]) > 2
    assert all(set(source) == {"nl", "en"} for source in profile["sources"])
    assert cli.main(["cite", str(path)]) == 0
    shown = capsys.readouterr().out
    assert profile["hash"] in shown
    assert profile["sources"][0]["en"].split()[0] in shown
