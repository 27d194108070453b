"""`kastje validate`: whether input is right, and where today's organisation lands."""

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kastje.commands.options import CALLED, CORES, MOST_REPLICATIONS, AsJson, Seed, Workers, whole
from kastje.commands.terminal import complain, print_json, progress, show, table
from kastje.experiments.designs.levers import load
from kastje.experiments.runs.places import Threads
from kastje.experiments.runs.runner import Runs
from kastje.experiments.runs.watch import Watch
from kastje.experiments.studies.bands import Landing, landings
from kastje.model import InputError, Scenario
from kastje.model.process import Process
from kastje.model.reading import read_toml


@dataclass(frozen=True)
class Report:
    """What was found about one target: a profile or a process, valid or with the error that says why not."""

    target: str
    kind: str
    error: str | None = None
    landings: list[Landing] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        found = [landing.as_dict() for landing in self.landings]
        return {
            "target": self.target,
            "kind": self.kind,
            "valid": self.error is None,
            "error": self.error,
            "bands": found,
        }


def validate(
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="TARGET...", help="Shipped profiles, or TOML files with a profile or a process.", show_default=False
        ),
    ],
    replications: Annotated[
        int,
        typer.Option("--replications", parser=whole(1, MOST_REPLICATIONS), help="How many runs of today.", metavar="N"),
    ] = 20,
    seed: Seed = 1,
    workers: Workers = CORES,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 1 when a figure leaves its band and the profile does not say why."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check profiles and processes, and show where a profile's organisation of today (all lessons at 0) lands.

    A wrong file is exit code 2. A figure outside the band of what is known is shown, and is no error without --strict.

    Example: kastje validate tilburg my-town.toml --strict
    """
    reports = [_report(target, replications, seed, workers) for target in targets]
    if as_json:
        print_json([report.as_dict() for report in reports])
    for report in reports:
        if report.error:
            complain(report.error)
        elif not as_json:
            show(f"{report.target}: a valid {report.kind}")
            if report.landings:
                show(f"Today, all lessons at 0, mean of {replications} runs:", _table(report.landings))
    if any(report.error for report in reports):
        raise typer.Exit(2)
    if strict and not all(landing.accounted_for for report in reports for landing in report.landings):
        raise typer.Exit(1)


def _report(target: str, replications: int, seed: int, workers: int) -> Report:
    try:
        if _holds_process(target):
            Process.load(Path(target))
            return Report(target, "process")
        scenario = load(target)
        return Report(target, "profile", landings=_landings(target, scenario, replications, seed, workers))
    except InputError as error:
        return Report(target, "unknown", str(error.said.called(CALLED)))


def _holds_process(target: str) -> bool:
    """Whether a file says by its tables that it is a process: a profile has departments, a process has steps."""
    if target in Scenario.profiles() or not target.endswith(".toml"):
        return False
    tables = read_toml(Path(target))
    return "steps" in tables and "departments" not in tables


def _landings(target: str, scenario: Scenario, replications: int, seed: int, workers: int) -> list[Landing]:
    with progress(f"Runs of {target}", replications) as tick:
        return landings(scenario, Runs(replications, seed, Threads(workers), Watch(tick)))


def _table(found: list[Landing]) -> Table:
    grid = table("What", "Today", "Band", "Verdict", "Source", numbers=(1,))
    for landing in found:
        band = landing.band
        value = f"{landing.value:.4g}" if math.isfinite(landing.value) else "not available"
        grid.add_row(band.label.en, value, f"{band.low:g} .. {band.high:g}", _verdict(landing), band.source.en)
    return grid


def _verdict(landing: Landing) -> str:
    if landing.inside:
        return "in the band"
    verdict = "not available" if landing.inside is None else "outside"
    return f"{verdict}: {landing.reason.en}" if landing.reason else verdict
