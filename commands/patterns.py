"""`kastje patterns`: what an event log shows, real or simulated, measured with the same code."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kastje.commands.options import AsJson
from kastje.commands.terminal import print_json, progress, show, table
from kastje.experiments.logs.patterns import Columns, Marks, detect, measure, read_log
from kastje.experiments.logs.patterns.measure import STAGES

COLUMNS_PANEL = "Columns of the log"
MARKS_PANEL = "What its activities mean"


def _column(part: str, usual: str) -> Any:
    return typer.Option(
        f"--{part}",
        metavar="COLUMN",
        help=f"The column with the {part}; otherwise {usual}.",
        rich_help_panel=COLUMNS_PANEL,
        show_default=False,
    )


def _mark(name: str, meaning: str) -> Any:
    return typer.Option(
        f"--{name}",
        metavar="ACTIVITY",
        help=f"{meaning}; repeatable, * is any text, =ANSWER asks for an answer.",
        rich_help_panel=MARKS_PANEL,
        show_default=False,
    )


def patterns(
    log: Annotated[
        Path,
        typer.Argument(
            metavar="LOG", help="An event log: .csv, .csv.gz, .parquet, .xes or .xes.gz.", show_default=False
        ),
    ],
    case: Annotated[str | None, _column("case", "case or case:concept:name")] = None,
    activity: Annotated[str | None, _column("activity", "activity or concept:name")] = None,
    resource: Annotated[str | None, _column("resource", "resource or org:resource")] = None,
    timestamp: Annotated[str | None, _column("timestamp", "timestamp or time:timestamp")] = None,
    answer: Annotated[str | None, _column("answer", "question or answer, if it is there")] = None,
    decision: Annotated[list[str] | None, _mark("decision", "The case is decided")] = None,
    incomplete: Annotated[list[str] | None, _mark("incomplete", "Data are missing from the application")] = None,
    extended: Annotated[list[str] | None, _mark("extended", "The legal term is extended")] = None,
    received: Annotated[
        list[str] | None, _mark("received", "The case came in; only cases with it, from then on")
    ] = None,
    keep: Annotated[list[str] | None, _mark("keep", "Look at this activity, and at no other")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the patterns of an event log: handovers, network, waits, arrivals, decisions.

    What a decision is and so on is known for Kastje's own logs and for those of building permits of the BPI
    Challenge 2015; for other logs say so, or those figures are not available.

    Example: kastje patterns permits.csv.gz --case zaak --activity stap --decision "besluit*" --json
    """
    with progress("Measuring", STAGES + 1) as tick:
        events = read_log(log, Columns(case, activity, resource, timestamp, answer))
        tick(1, STAGES + 1)
        marks = _given(
            detect(list(events["activity"].unique())),
            decision=decision,
            incomplete=incomplete,
            extended=extended,
            received=received,
            keep=keep,
        )
        found = measure(events, marks, progress=lambda done, of: tick(done + 1, of + 1))
    if as_json:
        print_json(found)
    else:
        show(f"{log}: {found['events']} events of {found['cases']} cases", *_tables(found))


def _given(marks: Marks, **given: list[str] | None) -> Marks:
    """The marks, with what the user says in place of what was detected."""
    return replace(marks, **{name: tuple(values) for name, values in given.items() if values})


def _tables(found: dict[str, Any]) -> list[Table | str]:
    plain = {name: value for name, value in found.items() if not isinstance(value, dict) and value is not None}
    parts: list[Table | str] = ["", _figures("The log", plain)]
    parts += ["", _figures("Handover network", found["network"])]
    parts += ["", _row("Handovers", "Share of cases", found["handover_pmf"])]
    if found["decision"] is None:
        return [*parts, "", "Decisions: not available, since the log does not say what one is: see --decision"]
    parts += ["", _figures("Days to decision", found["decision"])]
    return [*parts, "", _weeks(found["decisions_per_week_after_receipt"])]


def _figures(title: str, figures: dict[str, float]) -> Table:
    grid = table(title, "Value", numbers=(1,))
    for name, value in figures.items():
        grid.add_row(name, _shown(value))
    return grid


def _row(name: str, what: str, values: dict[str, float]) -> Table:
    grid = table(name, *values, numbers=tuple(range(1, len(values) + 1)))
    grid.add_row(what, *map(_shown, values.values()))
    return grid


def _weeks(kinds: dict[str, dict[str, int] | None]) -> Table:
    weeks = list(kinds["all"] or ())
    grid = table("Decisions in week", *weeks, numbers=tuple(range(1, len(weeks) + 1)))
    for kind, counts in kinds.items():
        grid.add_row(kind, *(map(str, counts.values()) if counts else ["not available"]))
    return grid


def _shown(value: float) -> str:
    if not math.isfinite(value):
        return "not available"
    return str(value) if isinstance(value, int) else f"{value:.4g}"
