"""Which orders a roadmap shows, and the tables of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Mean
from kastje.experiments.difference.spread import percentiles
from kastje.experiments.difference.yardstick import PLAIN
from kastje.experiments.studies.factorial.cube import spoken
from kastje.experiments.studies.roadmap.best import best, greedy
from kastje.experiments.studies.roadmap.schedule import Schedule, scheduled
from kastje.experiments.studies.roadmap.terrain import DAYS_A_QUARTER, WORTH, Terrain
from kastje.experiments.studies.roadmap.trial import Trial
from kastje.model import LESSONS

BEST = ("best", "second", "third")
STOPPING, GREEDY, WORST, SOURCE = "best when it may stop", "greedy", "worst", "order of the source"
RANDOM_ORDERS = 1000


@dataclass(frozen=True, eq=False)
class Plan:
    """The orders that are shown, each once; `called` gives for every name the order's first name."""

    terrain: Terrain
    schedules: Mapping[str, Schedule]
    called: Mapping[str, str]
    random: Mapping[str, float]
    """Of a thousand random orders the mean regret and its 10th and 90th percentile."""

    @classmethod
    def of(cls, terrain: Terrain, *, sampled: int = 10, seed: int = 1) -> "Plan":
        """The three best orders, the best that may stop early, greedy, worst, the source's, and some at random."""
        rng = np.random.default_rng(seed)
        named = dict(zip(BEST, best(terrain, len(BEST)), strict=False))
        named[STOPPING] = best(terrain, stop=True)[0]
        named[GREEDY] = greedy(terrain)
        named[WORST] = best(terrain, worst=True)[0]
        named[SOURCE] = scheduled(terrain, range(terrain.members))
        drawn = [scheduled(terrain, rng.permutation(terrain.members).tolist()) for _ in range(RANDOM_ORDERS)]
        named |= {f"random {number}": one for number, one in enumerate(drawn[:sampled], start=1)}
        regret = named["best"].value - np.array([one.value for one in drawn])
        p10, p90 = percentiles(regret, (10.0, 90.0))
        random = {"mean": float(regret.mean()), "p10": p10, "p90": p90}
        first: dict[tuple[int, ...], str] = {}
        called = {name: first.setdefault(one.order, name) for name, one in named.items()}
        return cls(terrain, {name: named[name] for name in first.values()}, called, random)

    def named(self, name: str) -> Schedule:
        """The schedule of that name."""
        return self.schedules[self.called[name]]

    def regret(self, name: str) -> Difference:
        """How much an order is worth less than the best one that goes on, on the seeds of the sets: its own choice
        makes it look a little too good."""
        return Difference.of(self.named(name).by_seed, self.named("best").by_seed, PLAIN)

    def left_out(self) -> tuple[int, ...]:
        """The lessons that the best roadmap leaves out when it may stop, though they still would be there in time."""
        ended, going_on = self.named(STOPPING), self.named("best")
        return tuple(lesson for lesson in going_on.order if lesson not in ended.order)


def orders_table(plan: Plan, trial: Trial | None = None) -> pd.DataFrame:
    """One row an order: its lessons with the day of each, its worth on the way, its regret, and what a trial of it
    says of both."""
    rows = []
    for name, schedule in plan.schedules.items():
        also = [one for one, first in plan.called.items() if first == name and one != name]
        row: dict[str, Any] = {
            "order": name,
            "also": ", ".join(also),
            "lessons": words(schedule),
            "begun": LESSONS[schedule.begun] if schedule.begun >= 0 else "",
        }
        row |= {f"day_{lesson}": np.nan for lesson in LESSONS}
        row |= {f"day_{LESSONS[one]}": day for one, day in zip(schedule.order, schedule.days, strict=True)}
        row |= Difference(Mean.of(schedule.by_seed), WORTH).as_row()
        row |= {f"regret_{key}": value for key, value in plan.regret(name).as_row().items()}
        if trial is not None:
            row |= {f"simulated_{key}": value for key, value in trial.of(name).as_row().items()}
            behind = trial.behind(name, "best").as_row()
            row |= {f"simulated_regret_{key}": value for key, value in behind.items()}
        rows.append(row)
    return pd.DataFrame(rows)


def quarters_table(plan: Plan) -> pd.DataFrame:
    """One row an order and quarter: the worth, the hours of running and of introducing, and the lessons at its end."""
    return pd.DataFrame(
        [
            {"order": name, **row, "package": spoken(int(row["set"]))}
            for name, schedule in plan.schedules.items()
            for row in schedule.quarters()
        ]
    )


def sets_table(terrain: Terrain) -> pd.DataFrame:
    """One row a set of lessons: its worth with interval, its hours a quarter, whether it can come about, and how many
    quarters each further lesson would take (NaN: it is there; infinite: it does not fit)."""
    reachable = set(terrain.reachable)
    return pd.DataFrame(
        [
            {"set": there, "package": spoken(there)}
            | Difference(Mean.of(terrain.worth[there]), WORTH).as_row()
            | {"running_hours": terrain.running[there], "reachable": there in reachable}
            | {f"quarters_{LESSONS[one]}": terrain.durations[there, one] for one in range(terrain.members)}
            for there in range(len(terrain.running))
        ]
    )


def words(schedule: Schedule) -> str:
    """The lessons of a schedule in their order."""
    return " > ".join(LESSONS[lesson] for lesson in schedule.order) or "none"


def missing(schedule: Schedule) -> dict[str, str]:
    """The lessons that a schedule does not bring within the horizon, and why."""
    terrain, there = schedule.terrain, schedule.sets[-1]
    why = {True: "which would not be there in time", False: "which does not fit the budget beside what is there"}
    return {
        LESSONS[lesson]: why[lesson in terrain.fitting[there]]
        for lesson in range(terrain.members)
        if lesson not in schedule.order
    }


def settings_of(terrain: Terrain) -> dict[str, float]:
    """What a roadmap is reckoned with, for documents."""
    return {
        "budget_hours_a_quarter": terrain.budget,
        "horizon_quarters": terrain.horizon,
        "days_a_quarter": DAYS_A_QUARTER,
        "introduction_years": terrain.introduction,
        "all_lessons_hours_a_quarter": float(terrain.running[terrain.everyone]),
    }
