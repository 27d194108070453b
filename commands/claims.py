"""`kastje claims`: conclusions about the lessons, each held against runs and given a verdict."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kastje.commands import options
from kastje.commands.settings import read_parameters
from kastje.commands.study import tell
from kastje.commands.sweep import carried
from kastje.commands.terminal import table
from kastje.experiments.files import write_json
from kastje.experiments.runs.carry import Swept
from kastje.experiments.runs.places import Place
from kastje.experiments.runs.store import Store
from kastje.experiments.runs.tables import write_tables
from kastje.experiments.studies.claims import Ruling, Study, chosen
from kastje.experiments.studies.claims.cells import FAR, FIRST, Layout
from kastje.experiments.studies.claims.report import (
    ALONE_TABLE,
    CELLS,
    CLAIMS,
    COLLAPSE,
    alone_table,
    cells_table,
    claims_table,
    collapse_table,
    document,
    seeds,
)
from kastje.experiments.studies.claims.verdicts import judge
from kastje.model.errors import one_of_two

REPLICATIONS, QUICK = 8, 5
FAR_FOLDER = "far-seeds"
DOCUMENT = "claims.json"


def claims(
    out: options.Out,
    claim: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLAIM",
            help="Claims to test: ids of shipped ones, YAML files, folders of them; none is every shipped one.",
            show_default=False,
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help=f"A first look: {QUICK} pairs, and no structural alternatives.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Every combination of circumstances: hours in place of minutes.")
    ] = False,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            metavar="PROFILE",
            help="Test them here, repeatable: a shipped profile or a TOML file, in place of the claims' own profiles.",
            show_default=False,
        ),
    ] = None,
    set_: options.Settings = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            parser=options.whole(2, options.MOST_REPLICATIONS),
            help=f"How many pairs of runs in each cell; without it {REPLICATIONS}.",
            rich_help_panel=options.RUNS_PANEL,
            metavar="N",
        ),
    ] = None,
    seed: options.Seed = 1,
    workers: options.Workers = options.CORES,
    processes: options.Processes = False,
    scheduler: options.Scheduler = "",
    as_json: options.AsJson = False,
) -> None:
    """Hold claims about the lessons against runs: which hold everywhere, which depend on something, which fail.

    Example: kastje claims --out results/claims
    """
    if quick and full:
        raise one_of_two("--quick", "--full")
    layout: Layout = "quick" if quick else "full" if full else "usual"
    pairs = replications or (QUICK if quick else REPLICATIONS)
    named = chosen(claim) if not profile else [one.at(profile) for one in chosen(claim)]
    study = Study(tuple(named), layout, pairs, seed, read_parameters(set_ or ()), alone=not claim)
    _finish(study, _run(study, out, options.place(workers, processes, scheduler)), out, as_json)


def _run(study: Study, out: Path, place: Place) -> dict[str, Swept]:
    """The runs with the first seeds into the folder itself, those with seeds far away into one within it."""
    done: dict[str, Swept] = {}
    for block, folder in ((FIRST, out), (FAR, out / FAR_FOLDER)):
        design = study.design(block)
        if design is None:
            continue
        done[block] = carried(design, folder, place, {"title": "claims"})
    return done


def _finish(study: Study, done: dict[str, Swept], out: Path, as_json: bool) -> None:
    failures: Counter[str] = Counter()
    for swept in done.values():
        failures.update(swept.failures)
    tested = study.tested({block: swept.store.table() for block, swept in done.items()})
    verdicts = [judge(one, tested) for one in study.claims]
    tables = {CLAIMS: claims_table(verdicts), CELLS: cells_table(verdicts)}
    if study.alone:
        tables |= {ALONE_TABLE: alone_table(tested), COLLAPSE: collapse_table(tested)}
    write_tables(out, tables)
    found = document(study, verdicts, failures)
    write_json(out / DOCUMENT, found)
    Store(out).note(claims={one.claim.id: one.verdict for one in verdicts})
    tell(found, _shown(study, verdicts), failures, as_json=as_json, folder=out)


def _shown(study: Study, verdicts: list[Ruling]) -> Iterator[Table | str]:
    first, last = seeds(study, FIRST)
    yield _table(verdicts)
    yield f"{study.replications} pairs in every cell, seeds {first} .. {last}; the tables have the intervals."
    yield "Holds: in every cell the 95 % interval lies beyond the smallest effect that matters. Depends: it surely"
    yield "holds in some cells and surely fails in others (after Holm). Unclear: more pairs may tell (--replications)."
    if study.layout == "quick":
        yield "A first look: the structural alternatives were left out, so nothing here is said of them."


def _table(verdicts: list[Ruling]) -> Table:
    grid = table("Claim", "Source", "Ruling", "Why")
    for one in verdicts:
        grid.add_row(one.claim.id, one.claim.source, one.verdict, one.why)
    return grid
