"""Sobol's indices: which share of a figure's variance over the inputs goes with each of them, alone and in all.

With the points of `designs.kinds.saltelli` (A, B, and A with B's column of factor i) and f centred, of n rows,

    V   = Var(f(A), f(B))
    S_i = mean[ f(B) (f(A_i) - f(A)) ] / V          first order   (Saltelli et al. 2010, table 2, b)
    T_i = mean[ (f(A) - f(A_i))^2 ] / 2 V           total order   (the same, f: Jansen 1999)

by scipy.stats.sobol_indices. T_i - S_i is what factor i does together with others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kastje.experiments.difference.mean import CONFIDENCE
from kastje.experiments.studies.sensitivity.function import Floats, Function

RESAMPLES = 1000
FIELDS = ("first", "first_low", "first_high", "total", "total_low", "total_high")


@dataclass(frozen=True)
class Sobol:
    """First and total order indices of a figure by factor, with 95 % bootstrap intervals over the base points.

    `rows` is the number of base points that they rest on; 0, and every index NaN, where the figure does not vary or
    is not available. `noise_share` is the share of the variance that the seeds account for: a total index no larger
    than that is what a factor gets that only stirs chance.
    """

    factors: tuple[str, ...]
    first: Floats
    first_interval: Floats
    total: Floats
    total_interval: Floats
    rows: int
    noise_share: float

    @classmethod
    def of(cls, function: Function, factors: Sequence[str], *, seed: int = 0) -> "Sobol":
        """From the figure at the points of a Saltelli design, in its order.

        A base point counts when the figure is there at all of its k + 2 points; of those, as many as make a power of
        two, which is what the sequence is balanced for.
        """
        k = len(factors)
        blocks = function.values.reshape(k + 2, -1)
        whole = blocks[:, np.isfinite(blocks).all(axis=0)]
        rows = 1 << (whole.shape[1].bit_length() - 1) if whole.shape[1] else 0
        whole = whole[:, :rows]
        if rows < 2 or np.ptp(whole[:2]) == 0.0:
            nothing = np.full(k, np.nan)
            return cls(tuple(factors), nothing, np.full((2, k), np.nan), nothing, np.full((2, k), np.nan), 0, np.nan)
        first, total = estimated(whole)
        low, high = _bootstrapped(whole, seed)
        share = function.noise_share(slice(0, 2 * blocks.shape[1]))
        ends = np.array([low, high])
        return cls(tuple(factors), first, ends[:, 0], total, ends[:, 1], rows, share)

    def table(self) -> pd.DataFrame:
        """One row a factor, largest total index first."""
        columns = [self.first, *self.first_interval, self.total, *self.total_interval]
        made = pd.DataFrame(dict(zip(FIELDS, columns, strict=True)))
        made.insert(0, "factor", self.factors)
        made["rows"] = self.rows
        made["above_noise"] = made["total_low"] > (self.noise_share if np.isfinite(self.noise_share) else 0.0)
        return made.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def estimated(blocks: Floats) -> Floats:
    """First and total indices, shape (2, k), from f in blocks of rows: A, B, A_1 .. A_k; rows a power of two."""
    from scipy.stats import sobol_indices

    # scipy takes several figures at once: ours is a single one.
    function = {"f_A": blocks[0:1], "f_B": blocks[1:2], "f_AB": blocks[2:, np.newaxis, :]}
    found = sobol_indices(func=function, n=blocks.shape[1])
    return np.array([found.first_order, found.total_order])


def _bootstrapped(blocks: Floats, seed: int) -> tuple[Floats, Floats]:
    """The ends of the 95 % intervals, each of shape (2, k): percentiles of the indices of resampled base points.

    scipy's own `SobolResult.bootstrap` cannot be given a seed: the same command would print other intervals.
    """
    from scipy.stats import bootstrap

    interval = bootstrap(
        (np.arange(blocks.shape[1]),),
        lambda rows: estimated(blocks[:, rows]),
        vectorized=False,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        # Not BCa: its jackknife leaves a row out, and scipy's indices want a power of two.
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return interval.low, interval.high
