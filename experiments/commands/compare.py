"""`kastje compare`: paired runs of a scenario against today."""

import math

from rich.table import Table

from experiments.commands import options
from experiments.compare import Comparison
from experiments.compare import compare as compare_with_today
from experiments.terminal import figure, print_json, progress, show, table
from model.outcomes import OUTCOMES


def compare(
    profile: options.Profile,
    lesson: options.Lessons = None,
    set_: options.Settings = None,
    start_day: options.StartDay = None,
    ramp_days: options.RampDays = None,
    replications: options.Replications = 20,
    seed: options.Seed = 1,
    days: options.Days = None,
    workers: options.Workers = options.CORES,
    as_json: options.AsJson = False,
) -> None:
    """Paired runs against today: what the lessons change, and how sure that is.

    Example: kastje compare tilburg --lesson all=1 --replications 20 --json
    """
    scenario = options.scenario_from(profile, lesson, set_, days, start_day, ramp_days)
    with progress("Paired runs", replications) as tick:
        comparison = compare_with_today(scenario, replications=replications, seed=seed, workers=workers, progress=tick)
    if as_json:
        print_json(comparison.as_dict() | {"settings": scenario.as_dict()})
        return
    title = scenario.profile.title.in_language("en")
    show(f"{title}: {replications} pairs of runs, seeds {seed} .. {seed + replications - 1}")
    show(_table(comparison), "Certainty: the share of pairs in which the sign of the mean difference holds.")


def _table(comparison: Comparison) -> Table:
    grid = table(
        "Outcome", "Today", "Choice", "Difference", "95 % interval", "Certainty", "Unit", numbers=(1, 2, 3, 4, 5)
    )
    for name, outcome in OUTCOMES.items():
        difference = comparison.difference[name]
        interval = [figure(name, end, sign=True) for end in (difference.low, difference.high)]
        grid.add_row(
            outcome.label["en"],
            figure(name, comparison.baseline[name]),
            figure(name, comparison.scenario[name]),
            figure(name, difference.mean, sign=True),
            " .. ".join(interval) if math.isfinite(difference.low) else "not available",
            f"{difference.certainty:.0%}" if difference.n else "not available",
            outcome.unit["en"],
        )
    return grid
