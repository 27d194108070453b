"""Effects in one cell: what a contrast comes to over the seeds, and how sure it is that it is as was said."""

import math
from dataclasses import dataclass

import numpy as np

from kastje.experiments.difference.mean import Floats, Mean, mean_of, t_factor
from kastje.experiments.difference.spread import bimodality, percentiles
from kastje.experiments.studies.claims.arms import Arm, arm_of, said
from kastje.experiments.studies.claims.cells import Cell
from kastje.experiments.studies.claims.claim import Claim, Expected
from kastje.experiments.studies.claims.study import Tested
from kastje.model import OUTCOMES

OPEN = "open_share"


@dataclass(frozen=True)
class Effect:
    """One part of a claim in one cell, in the unit in which its outcome is shown.

    What was `found` over the seeds, with its 95 % interval (of a ratio: Fieller's, NaN where it has no ends);
    `threshold` what it is held against; `p10`, `p50`, `p90` and `bimodality` of the differences by seed. `right` and
    `wrong` are one-sided p values: of the hypothesis that it is not as was said, and of the one that it is. `opened`
    is the same contrast of the share of cases still open, in points.
    """

    outcome: str
    against: str
    threshold: float
    found: Mean
    p10: float
    p50: float
    p90: float
    bimodality: float
    right: float
    wrong: float
    opened: Mean

    def as_row(self) -> dict[str, float | str]:
        """As a row of a table."""
        found, opened = self.found, self.opened
        return {
            "outcome": self.outcome,
            "against": self.against,
            "threshold": self.threshold,
            "mean": found.mean,
            "low": found.low,
            "high": found.high,
            "n": found.n,
            "p10": self.p10,
            "p50": self.p50,
            "p90": self.p90,
            "bimodality": self.bimodality,
            "right": self.right,
            "wrong": self.wrong,
            "opened": opened.mean,
            "opened_low": opened.low,
            "opened_high": opened.high,
        }


def effects(claim: Claim, cell: Cell, tested: Tested) -> list[Effect]:
    """The effects that a claim is about, in one cell: one for each of its outcomes and arms to compare with."""
    return [
        _effect(claim, cell, tested, expected, against)
        for expected in claim.outcomes
        for against in claim.contrast.against
    ]


def _effect(claim: Claim, cell: Cell, tested: Tested, expected: Expected, against: dict[str, float]) -> Effect:
    scale = OUTCOMES[expected.outcome].scale
    shown = scale * difference(claim, cell, tested, expected.outcome, against)
    opened = Mean.of(100.0 * difference(claim, cell, tested, OPEN, against))
    size = expected.size
    threshold = size.value
    if size.relative:
        with_it = scale * tested.values(cell, arm_of(claim.contrast.under, against), expected.outcome)
        threshold *= abs(mean_of(with_it)) / 100.0
    if claim.contrast.ratio_to is None:
        found = Mean.of(shown)
        right, wrong = judged(expected, shown, threshold)
    else:
        other = scale * _other(claim, cell, tested, expected.outcome)
        found = fieller(shown, other)
        right, wrong = times_judged(expected.sign * shown, expected.sign * other, threshold)
    known = shown[np.isfinite(shown)]
    p10, p50, p90 = percentiles(known)
    return Effect(
        outcome=expected.outcome,
        against=said(against),
        threshold=threshold,
        found=found,
        p10=p10,
        p50=p50,
        p90=p90,
        bimodality=bimodality(known),
        right=right,
        wrong=wrong,
        opened=opened,
    )


def difference(claim: Claim, cell: Cell, tested: Tested, outcome: str, against: dict[str, float]) -> Floats:
    """What the contrast comes to for each seed, in the outcome's own unit."""
    contrast = claim.contrast

    def values(arm: dict[str, float]) -> Floats:
        return tested.values(cell, _under(claim, arm), outcome)

    if not contrast.parts:
        return values(contrast.of) - values(against)
    together = values(contrast.of) + (len(contrast.parts) - 1) * values(against)
    return np.asarray(together - sum(values(part) for part in contrast.parts), np.float64)


def _other(claim: Claim, cell: Cell, tested: Tested, outcome: str) -> Floats:
    other = claim.contrast.ratio_to
    assert other is not None
    one, two = (tested.values(cell, _under(claim, arm), outcome) for arm in (other.of, other.against))
    return one - two


def _under(claim: Claim, arm: dict[str, float]) -> Arm:
    return arm_of(claim.contrast.under, arm)


def judged(expected: Expected, shown: Floats, threshold: float) -> tuple[float, float]:
    """The p values that it is as was said, and that it is not, of a difference."""
    if expected.direction == "negligible":
        above, below = beyond(shown, threshold), beyond(-shown, threshold)
        return max(1.0 - above, 1.0 - below), min(1.0, 2.0 * min(above, below))
    over = -threshold if expected.direction == "no_worse" else threshold
    p = beyond(expected.sign * shown, over)
    return p, 1.0 - p


def times_judged(shown: Floats, other: Floats, times: float) -> tuple[float, float]:
    """The same of a ratio, by the sign of the effect less so many times the other one: it needs no division.

    The effect itself has to be in the direction that was said.
    """
    more, there = beyond(shown - times * other, 0.0), beyond(shown, 0.0)
    return max(more, there), min(1.0, 2.0 * min(1.0 - more, 1.0 - there))


def beyond(values: Floats, threshold: float) -> float:
    """The one-sided p value that the mean is not above the threshold (t test); NaN below two values."""
    return Mean.of(values).chance_below(threshold)


def fieller(over: Floats, under: Floats) -> Mean:
    """A ratio of two means over the same seeds, with Fieller's 95 % interval; NaN where it has no ends.

    E. C. Fieller (1954): the ratios r for which the mean of `over - r under` does not differ from 0.
    """
    n = int(np.isfinite(over).sum())
    both = np.isfinite(over) & np.isfinite(under)
    x, y = over[both], under[both]
    if len(x) < 2 or float(y.mean()) == 0.0:
        return Mean(math.nan, math.nan, math.nan, math.nan, n)
    mx, my = float(x.mean()), float(y.mean())
    (sxx, sxy), (_, syy) = np.cov(x, y) / len(x) * t_factor(len(x)) ** 2
    a, b, c = my**2 - syy, mx * my - sxy, mx**2 - sxx
    if a <= 0.0:
        return Mean(mx / my, math.nan, math.nan, math.nan, n)
    half = math.sqrt(max(0.0, b**2 - a * c))
    return Mean(mx / my, (b - half) / a, (b + half) / a, math.nan, n)
