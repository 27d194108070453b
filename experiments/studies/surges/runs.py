"""The runs of a surge design, seed by seed: a part is one seed in every arm, so that it holds whole pairs."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from kastje.experiments.designs import Design
from kastje.experiments.runs.attempt import noted
from kastje.experiments.runs.carrier import Carrier
from kastje.experiments.runs.places import Place, Workers
from kastje.experiments.runs.store import Store
from kastje.experiments.runs.watch import NOBODY, Watch, nothing
from kastje.experiments.runs.work import ERROR, line, schema_of
from kastje.experiments.studies.surges.design import EXTRA
from kastje.experiments.studies.surges.recovery import WEEKS
from kastje.experiments.studies.surges.resilience import YEAR_WEEKS, followed, weeks_until_back
from kastje.model import OUTCOMES, Scenario

BACK, WORST, WEEKLY = "back", "worst_ratio", "lead_time_by_week"
"""Whether the lead time is back within a year of the surge's end (1 or 0; `WEEKS` has the weeks until then, if it is);
the greatest ratio of the lead times with and without the surge; the lead time around each week. NaN in calm runs."""

SCHEMA_MORE = [(name, pa.float64()) for name in (BACK, WEEKS, WORST)] + [(WEEKLY, pa.list_(pa.float64()))]


@dataclass(frozen=True)
class Piece:
    """One seed of a surge design in every arm: what one worker does at a time."""

    design: Design
    profiles: Mapping[str, Scenario]
    seed: int


def carry_out(
    design: Design,
    place: Place,
    watch: Watch = NOBODY,
    *,
    profiles: Mapping[str, Scenario] | None = None,
    folder: Path | None = None,
    about: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """The rows of every run of the design, in order; with a `folder` they are kept, and those there are not run again.

    Who watches is told of runs; cancelled, it gives the rows that were made. `profiles` are those of the design where
    they cannot be loaded by name. Raises InputError when the folder holds another design, model or other files.
    """
    profiles = profiles or design.profiles()
    seeds = range(design.seed, design.seed + design.replications.first)
    pieces = [Piece(design, profiles, seed) for seed in seeds]
    with place.opened() as workers:
        if folder is None:
            made: list[pa.Table] = []
            _carry(pieces, workers, len(pieces), watch, lambda _, table: made.append(table))
            return pa.concat_tables([_table(pieces[0], []), *made]).to_pandas().sort_values("run", ignore_index=True)
        store = Store(folder)
        with store.opened(design, profiles, about or {}):
            missing = [piece for piece in pieces if not store.has(_part(piece.seed))]
            with noted(store, workers) as attempt:

                def put(piece: Piece, table: pa.Table) -> None:
                    store.put(_part(piece.seed), table)

                attempt.complete = _carry(missing, workers, len(pieces), watch, put, attempt.stopping)
            return store.table()


def _carry(
    pieces: Sequence[Piece],
    workers: Workers,
    total: int,
    watch: Watch,
    put: Callable[[Piece, pa.Table], None],
    stopping: Callable[[], None] = nothing,
) -> bool:
    done, each = total - len(pieces), len(pieces[0].design.arms) if pieces else 1
    watch.progress(done * each, total * each)

    def counted(piece: Piece, table: pa.Table) -> None:
        nonlocal done
        put(piece, table)
        done += 1
        watch.progress(done * each, total * each)

    return Carrier(workers, runs_of, failed, counted, watch, stopping).carry(iter(pieces))


def runs_of(piece: Piece) -> pa.Table:
    """One seed in every arm, a row a run; a run that fails is a row that says why, and its pairs are not available."""
    weekly: dict[tuple[str, float], np.ndarray] = {}
    rows = _rows(piece)
    arms = piece.design.arms.to_dict("records")
    # World by world: today and the choice share their run-in.
    for row, arm in sorted(zip(rows, arms, strict=True), key=lambda both: int(both[1]["world"])):
        try:
            weeks, outcomes = followed(piece.design.scenario(arm, piece.profiles), piece.seed)
        except Exception as error:
            row[ERROR] = line(error)
        else:
            weekly[str(arm["arm"]), float(arm[EXTRA])] = weeks
            row |= {WEEKLY: weeks.tolist(), **outcomes}
    lasts = math.ceil(piece.design.fixed["work.surge_weeks"])
    for row in rows:
        key = str(row["arm"]), float(row[EXTRA])
        row |= _recovered(weekly.get((key[0], 0.0)), weekly.get(key) if key[1] else None, lasts)
    return _table(piece, rows)


def failed(piece: Piece, why: str) -> pa.Table:
    """The rows of a seed that could not be carried out at all."""
    return _table(piece, [row | _recovered(None, None, 0) | {ERROR: why} for row in _rows(piece)])


def _rows(piece: Piece) -> list[dict[str, Any]]:
    """A row for every arm, with nothing in it yet."""
    arms = piece.design.arms.to_dict("records")
    first = (piece.seed - piece.design.seed) * len(arms)
    return [
        {name: arm[name] for name in ("point", "world", "arm", EXTRA)}
        | {"seed": piece.seed, "run": first + at, WEEKLY: [], **dict.fromkeys(OUTCOMES, math.nan), ERROR: None}
        for at, arm in enumerate(arms)
    ]


def _table(piece: Piece, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    whole = list(schema_of(piece.design))
    schema = pa.schema([*whole[:-1], *(pa.field(*one) for one in SCHEMA_MORE), whole[-1]])
    return pa.table({name: [row[name] for row in rows] for name in schema.names}, schema=schema)


def _recovered(calm: np.ndarray | None, surged: np.ndarray | None, lasts: int) -> dict[str, float]:
    if calm is None or surged is None:
        return dict.fromkeys((BACK, WEEKS, WORST), math.nan)
    weeks = weeks_until_back(calm, surged, lasts)
    back = math.isfinite(weeks) and weeks <= YEAR_WEEKS
    return {BACK: float(back), WEEKS: weeks if back else math.nan, WORST: float(np.nanmax(surged / calm))}


def _part(seed: int) -> str:
    return f"seed-{seed:010d}.parquet"
