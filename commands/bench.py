"""`kastje bench`: how fast the engine is, beside its peers in one run."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kastje.commands.options import AsJson
from kastje.commands.terminal import complain, print_json, progress, show, table
from kastje.evidence.bench import FULL, LOOPS, QUICK, Report
from kastje.evidence.bench import bench as measure
from kastje.experiments.files import write_json

NAMES = {
    "kastje": "Kastje",
    "simpy": "SimPy",
    "ciw": "Ciw",
    "mesa": "Mesa's event list",
    "bare_loop": "bare compiled heap loop",
    "drawing_loop": "the same with a draw per event",
}


def bench(
    quick: Annotated[bool, typer.Option("--quick", help="Fewer rounds, and no municipality of 2,800 staff.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the JSON document here too.")] = None,
    as_json: AsJson = False,
) -> None:
    """How fast the engine is: a textbook queue beside SimPy, Ciw, Mesa and a bare loop, and what municipalities cost.

    Takes one to two minutes. A contestant that does not give the wait of theory is exit code 1.

    Example: kastje bench --out benchmarks/latest.json
    """
    size = QUICK if quick else FULL
    with progress("Rounds", size.rounds + size.months + size.years) as tick:
        report = measure(size, progress=tick)
    if out is not None:
        write_json(out, report.as_dict())
    if as_json:
        print_json(report.as_dict())
    else:
        _print(report)
    if report.missed:
        complain(f"bench: not the mean wait of theory: {', '.join(report.missed)}")
        raise typer.Exit(1)


def _print(report: Report) -> None:
    found = report.as_dict()
    queue, where = report.queue, report.machine
    versions = ", ".join(f"{name} {number}" for name, number in where["versions"].items())
    show(f"Python {where['python']}, {where['system']}, {where['cpu_count']} processors; {versions}", "")
    show(
        f"M/M/{queue.servers} at a load of {queue.load:g}; theory: a mean wait of {3600 * queue.mean_wait:.2f} s. "
        f"An event is {found['event']}; medians over the rounds, CPU time, run-in and compilation excluded."
    )
    show(_queue_table(report), "")
    show(f"By its own count, with what textbook customers do not do, Kastje handles {_many(found)} events/s.", "")
    show("The engine at three sizes (the Tilburg profile so many times over; events of its own agenda):")
    show(_size_table(report), "")
    show("A year of the shipped profiles, run-in excluded; measuring the outcomes comes on top:")
    show(_year_table(report))


def _many(found: dict[str, float]) -> str:
    return f"{found['engine_events_per_second']:,.0f}"


def _queue_table(report: Report) -> Table:
    grid = table("Who", "ns/event", "Range", "Events/s", "Kastje is", "Errors from theory", numbers=(1, 2, 3, 4, 5))
    for name, one in report.as_dict()["contestants"].items():
        errors = one["standard_errors_from_theory"]
        beside = "" if name == "kastje" else f"{report.times_faster(name):.1f} times as fast"
        if name in LOOPS:
            beside = f"{report.times_slower(name):.1f} times as slow"
        grid.add_row(
            NAMES[name],
            f"{one['nanoseconds_per_event']:,.0f}",
            f"{one['fastest']:,.0f} .. {one['slowest']:,.0f}",
            f"{1.0 / report.seconds_per_event(name):,.0f}",
            beside,
            "nobody waits" if errors is None else f"{errors:+.1f}",
        )
    return grid


def _size_table(report: Report) -> Table:
    grid = table("Staff", "Events", "ns/event", numbers=(0, 1, 2))
    for one in report.as_dict()["cost_by_staff"]:
        grid.add_row(f"{one['staff']:,}", f"{one['engine_events']:,}", f"{one['nanoseconds_per_event']:,.0f}")
    return grid


def _year_table(report: Report) -> Table:
    grid = table("Profile", "Staff", "Events", "ms/year", "Outcomes, ms", numbers=(1, 2, 3, 4))
    for name, one in report.as_dict()["replication_year"].items():
        grid.add_row(
            name,
            f"{one['staff']}",
            f"{one['engine_events']:,}",
            f"{one['milliseconds']:.0f}",
            f"{one['outcomes_milliseconds']:.0f}",
        )
    return grid
