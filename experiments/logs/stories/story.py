"""What happened to one case in one world: dated events in plain kinds, and where it lay in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from kastje.experiments.logs.stories.book import Book
from kastje.experiments.logs.stories.trail import KINDS_OF_STRETCH, PARTS, Stretch, trail
from kastje.model import activities as ac
from kastje.model import records as rec
from kastje.model.channels import CHANNELS

_PLAIN = {
    int(ac.L_HUNG_UP): "hung_up",
    int(ac.L_AWAY): "sent_away",
    int(ac.L_FILED): "filed",
    int(ac.L_EARLY): "early",
    int(ac.L_WRONG): "astray",
    int(ac.L_ASKED): "asked",
    int(ac.L_MISSING): "documents",
    int(ac.L_COMPLETED): "received",
    int(ac.L_STALLED): "stalled",
    int(ac.L_ALIGNED): "aligned",
    int(ac.L_PUT_UP): "put_up",
    int(ac.L_SETTLED): "settled",
    int(ac.L_DELEGATED): "alone",
    int(ac.L_DECISION): "decision",
    int(ac.L_RETURNED): "returned",
    int(ac.L_WITHDRAWN): "withdrawn",
    int(ac.L_CALLBACK): "passed_on",
    int(ac.L_CALLBACK_STARTED): "called_back",
    int(ac.L_STORY): "told_again",
    int(ac.L_AGAIN): "done_again",
    int(ac.L_EXTENDED): "extended",
    int(ac.L_TAKEN_IN): "taken_in",
    int(ac.L_DROPPED): "lost",
    int(ac.L_FOUND): "found",
}
_CONTACTS = {int(rec.APPLICATION): "applies", int(rec.CHASE): "chases", int(rec.COMEBACK): "comes_back"}
_OF_STEP = {"started", "astray", "asked", "documents", "received", "stalled", "aligned", "put_up", "settled", "alone"}
_OF_STEP |= {"done_again", "taken_in", "lost", "found"}

KINDS = ("contact", "started", "resumed", *_CONTACTS.values(), *_PLAIN.values())
"""Every kind of event."""


@dataclass(frozen=True)
class Event:
    """Something that happened `hours` after the first contact [calendar hours]; `employee` -1 is nobody."""

    hours: float
    kind: str
    department: str = ""
    employee: int = -1
    step: str = ""


@dataclass(frozen=True, eq=False)
class Story:
    """One case in one world. `state` is decided, open or withdrawn; an open one ends with the year.

    `lying` is where it lay by kind [calendar days], adding up to `lead_days`; `hours` the same in working hours, with
    nights and weekends as `closed`, adding up to it as well.
    """

    case: str
    process: str
    type: str
    channel: str
    resident: int
    vulnerable: bool
    low_skill: bool
    state: str
    start: datetime
    events: tuple[Event, ...]
    stretches: tuple[Stretch, ...]
    lead_days: float
    lying: dict[str, float]
    hours: dict[str, float]
    counts: dict[str, float]


def story(book: Book, case: str) -> Story:
    """The story of a case in a world; KeyError when there is no such case.

    The run is done once more and stopped whenever something happened to the case, so that where it lay is exact.
    """
    need = book.need(case)
    process = book.world.profile.processes[need["process"]]
    end = float(need["decided"]) if np.isfinite(need["decided"]) else float(book.world.arrays.end)
    log = book.happened(case)
    begin = float(need["start"])
    stretches, untold = trail(book, case, begin, end)
    events = [*_events(book, need, log), *(Event(at, "told_again") for at in untold)]
    lying = {kind: sum(s.end - s.begin for s in stretches if s.kind == kind) / 24.0 for kind in KINDS_OF_STRETCH}
    hours = {kind: float(need[meter]) for kind, meter in PARTS.items()} | {"closed": float(need["closed_for"])}
    clock = datetime.combine(book.world.profile.start, datetime.min.time())
    counted = ("contacts", "stories", "bounces", "handovers", "stalls", "returns", "minutes")
    felt = need["state"] == rec.CLOSED
    return Story(
        case=case,
        process=process.id,
        type=process.types[need["type"]].id,
        channel=CHANNELS[need["channel"]],
        resident=int(need["resident"]),
        vulnerable=bool(need["vulnerable"]),
        low_skill=bool(need["low_skill"]),
        state={int(rec.OPEN): "open", int(rec.CLOSED): "decided"}.get(int(need["state"]), "withdrawn"),
        start=clock + timedelta(hours=begin - book.branch),
        events=tuple(sorted(events, key=lambda event: event.hours)),
        stretches=stretches,
        lead_days=(end - begin) / 24.0,
        lying=lying,
        hours=hours,
        counts={name: float(need[name]) for name in counted}
        | {name: float(need[name]) if felt else np.nan for name in ("fit", "satisfaction")},
    )


def _events(book: Book, need: np.void, log: np.ndarray) -> Iterator[Event]:
    """The lines of the log that say something to a reader; a contact carries who took it."""
    started: set[int] = set()
    for at, line in enumerate(log):
        kind = _kind(line)
        if kind == "returned":
            started.clear()
        if kind == "started":
            kind = "resumed" if int(line["step"]) in started else kind
            started.add(int(line["step"]))
        if kind:
            staff = int(line["staff"])
            if int(line["activity"]) == ac.L_CONTACT:
                staff = _taken_by(log[at + 1 :], int(line["purpose"]))
            elif kind == "passed_on":
                staff = -1
            step = book.world.step_names[line["step"]] if kind in _OF_STEP | {"resumed"} and line["step"] >= 0 else ""
            to = book.world.teams[line["detail"]].department if kind == "passed_on" else book.department(staff)
            yield Event(float(line["t"] - need["start"]), kind, to, staff, step)


def _kind(line: np.void) -> str:
    activity = int(line["activity"])
    if activity == ac.L_CONTACT:
        return _CONTACTS.get(int(line["purpose"]), "contact")
    if activity == ac.L_STARTED:
        return "started"
    return _PLAIN.get(activity, "")


def _taken_by(later: np.ndarray, purpose: int) -> int:
    """Who took a contact: the next that is taken of its purpose, unless it is hung up or made again before."""
    for line in later:
        if line["purpose"] != purpose:
            continue
        if line["activity"] == ac.L_TAKEN:
            return int(line["staff"])
        if line["activity"] in (ac.L_HUNG_UP, ac.L_CONTACT):
            break
    return -1
