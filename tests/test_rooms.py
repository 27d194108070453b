"""The rooms of the house: imports go downwards only and never in a circle, and a module holds one noun."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOMS = ("agents", "model", "experiments", "dashboard", "evidence", "commands", "app")
"""From the ground floor up: who comes later may know who comes earlier."""

FLOORS = (
    {"environment"},
    {"texts"},
    {"pages"},
    {"view"},
    {"work"},
    {"figures"},
    {"own"},
    {"visit"},
    {"inputs"},
    {"report"},
    {"policy", "case", "network", "research"},
    {"present"},
    {"routes"},
    {"server"},
)
"""The rooms of the dashboard from below: who stands on one floor knows nothing of who stands beside it."""

LONG, TOO_LONG = 250, 320
"""Lines of a module: past the first it may hold two nouns, past the second it does."""


def modules(root: Path) -> dict[str, Path]:
    """Every module of the rooms by its dotted name."""
    files = [root / "app.py", *(path for room in ROOMS for path in sorted((root / room).rglob("*.py")))]
    return {_name(path.relative_to(root)): path for path in files if path.is_file()}


def _name(path: Path) -> str:
    parts = ("kastje", *path.with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str) -> Iterator[str]:
    """Every name that a source imports, anywhere in it: plainly, from a module, or by a text given to importlib."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__"):
            name = node.args[0] if node.args else None
            # A name that is worked out at run time could be any room's.
            yield name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else "kastje.app.unknown"


def room(module: str) -> int | None:
    """On which floor a module is; None for somebody else's."""
    ours, _, rest = module.partition(".")
    first = rest.split(".")[0]
    return ROOMS.index(first) if ours == "kastje" and first in ROOMS else None


def upwards(module: str, source: str) -> set[str]:
    """What a module of a room imports from a room above its own."""
    own = room(module)
    assert own is not None
    return {name for name in imports(source) if (floor := room(name)) is not None and floor > own}


def floor_of(module: str) -> int | None:
    """On which floor of the dashboard a module is; None for one outside it, and for the dashboard itself."""
    inside, _, rest = module.partition("kastje.dashboard.")
    first = rest.split(".")[0]
    return next((k for k, rooms in enumerate(FLOORS) if first in rooms), None) if not inside else None


def astray(module: str, source: str) -> set[str]:
    """What a module of the dashboard imports from a room above its own, or from one beside it."""
    own, mine = module.split(".")[2], floor_of(module)
    assert mine is not None, f"{module}: in a room that FLOORS does not have"
    wrong = set()
    for name in imports(source):
        floor = floor_of(name)
        if floor is not None and name.split(".")[2] != own and floor >= mine:
            wrong.add(name)
    return wrong


@pytest.fixture(scope="module")
def house(root: Path) -> dict[str, str]:
    """The source of every module of the rooms."""
    return {name: path.read_text(encoding="utf-8") for name, path in modules(root).items()}


def test_imports_go_downwards_only(house: dict[str, str]) -> None:
    found = {(module, name) for module, source in house.items() for name in upwards(module, source)}
    assert found == set()


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kastje.agents.acts", "import kastje.model"),
        ("kastje.model.engine", "from kastje.experiments.runs.runner import pairs"),
        ("kastje.model.engine", "def late():\n    import kastje.dashboard.server"),
        ("kastje.experiments.files", "from importlib import import_module\nimport_module('kastje.dashboard')"),
        ("kastje.experiments.files", "import importlib\nimportlib.import_module(name)"),
        ("kastje.dashboard.routes", "import kastje.app"),
        ("kastje.evidence.bench.run", "from kastje.commands import app"),
    ],
)
def test_a_step_upwards_is_seen(module: str, source: str) -> None:
    assert upwards(module, source)


ONLY_THERE = {"rich": {"commands"}, "typer": {"commands"}, "solara": {"dashboard", "app"}, "ipyvue": {"dashboard"}}
"""What belongs to a terminal or to a page, and the rooms that may import it."""


def strangers(module: str, source: str) -> set[str]:
    """What a module imports that belongs to a terminal or a page, in a room that is neither."""
    own = module.split(".")[1]
    return {name for name in imports(source) if own not in ONLY_THERE.get(name.split(".")[0], {own})}


def test_the_library_knows_no_terminal_and_no_page(house: dict[str, str]) -> None:
    assert {module: found for module, source in house.items() if (found := strangers(module, source))} == {}
    assert strangers("kastje.experiments.files", "from rich.table import Table")


LOADED = """
import importlib, pkgutil, sys
for room in ("agents", "model", "experiments"):
    package = importlib.import_module(f"kastje.{room}")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
print(*sorted({"rich", "typer", "solara", "matplotlib"} & set(sys.modules)))
"""


def test_the_library_loads_no_terminal_no_page_and_no_drawing_until_one_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_rooms_of_the_dashboard_know_each_other_one_way_only(house: dict[str, str]) -> None:
    inside = {module: source for module, source in house.items() if module.startswith("kastje.dashboard.")}
    assert {module.split(".")[2] for module in inside} == set().union(*FLOORS)
    assert {(module, name) for module, source in inside.items() for name in astray(module, source)} == set()


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kastje.dashboard.own.uploads", "from kastje.dashboard.visit.session import Session"),
        ("kastje.dashboard.visit.described", "from kastje.dashboard.inputs.context_panel import SHARES"),
        ("kastje.dashboard.report.sections", "from kastje.dashboard.policy.chart import ChartPanel"),
        ("kastje.dashboard.case.page", "from kastje.dashboard.policy.page import Page"),
        ("kastje.dashboard.visit.warmth", "def late():\n    import kastje.dashboard.server.application"),
    ],
)
def test_a_step_upwards_or_aside_within_the_dashboard_is_seen(module: str, source: str) -> None:
    assert astray(module, source)


def test_imports_make_no_circle(house: dict[str, str]) -> None:
    graph = {module: {_module(name, house) for name in imports(source)} - {""} for module, source in house.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def _module(name: str, house: dict[str, str]) -> str:
    """The module in which an imported name lives: the name itself, or what it is taken from; none when not ours."""
    return name if name in house else parent if (parent := name.rpartition(".")[0]) in house else ""


def test_a_module_holds_one_noun(house: dict[str, str]) -> None:
    lengths = {module: source.count("\n") for module, source in house.items()}
    for module, length in lengths.items():
        if LONG < length <= TOO_LONG:
            warnings.warn(f"{module} has {length} lines: does it hold two nouns?", stacklevel=1)
    assert {module: length for module, length in lengths.items() if length > TOO_LONG} == {}


def test_every_module_says_what_it_is(house: dict[str, str]) -> None:
    assert [module for module, source in house.items() if source and not ast.get_docstring(ast.parse(source))] == []


def test_the_browsers_side_is_as_wide_as_python(root: Path) -> None:
    ruff = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    prettier = json.loads((root / "package.json").read_text(encoding="utf-8"))["prettier"]
    assert prettier["printWidth"] == ruff["line-length"]
    files = [path for kind in ("vue", "css", "js") for path in (root / "dashboard").rglob(f"*.{kind}")]
    assert files
    long = [
        f"{path.relative_to(root)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > ruff["line-length"]
    ]
    assert long == []


REGISTERS = ("model", "experiments", "dashboard", "commands", "evidence")
"""The rooms that hold registers, right beneath them."""


def test_the_document_on_the_house_tells_of_these_rooms_and_these_registers(root: Path) -> None:
    text = (root / "docs" / "house.md").read_text(encoding="utf-8")
    rows = [re.findall(r"`([^`]+)`", row.split("|")[1]) for row in text.splitlines() if row.startswith("| `")]
    assert [row for row in rows if len(row) == 1 and row[0].removesuffix("/").removesuffix(".py") in ROOMS] == [
        [f"{room}.py" if room == "app" else f"{room}/"] for room in ROOMS
    ]
    assert [set(row) for row in rows if set(row) <= set().union(*FLOORS)] == list(FLOORS)
    paths = {name for name in re.findall(r"`([\w./]+)`", text) if "/" in name}
    assert [name for name in paths if not any((root / place / name).exists() for place in ("", "experiments"))] == []
    inside = {f"{path.parent.name}/" for path in (root / "experiments").glob("*/__init__.py")}
    assert inside - paths == set()
    registers = {f"{room}/{path.name}" for room in REGISTERS for path in (root / room).glob("*.toml")}
    assert registers - paths == set()
