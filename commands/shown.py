"""What a dashboard gave, made again: a report, its Parquet file, or a scenario that was saved with its figures."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kastje.commands.terminal import progress
from kastje.dashboard.own.own import OWN, Own
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.scenario_file import loaded
from kastje.dashboard.visit.state import Choice
from kastje.experiments.again.held import Held
from kastje.experiments.again.told import Told, of_an_own_municipality, saved_early
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.table import table_of
from kastje.experiments.runs.places import Threads
from kastje.experiments.runs.runner import Runs, pairs
from kastje.experiments.runs.watch import Watch

WORLDS = ("baseline", "scenario", "difference")


def held_report(told: Told, workers: int) -> Held:
    """The figures of a report, or of the Parquet file beside it. Raises InputError for an own municipality's."""
    choice, _ = read(str(told.content["query"]))
    if choice.profile == OWN and not isinstance(choice.own, Own):
        raise of_an_own_municipality(told.path)
    comparison, held = _compared(choice, told.content["seeds"], workers), Held()
    if told.path.suffix == ".parquet":
        held.table("figures", pd.read_parquet(told.path), table_of(comparison))
        return held
    again = comparison.as_dict()
    for world in WORLDS:
        held.data(world, told.content[world], again[world])
    return held


def held_scenario(told: Told, workers: int) -> Held:
    """The figures of a saved scenario. Raises InputError when it was saved without any."""
    figures: Mapping[str, Any] = told.content["figures"]
    choice, _ = loaded([{"name": told.path.name, "text": told.content["text"]}], Choice())
    if not figures:
        raise saved_early(told.path)
    seeds = list(range(choice.seed, choice.seed + choice.replications))
    comparison, held = _compared(choice, seeds, workers), Held()
    for name, said in figures.items():
        again = comparison.baseline.get(name), comparison.scenario.get(name), comparison.difference.get(name)
        means = (*again[:2], again[2] and again[2].mean)
        held.data(name, said, dict(zip(("today", "choice", "difference"), means, strict=True)))
    return held


def _compared(choice: Choice, seeds: list[int], workers: int) -> Comparison:
    """The comparison over these seeds: those of a report that was kept early need not follow each other."""
    first, count = min(seeds), max(seeds) - min(seeds) + 1
    with progress("Paired runs", max(2, count)) as tick:
        made = pairs(choice.scenario(), Runs(count, first, Threads(workers), Watch(tick)))
        return Comparison.of(pair for pair in made if pair.seed in seeds)
