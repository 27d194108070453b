"""The profiles: one more, laid beside those that are shipped, is known wherever profiles are; one by its path works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kastje.model.profile import shipped

KNOWN = """
import sys
import kastje
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.header import profiles_for
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.state import Choice
from kastje.experiments import run_once
from kastje.experiments.designs.factors import factor_of
from kastje.experiments.studies.claims.claim import Where
from kastje.model import OUTCOMES, Scenario

assert kastje.__file__.startswith(sys.argv[1])
assert "sixth" in Scenario.profiles() and len(Scenario.profiles()) == 6
found = run_once(seed=1, profile="sixth", horizon_days=14, runin_days=14, load=0.2)
assert set(found) == set(OUTCOMES)
for lang, title in zip(LANGUAGES, ("Zesde gemeente", "Sixth town")):
    assert {"name": "sixth", "title": title} in profiles_for(History(Choice()), texts(lang))
choice, problems = read("profile=sixth&l=ownership:3&staff=legal:120")
assert problems == () and choice.world().profile.title.nl == "Zesde gemeente"
assert "sixth" in Where().profiles
assert list(factor_of("profile", ["sixth", "tilburg"], "design").levels) == ["sixth", "tilburg"]
print("known everywhere")
"""
KASTJE = "import sys; from kastje.commands.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the package with a sixth profile beside the five; gives the folder in which it lies."""
    package = tmp_path / "kastje"
    shutil.copytree(root / "src" / "kastje", package, symlinks=False, ignore=shutil.ignore_patterns("__pycache__"))
    text = shipped("profiles")["tilburg"].read_text(encoding="utf-8")
    assert 'id = "tilburg"' in text
    lines = text.replace('id = "tilburg"', 'id = "sixth"').splitlines()
    named = ['title = { nl = "Zesde gemeente", en = "Sixth town" }' if x.startswith("title =") else x for x in lines]
    (package / "model" / "profiles" / "sixth.toml").write_text("\n".join(named) + "\n", encoding="utf-8")
    return tmp_path


def program(folder: Path, text: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # The copy would compile the engine anew, for one short run.
    environment = os.environ | {"PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-P", "-c", text, *arguments]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_a_sixth_profile_beside_the_five_is_known_wherever_profiles_are(copy: Path) -> None:
    done = program(copy, KNOWN, str(copy))
    assert (done.returncode, done.stdout) == (0, "known everywhere\n"), done.stderr[-2000:]


@pytest.mark.parametrize("named", ["sixth", "kastje/model/profiles/sixth.toml"])
def test_what_a_sixth_profile_lacks_is_one_line_by_its_name_and_by_its_path(copy: Path, named: str) -> None:
    path = copy / "kastje" / "model" / "profiles" / "sixth.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("staff =", "stuff =", 1), encoding="utf-8")
    done = program(copy, KASTJE, "run", named, "--days", "14")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"kastje: {named}: field departments")
    assert "did you mean 'staff'" in done.stderr
