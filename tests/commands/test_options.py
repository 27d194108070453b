"""Options stand for arguments of the library: what it says of an argument, the command line says of the option."""

import ast
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from kastje.commands import cli
from kastje.commands.app import app
from kastje.commands.options import CALLED, place
from kastje.experiments.logs.patterns import Columns
from kastje.model import InputError


def options() -> set[str]:
    """Every option of every command."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return {option for command in group.commands.values() for one in command.params for option in one.opts}


def test_an_argument_has_an_option_of_some_command() -> None:
    assert {name for name, option in CALLED.items() if option not in options()} == set()


def test_every_argument_that_the_library_complains_of_has_an_option(root: Path) -> None:
    named = {
        node.args[0].value
        for path in (root / "experiments").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "Argument"
        and isinstance(node.args[0], ast.Constant)
    }
    columns = set(Columns.__dataclass_fields__)
    assert named | columns == set(CALLED)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            "run tilburg --set lod=1",
            "--set: parameter: 'lod' is not known, did you mean 'load'?; "
            "expected a name that `kastje parameters` lists",
        ),
        ("run tilburg --lesson ownership=2", "--lesson ownership is 2, expected a number from 0 to 1"),
        (
            "run tilburg --days 30 --set horizon_days=60",
            "--days is given with --set work.horizon_days, expected one of them",
        ),
        ("lessons tilburg --load 1 --load 1", "--load is [1.0, 1.0], expected every load once"),
        ("lessons tilburg --set load=1", "--set work.load is held fixed, expected the load as --load"),
        (
            "resilience tilburg --set surge_weeks=3",
            "--set work.surge_weeks is given, expected it not to be: --extra and --weeks decide it here",
        ),
        ("resilience tilburg --extra 10", "--extra is 10.0, expected a number above 0 and at most 9"),
        ("sensitivity tilburg --factor load=2..1", "--factor load goes from 2 to 1, expected the lower value first"),
        (
            "sensitivity tilburg --factor start_day",
            "no bounds are known of --factor start_day, expected a lowest and a highest value",
        ),
        (
            "sensitivity tilburg --method sobol --points 10",
            "--points is 10, expected a power of two with the method sobol",
        ),
        ("discover tilburg --where fitt<1", "--where: 'fitt' is not known, did you mean 'fit'?"),
        (
            "roadmap tilburg --budget 9 --outcome fit=0",
            "--outcome fit is 0.0, expected a weight above 0; it counts for the better",
        ),
        (
            "roadmap tilburg --budget 9 --from nowhere",
            "--from: nowhere: there is no manifest.json, expected a folder that kastje wrote",
        ),
        (
            "claims --replications 2 --processes --scheduler tcp://x:1",
            "--processes is given with --scheduler, expected one of them",
        ),
    ],
)
def test_what_is_wrong_is_told_of_the_option(
    arguments: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command = arguments.split()
    if command[0] not in ("run", "resilience"):
        command += ["--out", "out"]
    assert cli.main(command) == 2
    assert capsys.readouterr().err == f"kastje: {line}\n"
    assert not (tmp_path / "out").exists()


def test_processes_and_a_scheduler_exclude_each_other() -> None:
    assert (str(place(3, False, "")), str(place(3, True, ""))) == ("3 threads", "3 processes")
    assert "tcp://there:1" in str(place(3, False, "tcp://there:1"))
    with pytest.raises(InputError, match="--processes is given with --scheduler"):
        place(2, True, "tcp://there:1")
