"""The runs of a surge design, seed by seed: a part is one seed in every arm, so that it holds whole pairs."""

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from experiments.designs import Design
from experiments.resilience import YEAR_WEEKS, followed, weeks_until_back
from experiments.runner import never, on_threads
from experiments.surges.design import EXTRA
from experiments.sweep import Store
from experiments.sweep import store as stores
from experiments.sweep.work import ERROR, line, schema_of
from model import OUTCOMES, Scenario

BACK, WEEKS, WORST, WEEKLY = "back", "weeks_until_back", "worst_ratio", "lead_time_by_week"
"""Whether the lead time is back within a year of the surge's end (1 or 0); the weeks until then, 52 for who is not; the
greatest ratio of the lead times with and without the surge; the lead time around each week. NaN in calm runs."""

SCHEMA_MORE = [(name, pa.float64()) for name in (BACK, WEEKS, WORST)] + [(WEEKLY, pa.list_(pa.float64()))]


def carry_out(
    design: Design,
    workers: int,
    *,
    folder: Path | None = None,
    about: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """The rows of every run of the design, in order; with a `folder` they are kept, and those there are not run again.

    `progress(done, total)` counts seeds. Raises InputError when the folder holds another design, model or other files.
    """
    seeds = range(design.seed, design.seed + design.replications.first)
    profiles = design.profiles()
    if folder is None:
        made = pa.concat_tables(_made(design, profiles, seeds, workers, len(seeds), progress))
        return made.to_pandas().sort_values("run", ignore_index=True)
    store = Store(folder)
    with store.opened(design, profiles, about or {}):
        missing = [seed for seed in seeds if not store.has(_part(seed))]
        with _session(store, workers) as session:
            for table in _made(design, profiles, missing, workers, len(seeds), progress):
                store.put(_part(table["seed"][0].as_py()), table)
                session["runs"] += len(table)
        rows = store.table()
        store.note(runs=len(rows), failed=store.failures())
        return rows


@contextmanager
def _session(store: Store, workers: int) -> Iterator[dict[str, Any]]:
    """One go at the runs, noted in the manifest however it ends."""
    begun, before = time.monotonic(), store.manifest["sessions"]
    session = {"started": stores.now(), "executor": "threads", "workers": workers, "runs": 0}
    status = stores.STOPPED
    try:
        yield session
        status = stores.COMPLETE
    finally:
        session["seconds"] = round(time.monotonic() - begun, 3)
        store.note(sessions=[*before, session], status=status, ended=stores.now())


def _made(
    design: Design,
    profiles: Mapping[str, Scenario],
    seeds: Sequence[int],
    workers: int,
    total: int,
    progress: Callable[[int, int], None] | None,
) -> Iterator[pa.Table]:
    done = total - len(seeds)
    tell = progress or (lambda now, of: None)
    tell(done, total)
    if seeds:
        one = partial(runs_of, design, profiles)
        for number, table in enumerate(on_threads(one, seeds, workers, never), start=done + 1):
            yield table
            tell(number, total)


def runs_of(design: Design, profiles: Mapping[str, Scenario], seed: int) -> pa.Table:
    """One seed in every arm, a row a run; a run that fails is a row that says why, and its pairs are not available."""
    arms = design.arms
    weekly: dict[tuple[str, float], np.ndarray] = {}
    rows = []
    for at, arm in enumerate(arms.to_dict("records")):
        row = {name: arm[name] for name in ("point", "world", "arm", EXTRA)} | {"seed": seed}
        row["run"] = (seed - design.seed) * len(arms) + at
        try:
            weeks, outcomes = followed(design.scenario(arm, profiles), seed)
        except Exception as error:
            row |= {WEEKLY: [], **dict.fromkeys(OUTCOMES, math.nan), ERROR: line(error)}
        else:
            weekly[str(arm["arm"]), float(arm[EXTRA])] = weeks
            row |= {WEEKLY: weeks.tolist(), **outcomes, ERROR: None}
        rows.append(row)
    lasts = math.ceil(design.fixed["work.surge_weeks"])
    for row in rows:
        key = str(row["arm"]), float(row[EXTRA])
        row |= _recovered(weekly.get((key[0], 0.0)), weekly.get(key) if key[1] else None, lasts)
    schema = pa.schema(list(schema_of(design))[:-1] + [pa.field(*one) for one in SCHEMA_MORE] + [(ERROR, pa.string())])
    return pa.table({name: [row[name] for row in rows] for name in schema.names}, schema=schema)


def _recovered(calm: np.ndarray | None, surged: np.ndarray | None, lasts: int) -> dict[str, float]:
    if calm is None or surged is None:
        return dict.fromkeys((BACK, WEEKS, WORST), math.nan)
    weeks = weeks_until_back(calm, surged, lasts)
    back = math.isfinite(weeks) and weeks <= YEAR_WEEKS
    return {BACK: float(back), WEEKS: weeks if back else float(YEAR_WEEKS), WORST: float(np.nanmax(surged / calm))}


def _part(seed: int) -> str:
    return f"seed-{seed:010d}.parquet"
