"""Options that the analyses over many inputs share, and how one of them ends."""

from typing import Annotated

import typer

from kastje.commands import options
from kastje.experiments.studies.sensitivity.inputs import ASSUMED, CORE
from kastje.experiments.studies.sensitivity.ranges import ranges

INPUTS_PANEL = "Inputs"

Factors = Annotated[
    list[str] | None,
    typer.Option(
        "--factor",
        metavar="NAME[=LOW..HIGH]",
        help="What is varied, repeatable: a lesson, or a parameter within the bounds of "
        "docs/experiments-sensitivity.md or your own. The load is always among them.",
        rich_help_panel=INPUTS_PANEL,
        show_default=False,
    ),
]
Assumed = Annotated[
    str | None,
    typer.Option(
        "--assumed",
        metavar="|".join(ASSUMED),
        help=f"Without --factor: which assumed parameters are varied, {sum(one.core for one in ranges().values())} or "
        f"all {len(ranges())} that have bounds; {CORE} when it is not given.",
        show_default=False,
        rich_help_panel=INPUTS_PANEL,
    ),
]
FixedLessons = Annotated[
    list[str] | None,
    typer.Option(
        "--lesson",
        metavar="NAME=0..1",
        help="A lesson at the same intensity in every run, repeatable.",
        rich_help_panel=INPUTS_PANEL,
        show_default=False,
    ),
]
FixedSettings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PARAMETER=VALUE",
        help="A parameter at the same value in every run, repeatable.",
        rich_help_panel=INPUTS_PANEL,
        show_default=False,
    ),
]
Figures = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar="NAME",
        help="An outcome, or collapse (whether the organisation had tipped), repeatable; open_share is always there.",
        show_default=False,
    ),
]
Replications = Annotated[
    int,
    typer.Option(
        "--replications",
        parser=options.whole(1, options.MOST_REPLICATIONS),
        help="How many seeds at every point.",
        rich_help_panel=options.RUNS_PANEL,
        metavar="N",
    ),
]
