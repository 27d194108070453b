"""The state of a municipality: a handful of record arrays, one per noun, that the engine works on.

`World` is what never changes during a run; `State` is what does. Pools (needs, items, contacts, agenda, log,
meetings) have room for more rows than are in use: when one runs out, the engine stops and `grown` gives it more.
"""

from typing import NamedTuple

import numpy as np

from kastje.model.records import NOBODY

MEETING_SEATS = 12


class World(NamedTuple):
    """What never changes during a run; built once per profile and parameters (`kastje.model.world`)."""

    opens: float
    end: float
    steps: np.ndarray
    processes: np.ndarray
    need_chance: np.ndarray
    type_share: np.ndarray
    type_hours: np.ndarray
    type_early: np.ndarray
    role_teams: np.ndarray
    role_size: np.ndarray
    organisation_share: np.ndarray
    organisation_tolerance: np.ndarray
    organisation_boss: np.ndarray
    department_organisation: np.ndarray
    question_roles: np.ndarray
    channels: np.ndarray
    application_channel: int
    teams: np.ndarray
    tie_ptr: np.ndarray
    tie_idx: np.ndarray
    tie_own: np.ndarray
    tie_cross: np.ndarray
    start: np.ndarray
    front_role: int


class State(NamedTuple):
    """What changes during a run; copying every array is a snapshot."""

    run: np.ndarray
    par: np.ndarray
    staff: np.ndarray
    crews: np.ndarray
    norms: np.ndarray
    knows: np.ndarray
    hours: np.ndarray
    slots: np.ndarray
    lists: np.ndarray
    streams: np.ndarray
    needs: np.ndarray
    items: np.ndarray
    contacts: np.ndarray
    heap: np.ndarray
    ready: np.ndarray
    meetings: np.ndarray
    seats: np.ndarray
    causes: np.ndarray
    tallies: np.ndarray
    acts: np.ndarray
    pairs: np.ndarray
    trust: np.ndarray
    last: np.ndarray
    weeks: np.ndarray
    log: np.ndarray


POOLS = {
    "needs": "needs",
    "items": "items",
    "contacts": "contacts",
    "heap": "heap",
    "meetings": "meetings",
    "log": "log",
}
MARGIN = 256
PER_HEAD = 4


def grown(state: State) -> State:
    """The same state with more room in every pool that is nearly full (a factor 1.5)."""
    changes: dict[str, np.ndarray] = {}
    for pool, count in POOLS.items():
        array = getattr(state, pool)
        used = int(state.run[count][0])
        margin = MARGIN + PER_HEAD * state.staff.shape[0]
        if used + margin >= array.shape[0] and (pool != "log" or state.run["logging"][0]):
            changes[pool] = np.concatenate([array, np.zeros(array.shape[0] // 2 + 2 * margin, array.dtype)])
            if pool == "meetings":
                seats = state.seats
                extra = np.full((changes[pool].shape[0] - seats.shape[0], seats.shape[1]), NOBODY, seats.dtype)
                changes["seats"] = np.concatenate([seats, extra])
    return state._replace(**changes)


def packed(state: State) -> State:
    """A copy without the empty room in the pools, to be kept."""
    used = {pool: getattr(state, pool)[: int(state.run[count][0])] for pool, count in POOLS.items()}
    used["seats"] = state.seats[: int(state.run["meetings"][0])]
    return State(*(a.copy() for a in state._replace(**used)))


def unpacked(state: State, room: dict[str, int]) -> State:
    """A copy of a packed state that shares nothing with it, with room for so many rows in each pool."""
    changes: dict[str, np.ndarray] = {}
    for pool in (*POOLS, "seats"):
        array = getattr(state, pool)
        roomy = np.zeros((max(room[pool], array.shape[0]), *array.shape[1:]), array.dtype)
        roomy[: array.shape[0]] = array
        changes[pool] = roomy
    rest = {name: getattr(state, name).copy() for name in State._fields if name not in changes}
    return State(**rest, **changes)


def fingerprint(state: State) -> bytes:
    """All bytes of a state that are in use, in one string: two runs are equal when these are."""
    parts = []
    for name, array in zip(State._fields, state, strict=True):
        if name in POOLS:
            array = array[: int(state.run[POOLS[name]][0])]
        parts.append(np.ascontiguousarray(array).tobytes())
    return b"".join(parts)
