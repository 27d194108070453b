"""What one worker does: the runs of a batch, each a row; a run that fails is a row that says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from kastje.experiments.designs import Design
from kastje.experiments.designs.factors import PROFILE
from kastje.model import OUTCOMES, Scenario, simulate

RUN = ("run", "point", "world", "arm", "seed")
ERROR = "error"


@dataclass(frozen=True, eq=False)
class Batch:
    """Runs that belong together: their numbers, their arms (rows of `Design.arms`) and their seeds."""

    name: str
    design: Design
    profiles: Mapping[str, Scenario]
    runs: tuple[tuple[int, int], ...]
    """Of each run its arm's place in `arms`, and its seed."""
    first: int
    arms: Mapping[int, Mapping[str, Any]]

    def __len__(self) -> int:
        return len(self.runs)


def schema_of(design: Design) -> pa.Schema:
    """The columns of a sweep's table: the run, the factors, the outcomes, and what went wrong (missing: nothing)."""
    factors = [(name, pa.string() if name == PROFILE else pa.float64()) for name in design.names]
    kinds = {"arm": pa.string()}
    return pa.schema(
        [(name, kinds.get(name, pa.int64())) for name in RUN]
        + factors
        + [(name, pa.float64()) for name in OUTCOMES]
        + [(ERROR, pa.string())]
    )


def work(batch: Batch) -> pa.Table:
    """Carry out a batch: one row a run, in order. Never raises for a run that fails."""
    made: dict[int, Scenario | str] = {}
    rows = []
    for at, (arm, seed) in enumerate(batch.runs):
        if arm not in made:
            made[arm] = _scenario(batch, arm)
        rows.append(_row(batch, batch.first + at, arm, seed, _outcomes(made[arm], seed)))
    return table(batch.design, rows)


def failed(batch: Batch, why: str) -> pa.Table:
    """The rows of a batch that could not be carried out at all."""
    return table(
        batch.design, [_row(batch, batch.first + at, arm, seed, why) for at, (arm, seed) in enumerate(batch.runs)]
    )


def table(design: Design, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as a table with the sweep's columns."""
    schema = schema_of(design)
    return pa.table({name: [row[name] for row in rows] for name in schema.names}, schema=schema)


def _scenario(batch: Batch, arm: int) -> Scenario | str:
    try:
        return batch.design.scenario(batch.arms[arm], batch.profiles)
    except Exception as error:
        return line(error)


def _outcomes(scenario: Scenario | str, seed: int) -> dict[str, float] | str:
    if isinstance(scenario, str):
        return scenario
    try:
        return simulate(scenario, seed=seed).as_dict()
    except Exception as error:
        return line(error)


def _row(batch: Batch, number: int, arm: int, seed: int, found: dict[str, float] | str) -> dict[str, Any]:
    one = batch.arms[arm]
    row = {"run": number, "point": one["point"], "world": one["world"], "arm": one["arm"], "seed": seed}
    row.update({name: one[name] for name in batch.design.names})
    if isinstance(found, str):
        return row | dict.fromkeys(OUTCOMES, np.nan) | {ERROR: found}
    return row | {name: found[name] for name in OUTCOMES} | {ERROR: None}


def line(error: BaseException) -> str:
    """An error as one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:500]
