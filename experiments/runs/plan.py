"""Which runs a stage of a sweep is made of, in which order, and in which batches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kastje.experiments.designs import Design
from kastje.experiments.runs.work import Batch
from kastje.model import Scenario

SMALLEST, LARGEST = 8, 100
PARTS = 500
"""About so many parts a sweep makes, if its batches then are neither too small nor too large."""


def batch_size(runs: int) -> int:
    """How many runs go into one part: what a kill costs at most, for each worker."""
    return int(np.clip(runs // PARTS, SMALLEST, LARGEST))


@dataclass(frozen=True, eq=False)
class Stage:
    """Some runs of a sweep: `arms` (places in `Design.arms`) and `seeds`, side by side, in the order of the rows.

    The order is by world and seed, so that runs that share a run-in follow each other.
    """

    number: int
    first: int
    arms: NDArray[np.int64]
    seeds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.arms)

    @classmethod
    def of(cls, number: int, first: int, table: pd.DataFrame, wanted: NDArray[np.int64], seeds: range) -> "Stage":
        """Every wanted arm with every seed."""
        arms = np.repeat(wanted, len(seeds))
        numbers = np.tile(np.arange(seeds.start, seeds.stop, dtype=np.int64), len(wanted))
        world = table["world"].to_numpy()[arms]
        order = np.lexsort((arms, numbers, world))
        return cls(number, first, arms[order], numbers[order])

    def batches(
        self, design: Design, table: pd.DataFrame, profiles: Mapping[str, Scenario], size: int
    ) -> Iterator[Batch]:
        """The stage cut into batches of `size` runs; made one by one, however many there are."""
        bare = design.bare()
        for number, start in enumerate(range(0, len(self), size)):
            part = slice(start, start + size)
            arms = self.arms[part].tolist()
            places = sorted(set(arms))
            rows: dict[int, Mapping[str, Any]] = dict(zip(places, table.iloc[places].to_dict("records"), strict=True))
            used = {str(row.get("profile", design.profile)) for row in rows.values()}
            runs = tuple(zip(arms, self.seeds[part].tolist(), strict=True))
            name = f"stage-{self.number:02d}-{number:06d}.parquet"
            yield Batch(name, bare, {one: profiles[one] for one in used}, runs, self.first + start, rows)


def first_stage(design: Design, table: pd.DataFrame) -> Stage:
    """The seeds that every arm gets."""
    everyone = np.arange(len(table), dtype=np.int64)
    return Stage.of(0, 0, table, everyone, range(design.seed, design.seed + design.replications.first))
