"""Measure: every pattern of one log as plain data."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from kastje.experiments.logs.patterns.decisions import Decided, durations, weeks_after_receipt
from kastje.experiments.logs.patterns.events import Events
from kastje.experiments.logs.patterns.handovers import Transitions, hands, rework, waits
from kastje.experiments.logs.patterns.load import arrivals, effect
from kastje.experiments.logs.patterns.marks import Marks, detect
from kastje.experiments.logs.patterns.network import shape

STAGES = 4
"""How often `measure` says how far it is."""


def measure(
    log: pd.DataFrame, marks: Marks | None = None, *, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Every pattern of a log as `read_log` gives it: figure by name; NaN, or None for a table, where not available.

    `marks` says which activities mean what; without it they are told from the log's own activities. Durations are
    in days. `progress(done, of)` is told after each stage.
    """
    tell = progress or (lambda done, of: None)
    events = Events.of(log, marks or detect(list(log["activity"].unique())))
    moves = Transitions.of(events)
    tell(1, STAGES)
    found: dict[str, Any] = {
        "cases": events.cases,
        "events": int(events.case.size),
        "activities": int(events.activity.max(initial=-1)) + 1,
        "resources": events.resources,
        "events_per_case_mean": events.case.size / events.cases if events.cases else math.nan,
    }
    found |= hands(events, moves) | rework(events) | waits(moves)
    tell(2, STAGES)
    found["network"] = shape(events.resources, moves)
    tell(3, STAGES)
    decided = Decided.of(events)
    found |= arrivals(events) | effect(events, decided)
    found["decision"] = None if decided is None else durations(events, decided, moves)
    found["decisions_per_week_after_receipt"] = None if decided is None else weeks_after_receipt(events, decided)
    tell(4, STAGES)
    return found
