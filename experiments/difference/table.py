"""A comparison as one table, and as a Parquet file that says itself how it was made."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.difference.compare import Comparison
from kastje.experiments.stamp import in_parquet
from kastje.model import OUTCOMES, PARAMETERS, Scenario
from kastje.version import version


def table_of(comparison: Comparison) -> pd.DataFrame:
    """Every outcome of both worlds, over the whole period and by month; in the model's own units, shares 0 to 1.

    `month` is missing for the whole period. `low`..`high` is the 95 % interval of the difference; `today_low` and so
    on are the 10th and 90th percentile over the replications (months only). What follows is of the whole period only:
    `certainty`, `n` and `sd` of the difference, `verdict` and `pairs_to_tell`.
    """
    parts = [_whole(name, comparison) for name in OUTCOMES] + [_months(name, comparison) for name in OUTCOMES]
    table = pd.concat(parts, ignore_index=True)
    return table.astype({"month": "Int32", "n": "Int32"})


def _whole(name: str, comparison: Comparison) -> pd.DataFrame:
    difference, found = comparison.difference[name], comparison.verdict(name)
    row = {
        "outcome": name,
        "month": pd.array([pd.NA], "Int32"),
        "today": comparison.baseline[name],
        "choice": comparison.scenario[name],
        **{f"{world}_{end}": np.nan for world in ("today", "choice") for end in ("low", "high")},
        "difference": difference.mean,
        "low": difference.low,
        "high": difference.high,
        "certainty": difference.certainty,
        "n": pd.array([difference.n], "Int32"),
        "sd": difference.sd,
        "verdict": str(found.word),
        "pairs_to_tell": pd.array([found.pairs], "Int64"),
    }
    return pd.DataFrame(row, index=[0])


def _months(name: str, comparison: Comparison) -> pd.DataFrame:
    monthly = comparison.monthly(name)
    return pd.DataFrame(
        {
            "outcome": name,
            "month": pd.array(monthly.months, "Int32"),
            "today": monthly.baseline_mean,
            "choice": monthly.scenario_mean,
            "today_low": monthly.baseline_low,
            "today_high": monthly.baseline_high,
            "choice_low": monthly.scenario_low,
            "choice_high": monthly.scenario_high,
            "difference": monthly.difference_mean,
            "low": monthly.difference_low,
            "high": monthly.difference_high,
            "certainty": np.nan,
            "n": pd.array([pd.NA] * len(monthly.months), "Int32"),
            "sd": np.nan,
            "verdict": "",
            "pairs_to_tell": pd.array([pd.NA] * len(monthly.months), "Int64"),
        }
    )


def about(scenario: Scenario, comparison: Comparison) -> dict[str, Any]:
    """How a comparison was made, as plain data: enough to make it again."""
    return {
        **scenario.as_dict(),
        "version": version(),
        "seed": comparison.seeds[0],
        "replications": comparison.replications,
        "parameters": changed(scenario),
    }


def changed(scenario: Scenario) -> dict[str, float]:
    """Every parameter whose value here is not the model's default, by dotted name; the profile's own are among them."""
    values = scenario.values()
    return {name: values[one.short] for name, one in PARAMETERS.items() if values[one.short] != one.default}


def parquet_bytes(table: pd.DataFrame, metadata: Mapping[str, Any]) -> bytes:
    """The table as a Parquet file; `metadata` goes into its schema beside where it comes from, a key each."""
    # Here, because a command that writes no Parquet need not wait for its import.
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(in_parquet(pa.Table.from_pandas(table, preserve_index=False), metadata), file)
    return file.getvalue()
