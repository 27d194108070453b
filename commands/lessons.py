"""`kastje lessons`: all combinations of the lessons, and what each lesson and each package is worth."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import pandas as pd
import typer
from rich.table import Table

from kastje.commands import options
from kastje.commands.study import tell
from kastje.commands.sweep import about_of, carried
from kastje.commands.terminal import chance, progress, table
from kastje.experiments.designs import Design
from kastje.experiments.runs.carry import Swept
from kastje.experiments.runs.tables import write_tables
from kastje.experiments.studies.factorial import LOADS, cubes_of, lessons_design
from kastje.experiments.studies.factorial.cube import numbers_of
from kastje.experiments.studies.factorial.summary import rows_of, summary
from kastje.experiments.studies.factorial.tables import tables
from kastje.model import LESSONS, OUTCOMES
from kastje.model.lessons import LESSON_TABLE

SHOWN = ("satisfaction", "lead_time_days_mean", "on_time_share", "stories_per_case", "open_share", "lever_hours")


def lessons(
    profile: options.Profile,
    out: options.Out,
    load: Annotated[
        list[float] | None,
        typer.Option(
            "--load",
            parser=options.number,
            help=f"Demand relative to today, repeatable; {' and '.join(map(str, LOADS))} when it is not given.",
            show_default=False,
            metavar="RATIO",
        ),
    ] = None,
    set_: options.Settings = None,
    ramp_days: options.RampDays = None,
    replications: options.Replications = 20,
    seed: options.Seed = 1,
    workers: options.Workers = options.CORES,
    processes: options.Processes = False,
    scheduler: options.Scheduler = "",
    as_json: options.AsJson = False,
) -> None:
    """Every combination of the lessons, paired: effects, interactions, exact Shapley values, packages.

    The same command again goes on where it stopped.

    Example: kastje lessons tilburg --out results/tilburg-lessons --load 1.0 --load 1.15
    """
    fixed = options.fixed_by(set_, ramp_days)
    design = lessons_design(profile, loads=load or LOADS, replications=replications, seed=seed, fixed=fixed)
    swept = carried(design, out, options.place(workers, processes, scheduler), about_of(design, "lessons"))
    with progress("Working out what they show", 1):
        found, pictures = worked_out(swept)
    told = _document(swept, design, found, pictures)
    tell(told, _shown(swept, found), swept.failures, as_json=as_json, folder=out)


def worked_out(swept: Swept) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Write the tables and pictures of a complete factorial beside its runs; gives both, pictures by name."""
    from kastje.experiments.studies.factorial.picture import draw

    rows = swept.store.table()
    found = tables(rows)
    write_tables(swept.store.folder, found)
    return found, draw(found, cubes_of(rows), swept.store.folder, swept.store.manifest)


def _document(swept: Swept, design: Design, found: Mapping[str, pd.DataFrame], pictures: list[str]) -> dict[str, Any]:
    manifest = swept.store.manifest
    return {
        "settings": {"profile": design.profile, "parameters": dict(design.fixed)},
        "seeds": [design.seed, design.seed + design.replications.first - 1],
        "model": manifest["model"],
        "version": manifest["origin"]["kastje"],
        **swept.as_dict(),
        "tables": sorted(found),
        "pictures": pictures,
        "loads": summary(found),
    }


def _shown(swept: Swept, found: Mapping[str, pd.DataFrame]) -> Iterator[Table | str]:
    for load in found["together"]["load"].unique():
        yield from (f"Load {load:g}: all lessons, and the best and worst packages", _together(found, load), "")
        yield "What each lesson brings of it (Shapley values, with 95 % intervals; they add up)"
        yield from (_lessons(found, load), "")
        yield "The strongest interactions (how much more one adds when the other is there)"
        yield from (_pairs(found, load), "")
    yield "Packages by the numbers of their lessons. Best and worst: chosen on half of the seeds, measured on others."
    yield f"{swept.runs} runs, with tables (Parquet and CSV) and pictures (SVG and PDF)."


def _together(found: Mapping[str, pd.DataFrame], load: float) -> Table:
    grid = table("Outcome", "Today", "All", "Difference", "Synergy", "Best package", "Worst package", numbers=(1, 2))
    for name in SHOWN:
        row = rows_of(found["together"], load, name).iloc[0]
        several = {one["which"]: one for one in rows_of(found["packages"], load, name).to_dict("records")}
        grid.add_row(
            f"{OUTCOMES[name].label['en']} [{OUTCOMES[name].unit['en']}]",
            OUTCOMES[name].written(row["today"]),
            OUTCOMES[name].written(row["all"]),
            with_interval(name, row),
            with_interval(name, row, "synergy_"),
            *(_package(name, several.get(which)) for which in ("best", "worst")),
        )
    return grid


def _package(name: str, row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "not available"
    return f"{numbers_of(int(row['combination']))}: {with_interval(name, row)}"


def _lessons(found: Mapping[str, pd.DataFrame], load: float) -> Table:
    grid = table("Lesson", *(OUTCOMES[name].label["en"] for name in SHOWN))
    shapley = found["lessons"][found["lessons"]["measure"] == "shapley"]
    by_outcome = {name: rows_of(shapley, load, name).set_index("lesson") for name in SHOWN}
    for lesson in LESSONS:
        cells = (with_interval(name, by_outcome[name].loc[lesson]) for name in SHOWN)
        grid.add_row(f"{LESSON_TABLE[lesson].number} {LESSON_TABLE[lesson].label.en}", *cells)
    return grid


def _pairs(found: Mapping[str, pd.DataFrame], load: float, most: int = 3) -> Table:
    grid = table("Outcome", "Lessons", "Interaction", "Certainty")
    for name in SHOWN[:4]:
        rows = rows_of(found["interactions"], load, name)
        strongest = rows.reindex(rows["mean"].abs().sort_values(ascending=False, kind="stable").index)
        for row in strongest.head(most).to_dict("records"):
            both = " x ".join(LESSON_TABLE[row[one]].label.en for one in ("lesson", "other"))
            grid.add_row(OUTCOMES[name].label["en"], both, with_interval(name, row), chance(row["certainty"]))
    return grid


def with_interval(name: str, row: Mapping[str, Any], prefix: str = "") -> str:
    """A difference with its interval, in the outcome's unit: a decimal more than the outcome itself, if it has any."""
    mean, low, high = (float(row[f"{prefix}{field}"]) for field in ("mean", "low", "high"))
    if mean != mean:
        return "not available"
    text = _finer(name, mean)
    return f"{text} ({_finer(name, low)} .. {_finer(name, high)})" if low == low else f"{text} (no interval)"


def _finer(name: str, value: float) -> str:
    outcome = OUTCOMES[name]
    decimals = outcome.decimals + (1 if outcome.decimals else 0)
    return f"{round(value * outcome.scale, decimals) + 0.0:+.{decimals}f}"
