"""`kastje sweep`: the runs of a design into a folder of Parquet parts, and what they show against today."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from kastje.commands import options
from kastje.commands.study import tell
from kastje.commands.terminal import Failed, Stopped, complain, progress
from kastje.experiments.designs import Design, read_design
from kastje.experiments.difference import paired
from kastje.experiments.runs.carry import Swept
from kastje.experiments.runs.carry import sweep as carry_out
from kastje.experiments.runs.places import Place
from kastje.experiments.runs.store import all_failed
from kastje.experiments.runs.tables import write_tables
from kastje.experiments.runs.watch import Watch

EFFECTS = "effects"
COLLAPSE = "collapse"
NAMED = 3
"""So many kinds of failure are named where all runs failed."""


def sweep(
    design: Annotated[
        Path, typer.Argument(metavar="DESIGN.toml", help="The design; docs/experiments.md has examples.")
    ],
    out: options.Out,
    workers: options.Workers = options.CORES,
    processes: options.Processes = False,
    scheduler: options.Scheduler = "",
    as_json: options.AsJson = False,
) -> None:
    """The runs of a design into a folder; the same command again goes on where it stopped.

    Example: kastje sweep load.toml --out results/load --workers 2
    """
    read = read_design(design)
    swept = carried(read, out, options.place(workers, processes, scheduler), {"title": read.name})
    if read.paired:
        summarise(swept, read)
    said = f"{swept.runs} runs, {swept.made} of them now, in {swept.seconds:.0f} s."
    tell(document(swept), [said], swept.failures, as_json=as_json, folder=out)


def carried(design: Design, out: Path, place: Place, about: dict[str, Any]) -> Swept:
    """Carry out a design with a progress bar.

    Raises Stopped when it was stopped, and Failed when every run failed.
    """
    about = {"settings": {"profile": design.profile}, **about}
    with going_on(out), progress(f"Runs on {place}", 2) as tick:
        swept = carry_out(design, out, place, Watch(tick), about=about)
    some_ran(swept.failures, swept.runs)
    return swept


def some_ran(failures: Mapping[str, int], runs: int) -> None:
    """Raises Failed, which says what went wrong how often and what to do, when every one of these runs failed."""
    if not all_failed(failures, runs):
        return
    first = [f"{count:,} times {what}" for what, count in list(failures.items())[:NAMED]]
    others = [f"{len(failures) - NAMED:,} other errors"] if len(failures) > NAMED else []
    what = "; ".join([*first, *others])
    raise Failed(f"all {runs:,} runs failed: {what}. Mend what it says, and the same command makes them again")


@contextmanager
def going_on(out: Path) -> Iterator[None]:
    """Ctrl-C within it is a stop from which the same command goes on: Stopped, which says so. So does SIGTERM."""
    on = f"the same command goes on from the runs in {out}"
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(on) from None
    except SystemExit:
        complain(f"ended from outside: {on}")
        raise


def about_of(design: Design, title: str) -> dict[str, Any]:
    """What the manifest of a study says of how it was made."""
    return {"title": title, "settings": {"profile": design.profile, "parameters": dict(design.fixed)}}


def summarise(swept: Swept, design: Design) -> None:
    """Write what the runs show against today beside them, with each point's factors, as Parquet and CSV."""
    table = swept.store.table()
    factors = design.arms[["point", *design.names]]
    with progress("Working out what they show", 2) as tick:
        found = {EFFECTS: paired.effects(table, progress=tick), COLLAPSE: paired.collapse(table)}
    write_tables(swept.store.folder, {name: factors.merge(one, on="point") for name, one in found.items()})


def document(swept: Swept) -> dict[str, Any]:
    """How it ended, as plain data."""
    return swept.as_dict() | {"made": swept.made, "seconds": swept.seconds}
