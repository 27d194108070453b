"""The runs that claims need, together and each only once, and what they yielded per arm, cell and seed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kastje.experiments.designs import Design, Factor
from kastje.experiments.designs.factors import PROFILE
from kastje.experiments.designs.levers import STARTS, TIMING
from kastje.experiments.studies.claims.arms import PEOPLE, Arm, arm_of
from kastje.experiments.studies.claims.cells import FAR, FIRST, RELABELLED, Cell, Layout, cells_of
from kastje.experiments.studies.claims.claim import Claim
from kastje.experiments.studies.claims.organisations import named, organisation
from kastje.model import LESSONS, Scenario

Floats = NDArray[np.float64]

FAR_AWAY = 1_000_000
"""So far from the first seeds lie the others."""
TODAY: Arm = ()
ALONE: dict[str, Arm] = {lesson: arm_of({lesson: 1.0}) for lesson in LESSONS} | {"all": arm_of({"all": 1.0})}
"""Each lesson by itself, and all of them."""
TIMES = {"start_day": 0.0, "ramp_days": 90.0}

Point = tuple[str, Arm]
"""What a run is of, the seed apart: the organisation's name, and every value."""


class Organisations(Design):
    """A design whose profiles may also be organisations made from one, by their names."""

    def profiles(self) -> dict[str, Scenario]:
        """Today's scenario of every organisation in the design."""
        return {str(name): organisation(str(name)) for name in sorted(set(self.points[PROFILE]))}


@dataclass(frozen=True)
class Study:
    """Claims, and how they are tested: `replications` pairs a cell, from `seed` on, under these `settings`.

    With `alone` it also holds each lesson by itself, and all of them, in the usual case of every profile and load.
    """

    claims: Sequence[Claim]
    layout: Layout = "usual"
    replications: int = 10
    seed: int = 1
    settings: Mapping[str, float] = field(default_factory=dict)
    alone: bool = False

    def cells(self, claim: Claim) -> list[Cell]:
        """The cells of one of its claims."""
        return cells_of(claim.where, self.layout)

    @cached_property
    def base(self) -> list[Cell]:
        """The usual case of every profile and load that a claim names."""
        found = {cell for claim in self.claims for cell in cells_of(claim.where, "quick")}
        return sorted(cell for cell in found if cell.structure == Cell(cell.profile, cell.load).structure)

    def point(self, cell: Cell, arm: Arm) -> Point:
        """What has to be run for an arm in a cell."""
        people = {name: value for name, value in arm if name in PEOPLE}
        organisation_ = named(cell.profile, people, relabelled=cell.labels == RELABELLED)
        others = {name: value for name, value in arm if name not in PEOPLE}
        return organisation_, arm_of(self.settings, cell.parameters, others)

    def points(self, seeds: str) -> list[Point]:
        """Every run that is needed with the `first` or the `far` seeds, each once, in an order of its own."""
        wanted = {
            self.point(cell, arm)
            for claim in self.claims
            for cell in self.cells(claim)
            if cell.seeds == seeds
            for arm in arms_of(claim)
        }
        if self.alone and seeds == FIRST:
            wanted |= {self.point(cell, arm) for cell in self.base for arm in (TODAY, *ALONE.values())}
        return sorted(wanted)

    def design(self, seeds: str) -> Design | None:
        """The design of those runs; None when there are none."""
        points = self.points(seeds)
        if not points:
            return None
        table = _table(points)
        factors = [
            Factor(PROFILE, tuple(dict.fromkeys(table[PROFILE])))
            if name == PROFILE
            else Factor(str(name), (), float(table[name].min()), float(table[name].max()))
            for name in table.columns
        ]
        first = self.seed + (FAR_AWAY if seeds == FAR else 0)
        return Organisations.of(
            factors,
            kind="table",
            table=table,
            name="claims",
            profile=str(table[PROFILE][0]),
            replications=self.replications,
            seed=first,
            paired=False,
        )

    def tested(self, tables: Mapping[str, pd.DataFrame]) -> "Tested":
        """What the runs yielded; `tables` are the rows of the sweeps with the `first` and the `far` seeds."""
        return Tested(
            self,
            {
                seeds: (
                    {point: at for at, point in enumerate(self.points(seeds))},
                    table.set_index(["point", "seed"]).sort_index(),
                )
                for seeds, table in tables.items()
            },
        )


@dataclass(frozen=True)
class Tested:
    """A study with its runs."""

    study: Study
    runs: Mapping[str, tuple[Mapping[Point, int], pd.DataFrame]]

    def values(self, cell: Cell, arm: Arm, outcome: str) -> Floats:
        """One outcome of an arm in a cell, by seed, in its own unit; NaN for a run that failed."""
        places, table = self.runs[cell.seeds]
        found: Any = table[outcome].xs(places[self.study.point(cell, arm)], level="point")
        return np.asarray(found.sort_index(), np.float64)


def arms_of(claim: Claim) -> list[Arm]:
    """Every arm that a claim's contrast is made of."""
    contrast = claim.contrast
    arms: Iterable[Mapping[str, float]] = (contrast.of, *contrast.against, *contrast.parts)
    if contrast.ratio_to is not None:
        arms = (*arms, contrast.ratio_to.of, contrast.ratio_to.against)
    return list(dict.fromkeys(arm_of(contrast.under, arm) for arm in arms))


def _table(points: Sequence[Point]) -> pd.DataFrame:
    """The points as a design's table: what an arm does not set, stands there as it is without it."""
    names = sorted({name for _, values in points for name, _ in values})
    rows = []
    for profile, values in points:
        given = dict(values)
        rows.append({PROFILE: profile} | {name: given.get(name, _usual(profile, name, given)) for name in names})
    return pd.DataFrame(rows, columns=[PROFILE, *names])


def _usual(profile: str, name: str, given: Mapping[str, float]) -> float:
    if name in LESSONS:
        return 0.0
    if name in TIMING:
        return TIMES[name]
    if name in STARTS:
        return given.get("start_day", TIMES["start_day"])
    return organisation(profile).value(name)
