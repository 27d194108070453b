"""What is wrong with input is said in Dutch and in English: phrases are whole, and visitors meet nothing else."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kastje.dashboard.texts import phrase as of_the_catalogues
from kastje.experiments.phrase import phrase as of_the_experiments
from kastje.model.errors import InputError, unexpected
from kastje.model.errors import phrase as of_the_model
from kastje.model.phrase import Phrase
from kastje.model.reading import EXPECTATIONS, LIMITS, TOML_REASONS

ROOT = Path(__file__).parent.parent
REGISTERS = {"model": of_the_model, "experiments": of_the_experiments, "dashboard": of_the_catalogues}
LANGUAGES = {"nl", "en"}
COMMAND_LINE = {"patterns", "levers.py"}
"""What reads event logs, and options: only the command line gives them anything, and that is English."""


def words_of(room: str) -> list[tuple[str, dict[str, str]]]:
    """Every phrase of a room by its key."""
    tables = tomllib.loads((ROOT / room / "phrases.toml").read_text(encoding="utf-8"))
    return [(f"{group}.{name}", words) for group, named in tables.items() for name, words in named.items()]


def imports(path: Path) -> Iterator[Path]:
    """The modules of ours that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        start = f"{node.module}." if isinstance(node, ast.ImportFrom) and node.module else ""
        for name in [*(start + name for name in names), start.rstrip(".")]:
            place = ROOT / name.removeprefix("kastje.").replace(".", "/")
            yield from (found for found in (place.with_suffix(".py"), place / "__init__.py") if found.is_file())


def reached() -> list[Path]:
    """The modules that a visitor's input can reach: the dashboard, and all that it imports."""
    found = sorted((ROOT / "dashboard").rglob("*.py"))
    for path in found:
        found += [other for other in dict.fromkeys(imports(path)) if other not in found]
    return found


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


@pytest.mark.parametrize("room", ["model", "experiments"])
def test_a_phrase_is_whole_and_has_the_same_places_in_both_languages(room: str) -> None:
    for key, words in words_of(room):
        assert set(words) == LANGUAGES, key
        places = [set(re.findall(r"\{(\w+)\}", text)) for text in words.values()]
        assert places[0] == places[1], key
        assert all(text.strip() for text in words.values()), key


@pytest.mark.parametrize("room", ["model", "experiments"])
def test_no_phrase_is_unused(room: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / room).rglob("*.py"))
    composed = {f"expected.{name}" for name in [*EXPECTATIONS.values(), *(name for name, _ in LIMITS.values())]}
    composed |= {f"toml.{name}" for name in TOML_REASONS.values()} | {"expected.other"}
    composed |= {f"results.{name}" for name in re.findall(r'problem\("(\w+)"', code)}
    assert [key for key, _ in words_of(room) if f'"{key}"' not in code and key not in composed] == []


def test_what_visitors_can_do_wrong_is_said_in_a_phrase() -> None:
    plain = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in reached()
        if not COMMAND_LINE & {path.name, path.parent.name}
        for call in calls(path, "InputError")
        if isinstance(call.args[0], (ast.Constant, ast.JoinedStr))
    ]
    assert plain == []


def test_a_phrase_that_is_named_exists_and_gets_what_it_asks_for() -> None:
    for path in reached():
        phrase: Callable[..., Phrase] = REGISTERS.get(path.relative_to(ROOT).parts[0], of_the_model)
        for call in calls(path, "phrase"):
            if isinstance(call.args[0], ast.Constant):
                given = {str(keyword.arg): "x" for keyword in call.keywords}
                assert {phrase(str(call.args[0].value), **given).in_language(language) for language in LANGUAGES}


def test_a_phrase_in_a_phrase_follows_the_language() -> None:
    error = unexpected("a.toml: x", True, of_the_model("expected.between", low=0.5, high=2))
    assert str(error) == "a.toml: x is true, expected a number from 0.5 to 2"
    assert error.in_language("nl") == "a.toml: x is true, verwacht: een getal van 0.5 tot en met 2"
    assert InputError("only English").in_language("nl") == "only English"
