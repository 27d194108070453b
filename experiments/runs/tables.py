"""Tables beside a sweep's runs: each as Parquet for programs and as CSV for people."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from kastje.experiments.files import written_aside
from kastje.experiments.stamp import in_csv, in_parquet

DIGITS = "%.6g"


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write each table by its name into the folder, whole or not at all."""
    for name, table in tables.items():
        with written_aside(folder / f"{name}.parquet") as aside:
            write_parquet(table, aside)
        with written_aside(folder / f"{name}.csv") as aside:
            in_csv(table).to_csv(aside, index=False, float_format=DIGITS)


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet; its metadata say where it comes from."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(in_parquet(pa.Table.from_pandas(table, preserve_index=False)), path)
