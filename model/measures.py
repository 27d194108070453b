"""Measuring: from what happened to residents and staff to outcomes, overall and by month.

Reads records of needs, contacts and weeks; it imports no parameter of the organisation (so that no outcome can read
a lever). What is open at the end counts: durations by Kaplan-Meier with late entry, counts as flows per case closed.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from kastje.model import records as rec
from kastje.model.additions import code_of, field_of
from kastje.model.errors import phrase, wrong
from kastje.model.fairness import by_month, gap, gap_by_channel, inequity, theil
from kastje.model.outcomes import OUTCOMES, Outcome
from kastje.model.period import Period, ratio
from kastje.model.phrase import Phrase
from kastje.model.rows import Rows
from kastje.model.terms import LEAD_TIME_PARTS, LONGEST_DAYS, legal_days, penalties, punctuality, tipping


class Measured(NamedTuple):
    """An outcome as it was measured; NaN where it is not available."""

    months: np.ndarray
    """Its value in each month of the period."""
    whole: float
    """Its value over the whole period."""


Measure = Callable[[Period], Measured]
"""What works an outcome out of what happened."""


def share(above: np.ndarray, below: np.ndarray) -> Measured:
    """So much for each of so many, both by month."""
    return Measured(ratio(above, below), float(ratio(np.sum(above), np.sum(below))))


def total(months: np.ndarray) -> Measured:
    """What adds up over the months."""
    return Measured(months, float(months.sum()))


def series(values: np.ndarray) -> Measured:
    """The months, and behind them the whole period."""
    return Measured(values[:-1], float(values[-1]))


def of_decided(period: Period, values: Callable[[Rows], np.ndarray]) -> Measured:
    """The mean of something of the applications decided."""
    decided = period.decided
    return share(period.count(decided["decided"], values(decided)), period.count(decided["decided"]))


def mean_of(period: Period, column: str) -> Measured:
    """The mean of a field of the applications decided."""
    return of_decided(period, lambda cases: cases[column])


def felt(period: Period) -> Rows:
    """Those who can say how it went: applicants with a decision, and where nobody applies who asked a question."""
    return period.decided if period.cases.size else period.answered


def lasted(period: Period, share: float) -> Measured:
    """After how many days this share of the applications is over."""
    months = np.array([curve.quantile(share) for curve in period.curves])
    return Measured(months, period.curve.quantile(share))


def lead_time(period: Period) -> Measured:
    """The mean lead time in days."""
    return Measured(np.array([curve.mean(LONGEST_DAYS) for curve in period.curves]), period.curve.mean(LONGEST_DAYS))


def on_time(period: Period) -> Measured:
    """The share within the legal term."""
    when, in_time = punctuality(period.cases, period.begin, period.end)
    return share(period.count(when, in_time.astype(float)), period.count(when))


def contacts(period: Period) -> Measured:
    """Contacts for an application, per application closed."""
    return share(period.count(period.contacts["at"][period.for_case]), period.count(period.closed["decided"]))


def avoidable(period: Period) -> Measured:
    """The share of contacts that bring no new question or application."""
    made = period.contacts
    again = (made["purpose"] >= rec.CHASE) | (made["tries"] > 0)
    return share(period.count(made["at"], again.astype(float)), period.count(made["at"]))


def flow(period: Period, meter: str) -> Measured:
    """What a meter of the weeks gained, per application closed."""
    return share(period.flow(meter), period.count(period.closed["decided"]))


def pillar_to_post(period: Period) -> Measured:
    """The share of needs that were sent on twice or more."""
    over = period.closed | period.questions[period.questions["state"] != rec.OPEN]
    return share(period.count(over["decided"], (over["bounces"] >= 2).astype(float)), period.count(over["decided"]))


def first_contact(period: Period) -> Measured:
    """The share of questions that the first contact answers."""
    made = period.contacts
    asked = np.isin(made["purpose"], (rec.QUESTION, rec.CHASE, rec.REPEAT))
    handled = made[asked & np.isin(made["result"], (rec.ANSWERED, rec.PASSED_ON, rec.SENT_AWAY))]
    answered = (handled["result"] == rec.ANSWERED).astype(float)
    return share(period.count(handled["at"], answered), period.count(handled["at"]))


def satisfaction(period: Period) -> Measured:
    """The mean mark of those who can say how it went."""
    people = felt(period)
    return share(period.count(people["decided"], people["satisfaction"]), period.count(people["decided"]))


def still_open(period: Period) -> Measured:
    """The share of the applications present that is open at the end of a month."""
    arrived = np.searchsorted(np.sort(period.cases["start"]), period.bounds, side="right")
    left = np.searchsorted(np.sort(period.closed["decided"]), period.bounds, side="right")
    then = arrived - left
    whole = float(ratio(then[-1], then[0] + arrived[-1] - arrived[0]))
    return Measured(ratio(then[1:], then[:-1] + np.diff(arrived)), whole)


def level(period: Period, name: str) -> Measured:
    """The mean of a figure of the weeks."""
    return Measured(period.level(name), float(period.weeks[name].mean()))


def know_do(period: Period) -> Measured:
    """How far the vision is known less the share of occasions at which it was acted on."""
    acted, chances = period.flow("acted"), period.flow("opportunities")
    whole = float(period.weeks["k"].mean() - ratio(acted.sum(), chances.sum()))
    return Measured(period.level("k") - ratio(acted, chances), whole)


def learned(period: Period, meter: str) -> Measured:
    """The share of what was learned that came about in one way."""
    return share(period.flow(meter), np.sum([period.flow(LEARNED[one]) for one in LEARNED], axis=0))


def tipping_ratio(period: Period) -> Measured:
    """Of all teams together and the whole period: months have no figure."""
    return Measured(np.full(period.months, np.nan), tipping(period.crews, float(period.weeks["open"].mean())))


FLOWS = {
    "stories_per_case": "stories",
    "handovers_per_case": "handovers",
    "bounces_per_case": "bounces",
    "stalls_per_case": "stalls",
    "drops_per_case": "drops",
    "crossings_per_case": "crossings",
    "burden_minutes": "minutes",
}
LEVELS = {
    "felt_support": "s",
    "ownership_mean": "o",
    "lived_vision_mean": "v",
    "trust": "trust",
    "work_standard": "standard",
}
LEARNED = {"learned_by_doing": "by_doing", "learned_from_others": "by_others", "learned_in_sessions": "by_sessions"}
SHIPPED: Mapping[str, Measure] = {
    "lead_time_days_mean": lead_time,
    "lead_time_days_median": partial(lasted, share=0.5),
    "lead_time_days_p90": partial(lasted, share=0.9),
    "on_time_share": on_time,
    "contacts_per_case": contacts,
    "avoidable_contact_share": avoidable,
    **{name: partial(flow, meter=meter) for name, meter in FLOWS.items()},
    "pillar_to_post_share": pillar_to_post,
    "first_contact_resolution": first_contact,
    "fit": partial(mean_of, column="fit"),
    "satisfaction": satisfaction,
    "equity_gap": lambda period: series(gap(period, felt(period), "vulnerable", "satisfaction")),
    "skill_gap": lambda period: series(gap(period, felt(period), "low_skill", "satisfaction")),
    "burden_gap": lambda period: series(-gap(period, period.decided, "vulnerable", "minutes")),
    "channel_gap": lambda period: series(gap_by_channel(period, period.is_live)),
    "burden_theil": lambda period: series(by_month(period, period.decided, lambda cases: theil(cases["minutes"]))),
    "fit_inequity": lambda period: series(by_month(period, period.decided, inequity)),
    "incomplete_share": lambda period: of_decided(period, lambda cases: (cases["asked"] > 0).astype(float)),
    **{name: partial(mean_of, column=part) for name, part in LEAD_TIME_PARTS.items()},
    "legal_days_mean": lambda period: of_decided(period, legal_days),
    "open_share": still_open,
    "cases_closed": lambda period: total(period.count(period.closed["decided"]).astype(float)),
    "staff_utilisation": lambda period: share(period.flow("worked"), period.flow("reachable")),
    "overtime_hours": lambda period: total(period.flow("overtime")),
    "lever_hours": lambda period: total(period.flow("lever")),
    **{name: partial(learned, meter=meter) for name, meter in LEARNED.items()},
    **{name: partial(level, name=column) for name, column in LEVELS.items()},
    "know_do_gap": know_do,
    "penalty_eur": lambda period: total(penalties(period)),
    "tipping_ratio": tipping_ratio,
}
"""What measures each outcome that is shipped."""


def measured_by(outcome: Outcome) -> Measure:
    """What measures an outcome. Raises InputError, in one line, where nothing does."""
    if outcome.measure is not None:
        found = code_of(outcome.measure, Path(outcome.file).parent, field_of(outcome.where, "measure"))
        return partial(_checked, measure=found, where=field_of(outcome.where, "measure"))
    if outcome.name not in SHIPPED:
        raise wrong(outcome.where, phrase("problem.not_measured"))
    return SHIPPED[outcome.name]


def _checked(period: Period, measure: Measure, where: Phrase) -> Measured:
    found = measure(period)
    if not isinstance(found, Measured) or np.shape(found.months) != (period.months,):
        raise wrong(where, phrase("problem.wrong_measure", months=period.months))
    return found


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {name: measured_by(OUTCOMES[name]) for name in (*(one for one in SHIPPED if one in OUTCOMES), *OUTCOMES)}
)
"""What measures each outcome that there is."""


def months_and_whole(period: Period) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """Every outcome by month and over the whole period; NaN where it is not available."""
    found = {name: measure(period) for name, measure in MEASURES.items()}
    return {name: one.months for name, one in found.items()}, {name: one.whole for name, one in found.items()}
