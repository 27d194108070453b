"""`kastje compare`: paired runs of a scenario against today."""

import math

from rich.table import Table

from kastje.commands import options
from kastje.commands.study import tell
from kastje.commands.terminal import chance, progress, table
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.compare import compare as compare_with_today
from kastje.experiments.difference.difference import CERTAINTY
from kastje.experiments.difference.verdict import Verdict, Word
from kastje.experiments.runs.places import Threads
from kastje.experiments.runs.runner import Runs
from kastje.experiments.runs.watch import Watch
from kastje.model.outcomes import OUTCOMES

WORDS = {
    Word.NONE: "not available",
    Word.SAME: "no difference",
    Word.HARDLY: "hardly any difference",
}
"""Words that are said in more than one."""


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
        comparison = compare_with_today(scenario, Runs(replications, seed, Threads(workers), Watch(tick)))
    title = scenario.profile.title.in_language("en")
    for_people = (
        f"{title}: {replications} pairs of runs, seeds {seed} .. {seed + replications - 1}",
        _table(comparison),
        f"Certainty: {CERTAINTY}.",
        "Hardly any: the interval lies within the smallest difference that matters. Unclear: the interval holds zero;",
        "about so many pairs would tell (--replications).",
    )
    tell(comparison.as_dict() | {"settings": scenario.as_dict()}, for_people, as_json=as_json)


def _table(comparison: Comparison) -> Table:
    grid = table(
        *("Outcome", "Today", "Choice", "Difference", "95 % interval", "Certainty", "Verdict", "Unit"),
        numbers=(1, 2, 3, 4, 5),
    )
    for name, outcome in OUTCOMES.items():
        difference = comparison.difference[name]
        interval = [OUTCOMES[name].written(end, sign=True) for end in (difference.low, difference.high)]
        grid.add_row(
            outcome.label["en"],
            OUTCOMES[name].written(comparison.baseline[name]),
            OUTCOMES[name].written(comparison.scenario[name]),
            OUTCOMES[name].written(difference.mean, sign=True),
            " .. ".join(interval) if math.isfinite(difference.low) else "not available",
            chance(difference.certainty),
            _verdict(comparison.verdict(name)),
            outcome.unit["en"],
        )
    return grid


def _verdict(found: Verdict) -> str:
    word = WORDS.get(found.word, str(found.word))
    return f"{word}: {found.pairs:,} pairs" if found.pairs else word
