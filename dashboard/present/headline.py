"""How is a difference put to the room, and why did it come about? By the verdict, its size and what moved; never fixed.

No sentences here: what is returned are the names of the sentences and the numbers that go into them.
"""

import math
from dataclasses import dataclass

from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Mean
from kastje.experiments.difference.verdict import Word, verdict
from kastje.experiments.difference.yardstick import OF_ACTS

SIZES = ((0.25, "much"), (0.08, "clearly"), (0.0, "little"))
"""From which share of today's value on a change is called so."""
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
LEAD_PARTS = {
    "lead_queue_hours": "present.part_queue",
    "lead_resident_hours": "present.part_resident",
    "lead_stalled_hours": "present.part_stalled",
    "lead_meeting_hours": "present.part_meeting",
    "lead_touch_hours": "present.part_touch",
}
"""The parts of the lead time of which the room is told, with the sentence of each."""
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


@dataclass(frozen=True)
class Headline:
    """What the room is told: the word of the verdict, and of a clear one its `size` (much, clearly, little)."""

    word: Word
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


def headline_of(outcome: str, comparison: Comparison) -> Headline:
    """What the room is told of an outcome of these pairs; its size is beside today's value."""
    found, mean, today = comparison.verdict(outcome), comparison.difference[outcome].mean, comparison.baseline[outcome]
    if not found.clear:
        return Headline(found.word)
    share = abs(mean) / max(abs(today), abs(mean))
    return Headline(found.word, next(size for least, size in SIZES if share >= least))


def whole(comparison: Comparison, outcome: str) -> Mean:
    """The scenario's own value over the whole period with its 95 % interval."""
    return Mean.of([pair.scenario.as_dict()[outcome] for pair in comparison.pairs])


def cause_of(outcome: str, comparison: Comparison) -> Cause:
    """What changed most in the work of these runs, with a direction that is clear.

    Of an outcome about time: the part of the lead time that moved most the same way. Else, or when no part did: the
    act that was done at a clearly larger or smaller share of its occasions.
    """
    word = comparison.verdict(outcome).word
    if outcome in LEAD and word in (Word.BETTER, Word.WORSE):
        longer = word is Word.WORSE
        moved = [
            (abs(difference.mean), part)
            for part in LEAD_PARTS
            if comparison.verdict(part).clear and ((difference := comparison.difference[part]).mean > 0) == longer
        ]
        if moved:
            part = max(moved)[1]
            return Cause("part", part, comparison.baseline[part], comparison.scenario[part])
    acts = [
        (abs(difference.mean), name, today, choice)
        for name, (today, choice, difference) in acts_of(comparison).items()
        if verdict(difference).clear
    ]
    if not acts:
        return Cause("around" if comparison.verdict(outcome).clear else "nothing")
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
            found[name] = (a, b, Difference.of(today, choice, OF_ACTS))
    return found


def _share(act) -> float:
    return act["done"] / act["opportunities"] if act["opportunities"] else math.nan
