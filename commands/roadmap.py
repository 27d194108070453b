"""`kastje roadmap`: the best order in which to introduce the lessons, exactly, and the trial of it in the model."""

import math
from pathlib import Path
from typing import Annotated

import typer

from kastje.commands import options
from kastje.commands.phrase import phrase
from kastje.commands.roadmap_tables import shown
from kastje.commands.settings import read_weights
from kastje.commands.study import tell
from kastje.commands.sweep import about_of, carried
from kastje.experiments.runs.origin import record
from kastje.experiments.runs.tables import write_tables
from kastje.experiments.studies.factorial import lessons_design
from kastje.experiments.studies.factorial.design import made_before
from kastje.experiments.studies.roadmap import Plan, Terrain
from kastje.experiments.studies.roadmap.document import document, draw
from kastje.experiments.studies.roadmap.folder import LESSONS_FOLDER, ORDERS_FOLDER, begun, ended
from kastje.experiments.studies.roadmap.ground import cube_of, days_of
from kastje.experiments.studies.roadmap.plan import orders_table, quarters_table, sets_table
from kastje.experiments.studies.roadmap.terrain import checked_weights
from kastje.experiments.studies.roadmap.trial import trial_design, trial_of
from kastje.model import InputError

MOST_QUARTERS = 12
"""Three years: the longest horizon of the model."""

PLAN_PANEL = "The roadmap"


def positive(text: str) -> float:
    """A number above 0 from the command line; its error names the value and what was expected."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0.0 < number < math.inf:
        raise typer.BadParameter(f"{text}: expected a number above 0")
    return number


Budget = Annotated[
    float,
    typer.Option(
        "--budget",
        parser=positive,
        metavar="HOURS",
        help="Staff hours a quarter, for what is there and for introducing what comes.",
        rich_help_panel=PLAN_PANEL,
    ),
]
Worth = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar="NAME[=WEIGHT]",
        help="What counts, repeatable: a weighted sum, in which a weight counts for the better. Default: satisfaction.",
        rich_help_panel=PLAN_PANEL,
        show_default=False,
    ),
]
Quarters = Annotated[
    int,
    typer.Option(
        "--horizon-quarters",
        parser=options.whole(1, MOST_QUARTERS),
        metavar="N",
        help="Over how many quarters of a year it counts.",
        rich_help_panel=PLAN_PANEL,
    ),
]
Introduction = Annotated[
    float,
    typer.Option(
        "--introduction",
        parser=positive,
        metavar="YEARS",
        help="The hours of introducing a lesson, in years of the hours that it then adds.",
        rich_help_panel=PLAN_PANEL,
    ),
]
Load = Annotated[
    float,
    typer.Option(
        "--load",
        parser=options.number,
        metavar="RATIO",
        help="Demand relative to today.",
        rich_help_panel=PLAN_PANEL,
    ),
]
Sampled = Annotated[
    int,
    typer.Option(
        "--sampled",
        parser=options.whole(0, 100),
        metavar="N",
        help="How many orders at random are simulated beside the leading ones.",
        rich_help_panel=PLAN_PANEL,
    ),
]
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="DIR",
        help="A folder of kastje lessons of this profile, so that its runs are not made again.",
        show_default=False,
    ),
]


def roadmap(
    profile: options.Profile,
    budget: Budget,
    out: options.Out,
    outcome: Worth = None,
    horizon_quarters: Quarters = MOST_QUARTERS,
    introduction: Introduction = 1.0,
    load: Load = 1.0,
    sampled: Sampled = 10,
    from_: From = None,
    set_: options.Settings = None,
    ramp_days: options.RampDays = None,
    replications: options.Replications = 20,
    seed: options.Seed = 1,
    workers: options.Workers = options.CORES,
    processes: options.Processes = False,
    scheduler: options.Scheduler = "",
    as_json: options.AsJson = False,
) -> None:
    """The best order to introduce the lessons in under a budget of hours a quarter, exactly; then simulated.

    It makes the runs of all combinations first, unless they are there (--from). The same command again goes on.

    Example: kastje roadmap tilburg --budget 2000 --from results/tilburg-lessons --out results/tilburg-roadmap
    """
    weights = checked_weights(read_weights(outcome or ["satisfaction"]))
    fixed = options.fixed_by(set_, ramp_days)
    place = options.place(workers, processes, scheduler)
    if from_ is not None and fixed:
        raise InputError(phrase("problem.folder_counts", names=tuple(fixed)))
    store = None
    if from_ is None:
        design = lessons_design(profile, loads=[load], replications=replications, seed=seed, fixed=fixed)
    else:
        store, design = made_before(from_, profile)
    with begun(out):
        if store is None:
            store = carried(design, out / LESSONS_FOLDER, place, about_of(design, "lessons")).store
        cube = cube_of(store, design, load, weights)
        terrain = Terrain.of(
            cube,
            weights,
            days_of(design),
            budget=budget,
            horizon=float(horizon_quarters),
            introduction=introduction,
        )
        plan = Plan.of(terrain, sampled=sampled, seed=seed)
        tried = trial_design(
            plan.schedules,
            profile=profile,
            load=load,
            fixed=design.fixed,
            replications=replications,
            # Other seeds than those that the orders were chosen on.
            seed=design.seed + design.replications.first,
        )
        swept = carried(tried, out / ORDERS_FOLDER, place, about_of(tried, "roadmap"))
        trial = trial_of(swept.store.table(), tuple(plan.schedules), weights, tried.fixed["work.horizon_days"])
        found = {"orders": orders_table(plan, trial), "quarters": quarters_table(plan), "sets": sets_table(terrain)}
        write_tables(out, found)
        told = document(plan, trial, found, weights) | {
            "settings": {"profile": profile, "load": load, "parameters": dict(design.fixed)},
            "seeds": {"chosen_on": list(cube.seeds), "simulated_with": [tried.seed, tried.seed + replications - 1]},
            "origin": record(),
        }
        draw(plan, out, told)
        ended(out, told)
    tell(told, shown(plan, trial, found, told), swept.failures, as_json=as_json, folder=out)
