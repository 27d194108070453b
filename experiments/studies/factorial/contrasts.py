"""Contrasts of a full factorial: what a lesson does on average over, before, after and beside all the others.

Each takes `worth[combination, ...]` and works on all further axes (seeds, outcomes) at once. A seed for which one of
the combinations that a contrast needs is not available has no such contrast.
"""

import itertools

import numpy as np

from kastje.experiments.difference.mean import Floats
from kastje.experiments.difference.shapley import alone, members_of


def main(worth: Floats) -> Floats:
    """Main effects: the mean over all combinations of the others of what a lesson adds. Shape (lessons, ...)."""
    return -transformed(worth)[_singles(worth)] / (len(worth) / 2)


def interactions(worth: Floats) -> Floats:
    """How much more a lesson adds when another is there than when not, the mean over the rest. Shape (pairs, ...).

    (v(both) - v(one)) - (v(other) - v(neither)), in the outcome's own unit: twice the effect of the textbooks on
    two-level designs, which halve it. Pairs in the order of `pairs`.
    """
    return transformed(worth)[[1 << i | 1 << j for i, j in pairs(worth)]] / (len(worth) / 4)


def pairs(worth: Floats) -> list[tuple[int, int]]:
    """The pairs of lessons, in the order of `interactions`."""
    return list(itertools.combinations(range(members_of(worth)), 2))


def last(worth: Floats) -> Floats:
    """What each lesson adds to all the others: what is lost when it is left out."""
    everyone = len(worth) - 1
    return worth[everyone] - worth[[everyone ^ single for single in _singles(worth)]]


def synergy(worth: Floats) -> Floats:
    """What all lessons do together beyond the sum of what each does alone."""
    return np.asarray(worth[-1] - worth[0] - alone(worth).sum(axis=0))


def variance_by_order(worth: Floats) -> Floats:
    """How the variance between combinations splits: by single lessons, pairs, triples ..; shape (lessons, outcomes).

    `worth[combination, seed, outcome]`, of which the seeds with all combinations count. The components of the
    functional analysis of variance of the mean over seeds, without what chance adds to them: products of two
    different seeds only. So one may come out a little below 0. NaN below two seeds.
    """
    orders = np.array([number.bit_count() for number in range(len(worth))])
    found = np.full((members_of(worth), worth.shape[2]), np.nan)
    for outcome in range(worth.shape[2]):
        one = worth[..., outcome]
        usable = one[:, np.isfinite(one).all(axis=0)]
        n = usable.shape[1]
        if n < 2:
            continue
        coefficients = transformed(usable) / len(worth)
        squares = (coefficients.sum(axis=1) ** 2 - (coefficients**2).sum(axis=1)) / (n * (n - 1))
        found[:, outcome] = [squares[orders == order].sum() for order in range(1, members_of(worth) + 1)]
    return found


def transformed(worth: Floats) -> Floats:
    """The Walsh-Hadamard transform over the combinations: entry T is the sum of (-1)**|S and T| v(S) over all S."""
    from scipy.linalg import hadamard

    flat = worth.reshape(len(worth), -1)
    return np.asarray(hadamard(len(worth), np.float64) @ flat).reshape(worth.shape)


def _singles(worth: Floats) -> list[int]:
    return [1 << lesson for lesson in range(members_of(worth))]
