"""Side by side: the figures of simulated logs next to those of real ones, with one rule for all of how near is met."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kastje.experiments.logs.patterns.simulated import together

Measured = Mapping[str, Any]
"""The figures of a log, as `measure` gives them."""

TOLERANCE = 0.25
"""A figure is met in the range of the real ones, widened either way by this share of the middle of that range."""

CHANCE = 0.063
"""A correlation is never held to less than this: two standard errors in a log of 1,000 cases (2 / sqrt(1000))."""

FEWEST = 10
"""Two weeks with fewer decisions than this together have no ratio."""

WRITING = "how the log is written"
"""A case system adds events of its own, and one click writes several."""


@dataclass(frozen=True)
class Figure:
    """One figure that a real and a simulated log both have: what it is called, and how to take it from a log.

    `note` says what else than what happened decides it; empty where nothing does. `correlation`: it lies around 0.
    """

    label: str
    of: Callable[[Measured], float]
    note: str = ""
    correlation: bool = False


@dataclass(frozen=True)
class Beside:
    """A figure of real logs, one each, and of simulated ones: of all together, and of each by itself."""

    figure: Figure
    real: tuple[float, ...]
    simulated: float
    each: tuple[float, ...]

    @property
    def verdict(self) -> str:
        """What `judged` says of all simulated logs together."""
        return self._judged(self.simulated)

    @property
    def met_alone(self) -> int:
        """How many of the simulated logs meet the figure by themselves."""
        return sum(self._judged(value) == "met" for value in self.each)

    def _judged(self, value: float) -> str:
        return judged(value, *ends(self.real), correlation=self.figure.correlation)


def judged(value: float, low: float, high: float, *, correlation: bool = False) -> str:
    """`met` within the tolerance around low .. high, `near` within twice that, else `not met`, or `not available`."""
    if not (math.isfinite(value) and math.isfinite(low)):
        return "not available"
    allowed = max(TOLERANCE * abs(low + high) / 2.0, CHANCE if correlation else 0.0)
    off = max(low - value, value - high)
    return "met" if off <= allowed else "near" if off <= 2.0 * allowed else "not met"


def beside(real: Sequence[Measured], logs: Sequence[Measured]) -> list[Beside]:
    """Every figure of `FIGURES` in the real logs and in the simulated ones."""
    all_of_them = together(logs)
    return [Beside(one, tuple(map(one.of, real)), one.of(all_of_them), tuple(map(one.of, logs))) for one in FIGURES]


def ends(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest; NaN when none is available."""
    known = [value for value in values if math.isfinite(value)]
    return (min(known), max(known)) if known else (math.nan, math.nan)


def _at(*path: str) -> Callable[[Measured], float]:
    def found(log: Measured) -> float:
        value: Any = log
        for name in path:
            value = None if value is None else value[name]
        return math.nan if value is None else float(value)

    return found


def excess(log: Measured) -> float:
    """How far the modularity of the handover network is above the mean of random rewirings."""
    return float(log["network"]["modularity_w"] - log["network"]["modularity_rewired"])


def _incomplete_ratio(log: Measured) -> float:
    decision = log["decision"]
    return decision["median_days_if_incomplete"] / decision["median_days_if_complete"] if decision else math.nan


def _weeks(kind: str, above: int, below: int) -> Callable[[Measured], float]:
    """Decisions in week `above` for one in week `below`."""

    def found(log: Measured) -> float:
        counts = (log["decisions_per_week_after_receipt"] or {}).get(kind)
        if counts is None or counts[str(above)] + counts[str(below)] < FEWEST or not counts[str(below)]:
            return math.nan
        return counts[str(above)] / counts[str(below)]

    return found


FIGURES = (
    Figure("Days to decision, median", _at("decision", "median_days")),
    Figure("Days to decision, lognormal sigma", _at("decision", "lognormal_sigma")),
    Figure("Decided within 56 days", _at("decision", "within_56_days")),
    Figure("Decided within 98 days", _at("decision", "within_98_days")),
    Figure("Incomplete applications", _at("decision", "incomplete_share")),
    Figure("Median days if incomplete / if complete", _incomplete_ratio),
    Figure("Extended", _at("decision", "extended_share")),
    Figure("Complete: week 8 / week 7", _weeks("complete_not_extended", 8, 7)),
    Figure("Complete: week 9 / week 8", _weeks("complete_not_extended", 9, 8)),
    Figure("Extended: week 14 / week 13", _weeks("extended", 14, 13), "few decisions in the real logs"),
    Figure("Events per case", _at("events_per_case_mean"), WRITING),
    Figure("Handovers per case", _at("handovers_mean")),
    Figure("Handover rate (handovers / transitions)", _at("handover_rate"), WRITING),
    Figure("Cases with a single handler", _at("single_handler_share")),
    Figure("Main handler's share of events", _at("main_handler_share_mean"), WRITING),
    Figure("Handovers from or to the main handler", _at("main_handler_in_handovers_share")),
    Figure("A-B-A triples", _at("aba_triple_share")),
    Figure("Rework events", _at("rework_event_share"), WRITING),
    Figure("Rework cases", _at("rework_case_share"), "how finely the log tells activities apart"),
    Figure("Share of time at handovers", _at("share_of_time_at_handover")),
    Figure("Wait over a day at a handover", _at("p_wait_over_1d_at_handover")),
    Figure("Wait over a day with the same handler", _at("p_wait_over_1d_same_handler"), WRITING),
    Figure("Load and whole duration, correlation", _at("rho_wip_duration_within_quarter"), correlation=True),
    Figure("Load and days to decision, correlation", _at("rho_wip_days_to_decision_within_quarter"), correlation=True),
    Figure("Network: employees", _at("network", "nodes"), "how large the organisation is"),
    Figure("Network: density", _at("network", "density")),
    Figure("Network: clustering", _at("network", "clustering")),
    Figure("Network: gini of strength", _at("network", "gini_strength")),
    Figure("Network: reciprocity", _at("network", "reciprocity")),
    Figure("Network: modularity", _at("network", "modularity_w")),
    Figure("Network: modularity above that of a random rewiring", excess),
    Figure("Network: centralisation", _at("network", "centralisation")),
    Figure("Network: assortativity", _at("network", "assort"), correlation=True),
)
"""Every figure that can be compared; what only says how long a log is (cases, events) is not among them."""
