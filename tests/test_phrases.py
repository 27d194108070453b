"""What is wrong with input is said in Dutch and in English, whoever finds it, in phrases that are whole."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kastje.commands.phrase import phrase as of_the_commands
from kastje.dashboard.texts import phrase as of_the_catalogues
from kastje.evidence.phrase import phrase as of_the_evidence
from kastje.experiments.phrase import phrase as of_the_experiments
from kastje.experiments.studies.claims.reading import YAML_REASONS
from kastje.model.errors import phrase as of_the_model
from kastje.model.errors import unexpected
from kastje.model.phrase import Argument, Phrase
from kastje.model.reading import EXPECTATIONS, LIMITS, TOML_REASONS

ROOT = Path(__file__).parent.parent
ROOMS = ("agents", "model", "experiments", "dashboard", "evidence", "commands")
REGISTERS: dict[str, Callable[..., Phrase]] = {
    "kastje.model.errors": of_the_model,
    "kastje.experiments.phrase": of_the_experiments,
    "kastje.evidence.phrase": of_the_evidence,
    "kastje.commands.phrase": of_the_commands,
    "kastje.dashboard.texts": of_the_catalogues,
}
"""What makes phrases, by the module that has it."""
OWN = {
    "model": "kastje.model.errors",
    **{room: f"kastje.{room}.phrase" for room in ("experiments", "evidence", "commands")},
}
"""The rooms with phrases of their own; those of the dashboard stand in its catalogues, which have a test."""
LANGUAGES = {"nl", "en"}
SOURCES = {path: path.read_text(encoding="utf-8") for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))}


def words_of(room: str) -> list[tuple[str, dict[str, str]]]:
    """Every phrase of a room by its key."""
    tables = tomllib.loads((ROOT / room / "phrases.toml").read_text(encoding="utf-8"))
    return [(f"{group}.{name}", words) for group, named in tables.items() for name, words in named.items()]


def makers(tree: ast.Module) -> dict[str, str]:
    """What makes phrases in a module, by the name that it has there; the value is the module that it comes from."""
    return {
        alias.asname or alias.name: str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "phrase"
    }


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def plainly(tree: ast.Module) -> Iterator[ast.Call]:
    """Where a module says what is wrong in plain text, in one language."""
    for call in (*calls(tree, "InputError"), *calls(tree, "wrong")):
        said = call.args[-1] if call.args else call
        if isinstance(said, (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Call)) and not _is_phrase(said, tree):
            yield call
    # What a validator of pydantic raises, becomes an InputError that says the same.
    if any(isinstance(node, ast.ImportFrom) and node.module == "pydantic" for node in ast.walk(tree)):
        yield from (call for call in calls(tree, "ValueError") if not _is_phrase(call.args[0], tree))
    # Words made on the spot are in one language, whatever they are filed under.
    yield from calls(tree, "Phrase")


def _is_phrase(said: ast.expr, tree: ast.Module) -> bool:
    # A function of the module's own that gives a phrase is typed as such.
    own = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns) == "Phrase"
    }
    called = said.func.id if isinstance(said, ast.Call) and isinstance(said.func, ast.Name) else None
    return called in {*makers(tree), *own, "phrase"}


@pytest.mark.parametrize("room", OWN)
def test_a_phrase_is_whole_and_has_the_same_places_in_both_languages(room: str) -> None:
    for key, words in words_of(room):
        assert set(words) == LANGUAGES, key
        places = [set(re.findall(r"(?<!\{)\{(\w+)\}", text)) for text in words.values()]
        assert places[0] == places[1], key
        assert all(text.strip() for text in words.values()), key


@pytest.mark.parametrize("room", OWN)
def test_no_phrase_is_unused(room: str) -> None:
    code = "".join(text for path, text in SOURCES.items() if path.is_relative_to(ROOT / room))
    if room == "model":  # Every room may use those of the model.
        code = "".join(SOURCES.values())
    composed = {f"expected.{name}" for name in [*EXPECTATIONS.values(), *(name for name, _ in LIMITS.values())]}
    composed |= {f"toml.{name}" for name in TOML_REASONS.values()} | {"expected.other"}
    composed |= {f"yaml.{name}" for name in YAML_REASONS.values()}
    composed |= {f"results.{name}" for name in re.findall(r'problem\("(\w+)"', code)}
    assert [key for key, _ in words_of(room) if f'"{key}"' not in code and key not in composed] == []


def test_what_is_wrong_is_said_in_a_phrase() -> None:
    plain = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, text in SOURCES.items()
        if path not in (ROOT / "model/phrase.py", ROOT / "dashboard/texts.py")  # What makes phrases of their files.
        for call in plainly(ast.parse(text))
    ]
    assert plain == []


@pytest.mark.parametrize(
    "said",
    [
        'raise InputError("load: too high")',
        'raise InputError(f"{where}: too high")',
        'raise InputError("{}: too high".format(where))',
        'raise InputError(where + ": too high")',
        'raise wrong(where, f"{value} is too high")',
        'from pydantic import BaseModel\nraise ValueError("a number above 0")',
        'raise InputError(Phrase({"nl": "too high", "en": "too high"}))',
    ],
)
def test_plain_words_are_seen(said: str) -> None:
    assert list(plainly(ast.parse(said)))


def test_a_phrase_that_is_named_exists_and_gets_what_it_asks_for() -> None:
    found = 0
    for path, text in SOURCES.items():
        tree = ast.parse(text)
        here = makers(tree)
        if path == ROOT / "model/errors.py":
            here = {"phrase": "kastje.model.errors"}
        for name, module in here.items():
            for call in calls(tree, name):
                if isinstance(call.args[0], ast.Constant):
                    given = {str(keyword.arg): "x" for keyword in call.keywords}
                    phrase = REGISTERS[module](str(call.args[0].value), **given)
                    assert {phrase.in_language(language) for language in LANGUAGES}
                    found += 1
    assert found > 150


def test_a_phrase_in_a_phrase_follows_the_language() -> None:
    error = unexpected("a.toml: x", True, of_the_model("expected.between", low=0.5, high=2))
    assert str(error) == "a.toml: x is true, expected a number from 0.5 to 2"
    assert error.in_language("nl") == "a.toml: x is true, verwacht: een getal van 0.5 tot en met 2"


def test_an_argument_is_called_as_whoever_gave_it_calls_it() -> None:
    error = unexpected(Argument("loads"), [1, 1], of_the_experiments("lessons.loads_once"))
    assert error.in_language("nl") == "loads is [1, 1], verwacht: elke drukte één keer"
    assert str(error.said.called({"loads": "--load"})) == "--load is [1, 1], expected every load once"
    deep = of_the_model(
        "problem.at", where=of_the_model("place.within", where=Argument("factors", "fit"), name="low"), said=""
    )
    assert str(deep.called({"factors": "--factor"})) == "--factor fit.low: "
    assert str(deep) == "factors.fit.low: "


OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def options_named(text: str) -> Iterator[str]:
    """The options that a module names in what it says and is said of it; those of git are git's."""
    tree = ast.parse(text)
    of_git = {id(part) for call in calls(tree, "_git") for part in call.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in of_git:
            yield from OPTION.findall(node.value)


def test_the_library_names_no_option_of_the_command_line() -> None:
    found = {
        str(path.relative_to(ROOT)): options
        for path, text in SOURCES.items()
        if path.relative_to(ROOT).parts[0] in ("agents", "model", "experiments") and (options := [*options_named(text)])
    }
    tables = [path for room in ("model", "experiments") for path in (ROOT / room).rglob("*.toml")]
    found |= {str(path): options for path in tables if (options := OPTION.findall(path.read_text(encoding="utf-8")))}
    assert found == {}
    assert [*options_named('"""As `--set load=2` does."""')] == ["--set"]


def test_an_argument_that_is_named_is_one_of_a_function_or_a_record() -> None:
    named, there = set(), set()
    for tree in map(ast.parse, SOURCES.values()):
        named |= {call.args[0].value for call in calls(tree, "Argument") if isinstance(call.args[0], ast.Constant)}
        there |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        there |= {
            str(node.target.id)
            for node in ast.walk(tree)
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }
    assert named
    assert named <= there
