"""`kastje reproduce`: an old result made again, and whether it is the same."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from typer.core import TyperGroup

from kastje.commands import options
from kastje.commands.again import Again
from kastje.commands.shown import held_report, held_scenario
from kastje.commands.terminal import print_json, show, table
from kastje.experiments.again.held import DIFFERENT, IDENTICAL, ROUNDING, Held
from kastje.experiments.again.told import REPORT, SCENARIO, TABLE, Told, of_a_study, told
from kastje.experiments.designs.levers import load
from kastje.experiments.runs.origin import origin
from kastje.model import InputError

SHOWN = 20
ASKED = ("kastje", "model", "analysis", "python", "machine")
WORDS = {
    "kastje": "another version",
    "model": "another model",
    "analysis": "other rules of what is worked out from runs",
    "python": "another Python",
    "machine": "another kind of processor",
    "libraries": "other libraries",
    "profiles": "another profile",
}
SAYS = {
    IDENTICAL: "Identical.",
    ROUNDING: "The same within rounding of floating point, as another machine or library gives.",
    DIFFERENT: "Different.",
}


def reproduce(
    ctx: typer.Context,
    result: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|FILE",
            help="A study's folder, a JSON document, an event log, a report, a saved scenario.",
            show_default=False,
        ),
    ],
    sample: Annotated[
        int,
        typer.Option("--sample", parser=options.whole(1), help="Of a folder, so many runs of each sweep.", metavar="N"),
    ] = 20,
    everything: Annotated[bool, typer.Option("--all", help="Of a folder, every run.")] = False,
    profile: Annotated[
        str | None,
        typer.Option("--profile", help="The profile that it is of, when its file lies elsewhere now.", metavar="FILE"),
    ] = None,
    workers: options.Workers = options.CORES,
    as_json: options.AsJson = False,
) -> None:
    """Make an old result again from what it says of itself, and say whether its figures are the same.

    First it says what has changed since: version, model, libraries, profile. Exit code 1 when a figure is different.

    Example: kastje reproduce results/load
    """
    found = told(result)
    if found.kind == TABLE:
        raise of_a_study(found.path)
    changed = differs(found, profile)
    if not as_json:
        show(f"{result}: {found.line or 'made by the dashboard' if found.kind in (REPORT, SCENARIO) else found.line}")
        show(*[f"{WORDS[what]}: {there} there, {here} here" for what, (there, here) in changed.items()])
    parent = ctx.parent
    assert parent is not None, "a command stands under kastje"
    assert isinstance(parent.command, TyperGroup)
    again = Again(parent.command, profile, None if everything else sample, workers)
    held = _held(found, again)
    if as_json:
        print_json(_document(found, changed, held, again))
    else:
        _show(held, again)
    if held.verdict == DIFFERENT:
        raise typer.Exit(1)


def _held(found: Told, again: Again) -> Held:
    if found.kind == REPORT:
        return held_report(found, again.workers)
    return held_scenario(found, again.workers) if found.kind == SCENARIO else again.held(found)


def differs(found: Told, profile: str | None) -> dict[str, tuple[str, str]]:
    """What is not as it was when the result was made: there and here. What it does not say is left out."""
    here, there = origin(), found.origin
    changed = {name: (str(there[name]), str(here[name])) for name in ASKED if there.get(name, here[name]) != here[name]}
    libraries = there.get("libraries") or here["libraries"]
    other = [name for name in here["libraries"] if libraries.get(name) != here["libraries"][name]]
    if other:
        changed["libraries"] = (_versions(libraries, other), _versions(here["libraries"], other))
    for name, digest in (there.get("profiles") or {}).items():
        try:
            now = load(profile or name).profile.figures_hash()
        except InputError:
            continue  # Whoever makes the runs says that it cannot be read.
        if now != digest:
            changed["profiles"] = (f"{name} {digest}", f"{profile or name} {now}")
    return changed


def _versions(libraries: Mapping[str, str], names: list[str]) -> str:
    return ", ".join(f"{name} {libraries.get(name, '?')}" for name in names)


def _document(found: Told, changed: Mapping[str, tuple[str, str]], held: Held, again: Again) -> dict[str, Any]:
    return {
        "result": str(found.path),
        "kind": found.kind,
        "made_by": found.line,
        "there": dict(found.origin),
        "changed": {name: {"there": there, "here": here} for name, (there, here) in changed.items()},
        "sample": again.sample,
        "left_out": again.notes,
        "figures": held.figures,
        **held.counts,
        "differences": [{"figure": x.figure, "there": x.there, "here": x.here, "by": x.by} for x in held.unlike],
        "verdict": held.verdict,
    }


def _show(held: Held, again: Again) -> None:
    counts = ", ".join(f"{count:,} {name}" for name, count in held.counts.items())
    show(f"{held.figures:,} figures: {counts}")
    show(*again.notes)
    if held.unlike:
        show(_table(held))
    if held.counts[DIFFERENT] > SHOWN:
        show(f".. and {held.counts[DIFFERENT] - SHOWN:,} more; --json names up to 200")
    show(SAYS[held.verdict])


def _table(held: Held) -> Table:
    grid = table("Figure", "There", "Here", "By", numbers=(1, 2, 3))
    for one in held.unlike[:SHOWN]:
        by = "" if math.isnan(one.by) else f"{one.by:+.4g}"
        grid.add_row(one.figure, _short(one.there), _short(one.here), by)
    return grid


def _short(value: Any) -> str:
    text = f"{value:.9g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."
