"""What surges did: how long each was felt, how often for over a year, and what the lessons change in that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.difference.difference import Arms, Difference
from kastje.experiments.difference.mean import Floats, Mean
from kastje.experiments.difference.paired import FIELDS, TIPPED, Pairing
from kastje.experiments.difference.spread import percentiles
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.studies.surges.design import EXTRA
from kastje.experiments.studies.surges.recovery import WEEKS, later_back, until_back
from kastje.experiments.studies.surges.runs import BACK, WORST

TODAY, CHOICE = "today", "choice"
NOT_BACK = "not_back_within_a_year"
CALM_MARGIN, MARGIN, TIPS = "tipping_ratio_calm", "tipping_ratio", "collapse"
"""The distance to the tipping point without the surge and over the whole run with it; whether it was below 1."""

FIGURES = (WEEKS, NOT_BACK, WORST, CALM_MARGIN, MARGIN, TIPS)
SHARES = (NOT_BACK, TIPS)
"""These are shares of the pairs, with Wilson's interval; the weeks have a median (`recovery`), the others a mean with a
t interval."""


@dataclass(frozen=True)
class Findings:
    """`recovery`: a row for every size of surge, arm and figure; `difference`: what the lessons change, paired by seed.

    Of not being back, `difference` also has the pairs in which only today came back, or only the choice; of the weeks,
    the pairs in which the choice is surely back sooner, or later. `rows` has every figure of each seed.
    """

    recovery: pd.DataFrame
    difference: pd.DataFrame
    rows: Mapping[float, Mapping[str, pd.DataFrame]]

    def arms(self, extra: float, name: str) -> Arms:
        """A figure after one surge in both worlds, with its difference; both are today where no lesson is chosen."""
        there = self.rows[extra]
        today = there[TODAY][name].to_numpy(np.float64)
        choice = there.get(CHOICE, there[TODAY])[name].to_numpy(np.float64)
        return Arms(_told(name, today), _told(name, choice), changed(name, today, choice))

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
    recovery, difference, kept = [], [], {}
    for extra in sorted(set(rows[EXTRA]) - {0.0}):
        arms = {arm: _figures(rows, extra, arm) for arm in (TODAY, CHOICE) if (rows["arm"] == arm).any()}
        kept[extra] = arms
        for arm, figures in arms.items():
            recovery += [
                {"extra": extra, "arm": arm, "figure": name, **_summary(name, figures[name])} for name in FIGURES
            ]
        if len(arms) == 2:
            difference += [{"extra": extra, "figure": name, **_change(arms, name)} for name in FIGURES]
    return Findings(
        pd.DataFrame(recovery),
        pd.DataFrame(difference, columns=["extra", "figure", *FIELDS, "only_today", "only_choice", "sooner", "later"]),
        kept,
    )


def _figures(rows: pd.DataFrame, extra: float, arm: str) -> pd.DataFrame:
    """One row a seed: each figure of that arm after that surge."""
    here = rows[rows["arm"] == arm]
    surged = here[here[EXTRA] == extra].set_index("seed").sort_index()
    calm = here[here[EXTRA] == 0.0].set_index("seed").reindex(surged.index)
    ratio = surged["tipping_ratio"]
    return pd.DataFrame(
        {
            WEEKS: surged[WEEKS].where(surged[BACK] != 0.0, np.inf),
            NOT_BACK: 1.0 - surged[BACK],
            WORST: surged[WORST],
            CALM_MARGIN: calm["tipping_ratio"],
            MARGIN: ratio,
            TIPS: (ratio < TIPPED).astype(float).where(ratio.notna()),
        }
    )


def _summary(name: str, values: pd.Series) -> dict[str, float]:
    there = values.dropna().to_numpy(np.float64)
    if name == WEEKS:
        return until_back(there)
    found = Mean.of_share(there) if name in SHARES else Mean.of(there)
    p10, p50, p90 = percentiles(there)
    return {"mean": found.mean, "low": found.low, "high": found.high, "n": found.n, "p10": p10, "p50": p50, "p90": p90}


def _change(arms: Mapping[str, pd.DataFrame], name: str) -> dict[str, float]:
    today, choice = (arms[arm][name].to_numpy(np.float64) for arm in (TODAY, CHOICE))
    if name == WEEKS:
        middle = {"today": until_back(today)["p50"], "choice": until_back(choice)["p50"]}
        later = later_back(today, choice)
        # The median of pairs is no mean, and does not stand where one is expected.
        median = {"mean": np.nan, "p50": later.mean, "sooner": later.sooner, "later": later.later}
        return middle | later.as_row() | median
    row = Pairing.of(today, choice, yardstick(name)).as_row()
    if name == NOT_BACK:
        # Pairs of which just one came back say more than two shares beside each other.
        row |= {"only_today": int((choice > today).sum()), "only_choice": int((choice < today).sum())}
    return row


def changed(name: str, today: Floats, choice: Floats) -> Difference:
    """What the lessons change in a figure, by seed."""
    return later_back(today, choice) if name == WEEKS else Difference.of(today, choice, yardstick(name))


def _told(name: str, values: Floats) -> Mean:
    """A figure of one arm in one number: the median of the weeks until back (infinite: over a year), else the mean."""
    row = _summary(name, pd.Series(values))
    return Mean(told(name, row), row["low"], row["high"], np.nan, int(row["n"]))


def told(name: str, row: Mapping[str, float]) -> float:
    """What a row says of its figure in one number: the median of the weeks until back, the mean of others."""
    return row["p50"] if name == WEEKS else row["mean"]


def _without(row: dict[Any, Any], *names: str) -> dict[str, float]:
    return {str(name): value for name, value in row.items() if name not in names}
