"""What is said of a roadmap to people: tables and lines."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from rich.table import Table

from kastje.commands.terminal import table
from kastje.experiments.studies.roadmap.plan import (
    BEST,
    STOPPING,
    Plan,
    words,
)
from kastje.experiments.studies.roadmap.terrain import Terrain
from kastje.experiments.studies.roadmap.trial import Trial
from kastje.model import LESSONS
from kastje.model.lessons import LESSON_TABLE


def shown(plan: Plan, trial: Trial, found: Mapping[str, pd.DataFrame], told: Mapping[str, Any]) -> list[Table | str]:
    """The roadmap for people: what lessons cost, the orders, the best one by quarter, and what to know of them."""
    terrain = plan.terrain
    counts = ", ".join(f"{weight:g} x {name}" for name, weight in told["plan"]["weights"].items())
    return [
        f"Worth: {counts}, for the better, in own units; more than today, the mean over {terrain.horizon:g} quarters.",
        f"Budget: {terrain.budget:,.0f} hours a quarter; all lessons take {terrain.running[-1]:,.0f} to run.",
        "",
        _costs(terrain),
        "",
        _orders(plan, found["orders"]),
        "",
        f"Best order: {words(plan.named('best'))}",
        _by_quarter(found["quarters"]),
        "",
        *_said(plan, trial, told),
    ]


def _costs(terrain: Terrain) -> Table:
    grid = table(
        "Lesson, as the first", "Hours a quarter", "Hours to introduce", "Quarters", "Worth", numbers=(1, 2, 3, 4)
    )
    for at, lesson in enumerate(LESSONS):
        quarters = float(terrain.durations[0, at])
        grid.add_row(
            f"{at + 1} {LESSON_TABLE[lesson].label.en}",
            f"{terrain.running[1 << at]:,.0f}",
            f"{terrain.hours(0, at):,.0f}",
            f"{quarters:.2f}" if math.isfinite(quarters) else "does not fit",
            f"{terrain.mean[1 << at]:+.4g}",
        )
    return grid


def _orders(plan: Plan, orders: pd.DataFrame) -> Table:
    grid = table("Order", "Lessons", "Worth on the way", "Behind the best", "Simulated", "Behind it, simulated")
    for row in orders.to_dict("records"):
        name = ", ".join([row["order"], *filter(None, [row["also"]])])
        numbers = " ".join(str(lesson + 1) for lesson in plan.schedules[row["order"]].order) or "none"
        cells = (_interval(row, prefix) for prefix in ("", "regret_", "simulated_", "simulated_regret_"))
        grid.add_row(name, numbers, *cells)
    return grid


def _by_quarter(quarters: pd.DataFrame) -> Table:
    grid = table(
        "Quarter", "Worth", "Hours of running", "Hours of introducing", "There at its end", numbers=(0, 1, 2, 3)
    )
    for row in quarters[quarters["order"] == "best"].to_dict("records"):
        grid.add_row(
            f"{row['quarter']:.0f}",
            f"{row['worth']:+.4g}",
            f"{row['running_hours']:,.0f}",
            f"{row['introduction_hours']:,.0f}",
            row["package"].replace("_", " "),
        )
    return grid


def _said(plan: Plan, trial: Trial, told: Mapping[str, Any]) -> list[str]:
    """What a reader should know, each in a line."""
    lines = [f"Never fits the budget: {one.replace('_', ' ')}" for one in told["never_fits"]]
    for lesson, why in told["best_leaves"].items():
        if lesson not in told["never_fits"]:
            lines.append(f"Not in the best order: {lesson.replace('_', ' ')}, {why}")
    if left := told["leaves_out_when_it_may_stop"]:
        gain = plan.named(STOPPING).value - plan.named(BEST[0]).value
        lines.append(f"A roadmap that may stop leaves out {', '.join(left)}, and is worth {gain:.4g} more")
    else:
        lines.append("A roadmap that may stop leaves nothing out")
    random = told["regret_of_random_orders"]
    lines.append(f"A random order is {random['mean']:.4g} behind ({random['p10']:.4g} .. {random['p90']:.4g} for 80 %)")
    ranks = told["rank_agreement"]
    known = not math.isnan(ranks["tau"])
    tau = f"{ranks['tau']:.2f} ({ranks['low']:.2f} .. {ranks['high']:.2f})" if known else "not available"
    lines.append(f"Do the ranks of approximation and simulation agree? Kendall's tau {tau}, {ranks['orders']} orders")
    first = trial.of("best")
    lines.append(
        f"The approximation promises {plan.named('best').value:+.4g} of the best order; simulated on other seeds than "
        f"it was chosen on, it is {first.mean:+.4g} ({first.low:+.4g} .. {first.high:+.4g})"
    )
    return lines


def _interval(row: Mapping[str, Any], prefix: str) -> str:
    mean, low, high = (float(row[f"{prefix}{field}"]) for field in ("mean", "low", "high"))
    if math.isnan(mean):
        return "not available"
    return f"{mean:+.4g} ({low:+.4g} .. {high:+.4g})" if math.isfinite(low) else f"{mean:+.4g} (no interval)"
