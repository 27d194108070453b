"""The acts that an employee may or may not do when the occasion is there, and the chance that it is done.

One rule for all acts, after the Theory of Planned Behaviour in act form (docs/model.md 2.1): attitude (lived vision,
ownership), descriptive norm (what colleagues were seen doing) and control (felt support, pressure, cost).
"""

import math
from enum import IntEnum

from kastje.agents.compiled import rule


class Act(IntEnum):
    """What can be done at an opportunity; the order is that of the columns in the state."""

    LOOK_UP = 0
    """Look up what others have recorded of the case."""
    RECORD = 1
    """Record what was said or done."""
    KEEP = 2
    """Keep a question rather than send it away."""
    WARM_HANDOVER = 3
    """Hand over to a colleague in person, so that the resident need not act."""
    VOLUNTEER = 4
    """Help to find a tailored solution."""
    BEND = 5
    """Let a case pass that is beyond the criteria."""
    ASK = 6
    """Ask first who does what."""
    SPEAK_UP = 7
    """Put a disagreement to a manager."""


ACTS = len(Act)
LOGIT, PRODUCT, MINIMUM = 0, 1, 2


@rule
def logistic(x):
    """The inverse logit, safe for large arguments."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


@rule
def act_chance(
    form, theta, beta_v, beta_o, beta_s, beta_n, beta_p, floor_support, vision, ownership, support, norm, over_pressure
):
    """The chance in [0, 1] that an act is done at one opportunity.

    `vision`, `ownership`, `support`, `norm` lie in [0, 1]; `over_pressure` is max(0, P - P0) in days of backlog
    per head. Form 0 is equation (2.1); forms 1 (product) and 2 (minimum) are its structural alternatives, in
    which support below `floor_support` (a) cannot carry the vision into acts.
    """
    if form == LOGIT:
        return logistic(
            theta + beta_v * vision + beta_o * ownership + beta_s * support + beta_n * norm - beta_p * over_pressure
        )
    carried = floor_support + (1.0 - floor_support) * support
    if form == PRODUCT:
        return vision * carried / (1.0 + beta_p * over_pressure)
    return min(vision, carried)


@rule
def norm_after(norm, done, weight):
    """The descriptive norm after one more act was seen done (1) or left (0): an exponential moving average."""
    return norm + weight * (done - norm)


@rule
def pressure(waiting_hours, heads):
    """Days of work waiting per head in the team (waiting hours / heads / 8); 0 for a team without heads."""
    if heads <= 0:
        return 0.0
    return waiting_hours / heads / 8.0
