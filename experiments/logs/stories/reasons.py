"""What differs between the two stories of a case, and which lesson is behind it: each lesson in turn is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kastje.experiments.logs.stories.book import Book, book
from kastje.experiments.logs.stories.pick import value_of
from kastje.experiments.runs.loop import finished
from kastje.experiments.runs.places import HERE, Place
from kastje.experiments.runs.watch import NOBODY, Watch
from kastje.model import LESSONS, Scenario
from kastje.model import activities as ac
from kastje.model import records as rec

_OF_LOG = {
    "documents": ac.L_MISSING,
    "astray": ac.L_WRONG,
    "put_up": ac.L_PUT_UP,
    "again": ac.L_AGAIN,
    "hung_up": ac.L_HUNG_UP,
}
MEASURES = {
    "lead": 0.5,
    "stories": 1.0,
    "bounces": 1.0,
    "astray": 1.0,
    "documents": 1.0,
    "early": 1.0,
    "stalls": 1.0,
    "put_up": 1.0,
    "drops": 1.0,
    "again": 1.0,
    "returns": 1.0,
    "chases": 1.0,
    "hung_up": 1.0,
    "handovers": 1.0,
    "fit": 0.02,
    "touch": 1.0,
    "queued_for": 4.0,
    "with_resident": 4.0,
    "stalled_for": 4.0,
    "meeting_for": 4.0,
}
"""What is compared, and the least difference that is told: days of `lead`, a share of `fit`, working hours from `touch`
on, and a number of times for the others."""


@dataclass(frozen=True)
class Reason:
    """One measure of a case in both worlds, and the lessons without which it would be (half way or more) as today.

    `behind` is "lesson" when it is just one, "together" when each of several is needed, and "others" when no single
    one brings it back: it comes through what happened to other cases, or several lessons do the same.
    """

    measure: str
    today: float
    choice: float
    behind: str
    lessons: tuple[str, ...]


def measured(run: Book, case: str, measure: str) -> float:
    """A measure of a case in a world."""
    if measure in _OF_LOG:
        return float(np.sum(run.happened(case)["activity"] == _OF_LOG[measure]))
    if measure == "chases":
        log = run.happened(case)
        return float(np.sum((log["activity"] == ac.L_CONTACT) & (log["purpose"] == rec.CHASE)))
    if measure == "lead" and not np.isfinite(run.need(case)["decided"]):
        return float((run.world.arrays.end - run.need(case)["start"]) / 24.0)
    return value_of(run, case, measure)


def active(scenario: Scenario) -> tuple[str, ...]:
    """The lessons that a scenario has begun with, in the source's order."""
    return scenario.active


def without(scenario: Scenario, lesson: str) -> Scenario:
    """The scenario with one lesson left out; with nothing left it is today."""
    left = scenario.with_lessons(**{lesson: 0.0})
    return scenario.baseline() if left.is_baseline else left


def left_out(scenario: Scenario, seed: int, place: Place = HERE, watch: Watch = NOBODY) -> Iterator[tuple[str, Book]]:
    """The run without each of the active lessons, with the same draws, as they are done; ends early once cancelled."""
    lessons = active(scenario)

    def run(number: int) -> tuple[str, Book]:
        return lessons[number], book(without(scenario, lessons[number]), seed)

    return finished(run, range(len(lessons)), place, watch)


def differences(today: Book, choice: Book, others: dict[str, Book], case: str) -> tuple[Reason, ...]:
    """What differs for a case, in the order of `MEASURES`; `others` holds the run without each active lesson."""
    found = []
    for measure, least in MEASURES.items():
        before, now = measured(today, case, measure), measured(choice, case, measure)
        if not abs(now - before) >= least:
            continue
        lessons = tuple(
            lesson
            for lesson in LESSONS
            if (run := others.get(lesson)) and case in run.place
            if _comes_back(before, now, measured(run, case, measure))
        )
        behind = "others" if not lessons else "lesson" if len(lessons) == 1 else "together"
        found.append(Reason(measure, before, now, behind, lessons))
    return tuple(found)


def _comes_back(today: float, choice: float, without_it: float) -> bool:
    """Whether the measure is at least half way back to today's."""
    return (without_it - choice) / (today - choice) >= 0.5
