"""A trial of roadmaps: the orders simulated with their real timing, beside what the sums of the sets promise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.designs import Design, Factor
from kastje.experiments.designs.levers import STARTS
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Floats, Mean
from kastje.experiments.difference.spread import percentiles
from kastje.experiments.difference.yardstick import PLAIN
from kastje.experiments.studies.roadmap.schedule import Schedule
from kastje.experiments.studies.roadmap.terrain import DAYS_A_QUARTER, WORTH, signed
from kastje.model import LESSONS

RESAMPLES = 2000


@dataclass(frozen=True, eq=False)
class Trial:
    """Runs of several schedules: `by_seed[schedule, seed]` is what each is worth more than today, over the horizon."""

    names: tuple[str, ...]
    by_seed: Floats

    def of(self, name: str) -> Difference:
        """What one schedule is worth, with its paired interval."""
        return Difference(Mean.of(self.by_seed[self.names.index(name)]), WORTH)

    def behind(self, name: str, other: str) -> Difference:
        """How much one schedule is worth less than another, paired."""
        return Difference.of(self.by_seed[self.names.index(name)], self.by_seed[self.names.index(other)], PLAIN)

    def agreement(self, promised: Sequence[float], seed: int = 0) -> dict[str, float]:
        """Kendall's tau between what was promised and the simulated means: 1 the same ranks, -1 reversed.

        `low`..`high` is the 95 % percentile bootstrap over the seeds of the simulation. NaN below three schedules.
        """
        usable = self.by_seed[:, np.isfinite(self.by_seed).all(axis=0)]
        n = usable.shape[1]
        if len(promised) < 3 or not n:
            return {"tau": np.nan, "low": np.nan, "high": np.nan, "orders": len(promised)}
        tau = _tau(promised, usable.mean(axis=1))
        rng = np.random.default_rng(seed)
        draws = rng.integers(0, n, (RESAMPLES if n > 1 else 0, n))
        again = [_tau(promised, usable[:, draw].mean(axis=1)) for draw in draws]
        known = [one for one in again if np.isfinite(one)]
        low, high = percentiles(known, (2.5, 97.5))
        return {"tau": tau, "low": low, "high": high, "orders": len(promised)}


def trial_design(
    schedules: Mapping[str, Schedule],
    *,
    profile: str,
    load: float,
    fixed: Mapping[str, float],
    replications: int,
    seed: int,
) -> Design:
    """The design that simulates schedules over their horizon: each lesson begins on the day on which it is there.

    One point a schedule, in their order; lessons that are not there within the horizon are at 0.
    """
    horizon = next(iter(schedules.values())).terrain.horizon
    rows = [_row(schedule) for schedule in schedules.values()]
    table = pd.DataFrame(rows, columns=[*LESSONS, *STARTS])
    values = {**fixed, "work.load": load, "work.horizon_days": float(round(horizon * DAYS_A_QUARTER))}
    return Design.of(
        [Factor(name) for name in table.columns],
        kind="table",
        profile=profile,
        name="roadmap",
        fixed=values,
        replications=replications,
        seed=seed,
        table=table,
    )


def trial_of(table: pd.DataFrame, names: Sequence[str], weights: Mapping[str, float], days: float) -> Trial:
    """What the runs of `trial_design` show; NaN for a run that failed or has no such outcome."""
    worth = sum(weight * signed(table[name].to_numpy(), name, days) for name, weight in weights.items())
    runs = table.assign(worth=worth)
    today = runs[runs["arm"] == "today"].drop_duplicates("seed").set_index("seed")["worth"]
    choice = runs[runs["arm"] == "choice"].pivot(index="point", columns="seed", values="worth")
    found = np.full((len(names), len(today)), np.nan)
    for point in range(len(names)):
        # A schedule without any lesson is today itself.
        there = choice.loc[point].reindex(today.index) if point in choice.index else today
        found[point] = there.to_numpy() - today.to_numpy()
    return Trial(tuple(names), found)


def _row(schedule: Schedule) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys([*LESSONS, *STARTS], 0.0)
    for lesson, day in zip(schedule.order, schedule.days, strict=True):
        row[LESSONS[lesson]] = 1.0
        row[f"start_day.{LESSONS[lesson]}"] = day
    return row


def _tau(one: Sequence[float] | Floats, other: Floats) -> float:
    from scipy.stats import kendalltau

    return float(kendalltau(one, other).statistic)
