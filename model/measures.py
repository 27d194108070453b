"""Measuring: from what happened to residents and staff to outcomes, overall and by month.

Reads records of needs, contacts and weeks; it imports no parameter of the organisation (so that no outcome can read
a lever). What is open at the end counts: durations by Kaplan-Meier with late entry, counts as flows per case closed.
"""

import numpy as np

from model import records as rec
from model.rows import Rows
from model.survival import Lasting

MONTH_DAYS = 365.0 / 12.0
LONGEST_DAYS = 365.0
FLOWS = {
    "stories_per_case": "stories",
    "handovers_per_case": "handovers",
    "bounces_per_case": "bounces",
    "stalls_per_case": "stalls",
    "burden_minutes": "minutes",
}
LEVELS = {"felt_support": "s", "ownership_mean": "o", "lived_vision_mean": "v", "trust": "trust"}


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """above / below, NaN where there is nothing below."""
    above, below = np.asarray(above, float), np.asarray(below, float)
    return np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)


class Period:
    """The records of one comparison period, cut into months of 365/12 days."""

    def __init__(self, needs: np.ndarray, contacts: np.ndarray, weeks: np.ndarray, begin: float, end: float) -> None:
        self.begin, self.end = begin, end
        count = max(1, round((end - begin) / 24.0 / MONTH_DAYS))
        self.bounds = np.linspace(begin, end, count + 1)
        self.months = count
        self.weeks = weeks
        made = (contacts["need"] >= 0) & (contacts["at"] >= begin) & (contacts["at"] < end)
        made &= (contacts["item"] >= 0) | (contacts["result"] == rec.TAKEN_IN)
        self.contacts = Rows(contacts, np.flatnonzero(made))
        self.for_case = needs["process"][self.contacts["need"]] >= 0
        present = Rows(needs, np.flatnonzero((needs["state"] == rec.OPEN) | (needs["decided"] >= begin)))
        self.cases = cases = present[present["process"] >= 0]
        self.questions = present[present["process"] < 0]
        self.closed = cases[(cases["state"] != rec.OPEN) & (cases["decided"] <= end)]
        self.decided = self.closed[self.closed["state"] == rec.CLOSED]
        self.answered = self.questions[self.questions["state"] == rec.CLOSED]

    def month(self, times: np.ndarray) -> np.ndarray:
        """The month (from 0) that each time falls in."""
        return np.clip(np.searchsorted(self.bounds, times, side="right") - 1, 0, self.months - 1)

    def count(self, times: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        """How many (or how much weight) fall in each month."""
        return np.bincount(self.month(times), weights, minlength=self.months)

    def flow(self, meter: str) -> np.ndarray:
        """What a meter (a cumulative figure in the weeks) gained in each month."""
        t = np.concatenate([[self.begin], self.weeks["t"]])
        level = np.concatenate([[0.0], self.weeks[meter]])
        return np.diff(np.interp(self.bounds, t, level))

    def level(self, name: str) -> np.ndarray:
        """The mean of a weekly figure in each month; a month without a week in it has the nearest one."""
        month = self.month(self.weeks["t"] - 1e-6)
        sums = np.bincount(month, self.weeks[name], minlength=self.months)
        counts = np.bincount(month, minlength=self.months)
        nearest = np.interp((self.bounds[:-1] + self.bounds[1:]) / 2, self.weeks["t"], self.weeks[name])
        return np.where(counts > 0, sums / np.maximum(counts, 1), nearest)


def lasting(cases: Rows, begin: float, end: float) -> Lasting:
    """How long applications take from first contact to decision, as seen between two times."""
    start = cases["start"]
    over = (cases["state"] != rec.OPEN) & (cases["decided"] <= end)
    until = np.where(over, cases["decided"], end)
    here = (start < end) & (until > begin)
    entry = np.maximum(begin - start, 0.0)[here] / 24.0
    return Lasting(entry, (until - start)[here] / 24.0, (over & (cases["state"] == rec.CLOSED))[here])


def punctuality(period: Period) -> tuple[np.ndarray, np.ndarray]:
    """For the cases whose first decision or legal term fell in the period: when, and whether it was in time."""
    cases = period.cases
    decided = cases["first_decided"] <= period.end
    due = np.where(decided, cases["first_due"], cases["deadline"])
    in_time = decided & (cases["first_decided"] <= due)
    overdue = ~decided & (cases["state"] == rec.OPEN) & (cases["holds"] == 0) & (due < period.end)
    late = (decided & ~in_time) | overdue
    when = np.where(in_time, cases["first_decided"], due)
    settled = (in_time | late) & (when >= period.begin) & (when <= period.end)
    return when[settled], in_time[settled]


def penalty(days_over: np.ndarray) -> np.ndarray:
    """What a decision that many days over its term can cost, euro: Awb 4:17, two weeks after a notice at once."""
    d = np.clip(days_over - 14.0, 0.0, 42.0)
    return 23.0 * np.minimum(d, 14.0) + 35.0 * np.clip(d - 14.0, 0.0, 14.0) + 45.0 * np.clip(d - 28.0, 0.0, 14.0)


def penalties(period: Period) -> np.ndarray:
    """Penalty exposure that arose in each month, euro."""
    cases = period.cases
    decided = cases["first_decided"] <= period.end
    due = np.where(decided, cases["first_due"], cases["deadline"])
    counts = (decided | ((cases["state"] == rec.OPEN) & (cases["holds"] == 0))) & (due < period.end)
    due = due[counts]
    last = np.minimum(cases["first_decided"][counts], period.end)
    upto = np.minimum(last[:, None], period.bounds[None, :])
    return np.diff(penalty((upto - due[:, None]) / 24.0).sum(axis=0))


def gap_by_channel(period: Period) -> np.ndarray:
    """Satisfaction after live channels less that after the others, for equal needs and residents, by month.

    The last value is that of the whole period. Standardised over process, type and vulnerability.
    """
    needs = period.decided | period.answered
    stratum = ((needs["process"] + 1) * 8 + needs["type"]) * 2 + needs["vulnerable"]
    live = needs["channel"] >= 3
    month = period.month(needs["decided"])
    size = int(stratum.max()) + 1 if needs.size else 1
    result = np.full(period.months + 1, np.nan)
    cell = (month * size + stratum) * 2 + live
    counts = np.bincount(cell, minlength=period.months * size * 2).reshape(period.months, size, 2)
    sums = np.bincount(cell, needs["satisfaction"], minlength=counts.size).reshape(counts.shape)
    counts = np.concatenate([counts, counts.sum(axis=0, keepdims=True)])
    sums = np.concatenate([sums, sums.sum(axis=0, keepdims=True)])
    both = (counts > 0).all(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = sums / counts
    for m in range(result.size):
        if both[m].any():
            weight = counts[m][both[m]].sum(axis=1)
            difference = means[m][both[m]][:, 1] - means[m][both[m]][:, 0]
            result[m] = float((weight * difference).sum() / weight.sum())
    return result


def months_and_whole(period: Period) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """Every outcome by month and over the whole period; NaN where it is not available."""
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
    for name, part in (("lead_time_days_median", 0.5), ("lead_time_days_p90", 0.9)):
        by_month[name] = np.array([c.quantile(part) for c in curves])
        whole[name] = curve.quantile(part)
    when, in_time = punctuality(period)
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
    gaps, gap = [], []
    for group in (0, 1):
        mine = felt[felt["vulnerable"] == group]
        sums, counts = period.count(mine["decided"], mine["satisfaction"]), period.count(mine["decided"])
        gaps.append(ratio(sums, counts))
        gap.append(float(ratio(sums.sum(), counts.sum())))
    by_month["equity_gap"], whole["equity_gap"] = gaps[0] - gaps[1], gap[0] - gap[1]
    channel = gap_by_channel(period)
    by_month["channel_gap"], whole["channel_gap"] = channel[:-1], float(channel[-1])
    share(
        "incomplete_share",
        period.count(decided["decided"], (decided["asked"] > 0).astype(float)),
        period.count(decided["decided"]),
    )
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
    for name, level in LEVELS.items():
        by_month[name] = period.level(level)
        whole[name] = float(period.weeks[level].mean())
    acted, chances = period.flow("acted"), period.flow("opportunities")
    by_month["know_do_gap"] = period.level("k") - ratio(acted, chances)
    whole["know_do_gap"] = float(period.weeks["k"].mean() - ratio(acted.sum(), chances.sum()))
    by_month["penalty_eur"] = penalties(period)
    whole["penalty_eur"] = float(by_month["penalty_eur"].sum())
    return by_month, whole
