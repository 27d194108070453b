"""Effects over paired runs of a sweep: how much, how sure, how spread, and what pairing was worth."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kastje.experiments.difference.difference import CONFIDENCE, Difference
from kastje.model import OUTCOMES

Floats = NDArray[np.float64]

RESAMPLES = 2000
TIPPED = 1.0
"""Below this tipping ratio the open cases bring in more work than can be done: the organisation has collapsed."""


@dataclass(frozen=True)
class Effect:
    """One outcome of one arm against another over the same seeds.

    `mean` with its 95 % paired interval `low`..`high` (t, or bootstrap BCa); `certainty` is the share of pairs in
    which the sign of the mean holds, ties counting half; `n` pairs. `p10`, `p50`, `p90` of the differences.
    `reduction` is the variance of a difference of independent runs over that of the paired one (1: pairing brought
    nothing); `bimodality` Sarle's coefficient of the differences (above 5/9: rather two humps than one).
    NaN where not available.
    """

    today: float
    choice: float
    mean: float
    low: float
    high: float
    certainty: float
    n: int
    p10: float
    p50: float
    p90: float
    reduction: float
    bimodality: float

    @classmethod
    def of(
        cls, today: Sequence[float] | Floats, choice: Sequence[float] | Floats, *, bootstrap: bool = False
    ) -> "Effect":
        """Over the pairs in which both are available."""
        a, b = np.asarray(today, np.float64), np.asarray(choice, np.float64)
        both = np.isfinite(a) & np.isfinite(b)
        a, b = a[both], b[both]
        found = Difference.of(a, b)
        if not found.n:
            return NOTHING
        difference = b - a
        low, high = bootstrapped(difference) if bootstrap else (found.low, found.high)
        p10, p50, p90 = quantiles(difference)
        return cls(
            float(a.mean()),
            float(b.mean()),
            found.mean,
            low,
            high,
            found.certainty,
            found.n,
            p10,
            p50,
            p90,
            reduction(a, b),
            bimodality(difference),
        )


N = math.nan
NOTHING = Effect(N, N, N, N, N, N, 0, N, N, N, N, N)
"""No pair has both."""
FIELDS = tuple(Effect.__dataclass_fields__)


def quantiles(values: Floats) -> tuple[float, float, float]:
    """The 10th, 50th and 90th percentile; NaN of nothing."""
    if not len(values):
        return math.nan, math.nan, math.nan
    low, middle, high = np.percentile(values, [10, 50, 90]).tolist()
    return low, middle, high


def wilson(happened: Floats | pd.Series) -> tuple[float, float]:
    """Wilson's 95 % interval of the share in which something happened (1, else 0); NaN of nothing."""
    from scipy.stats import binomtest

    if not len(happened):
        return math.nan, math.nan
    interval = binomtest(int(happened.sum()), len(happened)).proportion_ci(CONFIDENCE, "wilson")
    return float(interval.low), float(interval.high)


def bootstrapped(values: Floats, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of the mean by the bias-corrected accelerated bootstrap; NaN below three values."""
    from scipy.stats import bootstrap

    if len(values) < 3:
        return math.nan, math.nan
    if np.ptp(values) == 0.0:
        return float(values[0]), float(values[0])
    found = bootstrap(
        (values,), np.mean, confidence_level=CONFIDENCE, n_resamples=RESAMPLES, rng=np.random.default_rng(seed)
    ).confidence_interval
    return float(found.low), float(found.high)


def reduction(today: Floats, choice: Floats) -> float:
    """By how much common random numbers cut the variance of the difference; NaN where it cannot be told."""
    if len(today) < 3:
        return math.nan
    paired = float(np.var(choice - today, ddof=1))
    return float(np.var(today, ddof=1) + np.var(choice, ddof=1)) / paired if paired > 0.0 else math.nan


def bimodality(values: Floats) -> float:
    """Sarle's bimodality coefficient with the correction for small samples; NaN below four values or all alike."""
    from scipy.stats import kurtosis, skew

    n = len(values)
    if n < 4 or np.ptp(values) == 0.0:
        return math.nan
    excess = float(kurtosis(values, bias=False))
    return float((float(skew(values, bias=False)) ** 2 + 1.0) / (excess + 3.0 * (n - 1) ** 2 / ((n - 2) * (n - 3))))


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
    bootstrap: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Every point of a sweep against today of its world: one row a point and outcome, with the fields of `Effect`.

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
            found = Effect.of(other[name].to_numpy(), choice[name].to_numpy(), bootstrap=bootstrap)
            rows.append({"point": int(point), "world": world, "outcome": name, **_fields(found)})
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
            tipped = ratio < TIPPED
            low, high = wilson(tipped)
            row |= {"collapse": float(tipped.mean()), "collapse_low": low, "collapse_high": high}
        if len(lead):
            row |= dict(zip(("lead_p10", "lead_p50", "lead_p90"), quantiles(lead), strict=True))
        row["bimodality"] = bimodality(lead)
        rows.append(row)
    return pd.DataFrame(rows)


def _fields(found: Effect) -> dict[str, float]:
    return {name: getattr(found, name) for name in FIELDS}
