"""Tables beside a sweep's runs: each as Parquet for programs and as CSV for people."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from kastje.experiments.files import written_aside

DIGITS = "%.6g"


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write each table by its name into the folder, whole or not at all."""
    for name, table in tables.items():
        with written_aside(folder / f"{name}.parquet") as aside:
            table.to_parquet(aside, index=False)
        with written_aside(folder / f"{name}.csv") as aside:
            table.to_csv(aside, index=False, float_format=DIGITS)
