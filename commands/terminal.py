"""What a user of the command line sees: one JSON document or tables on standard output, the rest on standard error."""

import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from kastje.experiments.difference.verdict import in_per_cent
from kastje.experiments.files import plain
from kastje.experiments.stamp import in_json

PIPED_WIDTH = 200
"""Columns when the output is no terminal: nobody wants a file with cut cells."""

QUIET_SECONDS = 2.0
"""After this long without a first result the likely reason is shown: the engine is being compiled [s]."""


class ReaderGone(Exception):
    """Who read our standard output has left, as `head` does."""


class Failed(Exception):
    """A command came to its end without a result; the text says what failed, and what to do."""


class Stopped(Exception):
    """A command was stopped before its end; the text says what of it is kept and how to go on."""


class _Screen(Console):
    def on_broken_pipe(self) -> NoReturn:
        raise ReaderGone


def screen() -> Console:
    """Standard output for people."""
    return _Screen(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False)


def show(*parts: Table | Text | str) -> None:
    """Print tables and lines for people."""
    console = screen()
    for part in parts:
        console.print(part)


def print_text(text: str) -> None:
    """Print text as it is, for other programs."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error


def print_json(document: Any) -> None:
    """Print the one JSON document of a command, which says where it comes from; what is not available is null."""
    print_text(json.dumps(plain(in_json(document)), ensure_ascii=False, allow_nan=False, indent=2) + "\n")


def complain(message: str) -> None:
    """One line on standard error that says what is wrong."""
    print(f"kastje: {' '.join(message.split())}", file=sys.stderr)


def silence_output() -> None:
    """Send what is still in the buffers nowhere: the interpreter flushes them once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time left on standard error, none when that is no terminal; call what it gives (done, total).

    A single run cannot say how far it is: its bar only moves, and shows the time that has passed.
    """
    console = Console(stderr=True)
    count = (MofNCompleteColumn(), TimeRemainingColumn()) if total > 1 else (TimeElapsedColumn(),)
    with Progress(
        _What(), BarColumn(), *count, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(what, total=total if total > 1 else None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


class _What(TextColumn):
    """What is being done, or why the first result takes so long."""

    def __init__(self) -> None:
        super().__init__("{task.description}")

    def render(self, task: Task) -> Text:
        if not task.completed and (task.elapsed or 0) > QUIET_SECONDS:
            return Text(f"{task.description} (the first time the engine is compiled, up to a minute)")
        return Text(task.description)


def chance(certainty: float) -> str:
    """A certainty in per cent."""
    if not math.isfinite(certainty):
        return "not available"
    beyond, whole = in_per_cent(certainty)
    return f"{beyond} {whole}%".strip()


def table(*columns: str, numbers: tuple[int, ...] = ()) -> Table:
    """An empty table; the columns at the places `numbers` are set to the right."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        grid.add_column(column, justify="right" if place in numbers else "left", overflow="fold")
    return grid
