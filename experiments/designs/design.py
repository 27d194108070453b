"""A design: points in the space of its factors, and everything else that decides what its runs yield."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kastje.experiments.designs import kinds
from kastje.experiments.designs.factors import PROFILE, Factor, Level, canonical, checked
from kastje.experiments.designs.levers import laid_over, load
from kastje.experiments.designs.replications import Replications
from kastje.experiments.phrase import phrase
from kastje.model import LESSONS, InputError, Scenario
from kastje.model.errors import unexpected, unknown

TABLE = "table"
KINDS = (*kinds.KINDS, TABLE)
SIZED = ("latin_hypercube", "sobol", "saltelli", "morris")
"""The kinds whose number of points (trajectories, for Morris) is chosen."""


@dataclass(frozen=True, eq=False)
class Design:
    """What an experiment is made of. `points` holds the factors only; `fixed` what is the same in every run.

    `paired` adds today's organisation (no lessons, all else equal) with the same seeds for every point, once for all
    points that differ in nothing but lessons.
    """

    name: str
    """What it is called."""
    profile: str
    """A shipped profile, or a TOML file."""
    kind: str
    """Which points are taken: `grid`, `sobol` and so on."""
    factors: tuple[Factor, ...]
    """What is varied."""
    points: pd.DataFrame
    """A row a point, a column a factor."""
    fixed: Mapping[str, float] = field(default_factory=dict)
    """What is the same in every run, by dotted name."""
    replications: Replications = field(default_factory=Replications)
    """How many seeds a point gets."""
    seed: int = 1
    """The first seed, and the seed of points that are drawn."""
    paired: bool = True
    """Whether today's organisation is run beside every point."""
    size: int = 0
    """The number of points asked for, or of trajectories; 0 where the kind decides."""
    resolution: int = 0
    """Of a `fractional` design; 0 of another."""

    @classmethod
    def of(
        cls,
        factors: Sequence[Factor],
        *,
        kind: str = "grid",
        profile: str = "tilburg",
        name: str = "",
        fixed: Mapping[str, float] | None = None,
        replications: Replications | int = 20,
        seed: int = 1,
        paired: bool = True,
        size: int = 0,
        resolution: int = 4,
        table: pd.DataFrame | None = None,
    ) -> "Design":
        """The design of a kind over these factors. `size` is the number of points of a `latin_hypercube` or `sobol`
        design, of trajectories of `morris`, of base points of `saltelli`; `table` the points of a `table`.

        Raises InputError for a kind that nobody knows, a factor given twice or also fixed, and what the kind refuses.
        """
        if kind not in KINDS:
            raise unknown("kind", kind, KINDS)
        held = {}
        for one, value in (fixed or {}).items():
            full = canonical(one, "fixed")
            held[full] = float(checked(full, value, f"fixed.{one}"))
        names = [factor.name for factor in factors]
        for one in names:
            if names.count(one) > 1 or one in held:
                raise InputError(phrase("design.factor_twice", where=f"factors.{one}"))
        if not names:
            raise InputError(phrase("design.no_factors"))
        points = _points(factors, kind, size, resolution, seed, table)
        several = replications if isinstance(replications, Replications) else Replications(replications)
        return cls(
            name or kind,
            profile,
            kind,
            tuple(factors),
            points,
            held,
            several,
            seed,
            paired,
            size if kind in SIZED else 0,
            resolution if kind == "fractional" else 0,
        )

    def __len__(self) -> int:
        return len(self.points)

    @property
    def names(self) -> tuple[str, ...]:
        """The factors' names, in the order of the columns."""
        return tuple(factor.name for factor in self.factors)

    def bare(self) -> "Design":
        """The same design without its points: enough to make scenarios of arms, and light to send to a worker."""
        return replace(self, points=self.points.iloc[:0])

    @cached_property
    def arms(self) -> pd.DataFrame:
        """Every distinct arm: the factors' columns, `point` (its number), `world` and `arm` (choice or today).

        Points are numbered as in `points`; the arms of today that no point is, come after them. Arms of one world
        differ in lessons only, and share today's run.
        """
        lessons = [factor.name for factor in self.factors if factor.is_lesson]
        others = [name for name in self.names if name not in lessons]
        arms = self.points.copy()
        arms["point"] = np.arange(len(arms), dtype=np.int64)
        arms["world"] = arms.groupby(others, sort=False).ngroup() if others else np.int64(0)
        nothing = self._is_today(arms)
        arms["arm"] = np.where(nothing, "today", "choice")
        if not self.paired:
            return arms
        first = arms.drop_duplicates("world")
        missing = first[~first["world"].isin(arms.loc[nothing, "world"])].copy()
        for name in lessons:
            missing[name] = np.nan
        missing["point"] = np.arange(len(arms), len(arms) + len(missing), dtype=np.int64)
        missing["arm"] = "today"
        return pd.concat([arms, missing], ignore_index=True)

    def _is_today(self, arms: pd.DataFrame) -> NDArray[np.bool_]:
        intensities = [name for name in self.names if name in (*LESSONS, "all")]
        if any(value > 0.0 for name, value in self.fixed.items() if name in (*LESSONS, "all")):
            return np.zeros(len(arms), bool)
        return np.asarray((arms[intensities] == 0.0).all(axis=1)) if intensities else np.ones(len(arms), bool)

    def scenario(self, arm: Mapping[str, Any], profiles: Mapping[str, Scenario]) -> Scenario:
        """The scenario of one row of `arms`; `profiles` holds today's scenario of each profile by its name."""
        base = profiles[str(arm.get(PROFILE, self.profile))]
        values: dict[str, float] = dict(self.fixed)
        values.update({name: float(arm[name]) for name in self.names if name != PROFILE and not _missing(arm[name])})
        scenario = laid_over(base, values)
        return scenario.baseline() if arm["arm"] == "today" else scenario

    def profiles(self) -> dict[str, Scenario]:
        """Today's scenario of every profile in the design. Raises InputError for one that cannot be read."""
        named = sorted(set(self.points[PROFILE])) if PROFILE in self.names else [self.profile]
        return {str(name): load(str(name)) for name in named}

    def as_data(self) -> dict[str, Any]:
        """The whole design as plain data: the same data, the same runs. Points of a table go in as a hash."""
        data: dict[str, Any] = {
            "name": self.name,
            "profile": self.profile,
            "kind": self.kind,
            "seed": self.seed,
            "replications": self.replications.as_data(),
            "paired": self.paired,
            "fixed": dict(self.fixed),
            "factors": {factor.name: factor.as_data() for factor in self.factors},
            "points": len(self.points),
        }
        if self.size:
            data["size"] = self.size
        if self.resolution:
            data["resolution"] = self.resolution
        if self.kind == TABLE:
            text = self.points.to_csv(index=False, lineterminator="\n")
            data["table"] = hashlib.sha256(text.encode()).hexdigest()[:16]
        return data


def _points(
    factors: Sequence[Factor], kind: str, size: int, resolution: int, seed: int, table: pd.DataFrame | None
) -> pd.DataFrame:
    if kind == TABLE:
        if table is None:
            raise InputError(phrase("design.no_table"))
        return table[[factor.name for factor in factors]].reset_index(drop=True)
    if kind in SIZED:
        if not 1 <= size <= kinds.MOST_POINTS:
            raise unexpected("size", size, phrase("design.size", most=kinds.MOST_POINTS, kind=kind))
        return kinds.KINDS[kind](factors, size, seed)
    if kind == "fractional":
        return kinds.fractional(factors, resolution)
    return kinds.KINDS[kind](factors)


def _missing(value: Level) -> bool:
    return isinstance(value, float) and np.isnan(value)
