"""Measuring: from what happened to residents and staff to outcomes, overall and by month.

Reads records of needs, contacts and weeks; it imports no parameter of the organisation (so that no outcome can read
a lever). What is open at the end counts: durations by Kaplan-Meier with late entry, counts as flows per case closed.
"""

import numpy as np

from kastje.model import records as rec
from kastje.model.fairness import by_month as figure_by_month
from kastje.model.fairness import gap, gap_by_channel, inequity, theil
from kastje.model.period import Period, ratio
from kastje.model.terms import LEAD_TIME_PARTS, LONGEST_DAYS, lasting, legal_days, penalties, punctuality

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


def months_and_whole(period: Period, is_live: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """Every outcome by month and over the whole period; NaN where it is not available.

    `is_live` says for each channel, by its number, whether somebody waits at the other end.
    """
    by_month: dict[str, np.ndarray] = {}
    whole: dict[str, float] = {}

    def share(name: str, above: np.ndarray, below: np.ndarray) -> None:
        by_month[name] = ratio(above, below)
        whole[name] = float(ratio(np.sum(above), np.sum(below)))

    cases, closed, decided, contacts = period.cases, period.closed, period.decided, period.contacts
    curves = [lasting(cases, a, b) for a, b in zip(period.bounds[:-1], period.bounds[1:], strict=True)]
    curve = lasting(cases, period.begin, period.end)
    by_month["lead_time_days_mean"] = np.array([c.mean(LONGEST_DAYS) for c in curves])
    whole["lead_time_days_mean"] = curve.mean(LONGEST_DAYS)
    for name, reached in (("lead_time_days_median", 0.5), ("lead_time_days_p90", 0.9)):
        by_month[name] = np.array([c.quantile(reached) for c in curves])
        whole[name] = curve.quantile(reached)
    when, in_time = punctuality(cases, period.begin, period.end)
    share("on_time_share", period.count(when, in_time.astype(float)), period.count(when))
    n_closed = period.count(closed["decided"])
    share("contacts_per_case", period.count(contacts["at"][period.for_case]), n_closed)
    avoidable = (contacts["purpose"] >= rec.CHASE) | (contacts["tries"] > 0)
    share(
        "avoidable_contact_share", period.count(contacts["at"], avoidable.astype(float)), period.count(contacts["at"])
    )
    for name, meter in FLOWS.items():
        share(name, period.flow(meter), n_closed)
    over = closed | period.questions[period.questions["state"] != rec.OPEN]
    share(
        "pillar_to_post_share",
        period.count(over["decided"], (over["bounces"] >= 2).astype(float)),
        period.count(over["decided"]),
    )
    asked = np.isin(contacts["purpose"], (rec.QUESTION, rec.CHASE, rec.REPEAT))
    handled = contacts[asked & np.isin(contacts["result"], (rec.ANSWERED, rec.PASSED_ON, rec.SENT_AWAY))]
    share(
        "first_contact_resolution",
        period.count(handled["at"], (handled["result"] == rec.ANSWERED).astype(float)),
        period.count(handled["at"]),
    )
    felt = decided if cases.size else period.answered
    n_felt = period.count(felt["decided"])
    share("fit", period.count(decided["decided"], decided["fit"]), period.count(decided["decided"]))
    share("satisfaction", period.count(felt["decided"], felt["satisfaction"]), n_felt)
    for name, series in (
        ("equity_gap", gap(period, felt, "vulnerable", "satisfaction")),
        ("skill_gap", gap(period, felt, "low_skill", "satisfaction")),
        ("burden_gap", -gap(period, decided, "vulnerable", "minutes")),
        ("channel_gap", gap_by_channel(period, is_live)),
        ("burden_theil", figure_by_month(period, decided, lambda c: theil(c["minutes"]))),
        ("fit_inequity", figure_by_month(period, decided, inequity)),
    ):
        by_month[name], whole[name] = series[:-1], float(series[-1])
    share(
        "incomplete_share",
        period.count(decided["decided"], (decided["asked"] > 0).astype(float)),
        period.count(decided["decided"]),
    )
    n_decided = period.count(decided["decided"])
    for name, part in LEAD_TIME_PARTS.items():
        share(name, period.count(decided["decided"], decided[part]), n_decided)
    share("legal_days_mean", period.count(decided["decided"], legal_days(decided)), n_decided)
    arrived = np.searchsorted(np.sort(cases["start"]), period.bounds, side="right")
    left = np.searchsorted(np.sort(closed["decided"]), period.bounds, side="right")
    open_then = arrived - left
    present = open_then[:-1] + np.diff(arrived)
    by_month["open_share"] = ratio(open_then[1:], present)
    whole["open_share"] = float(ratio(open_then[-1], open_then[0] + arrived[-1] - arrived[0]))
    by_month["cases_closed"], whole["cases_closed"] = n_closed.astype(float), float(n_closed.sum())
    share("staff_utilisation", period.flow("worked"), period.flow("reachable"))
    for name, meter in (("overtime_hours", "overtime"), ("lever_hours", "lever")):
        by_month[name] = period.flow(meter)
        whole[name] = float(by_month[name].sum())
    learned = [period.flow(LEARNED[name]) for name in LEARNED]
    for name, flow in zip(LEARNED, learned, strict=True):
        share(name, flow, np.sum(learned, axis=0))
    for name, level in LEVELS.items():
        by_month[name] = period.level(level)
        whole[name] = float(period.weeks[level].mean())
    acted, chances = period.flow("acted"), period.flow("opportunities")
    by_month["know_do_gap"] = period.level("k") - ratio(acted, chances)
    whole["know_do_gap"] = float(period.weeks["k"].mean() - ratio(acted.sum(), chances.sum()))
    by_month["penalty_eur"] = penalties(period)
    whole["penalty_eur"] = float(by_month["penalty_eur"].sum())
    return by_month, whole
