"""The tables of a full factorial: effects by lesson, by pair, in all, by combination, and what pairing was worth."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from kastje.experiments.difference import paired
from kastje.experiments.difference.difference import FIELDS as DIFFERENCE
from kastje.experiments.difference.mean import Floats
from kastje.experiments.difference.shapley import alone, shapley
from kastje.experiments.difference.spread import percentiles, reduction
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.studies.factorial import contrasts
from kastje.experiments.studies.factorial.cube import (
    EVERYONE,
    Cube,
    combination_of,
    cubes_of,
    over_seeds,
    spoken,
)
from kastje.experiments.studies.factorial.packages import packages_table
from kastje.model import LESSONS, OUTCOMES

MEASURES: dict[str, Callable[[Floats], Floats]] = {
    "shapley": shapley,
    "main": contrasts.main,
    "alone": alone,
    "last": contrasts.last,
}
"""What a lesson does: its mean addition over all orders; over all combinations; to none; to all the others."""


def tables(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All tables of the runs of `lessons_design`, by name."""
    cubes = cubes_of(table)
    combinations = combinations_table(table)
    return {
        "lessons": pd.concat([lessons_table(cube) for cube in cubes], ignore_index=True),
        "interactions": pd.concat([interactions_table(cube) for cube in cubes], ignore_index=True),
        "together": pd.concat([together_table(cube) for cube in cubes], ignore_index=True),
        "packages": packages_table(cubes),
        "combinations": combinations,
        "pairing": pairing_table(combinations),
        "collapse": collapse_table(table),
    }


def lessons_table(cube: Cube) -> pd.DataFrame:
    """What each lesson does to each outcome, by each measure: one row each, with the `FIELDS` of a difference.

    `reduction`: by how much pairing cut the variance of the lesson alone, of all with and without it, and of the means
    with and without it; a Shapley value has none, being no difference of two.
    """
    rows = []
    for measure, of in MEASURES.items():
        values = of(cube.worth)
        for at, lesson in enumerate(LESSONS):
            for column, outcome in enumerate(cube.outcomes):
                found = over_seeds(values[at, :, column], outcome)
                reduction = _reduction(cube.worth[..., column], measure, at)
                rows.append(
                    {"load": cube.load, "outcome": outcome, "measure": measure, "lesson": lesson}
                    | found.as_row()
                    | {"reduction": reduction}
                )
    return pd.DataFrame(rows)


def interactions_table(cube: Cube) -> pd.DataFrame:
    """The interaction of each pair of lessons in each outcome: one row each."""
    values = contrasts.interactions(cube.worth)
    return pd.DataFrame(
        [
            {"load": cube.load, "outcome": outcome, "lesson": LESSONS[i], "other": LESSONS[j]}
            | over_seeds(values[at, :, column], outcome).as_row()
            for at, (i, j) in enumerate(contrasts.pairs(cube.worth))
            for column, outcome in enumerate(cube.outcomes)
        ]
    )


def together_table(cube: Cube) -> pd.DataFrame:
    """All lessons together: today, all, their difference, the sum of what each does alone, the synergy; and which part
    of the variance between combinations is of single lessons, of pairs, and of three or more."""
    synergy = contrasts.synergy(cube.worth)
    components = contrasts.variance_by_order(cube.worth)
    rows = []
    for column, outcome in enumerate(cube.outcomes):
        worth = cube.worth[..., column]
        found = paired.Pairing.of(worth[0], worth[EVERYONE], yardstick(outcome)).as_row()
        beyond = over_seeds(synergy[:, column], outcome)
        rows.append(
            {"load": cube.load, "outcome": outcome, "today": found["today"], "all": found["choice"]}
            | {name: found[name] for name in (*DIFFERENCE, "reduction")}
            | {f"synergy_{name}": value for name, value in beyond.as_row().items()}
            | _shares(components[:, column])
        )
    return pd.DataFrame(rows)


def combinations_table(table: pd.DataFrame) -> pd.DataFrame:
    """Every combination against none at its load, by outcome: with its lessons, and the `FIELDS` of a pairing."""
    arms = _arms(table)
    effects = paired.effects(table, OUTCOMES)
    return arms.merge(effects, on="point", how="inner").drop(columns=["point", "world"])


def collapse_table(table: pd.DataFrame) -> pd.DataFrame:
    """Every combination, none included: the share of runs that tipped, and quantiles of the lead time."""
    return _arms(table).merge(paired.collapse(table), on="point").drop(columns="point")


def pairing_table(combinations: pd.DataFrame) -> pd.DataFrame:
    """By how much common random numbers cut the variance of a difference: the 10th, 50th and 90th percentile over the
    combinations (1: they brought nothing), by load and outcome."""
    rows = []
    for (load, outcome), group in combinations.groupby(["load", "outcome"], sort=False):
        known = group["reduction"].dropna().to_numpy()
        low, middle, high = percentiles(known)
        rows.append(
            {"load": load, "outcome": outcome, "p10": low, "p50": middle, "p90": high, "combinations": len(known)}
        )
    return pd.DataFrame(rows)


def _arms(table: pd.DataFrame) -> pd.DataFrame:
    first = table.drop_duplicates("point")
    numbers = combination_of(first)
    arms = pd.DataFrame(
        {
            "point": first["point"].to_numpy(),
            "load": first["work.load"].to_numpy(),
            "combination": numbers,
            "package": [spoken(int(number)) for number in numbers],
        }
    )
    return arms.sort_values(["load", "combination"], ignore_index=True)


def _reduction(worth: Floats, measure: str, lesson: int) -> float:
    numbers = np.arange(len(worth))
    having = (numbers >> lesson & 1).astype(bool)
    arms = {
        "alone": (worth[0], worth[1 << lesson]),
        "last": (worth[EVERYONE ^ 1 << lesson], worth[EVERYONE]),
        "main": (worth[~having].mean(axis=0), worth[having].mean(axis=0)),
    }
    if measure not in arms:
        return float("nan")
    without, with_ = arms[measure]
    both = np.isfinite(without) & np.isfinite(with_)
    return reduction(without[both], with_[both])


def _shares(components: Floats) -> dict[str, float]:
    total = components.sum()
    known = bool(total > 0.0)
    parts = (components[0], components[1], components[2:].sum())
    names = ("singles_share", "pairs_share", "more_share")
    return {name: float(part / total) if known else float("nan") for name, part in zip(names, parts, strict=True)}
