"""A figure as a function of the points of a design: its mean over the seeds, and how much of it is the seeds' doing."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kastje.experiments.difference.paired import beside, today_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Function:
    """`values`: the figure at every point, the mean over its seeds (NaN: not available at that point).

    `noise` is the variance that the seeds leave in such a mean: of what is left of the figure after the effects of
    point and seed, divided by the number of seeds. All points have the same seeds, so what a seed does to all of them
    alike moves no difference between points and is not in it. NaN with a single seed.
    """

    values: Floats
    noise: float

    @classmethod
    def of(cls, cells: Floats) -> "Function":
        """From the figure of every point (rows) and seed (columns)."""
        return cls(_means(cells), _noise(cells))

    def noise_share(self, used: slice = slice(None)) -> float:
        """The share of the variance between these points that the seeds account for; NaN where it cannot be told."""
        values = self.values[used]
        values = values[np.isfinite(values)]
        spread = float(np.var(values)) if len(values) > 1 else 0.0
        return self.noise / spread if spread > 0.0 else math.nan


def cells_of(table: pd.DataFrame, outcome: str, points: int, *, difference: bool) -> Floats:
    """The figure of each of the first `points` points by seed; NaN where not available.

    `table` is what `Store.table` gives. With `difference`: less today's of the same world and seed; 0 at a point that
    is today itself.
    """
    rows = table[table["point"] < points]
    found = rows[outcome].to_numpy(np.float64)
    if difference:
        found = found - beside(today_of(table)[outcome], rows).to_numpy(np.float64)
    seeds = np.unique(table["seed"].to_numpy())
    cells = np.full((points, len(seeds)), np.nan)
    cells[rows["point"].to_numpy(), np.searchsorted(seeds, rows["seed"].to_numpy())] = found
    return cells


def _means(cells: Floats) -> Floats:
    there = np.isfinite(cells)
    count = there.sum(axis=1)
    sums = np.where(there, cells, 0.0).sum(axis=1)
    return np.divide(sums, count, out=np.full(len(cells), np.nan), where=count > 0)


def _noise(cells: Floats) -> float:
    """From the points that have every seed: with gaps the effects of points and seeds do not come apart."""
    whole = cells[np.isfinite(cells).all(axis=1)]
    points, seeds = whole.shape
    if points < 2 or seeds < 2:
        return math.nan
    rest = whole - whole.mean(axis=1, keepdims=True) - whole.mean(axis=0) + whole.mean()
    return float((rest**2).sum() / ((points - 1) * (seeds - 1)) / seeds)
