"""What somebody's own files and packages are called is theirs: Kastje has one name, and no other gets in its way."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytestmark = pytest.mark.long

if TYPE_CHECKING:
    from tests.installed.conftest import Environment

SHORT = "horizon_days=7, runin_days=7"
ROOMS = ("agents", "model", "experiments", "dashboard", "evidence", "commands", "app")
"""Names that everybody gives to a module or a folder of a model."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which somebody builds a Mesa model of their own, in files called as such files mostly are."""
    (tmp_path / "agents.py").write_text("import mesa\n\n\nclass Walker(mesa.Agent):\n    pass\n", encoding="utf-8")
    (tmp_path / "model.py").write_text(
        "import mesa\nfrom agents import Walker\n\n\n"
        "class Street(mesa.Model):\n    def __init__(self):\n        super().__init__(rng=1)\n"
        "        Walker.create_agents(self, 3)\n",
        encoding="utf-8",
    )
    (tmp_path / "app.py").write_text('raise SystemExit("an app of one\'s own, which nothing of Kastje may run")\n')
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments" / "first.csv").write_text("seed,found\n1,2\n", encoding="utf-8")
    (tmp_path / "kastje").mkdir()
    (tmp_path / "kastje" / "notes.txt").write_text("what came out of it", encoding="utf-8")
    return tmp_path


STUDY = f"""
import json
from kastje.agents import Employee
from kastje.experiments import run_once
from kastje.model import Municipality, Scenario
from model import Street

if __name__ == "__main__":
    today = Scenario.load("wageningen").with_parameters({SHORT})
    municipality = Municipality(today, rng=1, log=False)
    found = run_once(seed=1, profile="wageningen", {SHORT})
    print(json.dumps([len(Street().agents), len(municipality.agents_by_type[Employee]) > 10, len(found) > 20]))
"""


def test_a_folder_with_ones_own_model_and_agents_uses_both(installed: "Environment", folder: Path) -> None:
    (folder / "study.py").write_text(STUDY, encoding="utf-8")
    assert json.loads(installed.run("python", "study.py", within=folder)) == [3, True, True]


def test_commands_work_in_such_a_folder(installed: "Environment", folder: Path) -> None:
    command = ("run", "wageningen", "--days", "7", "--set", "runin_days=7", "--json")
    assert "satisfaction" in json.loads(installed.run("kastje", *command, within=folder))
    # Python itself puts the working folder first on its path.
    program = f"from kastje.commands.cli import main; raise SystemExit(main({list(command)}))"
    assert "satisfaction" in json.loads(installed.run("python", "-c", program, within=folder))


DESIGN = """
replications = 2
profile = "wageningen"
[fixed]
horizon_days = 7
runin_days = 7
[factors]
ownership = [0, 1]
"""


def test_processes_of_a_sweep_find_kastje_in_such_a_folder(installed: "Environment", folder: Path) -> None:
    (folder / "design.toml").write_text(DESIGN, encoding="utf-8")
    command = ("sweep", "design.toml", "--out", "experiments/second", "--processes", "--workers", "2", "--json")
    told = json.loads(installed.run("kastje", *command, within=folder))
    assert told["failures"] == {}
    assert told["runs"] > 0


@pytest.fixture
def beside(installed: "Environment") -> Iterator[None]:
    """Another package that installs every one of these names, for as long as the test runs."""
    made = [installed.packages / f"{name}.py" for name in ROOMS]
    for path in made:
        path.write_text(f"WHOSE = 'another package: {path.stem}'\n", encoding="utf-8")
    yield
    for path in made:
        path.unlink()


@pytest.mark.usefixtures("beside")
def test_another_installed_package_may_have_every_one_of_these_names(installed: "Environment", tmp_path: Path) -> None:
    program = (
        f"import {', '.join(ROOMS)}\nimport kastje.{', kastje.'.join(ROOMS[:-1])}\n"
        "print([agents.WHOSE, model.WHOSE, kastje.model.LESSONS[0], kastje.agents.Act.RECORD.name])"
    )
    said = installed.run("python", "-c", program, within=tmp_path)
    assert said == "['another package: agents', 'another package: model', 'shared_information', 'RECORD']\n"
    assert "profile" in installed.run("kastje", "run", "--help", within=tmp_path).lower()


TYPED = """
from kastje.agents import Employee
from kastje.experiments import compare, run_once
from kastje.model import Municipality, Scenario

scenario: Scenario = Scenario.load("tilburg").with_lessons(ownership=0.8)
found: dict[str, float] = run_once(seed=1, ownership=0.5)
mean: float = compare(scenario, replications=2).difference["satisfaction"].mean
mean = Municipality(scenario).agents_by_type[Employee].agg("ownership", max)
wrong: int = scenario.key()
wrong = compare(scenario).baseline
someone: Employee
wrong = someone.chance("record")
"""


def test_a_file_of_ones_own_is_checked_against_the_types_of_kastje(
    installed: "Environment", folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (folder / "typed.py").write_text(TYPED, encoding="utf-8")
    kept = tmp_path_factory.getbasetemp() / "types"
    command = [sys.executable, "-m", "mypy", "--python-executable", str(installed.python), "--cache-dir", str(kept)]
    done = subprocess.run(
        [*command, "typed.py"], cwd=folder, env=installed.variables, capture_output=True, text=True, check=False
    )
    said = {int(number) for number in re.findall(r"^typed\.py:(\d+): error", done.stdout, re.M)}
    assert said == {n for n, line in enumerate(TYPED.splitlines(), 1) if line.startswith("wrong")}, done.stdout
