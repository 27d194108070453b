"""`kastje sensitivity`: on which inputs the difference that the lessons make depends, or a figure itself."""

import math
from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.table import Table

from kastje.commands import options
from kastje.commands.analyses import (
    Assumed,
    Factors,
    Figures,
    FixedLessons,
    FixedSettings,
    Replications,
    inputs_from,
)
from kastje.commands.study import tell
from kastje.commands.sweep import carried
from kastje.commands.terminal import table
from kastje.experiments.runs.carry import Swept
from kastje.experiments.studies.sensitivity.answer import Answer, answer, wanted
from kastje.experiments.studies.sensitivity.document import document, write
from kastje.experiments.studies.sensitivity.labels import figure_label, with_name
from kastje.experiments.studies.sensitivity.question import (
    DIFFERENCE,
    KINDS,
    OF,
    POINTS,
    SOBOL,
    Question,
    question,
)

SHOWN = 10

Method = Annotated[
    str,
    typer.Option(
        "--method",
        metavar="|".join(KINDS),
        help="sobol: shares of the variance, alone and with others. morris: changes over each range, in fewer runs.",
    ),
]
Of = Annotated[
    str,
    typer.Option(
        "--of",
        metavar="|".join(OF),
        help="difference: what the lessons change against today in the same world; all at 1 unless said otherwise. "
        "level: the figure itself; then the lessons are varied too.",
    ),
]
Points = Annotated[
    int | None,
    typer.Option(
        "--points",
        parser=options.whole(2, 100_000),
        help=f"Base points, a power of two (sobol, {POINTS['sobol']}), or trajectories (morris, {POINTS['morris']}). "
        "Each is as many points as there are factors and two, or one, more.",
        metavar="N",
        rich_help_panel=options.RUNS_PANEL,
        show_default=False,
    ),
]


def sensitivity(
    profile: options.Profile,
    out: options.Out,
    method: Method = SOBOL,
    of: Of = DIFFERENCE,
    factor: Factors = None,
    assumed: Assumed = None,
    lesson: FixedLessons = None,
    set_: FixedSettings = None,
    outcome: Figures = None,
    points: Points = None,
    replications: Replications = 5,
    seed: options.Seed = 1,
    days: options.Days = None,
    workers: options.Workers = options.CORES,
    processes: options.Processes = False,
    scheduler: options.Scheduler = "",
    as_json: options.AsJson = False,
) -> None:
    """Which inputs decide what the lessons bring? Sobol indices or Morris effects, the load always among the inputs.

    Example: kastje sensitivity tilburg --method morris --of difference --out results/morris
    """
    outcomes = wanted(outcome or ())
    inputs = inputs_from(profile, factor, assumed, lesson, set_, days, with_lessons=of != DIFFERENCE)
    asked = question(inputs, profile=profile, method=method, of=of, points=points, replications=replications, seed=seed)
    settings = {"profile": profile, "method": method, "of": of}
    about = {"title": asked.design.name, "settings": settings}
    swept = carried(asked.design, out, options.place(workers, processes, scheduler), about)
    found = answer(asked, swept.store.table(), outcomes)
    pictures = write(asked, found, swept)
    told = document(asked, found, swept) | {"pictures": pictures}
    tell(told, _shown(asked, found, swept), swept.failures, as_json=as_json, folder=out)


def _shown(asked: Question, found: Answer, swept: Swept) -> Iterator[Table | str]:
    design = asked.design
    yield f"{swept.runs} runs: {len(design)} points, {design.replications.first} seeds each"
    for about in found.figures.to_dict("records"):
        name = str(about["outcome"])
        yield from ("", f"{figure_label(name)} ({name}), {asked.of}: {_figure(about, asked)}")
        if about["sd"] > 0.0:
            yield _table(asked, found, name)
    yield from ("", _reading(asked))


def _figure(about: dict[str, Any], asked: Question) -> str:
    if not about["sd"] > 0.0:
        return f"{_number(about['mean'])} at every point, so that it depends on none of the factors"
    said = f"10, 50, 90 % of the points at {about['p10']:.3g}, {about['p50']:.3g}, {about['p90']:.3g}"
    if asked.of == DIFFERENCE:
        said += f"; below 0 at {about['below_zero']:.0%} of them"
    noise = f"; chance accounts for {about['noise_share']:.0%} of the variance"
    return said + (noise if math.isfinite(about["noise_share"]) else "; one seed: no telling what chance accounts for")


def _table(asked: Question, found: Answer, name: str) -> Table:
    columns = ("total", "first") if asked.method == SOBOL else ("mu_star", "mu", "sigma")
    grid = table("Factor", *[c for one in columns for c in (one, "95 %")], "", numbers=(1, 3, 5))
    rows = found.indices[found.indices["outcome"] == name].head(SHOWN)
    for row in rows.to_dict("records"):
        cells = [
            text
            for one in columns
            for text in (_number(row[one]), f"{_number(row[f'{one}_low'])} .. {_number(row[f'{one}_high'])}")
        ]
        grid.add_row(with_name(row["factor"]), *cells, "" if row["above_noise"] else "not told from chance")
    return grid


def _number(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "not available"


def _reading(asked: Question) -> str:
    if asked.method == SOBOL:
        return (
            "first: the share of the variance that a factor takes by itself; total: with all that it does with others."
        )
    return "mu*: the mean size of the change when a factor goes over its whole range; mu: with its sign; sigma: spread."
