"""Simulated logs: what the same code that measures real ones shows of them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from kastje.experiments.difference.mean import mean_of
from kastje.experiments.logs.patterns.measure import measure
from kastje.experiments.logs.patterns.reading import log_of
from kastje.model import Scenario, simulate

SUMMED = "decisions_per_week_after_receipt"
"""Counts of decisions are added up over logs; every other figure is averaged."""


def simulated(scenario: Scenario, seed: int) -> dict[str, Any]:
    """The patterns of the applications of one run; questions, which no case system holds, are left out."""
    events = simulate(scenario, seed, log=True).event_log
    assert events is not None, "log=True asks for the events"
    return measure(log_of(events[events["kind"] != "question"]))


def together(logs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One set of figures for several logs: the mean of those that are available, and the sum of counts by week."""
    return {
        name: _summed([one[name] for one in logs]) if name == SUMMED else _averaged([one[name] for one in logs])
        for name in logs[0]
    }


def _averaged(values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    if known and isinstance(known[0], Mapping):
        return {name: _averaged([one[name] for one in known]) for name in known[0]}
    return mean_of(known) if known else math.nan


def _summed(values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    if known and isinstance(known[0], Mapping):
        return {name: _summed([one[name] for one in known]) for name in known[0]}
    return sum(known) if known else None
