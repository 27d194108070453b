"""`kastje log`: the event log of one run as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from kastje.commands import options
from kastje.commands.phrase import phrase
from kastje.commands.terminal import print_json, progress, show
from kastje.experiments.files import written_aside
from kastje.experiments.logs.ocel import write_ocel
from kastje.experiments.logs.xes import write_xes, write_xes_gz
from kastje.experiments.runs.tables import write_parquet
from kastje.experiments.stamp import in_csv
from kastje.model import simulate
from kastje.model.errors import unexpected

Writer = Callable[[pd.DataFrame, Path], None]


def _csv(events: pd.DataFrame, path: Path) -> None:
    in_csv(events).to_csv(path, index=False, lineterminator="\n", date_format="%Y-%m-%dT%H:%M:%S.%f")


WRITERS: dict[str, Writer] = {
    ".csv": _csv,
    ".parquet": write_parquet,
    ".xes": write_xes,
    ".xes.gz": write_xes_gz,
    ".json": write_ocel,
}
"""Who writes which ending."""


def log(
    profile: options.Profile,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Where to: .csv, .parquet, .xes, .xes.gz or .json (OCEL 2.0).",
            show_default=False,
        ),
    ],
    lesson: options.Lessons = None,
    set_: options.Settings = None,
    start_day: options.StartDay = None,
    ramp_days: options.RampDays = None,
    seed: options.Seed = 1,
    days: options.Days = None,
    as_json: options.AsJson = False,
) -> None:
    """The event log of one run, in the format that the file's ending names.

    Example: kastje log groningen --lesson shared_information=1 --seed 3 --days 90 --out groningen.csv
    """
    write = next((WRITERS[ending] for ending in WRITERS if out.name.lower().endswith(ending)), None)
    if write is None:
        raise unexpected("--out", str(out), phrase("form.ending", endings=tuple(WRITERS)))
    scenario = options.scenario_from(profile, lesson, set_, days, start_day, ramp_days)
    with written_aside(out) as aside, progress("Running", 1) as tick:
        events = simulate(scenario, seed=seed, log=True).event_log
        assert events is not None, "log=True asks for the events"
        write(events, aside)
        tick(1, 1)
    written = {"file": str(out), "events": len(events), "cases": int(events["case"].nunique()), "seed": seed}
    if as_json:
        print_json(written)
    else:
        show(f"{out}: {written['events']} events of {written['cases']} cases")
