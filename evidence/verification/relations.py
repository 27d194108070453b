"""The metamorphic and property relations of the model (C1 to C21): what must hold whatever the figures are.

`RELATIONS` is what docs/verification.md reports and what the tests hold the model to; `relations(seeds)` is the same
with fewer seeds where two distributions are compared.
"""

from functools import partial

from kastje.evidence.verification import (
    bookkeeping,
    direction,
    limits,
    minds,
    scaling,
    sharing,
    symmetry,
    wires,
)
from kastje.evidence.verification.finding import Check


def relations(seeds: int = symmetry.SEEDS) -> tuple[Check, ...]:
    """All relations; distributions are compared over so many seeds each."""
    return (
        Check("C1", "With its mediator severed a lesson changes nothing", wires.cut_wires),
        Check("C2", "A placebo lesson changes nothing", wires.placebos),
        Check("C3", "Lessons at zero are the organisation without lessons", wires.doses_of_zero),
        Check("C4", "Twice as fast in everything halves all times", scaling.time_scaling),
        Check("C5", "Order and names make no difference", partial(symmetry.relabelled, seeds)),
        Check("C6", "Without demand nothing happens", bookkeeping.no_demand),
        Check("C7", "With people enough nothing waits inside", limits.infinite_staff),
        Check("C8", "Full ownership, no referral; full tolerance, no stall", limits.full_ownership),
        Check("C9", "All shared, no story again; nothing shared, content is idle", sharing.shared_information),
        Check("C10", "What comes in, is made and is spent is accounted for", bookkeeping.conserved),
        Check("C11", "The parts of a lead time add up", bookkeeping.lead_times_add_up),
        Check("C12", "No work outside the calendar; suspension moves the term exactly", bookkeeping.clock_kept),
        Check("C13", "More demand makes nothing faster", direction.more_demand),
        Check("C14", "Splitting a stream of applications changes nothing", partial(symmetry.superposed, seeds)),
        Check("C15", "A department that nobody needs can go", symmetry.unneeded_department),
        Check("C16", "In a near-empty organisation demand does not matter to a case", limits.load_insensitivity),
        Check("C17", "Frozen attitudes are constants; without work attitudes follow 2.6", minds.attitudes),
        Check("C18", "A standard that rises outside makes satisfaction fall", direction.red_queen),
        Check("C19", "A seed is a run", bookkeeping.same_seed_same_run),
        Check("C20", "Shared information does more where people act", sharing.acted_on),
        Check("C21", "Equal citizens are served equally", symmetry.equal_citizens),
    )


RELATIONS: tuple[Check, ...] = relations()
