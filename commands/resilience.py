"""`kastje resilience`: how long surges of demand are felt, with the lessons and without them."""

import math
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.table import Table

from kastje.commands import options
from kastje.commands.study import tell
from kastje.commands.sweep import going_on, some_ran
from kastje.commands.terminal import chance, progress, table
from kastje.experiments.designs import Design
from kastje.experiments.runs.places import Place
from kastje.experiments.runs.store import failures_in
from kastje.experiments.runs.tables import write_tables
from kastje.experiments.runs.watch import Watch
from kastje.experiments.studies.surges.design import surge_design
from kastje.experiments.studies.surges.findings import (
    CALM_MARGIN,
    FIGURES,
    MARGIN,
    NOT_BACK,
    TIPS,
    WEEKS,
    WORST,
    Findings,
    findings,
    told,
)
from kastje.experiments.studies.surges.runs import carry_out
from kastje.model import Scenario

SURGE_PANEL = "Surge"
LABELS = {
    WEEKS: ("Weeks until back, median", 1.0, 1),
    NOT_BACK: ("Not back within a year, %", 100.0, 0),
    WORST: ("Worst, times the calm lead time", 1.0, 2),
    CALM_MARGIN: ("Distance to the tipping point, calm", 1.0, 1),
    MARGIN: ("Distance to the tipping point, with the surge", 1.0, 1),
    TIPS: ("Tipped, %", 100.0, 0),
}
"""Label, scale and decimals of each figure."""

Extra = Annotated[
    list[float] | None,
    typer.Option(
        "--extra",
        parser=options.number,
        help="So much more demand, repeatable: 1 is twice as much, and what is done without it.",
        rich_help_panel=SURGE_PANEL,
        metavar="X",
        show_default=False,
    ),
]
Weeks = Annotated[
    int,
    typer.Option(
        "--weeks", parser=options.whole(1, 52), help="How long it lasts.", rich_help_panel=SURGE_PANEL, metavar="N"
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="A folder for the runs and tables; the same command again goes on where it stopped.",
        metavar="DIR",
        show_default=False,
    ),
]


def resilience(
    profile: options.Profile,
    lesson: options.Lessons = None,
    set_: options.Settings = None,
    start_day: options.StartDay = None,
    ramp_days: options.RampDays = None,
    extra: Extra = None,
    weeks: Weeks = 8,
    out: Out = None,
    replications: options.Replications = 20,
    seed: options.Seed = 1,
    workers: options.Workers = options.CORES,
    processes: options.Processes = False,
    scheduler: options.Scheduler = "",
    as_json: options.AsJson = False,
) -> None:
    """Surges of demand: weeks until the lead time is back, in how many runs it is not within a year, what tips.

    Example: kastje resilience groningen --lesson all=1 --extra 0.5 --extra 1 --weeks 8 --out results/surge
    """
    scenario = options.scenario_from(profile, lesson, set_, None, start_day, ramp_days)
    design = surge_design(
        scenario,
        profile,
        extras=extra or (1.0,),
        weeks=weeks,
        replications=replications,
        seed=seed,
    )
    rows = _carried(design, scenario, out, options.place(workers, processes, scheduler))
    failures = failures_in(rows)
    some_ran(failures, len(rows))
    found = findings(rows)
    if out is not None:
        write_tables(out, {"recovery": found.recovery, "difference": found.difference})
    document = _document(design, scenario, found, out)
    tell(document, _shown(design, scenario, found), failures, as_json=as_json, folder=out)


def _carried(design: Design, scenario: Scenario, out: Path | None, place: Place) -> pd.DataFrame:
    about = {"title": design.name, "settings": scenario.as_dict()}
    arms = "with the lessons and without" if design.paired else "today"
    with (
        nullcontext() if out is None else going_on(out),
        progress(f"Runs, calm and with each surge, {arms}", 2) as tick,
    ):
        return carry_out(design, place, Watch(tick), folder=out, about=about)


def _sizes(design: Design) -> list[float]:
    return [float(size) for size in design.factors[0].levels if size]


def _document(design: Design, scenario: Scenario, found: Findings, out: Path | None) -> dict[str, Any]:
    weeks = int(design.fixed["work.surge_weeks"])
    surges = [{"surge": {"extra": extra, "weeks": weeks}, **_surge(found, extra)} for extra in _sizes(design)]
    return {
        # The first surge by itself, as it has always been; all of them in `surges`.
        **surges[0],
        "surges": surges,
        "replications": design.replications.first,
        "seed": design.seed,
        "settings": scenario.as_dict(),
        **({} if out is None else {"folder": str(out)}),
    }


def _surge(found: Findings, extra: float) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for arm in ("today", "choice"):
        if figures := found.arm(extra, arm):
            said[arm] = {**{name: told(name, figures[name]) for name in FIGURES}, "intervals": figures}
    if change := found.change(extra):
        said["difference"] = change
    return said


def _shown(design: Design, scenario: Scenario, found: Findings) -> Iterator[Table | str]:
    title = scenario.profile.title.in_language("en")
    weeks = int(design.fixed["work.surge_weeks"])
    for extra in _sizes(design):
        yield f"{title}: {1 + extra:g} times the demand for {weeks} weeks; {design.replications.first} seeds"
        yield from (_table(found, extra), "")
    yield "Back: within 10 % of the lead time without the surge, four weeks on end. The weeks are a median: half are"
    yield "back by then, and who is not within a year counts as later. Open: what that leaves unknown of a difference."
    yield "Distance to the tipping point: so many times the open cases, and questions about them take all spare hours."


def _table(found: Findings, extra: float) -> Table:
    arms = {arm: figures for arm in ("today", "choice") if (figures := found.arm(extra, arm))}
    change = found.change(extra)
    columns = [text for arm in arms for text in (arm.capitalize(), "95 % interval")]
    grid = table("", *columns, *(("Difference", "95 % interval", "Certainty") if change else ()), numbers=(1, 3, 5))
    for name, (label, scale, decimals) in LABELS.items():
        cells = [text for figures in arms.values() for text in _with_interval(name, figures[name], scale, decimals)]
        if change:
            row = change[name]
            cells += [*_with_interval(name, row, scale, decimals, sign="+"), chance(row["certainty"])]
        grid.add_row(label, *cells)
    return grid


def _with_interval(name: str, row: dict[str, float], scale: float, decimals: int, sign: str = "") -> tuple[str, str]:
    def said(value: float) -> str:
        if math.isinf(value):
            return "open" if sign else "not within a year"
        return f"{value * scale + 0.0:{sign}.{decimals}f}" if math.isfinite(value) else "not available"

    value = told(name, row)
    between = "-" if math.isnan(row["low"]) else f"{said(row['low'])} .. {said(row['high'])}"
    return "open" if sign and row["n"] and math.isnan(value) else said(value), between
