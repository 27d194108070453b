"""The roadmap over time: what the best order is worth on the way, beside others."""

from collections.abc import Mapping
from pathlib import Path

from kastje.experiments.studies.factorial.cube import numbers_of
from kastje.experiments.studies.roadmap.plan import GREEDY, SOURCE, STOPPING, WORST, Plan
from kastje.experiments.studies.roadmap.schedule import Schedule
from kastje.experiments.studies.sheet import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    SMALL,
    Caption,
    legend_above,
    sheet,
)
from kastje.model.lessons import LESSON_TABLE

STYLES = {
    "best": (BLUE, "-", 1.6),
    STOPPING: (BLUE, ":", 1.0),
    GREEDY: (BLACK, "--", 0.9),
    SOURCE: (GREY, "-", 0.9),
    WORST: (ORANGE, "-.", 1.0),
}


def roadmap_picture(plan: Plan, weights: Mapping[str, float], folder: Path, name: str, caption: Caption) -> None:
    """Draw the worth of what is there over the quarters, for the leading orders, each with a line of its own kind."""
    with sheet(height=2.4) as drawing:
        (plot,) = drawing.axes()
        drawn: set[str] = set()
        for label, (colour, line, width) in STYLES.items():
            first = plan.called[label]
            if first in drawn:
                continue
            drawn.add(first)
            same = [one for one in STYLES if plan.called[one] == first]
            schedule = plan.schedules[first]
            worth = plan.terrain.mean[list(schedule.sets)]
            plot.step(
                schedule.times,
                [*worth, worth[-1]],
                where="post",
                color=colour,
                linestyle=line,
                linewidth=width,
                label=", ".join(same),
            )
        best = plan.named("best")
        for at, there, numbers in _added(best):
            spot = (at, plan.terrain.mean[there])
            plot.annotate(numbers, spot, (1, 2), textcoords="offset points", fontsize=SMALL, color=BLUE)
        plot.axhline(0.0, color=GREY, linewidth=0.5, zorder=0)
        plot.set_xlabel("quarters")
        plot.set_ylabel("worth, more than today")
        plot.set_xlim(0.0, plan.terrain.horizon)
        legend_above(plot, 3)
        key = ", ".join(f"{lesson.number} {lesson.label.en.lower()}" for lesson in LESSON_TABLE.values())
        counts = ", ".join(f"{weight:g} x {outcome.replace('_', ' ')}" for outcome, weight in weights.items())
        drawing.caption(
            caption.text(
                f"The worth of what is there ({counts}, for the better) by order of introduction, at a budget of "
                f"{plan.terrain.budget:,.0f} hours a quarter. Numbers: the lesson that the best order adds; {key}."
            )
        )
        drawing.save(folder, name)


def _added(schedule: Schedule) -> list[tuple[float, int, str]]:
    """When lessons come, the set that is there then, and their numbers: those of one moment together."""
    moments: dict[float, tuple[int, list[str]]] = {}
    for at, lesson, there in zip(schedule.there_at, schedule.order, schedule.sets[1:], strict=True):
        before = moments.get(round(float(at), 2), (0, []))[1]
        moments[round(float(at), 2)] = int(there), [*before, numbers_of(1 << lesson)]
    return [(at, there, " ".join(numbers)) for at, (there, numbers) in moments.items()]
