"""What decides the numbers has one hash everywhere: words leave it, and every rule and every figure changes it."""

import ast
import glob
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from kastje.fingerprint import PACKAGE, analysis_hash, figures, model_hash, of_figures, rules
from kastje.model import Scenario
from kastje.model.parameters import Parameter
from kastje.model.process import Process
from kastje.model.profile import Profile
from kastje.model.reading import Record, Text

ROOMS = ("agents", "model", "experiments")
RUN = ("parameters.toml", "lessons.toml", "profiles/*.toml", "processes/*.toml")
"""The files of the model whose figures a run reads."""


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The rooms that have a hash, to change something in."""
    for room in ROOMS:
        shutil.copytree(root / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture(scope="module")
def here() -> str:
    """The hash of the model that runs here."""
    return model_hash(PACKAGE)


def changed(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{name} has no {before!r} any more"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_checkout_and_a_copy_of_it_have_one_hash(root: Path, copy: Path, here: str) -> None:
    assert model_hash(root) == model_hash(copy) == here
    assert analysis_hash(root) == analysis_hash(copy)


SAID = [
    ("agents/acts.py", '"""', '"""Newly said: ', "the docstring of a module"),
    ("agents/employee.py", "@rule\n", "# Newly remarked.\n\n\n@rule\n", "a comment, and empty lines"),
    ("model/profile.py", '"""Share of everyone\'s hours', '"""Newly said: ', "what is said of a field"),
    ("model/parameters.toml", "Drukte: vraag ten opzichte van nu", "Drukte", "a label"),
    ("model/parameters.toml", "# Every parameter", "# Each and every parameter", "a remark in a table"),
    ("model/parameters.toml", 'status = "assumed"', 'status = "sourced"', "a status"),
    ("model/parameters.toml", 'unit = "times"', 'unit = "days"', "a unit"),
    ("model/lessons.toml", 'mediator = "look-ups and recording"', 'mediator = "looking up"', "what carries a lesson"),
    ("model/lessons.toml", "Gezamenlijke informatie", "Samen weten", "the name of a lesson"),
    ("model/profiles/owo.toml", 'title = "Opsterland"', 'title = "Opsterlân"', "a title in one language"),
    ("model/profiles/groningen.toml", "Cijfers en bronnen", "Bronnen en cijfers", "a source"),
    ("model/processes/social_assistance.toml", "Intake by the income officer", "The intake", "the title of a step"),
    ("model/outcomes.toml", "decimals = 1", "decimals = 2", "how a figure is shown"),
    ("model/bands.toml", "low = 1.1", "low = 1.2", "what a figure is held against"),
    ("model/units.toml", "aandeel", "deel", "a unit in Dutch"),
    ("model/phrases.toml", "verwacht", "gevraagd", "a phrase"),
    ("model/errors.py", "cutoff=0.5", "cutoff=0.6", "which name an error suggests"),
    ("experiments/difference/compare.py", "BAND = (10.0, 90.0)", "BAND = (5.0, 95.0)", "an analysis"),
]


@pytest.mark.parametrize(("name", "before", "after", "what"), SAID, ids=[one[-1] for one in SAID])
def test_what_is_said_of_the_model_leaves_its_hash(
    copy: Path, here: str, name: str, before: str, after: str, what: str
) -> None:
    changed(copy, name, before, after)
    assert model_hash(copy) == here


DECIDED = [
    ("model/parameters.toml", "default = 28\n", "default = 29\n", "a default"),
    ("model/parameters.toml", "default = 28\n", "default = 28.0\n", "whether a number is whole"),
    ("model/parameters.toml", "high = 9.0\n", "high = 9.5\n", "a bound"),
    ("model/lessons.toml", 'parameter = "crm.kappa", full = 1.0', 'parameter = "crm.kappa", full = 0.9', "a lever"),
    ("model/lessons.toml", 'parameter = "crm.kappa"', 'parameter = "crm.agreed"', "what a lever sets"),
    ("model/profiles/groningen.toml", "staff = 9", "staff = 10", "the size of a team"),
    ("model/profiles/groningen.toml", 'roles = ["debt"]', 'roles = ["debt", "legal"]', "what a team does"),
    ("model/processes/social_assistance.toml", "owner = true", "owner = false", "whose step it is"),
    ("agents/employee.py", " < ", " <= ", "a rule"),
    ("model/chance.py", "def drawn", "def  drawn_otherwise", "the name of a rule"),
]


@pytest.mark.parametrize(("name", "before", "after", "what"), DECIDED, ids=[one[-1] for one in DECIDED])
def test_what_decides_the_numbers_changes_the_hash(
    copy: Path, here: str, name: str, before: str, after: str, what: str
) -> None:
    changed(copy, name, before, after)
    assert model_hash(copy) != here


def test_another_file_of_rules_changes_the_hash_and_another_file_of_words_does_not(copy: Path, here: str) -> None:
    (copy / "model" / "notes.md").write_text("seen", encoding="utf-8")
    assert model_hash(copy) == here
    (copy / "model" / "later.py").write_text("x = 1", encoding="utf-8")
    assert model_hash(copy) != here


def test_an_analysis_has_a_hash_of_its_own(copy: Path) -> None:
    said = [analysis_hash(copy)]
    for name, before, after in (
        ("experiments/difference/compare.py", "BAND = (10.0, 90.0)", "BAND = (5.0, 95.0)"),
        ("model/outcomes.toml", "decimals = 1", "decimals = 2"),
        ("experiments/studies/claims/shipped/early-lead-time.yaml", "at_least: 1 ", "at_least: 2 "),
    ):
        changed(copy, name, before, after)
        said.append(analysis_hash(copy))
    assert len(set(said)) == len(said)
    changed(copy, "experiments/studies/claims/shipped/early-lead-time.yaml", "Meeting the applicant", "To meet them")
    changed(copy, "experiments/phrases.toml", "verwacht", "gevraagd")
    assert analysis_hash(copy) == said[-1]


def leaves(data: Any, *above: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every single value in plain data, with the way to it."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in parts:
        yield from leaves(value, *above, name)
    if not isinstance(data, dict | list):
        yield above, data


def parts(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A file in pieces, so that a change somewhere is not looked for everywhere."""
    for name, value in data.items():
        deeper = isinstance(value, dict) and all(isinstance(one, dict) for one in value.values())
        yield from ({name: {inner: one}} for inner, one in value.items()) if deeper else ({name: value},)


def with_other(data: Any, way: tuple[Any, ...]) -> Any:
    """The same data with something else at the end of this way."""
    made = deepcopy(data)
    at = made
    for part in way[:-1]:
        at = at[part]
    value = at[way[-1]]
    other = {bool: lambda: not value, str: lambda: value + " indeed", date: lambda: value + timedelta(days=7)}
    at[way[-1]] = other.get(type(value), lambda: value + 1)()
    return made


def words_of(record: type[Record]) -> set[str]:
    """The fields of a record, and of the records in it, that hold a text in two languages."""
    found = set()
    for name, field in record.model_fields.items():
        within = [field.annotation, *getattr(field.annotation, "__args__", ())]
        within += [deeper for one in within for deeper in getattr(one, "__args__", ())]
        found |= {name} if Text in within else set()
        records = [one for one in within if isinstance(one, type) and issubclass(one, Record) and one is not Text]
        found |= {deeper for one in records for deeper in words_of(one)}
    return found


WORDS: dict[str, set[str]] = {
    "parameters.toml": words_of(Parameter) | {"unit", "status"},
    "lessons.toml": {"label", "message", "happens", "cost", "evidence", "mediator", "ways"},
    "profiles/*.toml": words_of(Profile),
    "processes/*.toml": words_of(Process),
}
"""Where words stand in each kind of file, by what the model itself takes them for."""


@pytest.mark.parametrize("kind", RUN)
def test_every_figure_of_every_file_counts_and_no_word_does(root: Path, kind: str) -> None:
    files = sorted((root / "model").glob(kind))
    assert files
    for path in files:
        counted = 0
        for part in parts(tomllib.loads(path.read_text(encoding="utf-8"))):
            was = figures(part)
            for way, value in leaves(part):
                word = isinstance(value, str) and bool(WORDS[kind] & set(way))
                assert (figures(with_other(part, way)) == was) == word, (path.name, way)
                counted += not word
        assert counted > 10, path.name


def test_no_number_hides_among_words_and_no_text_in_two_languages_among_figures(root: Path) -> None:
    for path in [path for room in ROOMS for path in (root / room).rglob("*") if path.suffix in (".toml", ".yaml")]:
        if path.name in ("phrases.toml", "units.toml", "fields.toml", "releases.toml"):
            continue
        text = path.read_text(encoding="utf-8")
        for part in parts(yaml.safe_load(text) if path.suffix == ".yaml" else tomllib.loads(text)):
            was = figures(part)
            for way, value in leaves(part):
                same = figures(with_other(part, way)) == was
                assert not (same and not isinstance(value, str)), (path.name, way)
                assert not (not same and isinstance(value, str) and way[-1] in ("nl", "en")), (path.name, way)


def numbers(source: str) -> list[ast.Constant]:
    """Every number in a module."""
    tree = ast.parse(source)
    return [one for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, int | float)]


@pytest.mark.parametrize("room", ["agents", "model"])
def test_every_number_in_a_rule_counts(root: Path, room: str) -> None:
    changes = 0
    for path in sorted((root / room).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        was, found = rules(source), numbers(source)
        # Of each module the first, the middle and the last: all five thousand would take minutes.
        for one in {0, len(found) // 2, len(found) - 1} if found else ():
            tree = ast.parse(source)
            constants = [x for x in ast.walk(tree) if isinstance(x, ast.Constant) and isinstance(x.value, int | float)]
            constants[one].value = not constants[one].value if isinstance(found[one].value, bool) else 12345
            assert rules(ast.unparse(tree)) != was, (path.name, ast.unparse(found[one]))
            changes += 1
    assert changes > 10


SAME = [
    ("x = 1\n", "x = 1  # so much\n"),
    ('def f():\n    """Old."""\n    return 1\n', 'def f():\n    """New."""\n    return 1\n'),
    ("x = (1 +\n     2)\n", "x = 1 + 2\n"),
    ("x = 'a'\n", 'x = "a"\n'),
    ('class A:\n    x: int = 1\n    """Old."""\n', 'class A:\n    x: int = 1\n    """New."""\n'),
    ('x = f"{y:.2f}"\n', "x = f'{y:.2f}'\n"),
]
OTHER = [
    ("x = 1\n", "x = 2\n"),
    ("x = 1\n", "x = 1.0\n"),
    ("x = 1\n", "x = True\n"),
    ("x = 'a'\n", "x = b'a'\n"),
    ("x = None\n", "x = ()\n"),
    ("a()\nb()\n", "b()\na()\n"),
    ("x = a - b\n", "x = b - a\n"),
    ("def f(a, b=1): return a\n", "def f(a, *, b=1): return a\n"),
    ("x: int = 1\n", "x: float = 1\n"),
    ("return_ = 'Old.'\n", "return_ = 'New.'\n"),
    ('x = f"{y:.2f}"\n', 'x = f"{y:.3f}"\n'),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_writing_the_same_are_one(one: str, other: str) -> None:
    assert rules(one) == rules(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_things_that_do_something_else_are_two(one: str, other: str) -> None:
    assert rules(one) != rules(other)


def pythons() -> list[str]:
    """Every Python from 3.12 on that this machine has."""
    root = os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
    found = sorted(glob.glob(f"{root}/versions/3.1[2-9]*/bin/python"))
    return found + [path for minor in range(12, 20) if (path := shutil.which(f"python3.{minor}"))]


HASH = (
    "import sys; sys.path.insert(0, sys.argv[1])\nfrom kastje import fingerprint as f\nprint(f.model_hash(f.PACKAGE))"
)


def test_every_python_works_out_the_same_hash(root: Path, here: str) -> None:
    said = {}
    for python in pythons():
        asked = [python, "-S", "-c", HASH, str(root / "src")]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=600, check=False)
        if "No module named" not in done.stderr and "not found" not in done.stderr:
            said[python] = done.stdout.strip() or done.stderr
    if not said:
        pytest.skip("no Python beside the one that runs the tests")
    assert set(said.values()) == {here}


def test_a_profile_of_ones_own_has_a_hash_of_its_figures(tmp_path: Path, root: Path) -> None:
    def hash_with(change: Callable[[str], str]) -> str:
        text = (root / "model" / "profiles" / "groningen.toml").read_text(encoding="utf-8")
        path = tmp_path / "own.toml"
        path.write_text(change(text), encoding="utf-8")
        return Scenario.load(path).profile.figures_hash()

    shipped = Scenario.load("groningen").profile.figures_hash()
    assert hash_with(lambda text: text) == shipped
    assert hash_with(lambda text: text.replace("Klantcontactcentrum", "Balie")) == shipped
    assert hash_with(lambda text: text.replace("staff = 9", "staff = 8", 1)) != shipped
    assert of_figures({"a": 1, "title": "x"}) == of_figures({"a": 1, "title": "y"}) != of_figures({"a": 2})
