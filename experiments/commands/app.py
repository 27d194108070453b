"""The commands of `kastje`, and how each ends."""

import os
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer
from typer.exceptions import TyperException

from experiments.commands.bench import bench
from experiments.commands.claims import claims
from experiments.commands.compare import compare
from experiments.commands.dashboard import dashboard
from experiments.commands.discover import discover
from experiments.commands.lessons import lessons
from experiments.commands.log import log
from experiments.commands.parameters import parameters
from experiments.commands.patterns import patterns
from experiments.commands.resilience import resilience
from experiments.commands.roadmap import roadmap
from experiments.commands.run import run
from experiments.commands.sensitivity import sensitivity
from experiments.commands.sweep import sweep
from experiments.commands.validate import validate
from experiments.exits import FAILED, OK, READER_GONE, STOPPED, WRONG_INPUT
from experiments.terminal import ReaderGone, Stopped, complain, print_text, silence_output
from model import InputError

app = typer.Typer(
    name="kastje",
    help="Kastje: what eight lessons on people and organisation do to how residents are served.\n\n"
    "Example: kastje compare tilburg --lesson all=1",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    run,
    compare,
    sweep,
    lessons,
    roadmap,
    claims,
    sensitivity,
    discover,
    resilience,
    log,
    patterns,
    validate,
    parameters,
    bench,
    dashboard,
):
    app.command()(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        print_text(f"kastje {version('kastje')}\n")
        raise typer.Exit


@app.callback()
def kastje(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options before the command."""


def carry_out(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; returns the exit code, and every error is one line on standard error."""
    try:
        code = app(args=arguments, prog_name="kastje", standalone_mode=False)
    except InputError as error:
        complain(str(error))
        return WRONG_INPUT
    except TyperException as error:
        if message := _message(error):  # Empty when there was no command: then the help has been shown.
            complain(message)
        return WRONG_INPUT
    except Stopped as stopped:
        complain(f"stopped: {stopped}")
        return STOPPED
    except ReaderGone:
        silence_output()
        return READER_GONE
    except Exception as error:
        if os.environ.get("KASTJE_TRACEBACK"):
            raise
        complain(f"it failed: {type(error).__name__}: {error} (KASTJE_TRACEBACK=1 shows where)")
        return FAILED
    if code == STOPPED:
        complain("stopped")
    return int(code or OK)


def _message(error: TyperException) -> str:
    """What Typer found wrong, in our form: field, value, what was expected."""
    message: str = getattr(error, "format_message", error.__str__)()
    return message.replace("Invalid value for ", "").replace("'", "")
