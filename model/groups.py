"""Who notices: outcomes of applications by vulnerability, digital skill, channel and process, over the whole period.

As in `kastje.model.measures` but for one thing: what happens along the way (stories, contacts, minutes) is that of the
applications decided, from their beginning on, where the whole counts what happened in the period per case closed.
"""

from collections.abc import Sequence

import numpy as np

from kastje.model import records as rec
from kastje.model.channels import CHANNELS
from kastje.model.period import Period, lasting, ratio
from kastje.model.terms import LEAD_TIME_PARTS, LONGEST_DAYS, legal_days, punctuality

VULNERABILITY = ("other", "vulnerable")
SKILL = ("digital_high", "digital_low")
KINDS = ("vulnerability", "digital_skill", "channel", "process")
COUNT = "cases"
"""Beside the outcomes of a group: how many of its applications were decided."""

_COLUMNS = {
    "fit": "fit",
    "satisfaction": "satisfaction",
    "contacts_per_case": "contacts",
    "stories_per_case": "stories",
    "handovers_per_case": "handovers",
    "bounces_per_case": "bounces",
    "stalls_per_case": "stalls",
    "drops_per_case": "drops",
    "crossings_per_case": "crossings",
    "burden_minutes": "minutes",
    **LEAD_TIME_PARTS,
}
_LASTING = ("lead_time_days_mean", "lead_time_days_median", "lead_time_days_p90")
GROUPED = (
    *_LASTING,
    "on_time_share",
    "open_share",
    "pillar_to_post_share",
    "incomplete_share",
    "legal_days_mean",
    *_COLUMNS,
)
"""The outcomes that are kept by group."""

ByGroup = dict[str, dict[str, dict[str, float]]]


def by_group(period: Period, processes: Sequence[str]) -> ByGroup:
    """Kind, group, outcome: the outcomes of `GROUPED` and `cases`; NaN where a group has nothing to measure."""
    kinds = (
        ("vulnerability", "vulnerable", VULNERABILITY),
        ("digital_skill", "low_skill", SKILL),
        ("channel", "channel", CHANNELS),
        ("process", "process", processes),
    )
    return {kind: _of(period, column, groups) for kind, column, groups in kinds}


def _of(period: Period, column: str, groups: Sequence[str]) -> dict[str, dict[str, float]]:
    cases, decided = period.cases, period.decided
    belongs, mine = cases[column], decided[column]
    counts = np.bincount(mine, minlength=len(groups))

    def means(values: np.ndarray) -> np.ndarray:
        return ratio(np.bincount(mine, values, minlength=len(groups)), counts)

    figures = {name: means(decided[values]) for name, values in _COLUMNS.items()}
    figures["pillar_to_post_share"] = means((decided["bounces"] >= 2).astype(float))
    figures["incomplete_share"] = means((decided["asked"] > 0).astype(float))
    figures["legal_days_mean"] = means(legal_days(decided))
    still_open = (cases["state"] == rec.OPEN) | (cases["decided"] > period.end)
    present = np.bincount(belongs, minlength=len(groups))
    figures["open_share"] = ratio(np.bincount(belongs, still_open.astype(float), minlength=len(groups)), present)
    lasted, in_time = [], []
    for number in range(len(groups)):
        some = cases[belongs == number]
        curve = lasting(some, period.begin, period.end)
        lasted.append((curve.mean(LONGEST_DAYS), curve.quantile(0.5), curve.quantile(0.9)))
        punctual = punctuality(some, period.begin, period.end)[1]
        in_time.append(float(punctual.mean()) if punctual.size else float("nan"))
    figures |= dict(zip(_LASTING, np.array(lasted).reshape(-1, 3).T, strict=True))
    figures["on_time_share"] = np.array(in_time)
    return {
        group: {COUNT: float(counts[number]), **{name: float(values[number]) for name, values in figures.items()}}
        for number, group in enumerate(groups)
    }
