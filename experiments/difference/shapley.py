"""How is what a coalition is worth divided over its members? The Shapley value, exactly and by orders drawn by lot.

The worth of every coalition is an array whose index has a bit per member; further axes are further games. The value of
a member is its mean addition over all orders in which the members could come: 2**k coalitions. A few orders estimate
it, and add up to the whole as well. An order and its reverse are exact together where members act on each other by two.
"""

import math
from collections.abc import Sequence

import numpy as np

from kastje.experiments.difference.mean import Floats


def members_of(worth: Floats) -> int:
    """How many members the game has."""
    return len(worth).bit_length() - 1


def along(order: Sequence[int]) -> list[int]:
    """The coalitions that come about when members join in this order, from nobody to all."""
    coalitions = [0]
    for member in order:
        coalitions.append(coalitions[-1] | 1 << member)
    return coalitions


def added(worth: Floats, order: Sequence[int]) -> Floats:
    """What each member adds to those before it in an order, by member."""
    steps = np.diff(worth[along(order)], axis=0)
    return steps[np.argsort(order)] if len(order) else steps


def shapley(worth: Floats) -> Floats:
    """Each member's mean addition over all orders."""
    k = members_of(worth)
    coalitions = np.arange(len(worth))
    sizes = np.array([coalition.bit_count() for coalition in range(len(worth))])
    weights = np.array([1.0 / (k * math.comb(k - 1, size)) for size in range(k)])
    values = []
    for member in range(k):
        without = coalitions[coalitions >> member & 1 == 0]
        more = worth[without | 1 << member] - worth[without]
        values.append(np.tensordot(weights[sizes[without]], more, axes=1))
    return np.array(values) if values else added(worth, ())


def alone(worth: Floats) -> Floats:
    """What each member adds to nobody."""
    return worth[[1 << member for member in range(members_of(worth))]] - worth[0]


def orders(members: int, count: int, seed: int) -> list[tuple[int, ...]]:
    """`count` orders drawn by lot, always the same for a seed; each is as likely as any other.

    Among as many in a row as there are members each member comes once at each place, so that they differ less from
    all orders than independent ones would.
    """
    dice = np.random.default_rng((members, seed))
    found: list[tuple[int, ...]] = []
    while members and len(found) < count:
        names, places = dice.permutation(members), dice.permutation(members)
        found += [tuple(map(int, names[(places + shift) % members])) for shift in range(members)]
    return found[:count] if members else [()] * count
