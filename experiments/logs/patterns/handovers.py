"""Handovers: how a case goes from hand to hand, what is done again, and where time passes."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from kastje.experiments.logs.patterns.events import DAY, NOBODY, Events, Floats, Ints
from kastje.experiments.logs.patterns.figures import gini, quantile, ratio

MOST_COUNTED = 11
"""The share of cases is given for each number of handovers up to this one."""


@dataclass(frozen=True)
class Transitions:
    """From each event to the next one of its case, over events whose resource is known.

    `before` and `after` are the resources, `days` the elapsed time; `handover` says that they differ; `at` is the
    instant of the second event.
    """

    case: Ints
    before: Ints
    after: Ints
    at: Ints
    days: Floats

    @classmethod
    def of(cls, events: Events) -> "Transitions":
        """The transitions of all cases, in order."""
        known = events.resource != NOBODY
        case, resource, instant = events.case[known], events.resource[known], events.instant[known]
        same = case[1:] == case[:-1]
        days = np.diff(instant)[same] / DAY
        return cls(case[1:][same], resource[:-1][same], resource[1:][same], instant[1:][same], days)

    @property
    def handover(self) -> np.ndarray:
        """Which transitions go from one resource to another."""
        return self.before != self.after


def hands(events: Events, moves: Transitions) -> dict[str, Any]:
    """Who handles a case: handovers a case, single and main handlers, going to and fro (A-B-A)."""
    per_case = np.bincount(moves.case[moves.handover], minlength=events.cases)
    own = _events_by_resource(events)
    handlers = np.bincount(own[:, 0], minlength=events.cases)
    most, known = np.zeros(events.cases), np.bincount(own[:, 0], own[:, 2], events.cases)
    np.maximum.at(most, own[:, 0], own[:, 2])
    to_and_fro, triples = _triples(events, moves)
    return {
        "resources_per_case_mean": ratio(handlers.sum(), events.cases),
        "handovers_mean": ratio(per_case.sum(), events.cases),
        "handovers_median": quantile(per_case, 0.5),
        "handovers_p90": quantile(per_case, 0.9),
        "handover_pmf": {
            str(count): ratio(np.sum(per_case == count), events.cases) for count in range(MOST_COUNTED + 1)
        },
        "handover_rate": ratio(moves.handover.sum(), moves.handover.size),
        "single_handler_share": ratio(np.sum(handlers == 1), events.cases),
        "main_handler_share_mean": ratio((most[known > 0] / known[known > 0]).sum(), np.sum(known > 0)),
        "main_handler_in_handovers_share": ratio(_touching_main(own, events.cases, moves), moves.handover.sum()),
        "pingpong_case_share": ratio(np.sum(to_and_fro > 0), events.cases),
        "aba_triple_share": ratio(to_and_fro.sum(), triples),
        "gini_events_per_resource": gini(np.bincount(events.resource[events.resource != NOBODY])),
    }


def rework(events: Events) -> dict[str, float]:
    """What is done again: events whose activity the case has already seen, and cases with such an event."""
    order = np.lexsort((events.activity, events.case))  # Stable: the first of each activity comes first.
    case, activity = events.case[order], events.activity[order]
    again = (case[1:] == case[:-1]) & (activity[1:] == activity[:-1])
    return {
        "rework_event_share": ratio(again.sum(), events.case.size),
        "rework_case_share": ratio(np.unique(case[1:][again]).size, events.cases),
    }


def waits(moves: Transitions) -> dict[str, float]:
    """Where time passes: before events that another resource does, against those of the same resource."""
    handover = moves.handover
    return {
        "share_of_time_at_handover": ratio(moves.days[handover].sum(), moves.days.sum()),
        "p_wait_over_1d_at_handover": ratio(np.sum(moves.days[handover] > 1), handover.sum()),
        "p_wait_over_1d_same_handler": ratio(np.sum(moves.days[~handover] > 1), np.sum(~handover)),
    }


def _events_by_resource(events: Events) -> Ints:
    """Rows of case, resource and number of events, for every pair that occurs."""
    known, size = events.resource != NOBODY, max(events.resources, 1)
    pairs, counts = np.unique(events.case[known] * size + events.resource[known], return_counts=True)
    return np.stack([pairs // size, pairs % size, counts], axis=1)


def _touching_main(own: Ints, cases: int, moves: Transitions) -> int:
    """How many handovers come from or go to the main handler; among equals, the one who came up first in the log."""
    best = own[np.lexsort((-own[:, 2], own[:, 0]))]
    main = np.full(cases, NOBODY)
    case, first = np.unique(best[:, 0], return_index=True)
    main[case] = best[first, 1]
    of_case = main[moves.case]
    return int(np.sum(moves.handover & ((moves.before == of_case) | (moves.after == of_case))))


def _triples(events: Events, moves: Transitions) -> tuple[Ints, int]:
    """Per case how often it goes from A to B and straight back to A, and the number of triples of all cases.

    With repeats collapsed, a triple is two handovers of a case, one after the other.
    """
    case, first, last = (column[moves.handover] for column in (moves.case, moves.before, moves.after))
    same = case[1:] == case[:-1]
    back = same & (last[1:] == first[:-1])
    return np.bincount(case[1:][back], minlength=events.cases), int(same.sum())
