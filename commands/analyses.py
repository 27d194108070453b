"""Options that the analyses over many inputs share, and the inputs that they ask for."""

from typing import Annotated

import typer

from kastje.commands import options
from kastje.commands.settings import read_factor, read_lessons, read_parameters, with_days
from kastje.experiments.designs.levers import load
from kastje.experiments.studies.sensitivity.inputs import ASSUMED, CORE, Inputs, inputs_of
from kastje.experiments.studies.sensitivity.ranges import ranges, varied

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


def inputs_from(
    profile: str,
    factors: list[str] | None,
    assumed: str | None,
    lessons: list[str] | None,
    settings: list[str] | None,
    days: int | None,
    *,
    with_lessons: bool = True,
) -> Inputs:
    """The inputs that these options ask for. Raises InputError, one line, for the first that is wrong."""
    today = load(profile)
    return inputs_of(
        profile,
        factors=[varied(*read_factor(setting), today) for setting in factors or ()],
        lessons=read_lessons(lessons or ()),
        parameters=with_days(read_parameters(settings or ()), days),
        assumed=assumed,
        with_lessons=with_lessons,
    )
