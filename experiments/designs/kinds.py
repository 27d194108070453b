"""The kinds of design: how the points of an experiment are laid in the space of its factors."""

import functools
import itertools
import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kastje.experiments.designs.factors import PROFILE, Factor
from kastje.experiments.phrase import phrase
from kastje.model import InputError
from kastje.model.errors import unexpected

MOST_POINTS = 1_000_000
MORRIS_LEVELS = 4
"""Levels of Morris' grid, with a step of levels / (2 (levels - 1)) = 2/3 of the range (Morris 1991)."""

type Points = pd.DataFrame
"""One row a point, one column a factor: numbers, or names of profiles."""


def grid(factors: Sequence[Factor]) -> Points:
    """Every combination of the factors' values; the last factor varies fastest."""
    return _combinations(factors, [factor.all_levels() for factor in factors])


def factorial(factors: Sequence[Factor]) -> Points:
    """Every combination of two values of each factor: 2**k points."""
    return _combinations(factors, [factor.ends() for factor in factors])


def fractional(factors: Sequence[Factor], resolution: int) -> Points:
    """A regular two-level fraction of this resolution (III, IV, V ..), as small as a greedy choice makes it.

    IV: main effects are clear of two-way interactions, which are aliased with each other. V: those are clear too.
    Every factor is the product of some base factors; a fraction has resolution r when no fewer than r factors multiply
    to a constant, that is, any r - 1 of the factors' masks are independent over the field of two elements.
    """
    ends = [factor.ends() for factor in factors]
    base, masks = _generators(len(factors), resolution)
    runs = np.arange(1 << base)
    if len(runs) > MOST_POINTS:
        raise InputError(phrase("design.points", count=len(runs), most=MOST_POINTS))
    columns = {f.name: [ends[at][one] for one in _parity(runs & masks[at])] for at, f in enumerate(factors)}
    return _frame(factors, columns)


def _generators(factors: int, resolution: int) -> tuple[int, list[int]]:
    """How many base factors it takes, and each factor's mask over them: its base factors as bits."""
    for base in range(1, factors):
        masks = [1 << bit for bit in range(base)]
        for candidate in range(1, 1 << base):
            if len(masks) == factors:
                break
            if candidate not in _sums(masks, resolution - 2):
                masks.append(candidate)
        if len(masks) == factors:
            return base, masks
    return factors, [1 << bit for bit in range(factors)]


def _sums(masks: Sequence[int], most: int) -> set[int]:
    """Every sum (exclusive or) of at most so many of these masks."""
    sums = {0}
    for count in range(1, most + 1):
        sums |= {functools.reduce(operator.xor, some) for some in itertools.combinations(masks, count)}
    return sums


def _parity(masks: NDArray[np.int64]) -> NDArray[np.int64]:
    return (np.bitwise_count(masks) & 1).astype(np.int64)


def latin_hypercube(factors: Sequence[Factor], points: int, seed: int) -> Points:
    """`points` points of which the n-th part of every factor's range holds just one (scipy.stats.qmc)."""
    from scipy.stats import qmc  # Here: half a second of import that most commands do not need.

    return _from_unit(factors, qmc.LatinHypercube(len(factors), rng=seed).random(points))


def sobol(factors: Sequence[Factor], points: int, seed: int) -> Points:
    """The first `points` of a scrambled Sobol sequence; a power of two, or its balance is lost."""
    return _from_unit(factors, _sobol_unit(len(factors), points, seed))


def morris(factors: Sequence[Factor], trajectories: int, seed: int) -> Points:
    """Trajectories of k + 1 points in each of which every factor moves once, by 2/3 of its range (Morris 1991).

    Points t (k + 1) .. t (k + 1) + k are those of trajectory t, in order.
    """
    return _from_unit(factors, morris_unit(len(factors), trajectories, seed))


def morris_unit(factors: int, trajectories: int, seed: int) -> NDArray[np.float64]:
    """Morris' trajectories in the unit cube: shape (trajectories * (factors + 1), factors)."""
    rng = np.random.default_rng(seed)
    step = MORRIS_LEVELS / (2.0 * (MORRIS_LEVELS - 1))
    low = np.arange(MORRIS_LEVELS // 2) / (MORRIS_LEVELS - 1)
    walks = []
    for _ in range(trajectories):
        start = rng.choice(low, factors)
        up = rng.integers(0, 2, factors).astype(bool)
        walk = np.tile(np.where(up, start, start + step), (factors + 1, 1))
        for turn, factor in enumerate(rng.permutation(factors), start=1):
            walk[turn:, factor] = start[factor] + (step if up[factor] else 0.0)
        walks.append(walk)
    return np.vstack(walks)


def saltelli(factors: Sequence[Factor], points: int, seed: int) -> Points:
    """The points of a Sobol analysis: A, B, and for each factor A with B's column (Saltelli 2010), n rows each.

    In blocks: n of A, n of B, then n for every factor, in the order of the factors.
    """
    k = len(factors)
    both = _sobol_unit(2 * k, points, seed)
    a, b = both[:, :k], both[:, k:]
    blocks = [a, b]
    for at in range(k):
        block = a.copy()
        block[:, at] = b[:, at]
        blocks.append(block)
    return _from_unit(factors, np.vstack(blocks))


KINDS: dict[str, Callable[..., Points]] = {
    "grid": grid,
    "factorial": factorial,
    "fractional": fractional,
    "latin_hypercube": latin_hypercube,
    "sobol": sobol,
    "morris": morris,
    "saltelli": saltelli,
}


def _combinations(factors: Sequence[Factor], levels: Sequence[Sequence[Any]]) -> Points:
    count = math.prod(len(one) for one in levels)
    if count > MOST_POINTS:
        raise InputError(phrase("design.points", count=count, most=MOST_POINTS))
    rows = list(itertools.product(*levels))
    return _frame(factors, {factor.name: [row[at] for row in rows] for at, factor in enumerate(factors)})


def _sobol_unit(dimensions: int, points: int, seed: int) -> NDArray[np.float64]:
    from scipy.stats import qmc

    if points & (points - 1):
        raise unexpected("size", points, phrase("design.power_of_two", near=_power(points)))
    return np.asarray(qmc.Sobol(dimensions, rng=seed).random_base2(points.bit_length() - 1))


def _from_unit(factors: Sequence[Factor], unit: NDArray[np.float64]) -> Points:
    return _frame(factors, {factor.name: factor.at(unit[:, at]) for at, factor in enumerate(factors)})


def _frame(factors: Sequence[Factor], columns: dict[str, Any]) -> Points:
    kinds = {factor.name: object if factor.name == PROFILE else np.float64 for factor in factors}
    return pd.DataFrame({name: np.asarray(values, kinds[name]) for name, values in columns.items()})


def _power(points: int) -> int:
    return int(2 ** math.ceil(math.log2(points)))
