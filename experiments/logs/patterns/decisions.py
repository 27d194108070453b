"""Decisions: how long until a case is decided, and what the term, missing data and load have to do with it."""

import math
from dataclasses import dataclass

import numpy as np

from kastje.experiments.logs.patterns.events import DAY, Events, Floats, Ints
from kastje.experiments.logs.patterns.figures import mean, quantile, spearman
from kastje.experiments.logs.patterns.handovers import Transitions
from kastje.experiments.logs.patterns.marks import Mask

TERM_DAYS = 56
EXTENDED_TERM_DAYS = 98
"""The legal term of a regular procedure: 8 weeks, extended once by 6 (Awb, Omgevingswet 16.64)."""

WEEKS = 20
"""Decisions are counted up to this week after receipt."""


@dataclass(frozen=True)
class Decided:
    """The cases with a decision: which, its instant, and the days from the first event to the first decision."""

    case: Ints
    at: Ints
    days: Floats

    @classmethod
    def of(cls, events: Events) -> "Decided | None":
        """The decided cases; None when the log does not say what a decision is."""
        if events.decision is None:
            return None
        decisions = np.flatnonzero(events.decision)
        case, first = np.unique(events.case[decisions], return_index=True)
        at = events.instant[decisions[first]]
        return cls(case, at, (at - events.instant[events.first()][case]) / DAY)


def durations(events: Events, decided: Decided, moves: Transitions) -> dict[str, float]:
    """Days to decision, the shares of incomplete and extended cases, and the correlation with handovers."""
    days, case = decided.days, decided.case
    logs = np.log(days[days > 0])
    incomplete, extended = _per_case(events, events.incomplete, case), _per_case(events, events.extended, case)
    return {
        "n": len(case),
        "median_days": quantile(days, 0.5),
        "mean_days": mean(days),
        "p90_days": quantile(days, 0.9),
        "within_56_days": mean(days <= TERM_DAYS),
        "within_98_days": mean(days <= EXTENDED_TERM_DAYS),
        "lognormal_mu": mean(logs),
        "lognormal_sigma": float(logs.std()) if logs.size else math.nan,
        "incomplete_share": math.nan if incomplete is None else mean(incomplete),
        "median_days_if_incomplete": math.nan if incomplete is None else quantile(days[incomplete], 0.5),
        "median_days_if_complete": math.nan if incomplete is None else quantile(days[~incomplete], 0.5),
        "extended_share": math.nan if extended is None else mean(extended),
        "rho_days_handovers": spearman(days, _handovers_until(events, decided, moves)),
    }


def weeks_after_receipt(events: Events, decided: Decided) -> dict[str, dict[str, int] | None]:
    """Decisions in week 1, 2, .. after receipt (week k: more than k - 1 weeks and at most k), by kind of case.

    None for a kind that the log does not tell.
    """
    incomplete = _per_case(events, events.incomplete, decided.case)
    extended = _per_case(events, events.extended, decided.case)
    plain = None if incomplete is None or extended is None else ~incomplete & ~extended
    kinds = {
        "all": np.ones(len(decided.case), bool),
        "complete_not_extended": plain,
        "incomplete": incomplete,
        "extended": extended,
    }
    return {kind: None if which is None else _by_week(decided.days[which]) for kind, which in kinds.items()}


def _by_week(days: Floats) -> dict[str, int]:
    weeks = np.bincount(np.ceil(days / 7).astype(np.int64), minlength=WEEKS + 1)
    return {str(week): int(weeks[week]) for week in range(1, WEEKS + 1)}


def _per_case(events: Events, mark: Mask | None, case: Ints) -> Mask | None:
    return None if mark is None else events.ever(mark)[case]


def _handovers_until(events: Events, decided: Decided, moves: Transitions) -> Ints:
    """Per decided case the handovers up to its decision, events of the same moment included."""
    until = np.full(events.cases, np.iinfo(np.int64).min)
    until[decided.case] = decided.at
    counted = moves.handover & (moves.at <= until[moves.case])
    return np.bincount(moves.case[counted], minlength=events.cases)[decided.case]
