"""Arguments and options that commands share, and the scenario that they stand for."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from kastje.commands.settings import read_lessons, read_parameters, with_days
from kastje.experiments.designs.levers import scenario_of
from kastje.experiments.designs.reading import LARGEST_FIRST_SEED
from kastje.experiments.runs import places
from kastje.model import LESSONS, Scenario
from kastje.model.errors import one_of_two


def whole(low: int, high: int | None = None) -> Callable[[str], int]:
    """How to read a whole number from `low` to `high`; its error names the value and what was expected."""
    expected = f"a whole number of at least {low}" if high is None else f"a whole number from {low} to {high}"

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if number < low or (high is not None and number > high):
            raise typer.BadParameter(f"{text}: expected {expected}")
        return number

    return parse


def number(text: str) -> float:
    """A number from the command line; its error names the value and what was expected."""
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"{text}: expected a number") from None


CALLED = {
    "assumed": "--assumed",
    "before": "--from",
    "conditions": "--where",
    "extras": "--extra",
    "factors": "--factor",
    "fixed": "--set",
    "folder": "--out",
    "lessons": "--lesson",
    "load": "--load",
    "loads": "--load",
    "method": "--method",
    "of": "--of",
    "outcomes": "--outcome",
    "parameters": "--set",
    "points": "--points",
    "scheduler": "--scheduler",
    "target": "--out",
    "weeks": "--weeks",
    "weights": "--outcome",
    # The columns of a log.
    **{part: f"--{part}" for part in ("case", "activity", "resource", "timestamp", "answer")},
}
"""Which option gives an argument of the library; what the library says of the argument is told of the option."""

LONGEST_DAYS = 1095
MOST_REPLICATIONS = 100_000

LESSONS_PANEL = "Levers"
RUNS_PANEL = "Runs"

Profile = Annotated[
    str,
    typer.Argument(
        metavar="PROFILE",
        help=f"A shipped profile ({', '.join(Scenario.profiles())}) or a TOML file.",
        show_default=False,
    ),
]
Lessons = Annotated[
    list[str] | None,
    typer.Option(
        "--lesson",
        metavar="NAME=0..1",
        help=f"The intensity of a lesson, repeatable: {', '.join(LESSONS)}, or all. What comes later wins.",
        rich_help_panel=LESSONS_PANEL,
        show_default=False,
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PARAMETER=VALUE",
        help="Another value for a parameter, repeatable; kastje parameters lists them.",
        rich_help_panel=LESSONS_PANEL,
        show_default=False,
    ),
]
StartDay = Annotated[
    int | None,
    typer.Option(
        "--start-day",
        parser=whole(0, LONGEST_DAYS),
        help="The day on which the lessons begin.",
        rich_help_panel=LESSONS_PANEL,
        metavar="DAY",
    ),
]
RampDays = Annotated[
    int | None,
    typer.Option(
        "--ramp-days",
        parser=whole(0, LONGEST_DAYS),
        help="Over how many days the lessons grow to their intensity.",
        rich_help_panel=LESSONS_PANEL,
        metavar="DAYS",
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        "--days", parser=whole(1), help="The horizon in calendar days.", rich_help_panel=RUNS_PANEL, metavar="N"
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed",
        parser=whole(0, LARGEST_FIRST_SEED),
        help="The first seed: same seed, same result.",
        rich_help_panel=RUNS_PANEL,
        metavar="N",
    ),
]
Replications = Annotated[
    int,
    typer.Option(
        "--replications",
        parser=whole(1, MOST_REPLICATIONS),
        help="How many pairs of runs.",
        rich_help_panel=RUNS_PANEL,
        metavar="N",
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        parser=whole(1, 256),
        help="How many threads, or processes, run at the same time; the default is one a core.",
        rich_help_panel=RUNS_PANEL,
        metavar="N",
        show_default=False,
    ),
]
Out = Annotated[
    Path,
    typer.Option("--out", help="The folder for the runs and what they show; made when it is not there.", metavar="DIR"),
]
Processes = Annotated[
    bool,
    typer.Option("--processes", help="Processes in place of threads.", rich_help_panel=RUNS_PANEL),
]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler",
        help="A Dask scheduler all of whose workers do the runs, such as tcp://10.0.0.5:8786; in place of --workers.",
        rich_help_panel=RUNS_PANEL,
        metavar="ADDRESS",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document to standard output and nothing else.")]

CORES = os.cpu_count() or 1


def place(workers: int, processes: bool, scheduler: str) -> places.Place:
    """Where the runs are made: on a cluster, in processes, or else on threads. Raises InputError for two of them."""
    if scheduler and processes:
        raise one_of_two("--processes", "--scheduler")
    if scheduler:
        return places.Dask(scheduler)
    return places.Processes(workers) if processes else places.Threads(workers)


def fixed_by(settings: list[str] | None, ramp_days: int | None) -> dict[str, float]:
    """What `--set` and `--ramp-days` hold fixed in every run of a design. Raises InputError, one line."""
    return read_parameters(settings or ()) | ({} if ramp_days is None else {"ramp_days": float(ramp_days)})


def scenario_from(
    profile: str,
    lessons: list[str] | None,
    settings: list[str] | None,
    days: int | None = None,
    start_day: int | None = None,
    ramp_days: int | None = None,
) -> Scenario:
    """The scenario that these arguments stand for. Raises InputError, one line, for the first that is wrong."""
    parameters = with_days(read_parameters(settings or ()), days)
    timing = {"start_day": start_day, "ramp_days": ramp_days}
    given = {name: value for name, value in timing.items() if value is not None}
    return scenario_of(profile, parameters | read_lessons(lessons or ()) | given)
