"""The wheel holds all of Kastje and nothing else, and works from any folder without the repository."""

import email
import json
import re
import signal
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kastje import fingerprint
from kastje.agents.compiled import sources_hash
from kastje.evidence.pages.browser import wait_until_up
from kastje.experiments.studies.claims.reading import shipped
from kastje.model import PARAMETERS, Scenario

pytestmark = pytest.mark.long

if TYPE_CHECKING:
    from tests.installed.conftest import Environment

ROOMS = ("agents", "model", "experiments", "evidence", "dashboard", "commands")
SHORT = ("--days", "28", "--set", "runin_days=14")


def test_every_file_of_the_rooms_is_in_it_and_nothing_else_is(sources: Path, packed: dict[str, bytes]) -> None:
    rooms = [path for room in ROOMS for path in (sources / room).rglob("*") if path.is_file()]
    own = [path for path in (sources / "src" / "kastje").iterdir() if path.is_file()]
    expected = {f"kastje/{path.relative_to(sources)}" for path in rooms if path.suffix not in (".pyc", ".md")}
    expected |= {f"kastje/{path.name}" for path in own}
    assert {name for name in packed if ".dist-info/" not in name} == expected
    endings = {Path(name).suffix for name in expected}
    assert endings >= {".py", ".toml", ".yaml", ".vue", ".css"}
    assert "kastje/py.typed" in packed


def test_what_is_in_it_is_what_the_repository_has(sources: Path, packed: dict[str, bytes]) -> None:
    for name, content in packed.items():
        if ".dist-info/" not in name:
            assert content == (sources / "src" / name).read_bytes(), name


def test_it_installs_one_name_and_one_command(packed: dict[str, bytes]) -> None:
    about = {Path(name).name: content.decode() for name, content in packed.items() if ".dist-info/" in name}
    assert about["top_level.txt"].split() == ["kastje"]
    assert about["entry_points.txt"].split("\n")[:2] == ["[console_scripts]", "kastje = kastje.commands.cli:entry"]
    told = email.message_from_string(about["METADATA"])
    assert set(told.get_all("Provides-Extra") or []) == {"test", "cluster", "research", "site", "build"}
    assert about["LICENSE"].startswith("EUROPEAN UNION PUBLIC LICENCE")


BUILD = "import sys; from setuptools import build_meta; print(build_meta.{kind}(sys.argv[1]))"


def built(kind: str, sources: Path, into: Path) -> Path:
    command = [sys.executable, "-c", BUILD.format(kind=kind), str(into)]
    done = subprocess.run(command, cwd=sources, capture_output=True, text=True, timeout=600, check=True)
    return into / done.stdout.splitlines()[-1]


def test_a_source_distribution_holds_files_for_links_and_builds_the_same_wheel(
    sources: Path, wheel: Path, packed: dict[str, bytes], tmp_path: Path
) -> None:
    archive = built("build_sdist", sources, tmp_path)
    with tarfile.open(archive) as opened:
        assert {member.name for member in opened if not (member.isfile() or member.isdir())} == set()
        assert [member.name for member in opened if "/tests/" in member.name] == []
        opened.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = built("build_wheel", unpacked, tmp_path)
    assert again.name == wheel.name
    with zipfile.ZipFile(again) as opened_again:
        found = {name: opened_again.read(name) for name in opened_again.namelist() if not name.endswith("/")}
    assert found == packed


def test_commands_answer_from_an_empty_folder(from_wheel: "Environment", tmp_path: Path) -> None:
    version = from_wheel.run("kastje", "--version", within=tmp_path).split()[-1]
    assert re.fullmatch(r"\d+\.\d+\.\d+(\+m[0-9a-f]{8})?", version)
    listed = json.loads(from_wheel.run("kastje", "parameters", "--json", within=tmp_path))
    assert [one["name"] for one in listed] == list(PARAMETERS)
    found = json.loads(from_wheel.run("kastje", "run", "tilburg", *SHORT, "--seed", "1", "--json", within=tmp_path))
    assert found["cases_closed"] > 0
    assert list(tmp_path.iterdir()) == []


def test_files_that_come_with_it_are_found(from_wheel: "Environment", tmp_path: Path) -> None:
    """Profiles of the model, of the benchmark and of the checks, claims, catalogues, and what a page is drawn with."""
    program = """
import json
from kastje import fingerprint
from kastje.agents.compiled import sources_hash
from kastje.dashboard.texts import LANGUAGES
from kastje.evidence.bench.kastje import PROFILES
from kastje.evidence.verification.textbook import profile_path
from kastje.experiments.studies.claims.reading import shipped
from kastje.model import Scenario
told = {
    "file": fingerprint.__file__,
    "compiled": sources_hash(fingerprint.PACKAGE),
    "model": fingerprint.model_hash(fingerprint.PACKAGE),
    "analysis": fingerprint.analysis_hash(fingerprint.PACKAGE),
    "profiles": [Scenario.load(name).profile.id for name in Scenario.profiles()],
    "desks": [Scenario.load(profile_path(name)).profile.id for name in ("mm1", "network", "tipping")],
    "bench": [Scenario.load(path).profile.id for path in PROFILES.glob("*.toml") if "process" not in path.name],
    "claims": len(shipped()),
    "texts": sorted(LANGUAGES),
}
print(json.dumps(told))
"""
    told = json.loads(from_wheel.run("python", "-c", program, within=tmp_path))
    assert Path(told["file"]).is_relative_to(from_wheel.packages)
    here = fingerprint.PACKAGE
    hashes = fingerprint.model_hash(here), fingerprint.analysis_hash(here), sources_hash(here)
    assert (told["model"], told["analysis"], told["compiled"]) == hashes
    assert set(told["profiles"]) == set(Scenario.profiles())
    assert len(told["desks"]) == 3
    assert told["bench"] == ["mm3"]
    assert told["claims"] == len(shipped())
    assert told["texts"] == ["en", "nl"]


def test_the_dashboard_answers_from_an_empty_folder(from_wheel: "Environment", tmp_path: Path) -> None:
    command = [str(from_wheel.folder / "bin" / "kastje"), "dashboard", "--port", "0", "--no-open"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=from_wheel.variables | {"HOME": str(tmp_path)}, stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        address = next(
            found[0].rstrip("/") for line in process.stdout if (found := re.search(r"http://[\w.:]+", line.decode()))
        )
        wait_until_up(address, process)
        with urllib.request.urlopen(f"{address}/?lang=en", timeout=300) as answer:
            assert answer.status == 200
            page = answer.read().decode()
        assert "<title>" in page
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
