"""Verdicts: does a claim hold everywhere, does it depend on something, does it fail, or can it not be told yet?

In a cell a claim holds, fails, or is unclear by its 95 % interval. That it holds *everywhere* takes every cell, each at
its own level (an intersection-union test: no correction is needed). That it holds or fails *somewhere* is looked for in
many cells at once, so those p values are Holm's over the cells of the claim.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from kastje.experiments.studies.claims.cells import DIMENSIONS, Cell
from kastje.experiments.studies.claims.claim import Claim
from kastje.experiments.studies.claims.effects import OPEN, Effect, effects
from kastje.experiments.studies.claims.study import Tested
from kastje.model import OUTCOMES

HOLDS, DEPENDS, FAILS, UNCLEAR = "holds", "depends", "fails", "unclear"
LEVEL = 0.025
"""One-sided: a 95 % interval that lies on one side."""
OPENED = 100.0 * OUTCOMES[OPEN].matters
"""So many points more cases left open flatter what is counted per case decided [points]."""

NAMES = {
    "profile": "the profile",
    "load": "the load",
    "act_rule": "the act-rule",
    "disappointment": "whether disappointment counts",
    "pressure": "whether pressure has effects",
    "seeds": "the seeds",
    "labels": "the order in which departments are listed",
}


@dataclass(frozen=True)
class Judged:
    """A cell with the effects in it and what they say of the claim there.

    `status` is by the cell alone; `sure` is the same after Holm's correction over all cells of the claim.
    """

    cell: Cell
    effects: tuple[Effect, ...]
    right: float
    wrong: float
    status: str
    sure: str

    @property
    def flattered(self) -> bool:
        """Whether more cases surely stay open: then figures per case decided look better than they are."""
        return any(effect.opened.side(OPENED) > 0 for effect in self.effects)


@dataclass(frozen=True)
class Split:
    """One circumstance, or two together, that tell where a claim holds and where it fails, by their levels."""

    dimensions: tuple[str, ...]
    holds: tuple[str, ...]
    fails: tuple[str, ...]

    def __str__(self) -> str:
        on = " and ".join(NAMES[dimension] for dimension in self.dimensions)
        ends = [f"holds at {', '.join(self.holds)}", f"fails at {', '.join(self.fails)}"]
        # Two circumstances have many levels together; the shorter list tells the other.
        few = len(self.dimensions) > 1 and len(self.holds) != len(self.fails)
        return f"on {on}: {min(ends, key=len) if few else '; '.join(ends)}"


@dataclass(frozen=True)
class Ruling:
    """A claim with its cells, and what they come to."""

    claim: Claim
    cells: tuple[Judged, ...]
    verdict: str
    splits: tuple[Split, ...]

    @classmethod
    def of(cls, claim: Claim, found: Sequence[tuple[Cell, Sequence[Effect]]]) -> "Ruling":
        """The verdict on a claim from the effects in each of its cells."""
        right = [max((e.right for e in many), key=_last) for _, many in found]
        wrong = [min(1.0, len(many) * min((e.wrong for e in many), key=_last)) for _, many in found]
        sure_right, sure_wrong = holm(right), holm(wrong)
        cells = tuple(
            Judged(
                cell,
                tuple(many),
                right[at],
                wrong[at],
                _status(right[at], wrong[at]),
                _status(sure_right[at], sure_wrong[at]),
            )
            for at, (cell, many) in enumerate(found)
        )
        verdict = _verdict(cells)
        return cls(claim, cells, verdict, splits(cells) if verdict == DEPENDS else ())

    def count(self, status: str) -> int:
        """In how many cells it holds, fails, or is unclear, by the cell alone."""
        return sum(one.status == status for one in self.cells)

    @property
    def flattered(self) -> int:
        """In how many cells it holds while more cases surely stay open."""
        return sum(one.flattered and one.status == HOLDS for one in self.cells)

    @property
    def why(self) -> str:
        """What the verdict rests on, in one line."""
        counts = ", ".join(f"{status} in {self.count(status)}" for status in (HOLDS, FAILS, UNCLEAR))
        parts = [f"{counts} of {len(self.cells)} cells"]
        if self.verdict == DEPENDS:
            parts.insert(0, "; or ".join(map(str, self.splits)) or "on more than two circumstances together")
        if self.verdict == FAILS and self.opposite:
            parts.append(f"the opposite in {self.opposite}")
        if self.flattered:
            parts.append(f"in {self.flattered} of those it holds in, more cases stay open")
        return "; ".join(parts)

    @property
    def opposite(self) -> int:
        """In how many cells the effect lies surely on the other side of nothing."""
        return sum(
            any(_opposite(self.claim, effect) for effect in one.effects) for one in self.cells if one.status == FAILS
        )


def judge(claim: Claim, tested: Tested) -> Ruling:
    """The verdict on one claim of a study."""
    return Ruling.of(claim, [(cell, effects(claim, cell, tested)) for cell in tested.study.cells(claim)])


def holm(p: Sequence[float]) -> list[float]:
    """Holm's adjusted p values (Holm 1979); what is not available counts as 1."""
    known = [1.0 if math.isnan(one) else one for one in p]
    order = sorted(range(len(known)), key=known.__getitem__)
    adjusted, highest = [1.0] * len(known), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(known) - rank) * known[at]))
        adjusted[at] = highest
    return adjusted


def splits(cells: Sequence[Judged]) -> tuple[Split, ...]:
    """The single circumstances that tell where a claim holds and where it fails; if there is none, the pairs.

    One tells when at none of its levels the claim surely holds in some cells and surely fails in others.
    """
    known = [one for one in cells if one.sure != UNCLEAR]
    for size in (1, 2):
        found = [split for names in combinations(DIMENSIONS, size) if (split := _split(known, names)) is not None]
        if found:
            return tuple(found)
    return ()


def _split(cells: Sequence[Judged], names: tuple[str, ...]) -> Split | None:
    seen: dict[tuple[str, ...], set[str]] = {}
    for one in cells:
        seen.setdefault(tuple(one.cell.level(name) for name in names), set()).add(one.sure)
    if any(len(statuses) > 1 for statuses in seen.values()):
        return None
    ends = {
        status: tuple(" with ".join(level) for level, found in seen.items() if found == {status})
        for status in (HOLDS, FAILS)
    }
    return Split(names, ends[HOLDS], ends[FAILS]) if all(ends.values()) else None


def _verdict(cells: Sequence[Judged]) -> str:
    if all(one.status == HOLDS for one in cells):
        return HOLDS
    sure = {one.sure for one in cells}
    if FAILS not in sure:
        return UNCLEAR
    return DEPENDS if HOLDS in sure else FAILS


def _status(right: float, wrong: float) -> str:
    if right <= LEVEL:
        return HOLDS
    return FAILS if wrong <= LEVEL else UNCLEAR


def _opposite(claim: Claim, effect: Effect) -> bool:
    for expected in claim.outcomes:
        if expected.outcome == effect.outcome and expected.at_least is not None:
            return effect.found.side() == -expected.sign
    return False


def _last(p: float) -> tuple[bool, float]:
    """In the order of p values, what is not available comes last."""
    return math.isnan(p), p
