"""Every point of a sweep against today: how much, how sure, how spread, and what pairing was worth."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kastje.experiments.difference.difference import FIELDS as DIFFERENCE
from kastje.experiments.difference.difference import Arms
from kastje.experiments.difference.mean import Floats, Mean
from kastje.experiments.difference.spread import bimodality, percentiles, reduction
from kastje.experiments.difference.yardstick import Yardstick, yardstick
from kastje.model import OUTCOMES

TIPPED = 1.0
"""Below this tipping ratio the open cases bring in more work than can be done: the organisation has collapsed."""

FIELDS = ("today", "choice", *DIFFERENCE, "p10", "p50", "p90", "reduction", "bimodality")
"""The columns of a pairing in a table."""


@dataclass(frozen=True)
class Pairing:
    """One figure of one arm against another over the same seeds, with how the pairs' differences are spread.

    Both `arms` with their difference; `p10`, `p50`, `p90` and Sarle's `bimodality` of the differences; `reduction` is
    the variance of a difference of independent runs over that of the paired one. NaN where not available.
    """

    arms: Arms
    p10: float
    p50: float
    p90: float
    reduction: float
    bimodality: float

    @classmethod
    def of(cls, today: Sequence[float] | Floats, choice: Sequence[float] | Floats, by: Yardstick) -> "Pairing":
        """Over the pairs in which both are available."""
        a, b = np.asarray(today, np.float64), np.asarray(choice, np.float64)
        both = np.isfinite(a) & np.isfinite(b)
        a, b = a[both], b[both]
        p10, p50, p90 = percentiles(b - a)
        return cls(Arms.of(a, b, by), p10, p50, p90, reduction(a, b), bimodality(b - a))

    def as_row(self) -> dict[str, float]:
        """The `FIELDS` of a row."""
        both = {"today": self.arms.baseline.mean, "choice": self.arms.scenario.mean}
        spread = {name: getattr(self, name) for name in ("p10", "p50", "p90", "reduction", "bimodality")}
        return both | self.arms.difference.as_row() | spread


def today_of(table: pd.DataFrame) -> pd.DataFrame:
    """Today's runs of a paired sweep, by world and seed: each once, however many points without lessons there are."""
    return table[table["arm"] == "today"].drop_duplicates(["world", "seed"]).set_index(["world", "seed"])


def beside[Runs: (pd.DataFrame, pd.Series)](today: Runs, rows: pd.DataFrame) -> Runs:
    """Of `today_of`, or one column of it, what has the world and the seed of each of these rows, in their order."""
    return today.reindex(pd.MultiIndex.from_frame(rows[["world", "seed"]]))


def effects(
    table: pd.DataFrame,
    outcomes: Iterable[str] = OUTCOMES,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Every point of a sweep against today of its world: one row a point and outcome, with the `FIELDS` of a pairing.

    `table` is what `Store.table` gives, of a paired design. Failed runs take their pair with them. `progress(done,
    total)` counts points.
    """
    wanted = list(outcomes)
    today = today_of(table)
    rows = []
    points = table[table["arm"] == "choice"].groupby("point", sort=True)
    for done, (point, choice) in enumerate(points):
        if progress is not None:
            progress(done, len(points))
        world = int(choice["world"].iloc[0])
        other = beside(today, choice)
        for name in wanted:
            found = Pairing.of(other[name].to_numpy(), choice[name].to_numpy(), yardstick(name))
            rows.append({"point": int(point), "world": world, "outcome": name, **found.as_row()})
    return pd.DataFrame(rows, columns=["point", "world", "outcome", *FIELDS])


def collapse(table: pd.DataFrame) -> pd.DataFrame:
    """Per point the share of runs that had tipped by the end, P(collapse), with Wilson's 95 % interval, and the
    10th, 50th and 90th percentile of the lead time: where there are two humps a mean describes no run."""
    rows = []
    for point, runs in table.groupby("point", sort=True):
        ratio = runs["tipping_ratio"].dropna().to_numpy()
        lead = runs["lead_time_days_mean"].dropna().to_numpy()
        row: dict[str, float] = {"point": int(point), "n": len(ratio)}
        if len(ratio):
            tipped = Mean.of_share(ratio < TIPPED)
            row |= {"collapse": tipped.mean, "collapse_low": tipped.low, "collapse_high": tipped.high}
        if len(lead):
            row |= dict(zip(("lead_p10", "lead_p50", "lead_p90"), percentiles(lead), strict=True))
        row["bimodality"] = bimodality(lead)
        rows.append(row)
    return pd.DataFrame(rows)
