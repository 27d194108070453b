"""The resident: which channel, how patient, how satisfied, and what is expected next time."""

import math

from kastje.agents.compiled import rule


@rule
def timeliness(days, expected_days):
    """How timely it felt, in [0, 1]: 1 up to the expected term, then e-folding with every further term."""
    if expected_days <= 0.0:
        return 1.0 if days <= 0.0 else 0.0
    if days <= expected_days:
        return 1.0
    return math.exp(-(days - expected_days) / expected_days)


@rule
def ease(extra_contacts, stories, bounces, per_contact, per_story, per_bounce):
    """How easy it felt, in [0, 1]: exp of minus the weighted count of what one had to do again."""
    load = per_contact * extra_contacts + per_story * stories + per_bounce * bounces
    return math.exp(-load) if load > 0.0 else 1.0


@rule
def satisfaction(experience, expectation, g0, g_experience, g_gap, loss_aversion, with_disconfirmation):
    """Satisfaction in [0, 1]: g0 + gP P + gD ((P - E)+ - l (E - P)+), expectancy-disconfirmation (Van Ryzin 2004).

    Without disconfirmation (Grimmelikhuijsen & Porumbescu 2017 find none) the last term is left out.
    """
    value = g0 + g_experience * experience
    if with_disconfirmation:
        gap = experience - expectation
        value += g_gap * gap if gap >= 0.0 else g_gap * loss_aversion * gap
    return min(1.0, max(0.0, value))


@rule
def outside_standard(start, growth_per_year, days):
    """What residents are used to elsewhere, in [0, 1]: the distance to perfect shrinks by `growth` a year."""
    return 1.0 - (1.0 - start) * math.exp(-growth_per_year * days / 365.0)


@rule
def expectation(own_last, reputation, outside, weight_own, weight_reputation):
    """What is expected of the next contact: a1 own last + a2 reputation + (1 - a1 - a2) outside standard."""
    return weight_own * own_last + weight_reputation * reputation + (1.0 - weight_own - weight_reputation) * outside


@rule
def hours_to_status_call(unit_exponential, now, expected_at, rate_before, rate_after):
    """Hours until the resident asks how the case stands, for a hazard that rises when the expected term passes.

    `rate_before` and `rate_after` are calls per hour; inverse of the cumulative hazard at a unit exponential.
    """
    if rate_after <= 0.0 and rate_before <= 0.0:
        return math.inf
    until = max(0.0, expected_at - now)
    if until > 0.0 and rate_before * until >= unit_exponential:
        return unit_exponential / rate_before
    if rate_after <= 0.0:
        return math.inf
    return until + (unit_exponential - rate_before * until) / rate_after


@rule
def fit(needs, found, unwanted, components, penalty):
    """How well what was granted fits the need: |x in n| / |n| - penalty |x not in n| / K; 1 without a need."""
    if needs == 0:
        return 1.0
    return max(0.0, found / needs - penalty * unwanted / components)
