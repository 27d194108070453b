"""Measuring: from what happened to residents and staff to outcomes, overall and by month.

Reads records of needs, contacts and weeks; it imports no parameter of the organisation (so that no outcome can read
a lever). What is open at the end counts: durations by Kaplan-Meier with late entry, counts as flows per case closed.
"""

import numpy as np

from model import state as st
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
        made &= (contacts["item"] >= 0) | (contacts["result"] == st.TAKEN_IN)
        self.contacts = contacts[made]
        self.for_case = needs["process"][self.contacts["need"]] >= 0
        needs = needs[(needs["state"] == st.OPEN) | (needs["decided"] >= begin)]
        self.cases = cases = needs[needs["process"] >= 0]
        self.questions = needs[needs["process"] < 0]
        self.closed = cases[(cases["state"] != st.OPEN) & (cases["decided"] <= end)]
        self.decided = self.closed[self.closed["state"] == st.CLOSED]

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


def lasting(cases: np.ndarray, begin: float, end: float) -> Lasting:
    """How long applications take from first contact to decision, as seen between two times."""
    start = cases["start"]
    over = (cases["state"] != st.OPEN) & (cases["decided"] <= end)
    until = np.where(over, cases["decided"], end)
    here = (start < end) & (until > begin)
    entry = np.maximum(begin - start, 0.0)[here] / 24.0
    return Lasting(entry, (until - start)[here] / 24.0, (over & (cases["state"] == st.CLOSED))[here])


def punctuality(period: Period) -> tuple[np.ndarray, np.ndarray]:
    """For the cases whose first decision or legal term fell in the period: when, and whether it was in time."""
    cases = period.cases
    decided = cases["first_decided"] <= period.end
    due = np.where(decided, cases["first_due"], cases["deadline"])
    in_time = decided & (cases["first_decided"] <= due)
    overdue = ~decided & (cases["state"] == st.OPEN) & (cases["holds"] == 0) & (due < period.end)
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
    counts = (decided | ((cases["state"] == st.OPEN) & (cases["holds"] == 0))) & (due < period.end)
    due = due[counts]
    last = np.minimum(cases["first_decided"][counts], period.end)
    upto = np.minimum(last[:, None], period.bounds[None, :])
    return np.diff(penalty((upto - due[:, None]) / 24.0).sum(axis=0))


def gap_by_channel(period: Period) -> np.ndarray:
    """Satisfaction after live channels less that after the others, for equal needs and residents, by month.

    The last value is that of the whole period. Standardised over process, type and vulnerability.
    """
    needs = np.concatenate([period.decided, period.questions[period.questions["state"] == st.CLOSED]])
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
    avoidable = (contacts["purpose"] >= st.CHASE) | (contacts["tries"] > 0)
    share("avoidable_contact_share", period.count(contacts["at"], avoidable.astype(float)), period.count(contacts["at"]))
    for name, meter in FLOWS.items():
        share(name, period.flow(meter), n_closed)
    over = np.concatenate([closed, period.questions[period.questions["state"] != st.OPEN]])
    share("pillar_to_post_share", period.count(over["decided"], (over["bounces"] >= 2).astype(float)), period.count(over["decided"]))
    asked = np.isin(contacts["purpose"], (st.QUESTION, st.CHASE, st.REPEAT))
    handled = contacts[asked & np.isin(contacts["result"], (st.ANSWERED, st.PASSED_ON, st.SENT_AWAY))]
    share(
        "first_contact_resolution",
        period.count(handled["at"], (handled["result"] == st.ANSWERED).astype(float)),
        period.count(handled["at"]),
    )
    felt = decided if cases.size else period.questions[period.questions["state"] == st.CLOSED]
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
    share("incomplete_share", period.count(decided["decided"], (decided["asked"] > 0).astype(float)), period.count(decided["decided"]))
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


def by_department(names: tuple[str, ...], teams: np.ndarray, crews: np.ndarray) -> dict[str, dict[str, float]]:
    """Staff, utilisation and hours of work waiting, for each department."""
    result: dict[str, dict[str, float]] = {}
    for k, name in enumerate(names):
        mine = teams["department"] == k
        result[name] = {
            "staff": float(teams["staff"][mine].sum()),
            "utilisation": float(ratio(crews["worked"][mine].sum(), crews["reachable"][mine].sum())),
            "backlog_hours": float(max(0.0, crews["waiting"][mine].sum())),
        }
    return result


def by_segment(period: Period) -> dict[str, dict[str, float]]:
    """Some outcomes of applications for groups of residents, over the whole period."""
    result: dict[str, dict[str, float]] = {}
    groups = {
        "vulnerable": ("vulnerable", 1),
        "other": ("vulnerable", 0),
        "digital_low": ("low_skill", 1),
        "digital_high": ("low_skill", 0),
    }
    for group, (column, value) in groups.items():
        cases = period.cases[period.cases[column] == value]
        decided = period.decided[period.decided[column] == value]
        figures = {"lead_time_days_mean": lasting(cases, period.begin, period.end).mean(LONGEST_DAYS)}
        for name, column_ in (("satisfaction", "satisfaction"), ("fit", "fit"), ("stories_per_case", "stories"), ("burden_minutes", "minutes")):
            figures[name] = float(decided[column_].mean()) if decided.size else float("nan")
        figures["pillar_to_post_share"] = float((decided["bounces"] >= 2).mean()) if decided.size else float("nan")
        for name, figure in figures.items():
            result.setdefault(name, {})[group] = figure
    return result


def checks(
    period: Period, crews: np.ndarray, whole: dict[str, float], inhabitants: float, staff: int, legal_hours: float
) -> dict[str, float]:
    """The figures that are held against what is known of real municipalities (MODEL 1.3)."""
    years = (period.end - period.begin) / 24.0 / 365.0
    contacts, nan = period.contacts, float("nan")
    spoken = np.isin(contacts["purpose"], (st.COMPLETION, st.ASKED), invert=True)
    calls = contacts[contacts["channel"] == 4]
    calls = calls[calls["item"] >= 0]
    answered = calls[(calls["result"] != st.ABANDONED) & np.isfinite(calls["reached"])]
    waits = (answered["reached"] - answered["at"]) * 3600.0
    decided = period.decided
    first = decided[decided["returns"] == 0]
    days = (first["first_decided"] - first["filed"]) / 24.0
    net = days - first["suspended_total"] / 24.0
    everyone = np.concatenate([period.decided, period.questions[period.questions["state"] == st.CLOSED]])
    personal = everyone[everyone["channel"] >= 4]
    web = everyone[everyone["channel"] == 0]
    rows = period.weeks
    busiest = max((float(ratio(c["worked"], c["reachable"])) for c in crews), default=nan)
    return {
        "contacts_per_inhabitant": float(spoken.sum()) / inhabitants / years,
        "calls_per_inhabitant": calls.size / inhabitants / years,
        "first_contact_resolution": whole["first_contact_resolution"],
        "calls_within_25s": float((waits <= 25.0).mean()) if waits.size else nan,
        "calls_abandoned": float((calls["result"] == st.ABANDONED).mean()) if calls.size else nan,
        "decided_in_8_weeks": float((net <= 56.0).mean()) if days.size else nan,
        "decided_in_56_days": float((days <= 56.0).mean()) if days.size else nan,
        "incomplete_share": whole["incomplete_share"],
        "extended_share": float((first["first_due"] - first["filed"] - first["suspended_total"] > legal_hours + 1.0).mean()) if first.size else nan,
        "avoidable_contact_share": whole["avoidable_contact_share"],
        "satisfaction_personal": float(personal["satisfaction"].mean()) * 10.0 if personal.size else nan,
        "satisfaction_web": float(web["satisfaction"].mean()) * 10.0 if web.size else nan,
        "satisfaction_municipality": whole["trust"] * 10.0,
        "knows_vision": float(rows["k"].mean()),
        "acts_on_vision": float(ratio(rows["acted"][-1], rows["opportunities"][-1])),
        "turnover": float(rows["left"][-1]) / staff / years,
        "busiest_department": busiest,
        "pillar_to_post_share": whole["pillar_to_post_share"],
        "most_bounces": float(everyone["bounces"].max()) if everyone.size else nan,
    }
