"""What may be said of a difference, and why it came about? Chosen by its sign, size and certainty; never fixed.

No words here: what is returned are the names of the sentences and the numbers that go into them.
"""

import math
from dataclasses import dataclass

from kastje.dashboard.figures.figures import COSTS
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.difference import Difference
from kastje.model import OUTCOMES

HARDLY = 0.02
"""A change of less than this share of today's value is hardly any."""
SIZES = ((0.25, "much"), (0.08, "clearly"), (0.0, "little"))
"""From which share of today's value on a change is called so."""
SURE = 0.8
"""Below this share of the pairs with the same sign a direction is not called one."""
LEAD = (
    "lead_time_days_mean",
    "lead_time_days_median",
    "lead_time_days_p90",
    "legal_days_mean",
    "on_time_share",
    "open_share",
    "penalty_eur",
)
"""The outcomes about how long it takes: why is then a question of where the time went."""
PARTS = ("lead_queue_hours", "lead_resident_hours", "lead_stalled_hours", "lead_meeting_hours", "lead_touch_hours")
NEAR = {
    "stories_per_case": ("look_up", "record", "warm_handover"),
    "avoidable_contact_share": ("look_up", "record", "keep"),
    "contacts_per_case": ("look_up", "record", "keep"),
    "first_contact_resolution": ("look_up", "record", "keep"),
    "bounces_per_case": ("keep", "ask", "warm_handover"),
    "pillar_to_post_share": ("keep", "ask", "warm_handover"),
    "fit": ("volunteer", "bend"),
    "stalls_per_case": ("bend",),
}
"""The acts that stand nearest to an outcome: among these the cause is looked for first."""
ACT_MOVED = 0.02
"""An act counts as changed when the share of occasions at which it was done moved by more than this."""


@dataclass(frozen=True)
class Verdict:
    """`kind`: better, worse, higher, lower, hardly, unclear or none (not available); `size`: much, clearly, little."""

    kind: str
    size: str = ""


@dataclass(frozen=True)
class Cause:
    """What changed most in the work: `kind` is part (of the lead time), act, nothing, or around.

    Around: the outcome moved and no act did. Values are of both worlds.
    """

    kind: str
    name: str = ""
    today: float = math.nan
    choice: float = math.nan


def verdict_of(outcome: str, comparison: Comparison) -> Verdict:
    """What may be said of an outcome of these pairs."""
    difference, today = comparison.difference[outcome], comparison.baseline[outcome]
    mean = difference.mean
    if not math.isfinite(mean):
        return Verdict("none")
    about = OUTCOMES[outcome]
    within = HARDLY * abs(today)
    if mean == 0 or round(mean * about.scale, about.decimals) == 0 or max(map(abs, _ends(difference))) <= within:
        return Verdict("hardly")
    if not sure(difference):
        return Verdict("unclear")
    if abs(mean) <= within:
        return Verdict("hardly")
    share = abs(mean) / max(abs(today), abs(mean))
    size = next(size for least, size in SIZES if share >= least)
    if about.better == 0 or outcome in COSTS:
        return Verdict("higher" if mean > 0 else "lower", size)
    return Verdict("better" if mean * about.better > 0 else "worse", size)


def sure(difference: Difference) -> bool:
    """Whether the direction of a difference may be named: the interval leaves nought out and most pairs agree."""
    return difference.certainty >= SURE and (difference.low > 0 or difference.high < 0)


def _ends(difference: Difference) -> tuple[float, float]:
    return difference.low, difference.high


def whole(comparison: Comparison, outcome: str) -> Difference:
    """The scenario's own value over the whole period with its 95 % interval (a difference from nought)."""
    values = [pair.scenario.as_dict()[outcome] for pair in comparison.pairs]
    return Difference.of([0.0] * len(values), values)


def cause_of(outcome: str, comparison: Comparison) -> Cause:
    """What changed most in the work of these runs, with a direction that is sure.

    Of an outcome about time: the part of the lead time that moved most the same way. Else, or when no part did: the
    act that was done at a clearly larger or smaller share of its occasions.
    """
    verdict = verdict_of(outcome, comparison)
    if outcome in LEAD and verdict.kind in ("better", "worse"):
        longer = verdict.kind == "worse"
        moved = [
            (abs(difference.mean), part)
            for part in PARTS
            if sure(difference := comparison.difference[part]) and (difference.mean > 0) == longer
        ]
        if moved:
            part = max(moved)[1]
            return Cause("part", part, comparison.baseline[part], comparison.scenario[part])
    acts = [
        (abs(difference.mean), name, today, choice)
        for name, (today, choice, difference) in acts_of(comparison).items()
        if sure(difference) and abs(difference.mean) > ACT_MOVED
    ]
    if not acts:
        return Cause("nothing" if verdict.kind in ("hardly", "unclear", "none") else "around")
    near = [act for act in acts if act[1] in NEAR.get(outcome, ())]
    _, name, today, choice = max(near or acts)
    return Cause("act", name, today, choice)


def acts_of(comparison: Comparison) -> dict[str, tuple[float, float, Difference]]:
    """Per act the mean share of its occasions at which it was done, in both worlds, and their difference."""
    found = {}
    for name in comparison.pairs[0].baseline.acts:
        today = [_share(pair.baseline.acts[name]) for pair in comparison.pairs]
        choice = [_share(pair.scenario.acts[name]) for pair in comparison.pairs]
        both = [(a, b) for a, b in zip(today, choice, strict=True) if math.isfinite(a) and math.isfinite(b)]
        if both:
            a, b = (sum(values) / len(both) for values in zip(*both, strict=True))
            found[name] = (a, b, Difference.of(today, choice))
    return found


def _share(act) -> float:
    return act["done"] / act["opportunities"] if act["opportunities"] else math.nan
