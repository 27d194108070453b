"""Figures beside the outcomes: by department, and those held against real municipalities."""

import numpy as np

from kastje.model import records as rec
from kastje.model.channels import having
from kastje.model.period import Period, ratio


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


def checks(
    period: Period, crews: np.ndarray, whole: dict[str, float], inhabitants: float, staff: int, legal: dict[str, float]
) -> dict[str, float]:
    """The figures that are held against what is known of real municipalities (docs/model.md 1.3)."""
    years = (period.end - period.begin) / 24.0 / 365.0
    contacts, nan = period.contacts, float("nan")
    spoken = np.isin(contacts["purpose"], (rec.COMPLETION, rec.ASKED), invert=True)
    calls = contacts[having("telephone")[contacts["channel"]]]
    calls = calls[calls["item"] >= 0]
    answered = calls[(calls["result"] != rec.ABANDONED) & np.isfinite(calls["reached"])]
    waits = (answered["reached"] - answered["at"]) * 3600.0
    everyone = period.decided | period.answered
    personal = everyone[having("personal")[everyone["channel"]]]
    web = everyone[having("website")[everyone["channel"]]]
    rows = period.weeks
    busiest = max((float(ratio(c["worked"], c["reachable"])) for c in crews), default=nan)
    return {
        "contacts_per_inhabitant": float(spoken.sum()) / inhabitants / years,
        "calls_per_inhabitant": calls.size / inhabitants / years,
        "first_contact_resolution": whole["first_contact_resolution"],
        "calls_within_25s": float((waits <= 25.0).mean()) if waits.size else nan,
        "calls_abandoned": float((calls["result"] == rec.ABANDONED).mean()) if calls.size else nan,
        "avoidable_contact_share": whole["avoidable_contact_share"],
        "satisfaction_personal": float(personal["satisfaction"].mean()) * 10.0 if personal.size else nan,
        "satisfaction_web": float(web["satisfaction"].mean()) * 10.0 if web.size else nan,
        "satisfaction_municipality": whole["trust"] * 10.0,
        "knows_vision": float(rows["k"].mean()),
        "acts_on_vision": float(ratio(rows["acted"][-1], rows["opportunities"][-1])),
        "turnover": float(rows["left"][-1]) / staff / years,
        "mobility": float(rows["moved"][-1]) / staff / years,
        "busiest_department": busiest,
        "pillar_to_post_share": whole["pillar_to_post_share"],
        "most_bounces": float(everyone["bounces"].max()) if everyone.size else nan,
        **by_process(period, legal),
    }


def by_process(period: Period, legal: dict[str, float]) -> dict[str, float]:
    """How soon first decisions come, and what holds them up, for each process (its id after an @).

    `legal` has the term of each process in hours, in the order of their numbers.
    """
    figures: dict[str, float] = {}
    for number, (name, term) in enumerate(legal.items()):
        decided = period.decided[period.decided["process"] == number]
        first = decided[decided["returns"] == 0]
        days = (first["first_decided"] - first["filed"]) / 24.0
        net = days - first["suspended_total"] / 24.0
        granted = first["first_due"] - first["filed"] - first["suspended_total"]
        for figure, held in (
            ("decided_in_8_weeks", net <= 56.0),
            ("decided_in_56_days", days <= 56.0),
            ("extended_share", granted > term + 1.0),
            ("incomplete_share", decided["asked"] > 0),
        ):
            figures[f"{figure}@{name}"] = float(held.mean()) if held.size else float("nan")
    return figures
