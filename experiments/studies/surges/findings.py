"""What surges did: how long each was felt, how often for over a year, and what the lessons change in that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.difference.mean import Mean
from kastje.experiments.difference.paired import FIELDS, TIPPED, Pairing
from kastje.experiments.difference.spread import percentiles
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.studies.surges.design import EXTRA
from kastje.experiments.studies.surges.runs import BACK, WEEKS, WORST

NOT_BACK = "not_back_within_a_year"
CALM_MARGIN, MARGIN, TIPS = "tipping_ratio_calm", "tipping_ratio", "collapse"
"""The distance to the tipping point without the surge and over the whole run with it; whether it was below 1."""

FIGURES = (WEEKS, NOT_BACK, WORST, CALM_MARGIN, MARGIN, TIPS)
SHARES = (NOT_BACK, TIPS)
"""These are shares of the pairs, with Wilson's interval; the others are means, with a t interval."""


@dataclass(frozen=True)
class Findings:
    """`recovery`: a row for every size of surge, arm and figure; `difference`: what the lessons change, paired by seed.

    Of not being back, `difference` also has the pairs in which only today came back, or only the choice.
    """

    recovery: pd.DataFrame
    difference: pd.DataFrame

    def arm(self, extra: float, arm: str) -> dict[str, dict[str, float]]:
        """The figures of one arm after one surge: mean, low, high, n, p10, p50, p90 by figure; empty without it."""
        rows = self.recovery[(self.recovery["extra"] == extra) & (self.recovery["arm"] == arm)]
        return {str(row["figure"]): _without(row, "extra", "arm", "figure") for row in rows.to_dict("records")}

    def change(self, extra: float) -> dict[str, dict[str, float]]:
        """What the lessons change after one surge, by figure; empty without lessons."""
        rows = self.difference[self.difference["extra"] == extra]
        return {str(row["figure"]): _without(row, "extra", "figure") for row in rows.to_dict("records")}


def findings(rows: pd.DataFrame) -> Findings:
    """From the rows of `runs.carry_out`."""
    recovery, difference = [], []
    for extra in sorted(set(rows[EXTRA]) - {0.0}):
        arms = {arm: _figures(rows, extra, arm) for arm in ("today", "choice") if (rows["arm"] == arm).any()}
        for arm, figures in arms.items():
            recovery += [
                {"extra": extra, "arm": arm, "figure": name, **_summary(name, figures[name])} for name in FIGURES
            ]
        if len(arms) == 2:
            difference += [{"extra": extra, "figure": name, **_change(arms, name)} for name in FIGURES]
    return Findings(
        pd.DataFrame(recovery),
        pd.DataFrame(difference, columns=["extra", "figure", *FIELDS, "only_today", "only_choice"]),
    )


def _figures(rows: pd.DataFrame, extra: float, arm: str) -> pd.DataFrame:
    """One row a seed: each figure of that arm after that surge."""
    here = rows[rows["arm"] == arm]
    surged = here[here[EXTRA] == extra].set_index("seed").sort_index()
    calm = here[here[EXTRA] == 0.0].set_index("seed").reindex(surged.index)
    ratio = surged["tipping_ratio"]
    return pd.DataFrame(
        {
            WEEKS: surged[WEEKS],
            NOT_BACK: 1.0 - surged[BACK],
            WORST: surged[WORST],
            CALM_MARGIN: calm["tipping_ratio"],
            MARGIN: ratio,
            TIPS: (ratio < TIPPED).astype(float).where(ratio.notna()),
        }
    )


def _summary(name: str, values: pd.Series) -> dict[str, float]:
    there = values.dropna().to_numpy(np.float64)
    found = Mean.of_share(there) if name in SHARES else Mean.of(there)
    p10, p50, p90 = percentiles(there)
    return {"mean": found.mean, "low": found.low, "high": found.high, "n": found.n, "p10": p10, "p50": p50, "p90": p90}


def _change(arms: Mapping[str, pd.DataFrame], name: str) -> dict[str, float]:
    today, choice = (arms[arm][name].to_numpy(np.float64) for arm in ("today", "choice"))
    row = Pairing.of(today, choice, yardstick(name)).as_row()
    if name == NOT_BACK:
        # Pairs of which just one came back say more than two shares beside each other.
        row |= {"only_today": int((choice > today).sum()), "only_choice": int((choice < today).sum())}
    return row


def _without(row: dict[Any, Any], *names: str) -> dict[str, float]:
    return {str(name): value for name, value in row.items() if name not in names}
