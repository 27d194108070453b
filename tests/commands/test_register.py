"""The commands: what there is in the folder, in the register, in the documents and in help is the same."""

import ast
import re
from collections.abc import Collection
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kastje.commands import cli
from kastje.commands.app import COMMANDS, app, register

NAMES = [command.__name__ for command in COMMANDS]
NO_EXAMPLE_RUNS = {"bench", "dashboard"}
"""The documents have no line of these that a test can carry out: one measures for minutes, one does not end."""


def in_the_folder(root: Path) -> set[str]:
    """The modules with a function of their own name that takes what Typer gives: each is a command."""
    found = set()
    for path in (root / "commands").glob("*.py"):
        functions = {
            node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
        }
        found |= {path.stem} & functions
    return found


def table_of(text: str) -> list[str]:
    """The commands of the first table of docs/command-line.md."""
    return re.findall(r"^\| `(\w+)", text, re.M)


def lacking(names: Collection[str], text: str) -> dict[str, set[str]]:
    """What the document lacks of these commands, and what it has too much: rows of its table, lines that run."""
    rows, lines = set(table_of(text)), set(re.findall(r"^kastje (\w+)", text, re.M))
    found = {
        "no row": set(names) - rows,
        "a row of nothing": rows - set(names),
        "no line": set(names) - lines - NO_EXAMPLE_RUNS,
        "a line of nothing": lines - set(names),
    }
    return {what: which for what, which in found.items() if which}


@pytest.fixture(scope="module")
def document(root: Path) -> str:
    return (root / "docs" / "command-line.md").read_text(encoding="utf-8")


def test_every_command_of_the_folder_is_registered_once(root: Path) -> None:
    assert sorted(NAMES) == sorted(in_the_folder(root))


def test_the_documents_have_every_command_in_its_order(document: str) -> None:
    assert lacking(NAMES, document) == {}
    assert table_of(document) == NAMES


@pytest.mark.parametrize("command", NAMES)
def test_help_says_what_it_does_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    assert f"Example: kastje {command}" in capsys.readouterr().out


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    printed = capsys.readouterr()
    assert [command for command in NAMES if not re.search(rf"^\W*{command}\b", printed.out, re.M)] == []
    assert printed.err == ""


def weather(town: str) -> None:
    """What weather is it?

    Example: kastje weather tilburg
    """
    typer.echo(f"rain in {town}")


def test_one_more_command_works_and_is_missed_where_it_is_not_documented(document: str) -> None:
    copy = typer.Typer()
    register(copy, [*COMMANDS, weather])
    assert CliRunner().invoke(copy, ["weather", "tilburg"]).output == "rain in tilburg\n"
    assert "weather" in CliRunner().invoke(copy, ["--help"]).output
    assert lacking([*NAMES, "weather"], document) == {"no row": {"weather"}, "no line": {"weather"}}
    assert lacking(NAMES[1:], document) == {"a row of nothing": {"run"}, "a line of nothing": {"run"}}
    assert len(app.registered_commands) == len(NAMES)
