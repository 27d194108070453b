"""The commands of `kastje`, and how each ends."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from kastje.commands.bench import bench
from kastje.commands.cite import cite
from kastje.commands.claims import claims
from kastje.commands.compare import compare
from kastje.commands.dashboard import dashboard
from kastje.commands.discover import discover
from kastje.commands.exits import FAILED, OK, READER_GONE, STOPPED, WRONG_INPUT
from kastje.commands.lessons import lessons
from kastje.commands.log import log
from kastje.commands.made import Told
from kastje.commands.options import CALLED
from kastje.commands.parameters import parameters
from kastje.commands.patterns import patterns
from kastje.commands.reproduce import reproduce
from kastje.commands.resilience import resilience
from kastje.commands.roadmap import roadmap
from kastje.commands.run import run
from kastje.commands.sensitivity import sensitivity
from kastje.commands.sweep import sweep
from kastje.commands.terminal import Failed, ReaderGone, Stopped, complain, print_text, silence_output
from kastje.commands.validate import validate
from kastje.model import InputError
from kastje.version import version

app = typer.Typer(
    name="kastje",
    help="Kastje: what lessons on people and organisation do to how residents are served.\n\n"
    "Example: kastje compare tilburg --lesson all=1",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS: tuple[Callable[..., None], ...] = (
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
    reproduce,
    cite,
    parameters,
    bench,
    dashboard,
)
"""Every command, as help lists them. It is called as its function and its module; its docstring is its help, with an
example; a row of the table in docs/command-line.md says what it answers."""


def register(group: typer.Typer, commands: Iterable[Callable[..., None]]) -> None:
    """Make commands of these functions."""
    for command in commands:
        group.command(cls=Told)(command)


register(app, COMMANDS)


def _show_version(wanted: bool) -> None:
    if wanted:
        print_text(f"kastje {version()}\n")
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
        complain(str(error.said.called(CALLED)))
        return WRONG_INPUT
    except TyperException as error:
        if message := _message(error):  # Empty when there was no command: then the help has been shown.
            complain(message)
        return WRONG_INPUT
    except Stopped as stopped:
        complain(f"stopped: {stopped}")
        return STOPPED
    except Failed as failed:
        complain(str(failed))
        return FAILED
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
