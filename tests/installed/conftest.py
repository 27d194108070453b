"""Kastje as others have it: in an environment of its own, from a wheel or from a checkout that is being worked on.

Nothing is fetched: what Kastje needs is looked for where this environment has it, after the environment's own.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

LEFT_OUT = ("docs/", "tests/", "benchmarks/")
"""What a build has nothing to do with."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment in which Kastje is installed."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def packages(self) -> Path:
        return next(self.folder.glob("lib/python*/site-packages"))

    @property
    def variables(self) -> dict[str, str]:
        """Nothing of what the tests run with leads it back here; the engine runs interpreted: the same code."""
        ours = ("PYTHON", "KASTJE", "VIRTUAL")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "NUMBA_DISABLE_JIT": "1"}

    def run(self, *command: str, within: Path, status: int = 0, more: Mapping[str, str] | None = None) -> str:
        """What a command prints in a folder; its first word is looked for in the environment."""
        done = subprocess.run(
            [str(self.folder / "bin" / command[0]), *command[1:]],
            cwd=within,
            env=self.variables | (more or {}),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout


def environment(folder: Path) -> Environment:
    """An empty one that finds what this one has, except what is linked from a checkout."""
    venv.create(folder, with_pip=False)
    made = Environment(folder)
    (made.packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    # Packages also install files for the browser, outside their own folder.
    for name in ("etc", "share"):
        (folder / name).symlink_to(Path(sys.prefix) / name)
    return made


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", *arguments]
    offline = {**os.environ, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, env=offline, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def sources(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git keeps of the project, links as links: builds leave their traces here and not in the checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    folder = tmp_path_factory.mktemp("sources")
    for name in listed.stdout.splitlines():
        if name.startswith(LEFT_OUT) or not os.path.lexists(root / name):
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, folder / name, follow_symlinks=False)
    return folder


@pytest.fixture(scope="session")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(sources))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def packed(wheel: Path) -> dict[str, bytes]:
    """Every file in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


@pytest.fixture(scope="session")
def from_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel in it."""
    made = environment(tmp_path_factory.mktemp("from-wheel") / "environment")
    pip("--python", str(made.python), "install", "--quiet", "--no-deps", str(wheel))
    return made


@pytest.fixture(scope="session")
def editable(sources: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment in which the sources are being worked on; made after the wheel, which builds in the same place."""
    made = environment(tmp_path_factory.mktemp("editable") / "environment")
    how = ("install", "--quiet", "--no-deps", "--no-build-isolation")
    # Pip builds with what the environment itself finds, and that is what this one has.
    pip("--python", str(made.python), *how, "--editable", str(sources))
    return made


@pytest.fixture(scope="session", params=["from_wheel", "editable"])
def installed(request: pytest.FixtureRequest) -> Environment:
    """Kastje in an environment of its own, in each of the two ways."""
    found: Environment = request.getfixturevalue(request.param)
    return found
