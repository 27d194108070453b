"""Load: how many cases come in, how many are open, and whether cases take longer when more are open."""

import math

import numpy as np

from kastje.experiments.logs.patterns.decisions import Decided
from kastje.experiments.logs.patterns.events import DAY, Events, Floats, Ints
from kastje.experiments.logs.patterns.figures import mean, quantile, ratio, spearman

RAGGED_WEEKS = 8
"""At both ends of a log as many weeks with arrivals are left out: a log fills up and runs out."""


def arrivals(events: Events) -> dict[str, float]:
    """New cases a week (Monday to Sunday), and their variance over their mean: 1 when they come independently.

    NaN when the log has no weeks between its ragged ends.
    """
    weeks = (events.clock[events.first()].astype("datetime64[D]").astype(np.int64) + 3) // 7  # Day 0 is a Thursday.
    busy = np.unique(weeks)[RAGGED_WEEKS:-RAGGED_WEEKS]
    if busy.size < 2:
        return {"arrivals_per_week": math.nan, "fano_week": math.nan}
    counts = np.bincount(weeks - weeks.min(), minlength=int(busy[-1] - weeks.min()) + 1)
    counts = counts[busy[0] - weeks.min() : busy[-1] - weeks.min() + 1]
    return {"arrivals_per_week": mean(counts), "fano_week": ratio(float(counts.var(ddof=1)), float(counts.mean()))}


def open_cases(events: Events) -> Ints:
    """Per case how many others are open when it comes in: begun before, and with their last event not before."""
    first, last = events.instant[events.first()], events.instant[events.last()]
    return np.searchsorted(np.sort(first), first) - np.searchsorted(np.sort(last), first)


def effect(events: Events, decided: Decided | None) -> dict[str, float]:
    """Open cases at arrival: their median, and their correlation with how long the case takes.

    Spearman's correlation of what is left when the mean of the quarter of arrival (UTC) is taken off both, durations
    as logarithms: with the whole duration (first to last event, all cases), and with the days to decision.
    """
    waiting = open_cases(events)
    first = events.first()
    whole = (events.instant[events.last()] - events.instant[first]) / DAY
    every = np.arange(events.cases)
    return {
        "wip_median": quantile(waiting, 0.5),
        "rho_wip_duration_within_quarter": _within_quarter(events, waiting, every, whole),
        "rho_wip_days_to_decision_within_quarter": (
            math.nan if decided is None else _within_quarter(events, waiting, decided.case, decided.days)
        ),
    }


def _within_quarter(events: Events, waiting: Ints, case: Ints, days: Floats) -> float:
    case, days = case[days > 0], days[days > 0]
    months = events.instant[events.first()][case].astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    quarter = np.unique(months // 3, return_inverse=True)[1]
    return spearman(_off_mean(waiting[case], quarter), _off_mean(np.log(days), quarter))


def _off_mean(values: Floats | Ints, group: Ints) -> Floats:
    """What is left of values when the mean of their group is taken off; rounded, so that ties stay ties."""
    means = np.bincount(group, values) / np.maximum(np.bincount(group), 1)
    return np.round(values - means[group], 9)
