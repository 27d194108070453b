"""`kastje discover`: where among lessons, loads and assumptions something happens, such as harm to residents."""

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.table import Table

from kastje.commands import options
from kastje.commands.analyses import Assumed, Factors, FixedLessons, FixedSettings, Replications, inputs_from
from kastje.commands.phrase import phrase
from kastje.commands.study import tell
from kastje.commands.sweep import carried
from kastje.commands.terminal import progress, table
from kastje.experiments.designs import Design, Factor
from kastje.experiments.runs.carry import Swept
from kastje.experiments.runs.tables import write_tables
from kastje.experiments.studies.discovery.condition import (
    DEFAULT,
    Condition,
    points_of,
    read_conditions,
)
from kastje.experiments.studies.discovery.document import document, picture, words
from kastje.experiments.studies.discovery.prim import Box, Discovery, library
from kastje.experiments.studies.discovery.prim import discover as search
from kastje.experiments.studies.discovery.tables import tables
from kastje.experiments.studies.sensitivity.labels import with_name
from kastje.model.errors import unexpected

POINTS = 500
SEARCH_PANEL = "Search"

Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="'NAME < X'",
        help="What is looked for, repeatable (then all must hold): an outcome, or OUTCOME_difference for what the "
        f"lessons change, in its own unit (shares and satisfaction 0 to 1), and a threshold. Without it: '{DEFAULT}'.",
        rich_help_panel=SEARCH_PANEL,
        show_default=False,
    ),
]
Certain = Annotated[
    bool,
    typer.Option(
        "--certain",
        help="A point counts only when the whole 95 % interval over its seeds is beyond the threshold.",
        rich_help_panel=SEARCH_PANEL,
    ),
]
Boxes = Annotated[
    int,
    typer.Option(
        "--boxes",
        parser=options.whole(1, 10),
        help="How many boxes at most.",
        metavar="N",
        rich_help_panel=SEARCH_PANEL,
    ),
]
Mass = Annotated[
    float,
    typer.Option(
        "--mass",
        parser=options.number,
        help="A box holds at least this share of the points.",
        metavar="SHARE",
        rich_help_panel=SEARCH_PANEL,
    ),
]
Points = Annotated[
    int,
    typer.Option(
        "--points",
        parser=options.whole(20, 100_000),
        help="How many points of a latin hypercube over the factors.",
        metavar="N",
        rich_help_panel=options.RUNS_PANEL,
    ),
]


def discover(
    profile: options.Profile,
    out: options.Out,
    where: Where = None,
    certain: Certain = False,
    factor: Factors = None,
    assumed: Assumed = None,
    lesson: FixedLessons = None,
    set_: FixedSettings = None,
    points: Points = POINTS,
    boxes: Boxes = 3,
    mass: Mass = 0.05,
    replications: Replications = 5,
    seed: options.Seed = 1,
    days: options.Days = None,
    workers: options.Workers = options.CORES,
    processes: options.Processes = False,
    scheduler: options.Scheduler = "",
    as_json: options.AsJson = False,
) -> None:
    """Where do the lessons fail residents? PRIM boxes over lessons, load and assumed parameters.

    Example: kastje discover tilburg --where "lead_time_days_mean_difference > 0" --out results/worse
    """
    conditions = read_conditions(where or ())
    if not 0.0 < mass <= 0.5:
        raise unexpected("--mass", mass, phrase("form.share"))
    if certain and replications < 2:
        raise unexpected("--replications", replications, phrase("form.several"))
    library()  # Before hours of runs, not after them.
    inputs = inputs_from(profile, factor, assumed, lesson, set_, days)
    design = Design.of(
        inputs.factors,
        kind="latin_hypercube",
        profile=profile,
        name="discover",
        fixed=inputs.fixed,
        replications=replications,
        seed=seed,
        size=points,
    )
    about = {"title": design.name, "settings": {"profile": profile, "where": [str(one) for one in conditions]}}
    swept = carried(design, out, options.place(workers, processes, scheduler), about)
    swept.store.note(settings=about["settings"])  # Another question to the runs that are there.
    there = points_of(swept.store.table(), design.names, conditions, certain=certain)
    with progress("Searching for boxes", 1):
        found = search(there, design.factors, most=boxes, least_mass=mass)
    factors = {one.name: one for one in design.factors}
    write_tables(swept.store.folder, {"points": there, **tables(found, factors)})
    picture(found, factors, conditions, swept)
    told = document(design, conditions, certain, found, swept)
    tell(told, _shown(factors, conditions, certain, found, swept), swept.failures, as_json=as_json, folder=out)


def _shown(
    factors: dict[str, Factor], conditions: tuple[Condition, ...], certain: bool, found: Discovery, swept: Swept
) -> Iterator[Table | str]:
    surely = " for certain" if certain else ""
    yield f"{swept.runs} runs"
    share = f"{found.interest / found.points:.0%}" if found.points else "none"
    yield f"{words(conditions)}{surely}: at {found.interest} of {found.points} points ({share})"
    for number, box in enumerate(found.boxes, start=1):
        yield from ("", f"Box {number}: {_box(box)}", _limits(box, factors))
    if not found.boxes:
        yield f"No box: {found.why}."


def _box(box: Box) -> str:
    kept = (
        f"{box.held_density:.0%} of {box.held_n} points kept apart" if box.held_n else "no point kept apart is inside"
    )
    verdict = "confirmed" if box.confirmed else "NOT confirmed: it may be chance"
    return (
        f"density {box.density:.0%} against {box.base:.0%} over all points that were left, coverage "
        f"{box.coverage:.0%}, {box.mass:.0%} of the points; {kept} (p = {box.held_p:.2g}): {verdict}"
    )


def _limits(box: Box, factors: dict[str, Factor]) -> Table:
    grid = table("Factor", "From", "To", "Varied from", "To", "Quasi-p", numbers=(1, 2, 3, 4))
    for limit in box.limits:
        whole = factors[limit.factor]
        chances = ", ".join(f"{p:.2g}" for p in (limit.quasi_p_low, limit.quasi_p_high) if p == p)
        ends = (limit.low, limit.high, whole.low, whole.high)
        grid.add_row(with_name(limit.factor), *(f"{end:.3g}" for end in ends), chances)
    return grid
