"""How a file says where it comes from: one place for each format, so that no writer has to think of it.

In JSON an object holds `origin`, with all that is known; a list is one of records, each with the version and the
model. In a CSV they are the last columns of every row: a line of remarks would be taken for the head of the table by
spreadsheets and by most programs, a block at the end for more rows, and a file beside it is lost with the first mail,
while columns survive sorting, filtering and the laying together of tables of several models. Parquet and pictures
have metadata for it.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from kastje.experiments.runs.origin import record, short

if TYPE_CHECKING:
    # A command that writes no Parquet need not wait for its import.
    import pyarrow as pa

ORIGIN = "origin"
"""The key of an object under which it says where it comes from."""

PREFIX = "kastje."
"""Before each key in the metadata of a Parquet file."""


def in_json(data: Any) -> Any:
    """Plain data for JSON, stamped; what says already where it comes from stays as it is."""
    if isinstance(data, Mapping):
        return data if ORIGIN in data else {**data, ORIGIN: record()}
    if isinstance(data, list):
        return [{**one, **short()} if isinstance(one, Mapping) else one for one in data]
    return data


def in_csv(table: pd.DataFrame) -> pd.DataFrame:
    """A table as it goes into a CSV: version, model and command line are its last columns."""
    return table.assign(**short())


def in_parquet(table: "pa.Table", more: Mapping[str, Any] | None = None) -> "pa.Table":
    """The same table with the record, and what else is known of it, in the metadata of its schema."""
    known = {**short(), ORIGIN: record(), **(more or {})}
    own = {PREFIX + key: value if isinstance(value, str) else json.dumps(value) for key, value in known.items()}
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **own})


def parquet_metadata(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    """What `in_parquet` wrote into a schema's metadata, by key; empty when another program wrote the file."""
    found = {key.decode(): value.decode() for key, value in (metadata or {}).items()}
    return {key.removeprefix(PREFIX): value for key, value in found.items() if key.startswith(PREFIX)}


def in_picture(ending: str) -> dict[str, Any]:
    """The metadata of a picture, under the names that its format has for them; no date, so that bytes stay the same."""
    said = short()
    words = f"model {said['model']}" + (f"; made by: {said['made']}" if "made" in said else "")
    named = {"Creator": f"Kastje {said['kastje']}"}
    match ending:
        case "svg":
            return named | {"Description": words, "Date": None}
        case "pdf":
            return named | {"Subject": words, "CreationDate": None, "ModDate": None}
        case _:
            return {"Software": named["Creator"], "Description": words}
