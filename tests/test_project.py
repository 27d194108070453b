"""The project as a whole: pinned, free of addresses of this or that machine, and telling one version everywhere."""

import json
import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from kastje.version import releases

PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)")
PIN_FILES = ("constraints.txt", "constraints-test.txt")

# In pieces, so that this file does not hold what it looks for.
ADDRESSES = tuple(
    "".join(parts) for parts in [("pypi", ".org"), ("python", "hosted"), ("registry.", "npmjs"), ("deb.", "debian")]
)
PLACES = tuple(
    "".join(parts) for parts in [("/ro", "ot/"), ("/ho", "me/"), ("/op", "t/"), ("/wo", "rk/"), ("/Us", "ers/")]
)


@pytest.fixture(scope="module")
def files(root: Path) -> dict[str, str]:
    """Every text file that is in the repository or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    texts = {}
    for name in listed.stdout.splitlines():
        try:
            texts[name] = (root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):  # A picture, a file that goes, a link.
            continue
    return texts


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    """The [project] table of pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine(files: dict[str, str]) -> None:
    found = [(name, word) for name, text in files.items() for word in (*ADDRESSES, *PLACES) if word in text]
    assert found == []


def test_only_tests_and_their_scripts_know_the_shared_folder(files: dict[str, str]) -> None:
    needle = "../" + "shared"
    assert [name for name, text in files.items() if needle in text and not name.startswith(("tests/", ".ci/"))] == []


def pins(root: Path, name: str) -> dict[str, str]:
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    return {match[1]: match[2] for line in lines if (match := PINNED.match(line))}


@pytest.mark.parametrize("name", PIN_FILES)
def test_every_line_pins_a_version_or_is_a_hash(root: Path, name: str) -> None:
    for line in (root / name).read_text(encoding="utf-8").splitlines():
        assert PINNED.match(line) or line.startswith("    --hash=sha256:"), line
        assert "//" not in line


def test_every_dependency_is_pinned_to_a_version_that_suits(root: Path, project: dict[str, Any]) -> None:
    run, test = (pins(root, name) for name in PIN_FILES)
    extras = project["optional-dependencies"]
    needed = {
        "constraints.txt": (run, project["dependencies"] + extras["build"]),
        "constraints-test.txt": (test, extras["test"] + extras["cluster"] + extras["research"] + extras["site"]),
    }
    for name, (pinned, requirements) in needed.items():
        for requirement in map(Requirement, requirements):
            if requirement.name == "kastje":
                assert requirement.extras == {"cluster", "research", "site"}
                continue
            assert requirement.specifier.contains(pinned[requirement.name.lower()]), f"{name}: {requirement}"


def test_tests_run_with_the_very_versions_that_users_run_with(root: Path) -> None:
    run, test = (pins(root, name) for name in PIN_FILES)
    assert {name: test.get(name) for name in run} == run


def test_what_formats_the_browsers_side_is_pinned_to_a_version_and_its_hash(root: Path) -> None:
    wanted = json.loads((root / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert set(wanted) & {"dependencies", "scripts"} == set(), "nothing of it is Kastje's own"
    assert {place.removeprefix("node_modules/"): one["version"] for place, one in locked.items() if place} == (
        wanted["devDependencies"]
    )
    for place, one in locked.items():
        assert not place or (one["integrity"].startswith("sha512-") and "resolved" not in one), place


def test_one_version_everywhere(root: Path, project: dict[str, Any]) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    publiccode = yaml.safe_load((root / "publiccode.yml").read_text(encoding="utf-8"))
    changelog = re.search(
        r"^## \[(\d+\.\d+\.\d+)\] - (\S+)$", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.M
    )
    assert changelog is not None
    assert project["dynamic"] == ["version"]
    newest = releases()[0]
    told = {newest.version, str(citation["version"]), str(publiccode["softwareVersion"]), changelog[1]}
    assert told == {Version(version("kastje")).public}, "a release is made with `make version`, which tells all of them"
    days = {str(newest.date), str(citation["date-released"]), str(publiccode["releaseDate"]), changelog[2]}
    assert len(days) == 1, days


def test_one_licence_everywhere(root: Path, project: dict[str, Any]) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    publiccode = yaml.safe_load((root / "publiccode.yml").read_text(encoding="utf-8"))
    assert {project["license"], citation["license"], publiccode["legal"]["license"]} == {"EUPL-1.2"}
    licence = (root / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "Appendix" in licence


def test_citation_has_what_the_format_asks_for(root: Path) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert [key for key in ("message", "title", "authors", "type") if not citation.get(key)] == []


def test_publiccode_has_what_the_standard_asks_for(root: Path) -> None:
    publiccode = yaml.safe_load((root / "publiccode.yml").read_text(encoding="utf-8"))
    asked = "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"
    assert [key for key in (*asked, "legal", "maintenance", "localisation") if not publiccode.get(key)] == []
    assert set(publiccode["description"]) == set(publiccode["localisation"]["availableLanguages"]) == {"nl", "en"}
    for texts in publiccode["description"].values():
        assert len(texts["shortDescription"]) <= 150
        assert 150 <= len(texts["longDescription"]) <= 10_000


def test_every_setting_from_the_environment_stands_in_a_document(root: Path) -> None:
    rooms = ("agents", "model", "experiments", "dashboard", "evidence", "commands", "src/kastje")
    code = "".join(path.read_text(encoding="utf-8") for room in rooms for path in (root / room).rglob("*.py"))
    documents = [root / "README.md", *(root / "docs").rglob("*.md")]
    told = "".join(path.read_text(encoding="utf-8") for path in documents)
    named = set(re.findall(r"\bKASTJE_[A-Z]+(?:_[A-Z]+)*\b", code))
    assert {"KASTJE_LESSONS", "KASTJE_CACHE"} <= named
    assert sorted(name for name in named if f"`{name}" not in told) == []


def test_every_target_that_the_readme_names_exists(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"`make ([a-z-]+)", (root / "README.md").read_text(encoding="utf-8")))
    assert named
    assert named <= targets


def test_every_file_that_a_document_points_to_exists(root: Path) -> None:
    documents = [root / "README.md", *(root / "docs").rglob("*.md")]
    links = {
        (path, link)
        for path in documents
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    }
    assert links
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []


def test_nobody_is_told_to_fetch_kastje_from_where_it_is_not(files: dict[str, str]) -> None:
    """It is in no package index: whoever is told to install it is told from a checkout or from a wheel."""
    needle = re.compile(r"pip install [^\n`]*(?<![\w./-])kastje(?![\w./-])")
    assert needle.search("".join(("pip in", "stall kastje[research]")))
    assert not needle.search("pip install ./kastje-0.1.0-py3-none-any.whl[research]")
    assert [name for name, text in files.items() if needle.search(text)] == []


def test_every_extra_is_in_the_document_on_installing(root: Path, project: dict[str, Any]) -> None:
    text = (root / "docs" / "installing.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.M)) == set(project["optional-dependencies"])
