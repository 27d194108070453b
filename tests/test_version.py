"""The version follows from the sources: that of a release for the model of the release, with a hash for any other."""

import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from packaging.version import Version

import kastje
from kastje.evidence.documents.release import PLACES, next_version, release
from kastje.fingerprint import PACKAGE, model_hash
from kastje.version import release_of, releases, version, version_of


@pytest.fixture
def sources(root: Path, tmp_path: Path) -> Path:
    """What git keeps of the project, links as links, to change, to release and to build."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        if name.startswith(("docs/", "tests/", "benchmarks/")) or not (root / name).exists():
            continue
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, tmp_path / name, follow_symlinks=False)
    text = "# Changelog\n\n## [Unreleased]\n\n- Something.\n\n## [0.1.0] - 2026-11-24\n"
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    return tmp_path


def another_model(sources: Path) -> None:
    path = sources / "model" / "parameters.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("high = 9.0\n", "high = 9.5\n", 1), encoding="utf-8")


def test_the_version_is_told_by_the_package_itself() -> None:
    assert kastje.__version__ == version() == version_of(PACKAGE)
    assert Version(version()).public == releases()[0].version


def test_a_changed_model_is_another_version_without_anybody_thinking_of_it(sources: Path) -> None:
    made = release(sources, "9.0.0", date(2027, 1, 4))
    assert version_of(sources) == "9.0.0" == made.version
    another_model(sources)
    assert version_of(sources) == f"9.0.0+m{model_hash(sources)[:8]}" != version()


def test_a_release_is_told_in_every_place_at_once(sources: Path) -> None:
    another_model(sources)
    older = releases(sources)
    made = release(sources, None, date(2027, 1, 4))
    assert made.version == next_version(older[0], made.model)
    assert releases(sources) == (made, *older)
    for name in PLACES:
        text = (sources / name).read_text(encoding="utf-8")
        assert made.version in text, name
        assert "2027-01-04" in text, name
    assert version_of(sources) == made.version
    assert "Unreleased" not in (sources / "CHANGELOG.md").read_text(encoding="utf-8")


def test_another_model_raises_the_second_number_and_anything_else_the_third() -> None:
    newest = replace(releases()[0], version="1.4.2", model="a")
    assert next_version(newest, "a") == "1.4.3"
    assert next_version(newest, "b") == "1.5.0"


@pytest.mark.parametrize("number", ["0.0.1", "0.1.0", "two", "1.0"])
def test_a_version_that_is_no_step_forward_is_refused_and_nothing_is_written(sources: Path, number: str) -> None:
    before = {name: (sources / name).read_text(encoding="utf-8") for name in PLACES}
    with pytest.raises(ValueError, match=re.escape(number)):
        release(sources, number, date(2027, 1, 4))
    assert {name: (sources / name).read_text(encoding="utf-8") for name in PLACES} == before


def test_a_place_that_tells_no_version_stops_a_release_before_anything_is_written(sources: Path) -> None:
    (sources / "publiccode.yml").write_text("name: Kastje\n", encoding="utf-8")
    before = (sources / "CITATION.cff").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=r"publiccode\.yml"):
        release(sources, "9.0.0", date(2027, 1, 4))
    assert (sources / "CITATION.cff").read_text(encoding="utf-8") == before


def test_a_result_of_a_release_is_known_by_the_hash_of_its_model() -> None:
    assert release_of("4038f5031e4adb8e") == "0.1.0"
    assert release_of("0" * 16) == ""
    assert len({one.model for one in releases()}) == len({one.version for one in releases()}) == len(releases())


def test_a_wheel_tells_the_version_and_the_hash_of_what_it_was_built_from(sources: Path) -> None:
    another_model(sources)
    wheels = sources / "wheels"
    asked = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*asked, "--wheel-dir", str(wheels), str(sources)], check=True, capture_output=True, timeout=900)
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(wheels / "installed")
    installed = wheels / "installed"
    assert model_hash(installed / "kastje") == model_hash(sources) != model_hash(PACKAGE)
    (about,) = installed.glob("*.dist-info/METADATA")
    assert f"\nVersion: {version_of(sources)}\n" in about.read_text(encoding="utf-8")
    assert (installed / "kastje" / "CITATION.cff").read_text(encoding="utf-8").startswith("cff-version")
