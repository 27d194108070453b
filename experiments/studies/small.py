"""Small designs that answer in a minute: each lesson alone, one parameter over its range, recovery from a surge.

Every design is paired: all arms have the same seeds, so that a difference is the doing of the arm.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kastje.experiments.difference.compare import compared
from kastje.experiments.difference.difference import Arms
from kastje.experiments.difference.verdict import verdict
from kastje.experiments.phrase import phrase
from kastje.experiments.runs.runner import Runs
from kastje.experiments.runs.store import failures_in
from kastje.experiments.studies.surges import carry_out, findings, surge_design
from kastje.experiments.studies.surges.findings import NOT_BACK
from kastje.experiments.studies.surges.recovery import WEEKS
from kastje.experiments.studies.surges.runs import WORST
from kastje.model import LESSONS, InputError, Scenario
from kastje.model.parameters import find

ALL = "all"
"""The arm in which every lesson stands at full."""

RECOVERY = (WEEKS, NOT_BACK, WORST)
"""The figures of a recovery, of those of `studies.surges`."""


@dataclass(frozen=True)
class Row:
    """One arm of a design: its name (a lesson, `all`, a value), its number if it has one, figure by name."""

    name: str
    value: float
    figures: Mapping[str, Arms]


def alone(scenario: Scenario, runs: Runs) -> list[Row]:
    """What each lesson does by itself, in full, and all together: as many arms and one more against today.

    Parameters, start and ramp are the scenario's; its own lessons are left out. Once it is cancelled the rows that
    are finished are returned.
    """
    bare = scenario.with_lessons(all=0.0)
    arms = [(name, math.nan, bare.with_lessons(**{name: 1.0})) for name in (*LESSONS, ALL)]
    return _against_today(arms, runs)


def spread(name: str, low: float | None = None, high: float | None = None, count: int = 5) -> list[float]:
    """`count` values of a parameter from `low` to `high` (its own bounds when not given), evenly apart.

    A whole parameter gives whole values, each once. Raises InputError for a value out of bounds or a range turned over.
    """
    parameter = find(name)
    ends = parameter.low if low is None else low, parameter.high if high is None else high
    if not ends[0] < ends[1]:
        raise InputError(phrase("runs.range", name=parameter.name, low=ends[0], high=ends[1]))
    values = [float(f"{value:.6g}") for value in np.linspace(*ends, count)]
    if parameter.whole:
        values = sorted({float(round(value)) for value in values})
    return [parameter.check(value, phrase("runs.bounds")) for value in values]


def over_range(scenario: Scenario, name: str, values: Iterable[float], runs: Runs) -> list[Row]:
    """What one parameter does, with the scenario's lessons and without them: an arm a value.

    Raises InputError for a parameter that does not exist or a value out of its bounds.
    """
    parameter = find(name)
    arms = [(f"{value:g}", float(value), scenario.with_parameters(**{parameter.name: value})) for value in values]
    return _against_today(arms, runs)


def after_surge(scenario: Scenario, runs: Runs, *, extra: float = 1.0, weeks: float = 8.0) -> list[Row]:
    """How the organisation recovers from `weeks` weeks with `extra` times as much demand on top: one row.

    Its figures are `RECOVERY`, as `kastje resilience` tells them (`studies.surges`). With no lessons chosen, both
    worlds are today's. Nothing once it is cancelled. Raises RuntimeError when a run fails.
    """
    profile = scenario.profile.id
    design = surge_design(
        scenario, profile, extras=(extra,), weeks=weeks, replications=runs.replications, seed=runs.seed
    )
    rows = carry_out(design, runs.place, runs.watch, profiles={profile: scenario.baseline()})
    if failures := failures_in(rows):
        raise RuntimeError(next(iter(failures)))
    if len(rows) < len(design.arms) * runs.replications:
        return []
    found = findings(rows)
    return [Row("surge", extra, {name: found.arms(extra, name) for name in RECOVERY})]


def _against_today(arms: Sequence[tuple[str, float, Scenario]], runs: Runs) -> list[Row]:
    rows: list[Row] = []
    for place, (name, value, scenario) in enumerate(arms):
        found = compared(scenario, _part(runs, place, len(arms)))
        if found is None:
            break
        rows.append(Row(name, value, found.arms()))
    return rows


def _part(runs: Runs, place: int, arms: int) -> Runs:
    """The runs of one of so many arms: who watches is told of those of all."""
    return replace(runs, watch=runs.watch.part(place * runs.replications, arms * runs.replications))


def as_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The design as flat rows for a table: arm, value, figure, both estimates, the difference; NaN where unknown."""
    return [
        {
            "arm": row.name,
            "value": row.value,
            "figure": name,
            "today": one.baseline.mean,
            "today_low": one.baseline.low,
            "today_high": one.baseline.high,
            "choice": one.scenario.mean,
            "choice_low": one.scenario.low,
            "choice_high": one.scenario.high,
            "difference": one.difference.mean,
            "low": one.difference.low,
            "high": one.difference.high,
            "certainty": one.difference.certainty,
            "n": one.difference.n,
            "sd": one.difference.sd,
            "verdict": str(verdict(one.difference).word),
        }
        for row in rows
        for name, one in row.figures.items()
    ]
