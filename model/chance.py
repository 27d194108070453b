"""Keyed randomness: a draw is a function of (seed, entity, purpose, occurrence) and of nothing else.

So two runs that differ in one lever share every draw that the lever does not touch, and the order of events changes
no draw. Who and what has which number stands in `kastje.model.occasions`. The hash is splitmix64 (Steele, Lea & Flood
2014), applied once per part of the key.
"""

import math
from enum import IntEnum

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.errors import phrase

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_C1 = np.uint64(0xBF58476D1CE4E5B9)
_C2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11, _32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11), np.uint64(32)
_TO_UNIT = 2.0**-53


class Purpose(IntEnum):
    """What a draw is for; the number is part of the key, so it never changes."""

    GAP = 1
    RESIDENT = 2
    CHANNEL = 3
    TYPE = 4
    VULNERABLE = 5
    SKILL = 6
    NEEDED = 7
    MISSING = 8
    EXTENDED = 9
    EARLY = 10
    COVERED = 11
    NONSTANDARD = 12
    PARALLEL = 13
    NAMED = 14
    TEAM = 15
    SERVICE = 16
    NOISE = 17
    ACT = 18
    BOUNCE = 30
    MISROUTE = 31
    WRONG_TEAM = 32
    AGREED_CONTENT = 33
    FRESH = 34
    STALE = 35
    SEEN = 36
    COMPLETES = 37
    NEVER = 38
    REPEAT = 39
    COLLIDE = 40
    DEVIATION = 41
    STALL = 42
    ESCALATE = 43
    FOUND = 44
    PERMITTED = 45
    RETURNS = 46
    RETURN_AFTER = 47
    STATUS = 48
    PATIENCE = 49
    RETRY = 50
    SWITCH = 51
    LOSS = 52
    REPLY = 53
    SIMPLE = 54
    HEARS = 55
    DELAY = 56
    ROLE = 57
    HELPERS = 58
    HANDLER = 59
    DROPPED = 60
    FAULT = 61
    TRANSIT = 62
    SICK_GAP = 70
    SICK_SPELL = 71
    LEAVE = 72
    PART_TIME = 73
    SESSION = 74
    SUPPORT = 75
    LEAVES = 76
    INNOVATES = 77
    PAIR = 78
    TIE = 79
    START = 80
    TRUST = 81
    ORGANISATION = 82
    MOVES = 83
    MOVES_TO = 84
    SPARED = 85


@rule
def mix(z):
    """The finaliser of splitmix64, on unsigned 64-bit integers that wrap around."""
    z = (z ^ (z >> _30)) * _C1
    z = (z ^ (z >> _27)) * _C2
    return z ^ (z >> _31)


@rule
def draw(seed, entity, purpose, occurrence):
    """A uniform number in (0, 1) that belongs to this key; never exactly 0 or 1."""
    z = mix(np.uint64(seed) + _GOLDEN)
    z = mix(z ^ (np.uint64(entity) + _GOLDEN))
    z = mix(z ^ ((np.uint64(purpose) << _32) + np.uint64(occurrence) + _GOLDEN))
    return (np.float64(z >> _11) + 0.5) * _TO_UNIT


@rule
def stem(seed, entity):
    """What all draws of one entity in one run have in common; `drawn` takes it from there."""
    z = mix(np.uint64(seed) + _GOLDEN)
    return mix(z ^ (np.uint64(entity) + _GOLDEN))


@rule
def drawn(stem, purpose, occurrence):
    """The number that `draw` gives for the seed and the entity of this stem, for a third of the work."""
    z = mix(np.uint64(stem) ^ ((np.uint64(purpose) << _32) + np.uint64(occurrence) + _GOLDEN))
    return (np.float64(z >> _11) + 0.5) * _TO_UNIT


@rule
def exponential(u):
    """A standard exponential from a uniform."""
    return -math.log(u)


@rule
def normal(u1, u2):
    """A standard normal from two uniforms (Box & Muller 1958)."""
    return math.sqrt(-2.0 * math.log(u1)) * math.cos(6.283185307179586 * u2)


@rule
def second(u):
    """A second uniform derived from the first: its bits mixed once more."""
    z = mix(np.uint64(u * 9007199254740992.0) + _GOLDEN)
    return (np.float64(z >> _11) + 0.5) * _TO_UNIT


ERLANG_LEAST_CV = 0.1


def check_spread(spread: str, cv: float) -> None:
    """Raise ValueError for an Erlang time that cannot vary so much or so little: it has 1 to 100 phases."""
    if spread == "erlang" and not ERLANG_LEAST_CV <= cv <= 1.0:
        raise ValueError(phrase("expected.erlang", low=ERLANG_LEAST_CV, cv=cv))


@rule
def service_time(spread, mean, cv, u):
    """A service time with this mean, hours: 0 fixed, 1 exponential, 2 Erlang, 3 lognormal.

    The coefficient of variation is `cv`, of an Erlang (cv of 0.1 to 1) that of the nearest whole number of phases.
    """
    if mean <= 0.0:
        return 0.0
    if spread == 0 or (cv <= 0.0 and spread != 1):
        return mean
    if spread == 1:
        return mean * exponential(u)
    if spread == 2:
        phases = max(1, int(1.0 / max(0.01, cv * cv) + 0.5))
        total = 0.0
        for _ in range(phases):
            total += exponential(u)
            u = second(u)
        return mean * total / phases
    sigma = math.sqrt(math.log(1.0 + cv * cv))
    return mean * math.exp(sigma * normal(u, second(u)) - 0.5 * sigma * sigma)
