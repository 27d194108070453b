"""Times of a log: text or timestamps, with an offset from UTC or without, as elapsed time and as the clock read it."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from kastje.experiments.phrase import phrase
from kastje.model.errors import unexpected

OFFSET = re.compile(r"(?:Z|[+-]\d\d(?::?\d\d)?)$")


def read_times(path: Path, name: str, column: pd.Series) -> dict[str, pd.Series]:
    """`instant` [microseconds since 1970 UTC] and `clock` of the column called `name`.

    Times without an offset are taken to be in one zone without summer time. Raises InputError, with the first value
    that is no time, or when only some have an offset.
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        instant, clock = column.dt.tz_convert("UTC").dt.tz_localize(None), column.dt.tz_localize(None)
    elif pd.api.types.is_datetime64_dtype(column.dtype):
        instant = clock = column
    else:
        instant, clock = _from_text(path, name, column.astype(object).where(column.notna(), "").astype(str).str.strip())
    if (missing := clock.isna()).any():
        _complain(path, name, column, missing)
    numbers = instant.to_numpy("datetime64[us]").astype(np.int64)
    return {
        "instant": pd.Series(numbers, index=column.index),
        "clock": pd.Series(clock.to_numpy("datetime64[us]"), index=column.index),
    }


def _from_text(path: Path, name: str, texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    # There are few different offsets: looked for by their ends only, not row by row with an expression.
    ends = texts.str[-6:]
    found = {end: match.group() if (match := OFFSET.search(end)) else "" for end in ends.unique()}
    # A date has a hyphen too: an offset comes after a time of day.
    timed = texts.str.contains("[T:]", regex=True)
    offset = ends.map(found).where(timed, "")
    if (offset == "").any() and (offset != "").any():
        _complain(path, name, texts, (offset == "") & (texts != ""), "logs.offset")
    lengths = offset.str.len().to_numpy()
    bare = texts
    for length in np.unique(lengths[lengths > 0]):
        bare = bare.where(lengths != length, texts.str[: -int(length)])
    clock = pd.to_datetime(bare, format="ISO8601", errors="coerce")
    if clock.isna().any():
        _complain(path, name, texts, clock.isna())
    ahead = offset.map({one: _ahead(one) for one in offset.unique()}).astype("timedelta64[us]")
    return clock - ahead, clock


def _ahead(offset: str) -> pd.Timedelta:
    """How far a clock with this offset is ahead of UTC."""
    if offset in ("", "Z"):
        return pd.Timedelta(0)
    hours, minutes = int(offset[1:3]), int(offset[3:].removeprefix(":") or 0)
    return (-1 if offset[0] == "-" else 1) * pd.Timedelta(hours=hours, minutes=minutes)


def _complain(path: Path, name: str, column: pd.Series, wrong: pd.Series, expected: str = "logs.time") -> None:
    place = int(wrong.to_numpy().argmax())
    where = phrase("logs.event", file=str(path), column=name, row=place + 1)
    raise unexpected(where, str(column.iloc[place]), phrase(expected))
