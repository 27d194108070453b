"""Where did a case lie, and for how long? The run is done once more and stopped whenever something happened to it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kastje.experiments.logs.stories.book import Book
from kastje.model import activities as ac
from kastje.model.simulate import drive, start_of

PARTS = {
    "in_hand": "touch",
    "in_line": "queued_for",
    "with_resident": "with_resident",
    "stalled": "stalled_for",
    "meeting": "meeting_for",
}
"""Where a case can lie, and the record's meter of it [working hours]; `closed_for` holds nights and weekends."""

KINDS_OF_STRETCH = (*PARTS, "after")
"""The same, and `after`: from a decision that did not fit until the return; its meter is `with_resident` too."""

_AFTER = 1e-6
"""How long after a moment the run is stopped, so that all of that moment has happened [hours]."""


@dataclass(frozen=True)
class Stretch:
    """The case lay somewhere from `begin` to `end` [calendar hours since first contact], nights and weekends too.

    `departments` are those that had a step of it to do then; none while it was with the front office or the resident.
    """

    begin: float
    end: float
    kind: str
    departments: tuple[str, ...] = ()


def trail(book: Book, case: str, begin: float, end: float) -> tuple[tuple[Stretch, ...], tuple[float, ...]]:
    """The stretches of a case from `begin` to `end` [model hours], and when the story was told without a log line.

    The log names only those who took up work and had it told again; a message that was not understood, or a resident
    who was sent on, is told again too and is counted in the record.
    """
    log = book.happened(case)
    pieces: list[tuple[float, float, str]] = []
    untold: list[float] = []
    last, clock, kind = dict.fromkeys(PARTS, 0.0), begin, ""
    logged = np.sort(log["t"][log["activity"] == ac.L_STORY])
    for stop, need in _snapshots(book, case, log, begin, end):
        extra = int(need["stories"]) - int(np.searchsorted(logged, stop)) - len(untold)
        untold += [min(stop, end)] * max(0, extra)
        until = float(need["clock"])
        if until > clock:
            now = {part: float(need[meter]) for part, meter in PARTS.items()}
            spent = {part: now[part] - last[part] for part in PARTS if now[part] - last[part] > 1e-9}
            pieces += _split(spent, clock, until, kind)
            clock, last, kind = until, now, pieces[-1][2]
    if clock < end:
        pieces.append((clock, end, kind))
    decided = log["t"][log["activity"] == ac.L_DECISION]
    returned = log["t"][log["activity"] == ac.L_RETURNED]
    shut = [(a - _AFTER, b + _AFTER) for a, b in zip(decided, returned, strict=False)]
    pieces = [(a, b, "after" if any(x <= a and b <= y for x, y in shut) else part) for a, b, part in pieces]
    stretches = tuple(
        Stretch(a - begin, b - begin, part, _places(book, log, (a + b) / 2.0)) for a, b, part in _merged(pieces)
    )
    return stretches, tuple(t - begin for t in untold)


def _snapshots(book: Book, case: str, log: np.ndarray, begin: float, end: float) -> Iterator[tuple[float, np.void]]:
    """The record of a case just after everything that happened to it, and once a day."""
    row = book.rows[book.place[case]]
    last = float(book.world.arrays.end)
    moments = {float(t) + _AFTER for t in log["t"] if begin <= t < end}
    state = start_of(book.scenario, book.seed)
    for stop in sorted(moments | set(np.arange(begin + _AFTER, end, 24.0)) | {end + _AFTER}):
        state = drive(book.scenario, book.world, state, min(stop, last))
        yield stop, state.needs[row].copy()


def _split(spent: dict[str, float], clock: float, until: float, before: str) -> Iterator[tuple[float, float, str]]:
    """Calendar time put down to what it was spent on, by working hours: first what went on, then lines, then hands."""
    if not spent:
        yield clock, until, before
        return
    order = sorted(spent, key=lambda part: (part != before, -list(PARTS).index(part)))
    hours = (until - clock) / sum(spent.values())
    for part in order[:-1]:
        yield clock, clock + hours * spent[part], part
        clock += hours * spent[part]
    yield clock, until, order[-1]


def _merged(pieces: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """The same with neighbours of one kind made one; a night before anything is known goes with what follows."""
    first = next((part for _, _, part in pieces if part), "with_resident")
    merged: list[tuple[float, float, str]] = []
    for since, until, part in pieces:
        kind = part or first
        if merged and merged[-1][2] == kind:
            merged[-1] = (merged[-1][0], until, kind)
        else:
            merged.append((since, until, kind))
    return merged


def _places(book: Book, log: np.ndarray, t: float) -> tuple[str, ...]:
    """The departments that have a step of the case to do at a moment, in the order in which they got it."""
    pending: dict[int, str] = {}
    for at, line in enumerate(log):
        if line["t"] > t:
            break
        activity, step = int(line["activity"]), int(line["step"])
        if activity == ac.L_QUEUED:
            pending[step] = book.world.teams[line["detail"]].department
        elif activity in (ac.L_STARTED, ac.L_WRONG):
            pending[step] = book.department(int(line["staff"]))
        elif activity == ac.L_DONE:
            later = log[at + 1 :]
            taker = later[(later["activity"] == ac.L_TAKEN_IN) & (later["step"] == step)]
            if taker.size:
                pending[step] = book.department(int(taker[0]["staff"]))
            else:
                pending.pop(step, None)
        elif activity == ac.L_TAKEN_IN:
            pending.pop(step, None)
        elif activity == ac.L_DECISION:
            pending.clear()
    return tuple(dict.fromkeys(pending.values()))
