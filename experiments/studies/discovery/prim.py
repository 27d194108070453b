"""PRIM: the boxes in the space of the inputs in which what is looked for happens far more often than elsewhere.

Friedman & Fisher (1999) as Bryant & Lempert (2010) use it for scenario discovery, by the EMA Workbench. The patient
rule induction peels a share of the points off at a time. Of the boxes on its way the one is taken that holds most
points of interest beyond its share, mass (density - base) (weighted relative accuracy, Lavrac et al. 1999), whatever
the base rate is; then every limit goes whose quasi-p value is above 0.05, the largest first. Peeling will find a box in
pure chance as well: so a third of the points is kept apart, and a box counts only when what is looked for is there more
often than elsewhere in those too.
"""

import importlib
import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.designs import Factor
from kastje.experiments.phrase import phrase
from kastje.model import InputError

ALPHA = 0.05
PEELS = (0.03, 0.05, 0.1, 0.2)
"""What a step of the search takes off, from patient to bold: a single one can be caught between two boxes."""
HELD_OUT = 3
"""Every so many-th point is kept apart."""
LEAST = 10
"""With fewer points of interest, or of the others, among those that are searched there is nothing to look for."""


@dataclass(frozen=True)
class Limit:
    """A factor's bounds within a box, and the quasi-p value of each that was drawn in (NaN: it was not)."""

    factor: str
    low: float
    high: float
    quasi_p_low: float
    quasi_p_high: float


@dataclass(frozen=True)
class Box:
    """Some bounds, and how what is looked for lies in them.

    Of the points that were searched: `coverage` is the share of all points of interest that are inside; `density` the
    share of the `n` points inside (and in no earlier box) that are of interest, `base` that of all points that earlier
    boxes left; `mass` the share of all points that are inside. `held_density` and `held_base` are the same over the
    points that were kept apart, `held_n` of them inside, and `held_p` the one-sided binomial probability of so many of
    interest by chance.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    n: int
    base: float
    held_n: int
    held_density: float
    held_base: float
    held_p: float
    trajectory: pd.DataFrame

    @property
    def confirmed(self) -> bool:
        """Whether it holds in the points that were kept apart."""
        return self.held_p < ALPHA


@dataclass(frozen=True)
class Discovery:
    """`boxes` as they were found, over `points` points of which `interest` are of interest; `why` there are none."""

    boxes: tuple[Box, ...]
    points: int
    interest: int
    why: str = ""


def discover(points: pd.DataFrame, factors: Sequence[Factor], *, most: int = 3, least_mass: float = 0.05) -> Discovery:
    """At most so many boxes, each of at least that share of the points that are searched, of what earlier ones left.

    `points` is what `condition.points_of` gives. The search ends when no limit is left that matters. Raises InputError
    when the EMA Workbench is not there.
    """
    prim = library()
    interest = int(points["interest"].sum()) if len(points) else 0
    apart = np.arange(len(points)) % HELD_OUT == HELD_OUT - 1
    seen, held = points[~apart].reset_index(drop=True), points[apart].reset_index(drop=True)
    if why := _too_few(seen):
        return Discovery((), len(points), interest, why)
    boxes: list[Box] = []
    while len(boxes) < most:
        left = seen[~_inside_any(boxes, seen)].reset_index(drop=True)
        if _too_few(left):
            break
        found = _best_found(prim, left, [factor.name for factor in factors], least_mass * len(seen) / len(left))
        if found is None:
            break
        boxes.append(_box(found, seen, held, boxes, factors))
    return Discovery(tuple(boxes), len(points), interest, "" if boxes else "no bounds raise its share beyond chance")


def _too_few(seen: pd.DataFrame) -> str:
    if not len(seen):
        return "its figure is not available at any point"
    there = int(seen["interest"].sum())
    if there == 0:
        return "it happens at none of the points that are searched"
    if there == len(seen):
        return "it happens at every point that is searched, so that no bounds set it apart"
    if min(there, len(seen) - there) < LEAST:
        return f"it happens at {there} of the {len(seen)} points that are searched: fewer than {LEAST} on one side"
    return ""


def _best_found(prim: Any, points: pd.DataFrame, names: Sequence[str], mass: float) -> Any:
    """Of what more and less patient searches choose, the box with most of interest beyond its share; or None."""
    chosen = []
    with _quietly():
        for peel in PEELS:
            box = prim.Prim(points[names], points["interest"].to_numpy(), mass_min=mass, peel_alpha=peel).find_box()
            if _chosen(box):
                chosen.append(box)
    return max(chosen, key=_excess, default=None)


def _chosen(box: Any) -> bool:
    """Select the box of the trajectory that holds most of interest beyond its share; true when a limit is left."""
    steps = box.peeling_trajectory
    box.select(int(np.argmax(steps["mass"] * (steps["density"] - steps["density"][0]))))
    while box.res_dim:
        worst = max(box.p_values[box._cur_box].items(), key=lambda item: _best(item[1]))
        if _best(worst[1]) <= ALPHA:
            return True
        box.drop_restriction(worst[0], box._cur_box)
    return False


def _excess(box: Any) -> float:
    return float(box.mass * (box.density - box.peeling_trajectory["density"][0]))


def _best(pair: Sequence[float]) -> float:
    """The quasi-p value of the sharper of a factor's two limits (the library has -1 for one that was not drawn in)."""
    return min(value for value in pair if value >= 0.0)


def _box(found: Any, seen: pd.DataFrame, held: pd.DataFrame, before: Sequence[Box], factors: Sequence[Factor]) -> Box:
    from scipy.stats import binomtest

    limits, trajectory = tuple(_limits(found, factors)), _trajectory(found)
    inside, base = _within(limits, seen, before)
    held_inside, held_base = _within(limits, held, before)
    hits, held_hits = int(inside.sum()), int(held_inside.sum())
    there = len(held_inside) > 0
    return Box(
        limits,
        coverage=hits / int(seen["interest"].sum()),
        density=hits / len(inside),
        mass=len(inside) / len(seen),
        n=len(inside),
        base=base,
        held_n=len(held_inside),
        held_density=held_hits / len(held_inside) if there else math.nan,
        held_base=held_base,
        held_p=float(binomtest(held_hits, len(held_inside), held_base, "greater").pvalue) if there else math.nan,
        trajectory=trajectory,
    )


def _within(limits: Sequence[Limit], points: pd.DataFrame, before: Sequence[Box]) -> tuple[np.ndarray, float]:
    """Of the points that earlier boxes left: `interest` of those within the limits, and its share in all of them."""
    left = points[~_inside_any(before, points)]
    interest = left["interest"].to_numpy()
    return interest[inside(limits, left)], float(interest.mean()) if len(left) else math.nan


def _limits(found: Any, factors: Sequence[Factor]) -> Iterator[Limit]:
    """The bounds that matter, the sharpest first; an end that was not drawn in, or in vain, is the factor's own."""
    values, bounds = found.p_values[found._cur_box], found.box_lims[found._cur_box]
    by_name = {factor.name: factor for factor in factors}
    for name, pair in sorted(values.items(), key=lambda item: _best(item[1])):
        factor, (p_low, p_high) = by_name[name], (value if 0.0 <= value <= ALPHA else math.nan for value in pair)
        low, high = (float(end) for end in bounds[name])
        low, high = factor.low if math.isnan(p_low) else low, factor.high if math.isnan(p_high) else high
        yield Limit(name, low, high, p_low, p_high)


def _trajectory(found: Any) -> pd.DataFrame:
    steps = found.peeling_trajectory
    restricted = [", ".join(values) for values in found.p_values]
    made = pd.DataFrame({"step": np.arange(len(steps)), "restricted": restricted})
    for name in ("coverage", "density", "mass", "n", "res_dim"):
        made[name] = steps[name].to_numpy()
    made["chosen"] = made["step"] == found._cur_box
    return made


def inside(limits: Sequence[Limit], points: pd.DataFrame) -> np.ndarray:
    """Which of these points lie within all limits."""
    within = np.ones(len(points), bool)
    for limit in limits:
        within &= points[limit.factor].between(limit.low, limit.high).to_numpy()
    return within


def _inside_any(boxes: Sequence[Box], points: pd.DataFrame) -> np.ndarray:
    within = np.zeros(len(points), bool)
    for box in boxes:
        within |= inside(box.limits, points)
    return within


def library() -> Any:
    """The PRIM module of the EMA Workbench. Raises InputError, one line, when it is not installed."""
    with _quietly():
        try:
            return importlib.import_module("ema_workbench.analysis.prim")
        except ImportError:
            raise InputError(phrase("discovery.no_workbench")) from None


@contextmanager
def _quietly() -> Iterator[None]:
    """Without what the workbench warns of: an evaluator that we do not use, ways of pandas that are going away."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"ema_workbench(\.|$)")
        yield
