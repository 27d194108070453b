"""Reading logs: CSV, Parquet and XES to one table, whatever their columns are called."""

import csv
import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kastje.experiments.logs.patterns.times import read_times
from kastje.experiments.logs.xes import read_xes
from kastje.model import InputError

ENDINGS = (".csv", ".csv.gz", ".parquet", ".xes", ".xes.gz")

CASE = ("case", "case:concept:name", "case_id")
ACTIVITY = ("activity", "concept:name")
RESOURCE = ("resource", "org:resource")
TIMESTAMP = ("timestamp", "time:timestamp")
ANSWER = ("question", "answer")
STEP = ("step",)
"""What the columns are called when nobody says: ours, then those of the XES standard."""

OPTIONAL = ("answer", "step")


@dataclass(frozen=True)
class Columns:
    """What the columns of a log are called; None is: the usual names are tried."""

    case: str | None = None
    activity: str | None = None
    resource: str | None = None
    timestamp: str | None = None
    answer: str | None = None

    def find(self, path: Path, there: Iterable[str]) -> dict[str, str]:
        """Which of the columns that are there plays which part. Raises InputError for the first that is missing."""
        present = tuple(there)
        usual = {
            "case": CASE,
            "activity": ACTIVITY,
            "resource": RESOURCE,
            "timestamp": TIMESTAMP,
            "answer": ANSWER,
            "step": STEP,
        }
        found = {}
        for part, names in usual.items():
            given = getattr(self, part, None)
            tried = (given,) if given is not None else names
            name = next((one for one in tried if one in present), None)
            if name is not None:
                found[part] = name
            elif given is not None or part not in OPTIONAL:
                listed = ", ".join(present[:20]) + (", .." if len(present) > 20 else "")
                how = f"--{part} {given}" if given is not None else f"column for {part}"
                raise InputError(f"{path}: {how}: not there, expected one of its columns: {listed or 'it has none'}")
        return found


def read_log(path: Path | str, columns: Columns | None = None) -> pd.DataFrame:
    """The events of a log, in its own order.

    Columns `case`, `activity` and `resource` (text, empty for an unknown resource), `instant` [microseconds, whole
    numbers, elapsed time when subtracted], `clock` (the time as the log writes it), and when the log has them
    `answer` and `step` (text). Raises InputError, one line, for what cannot be read.
    """
    path, columns = Path(path), columns or Columns()
    ending = next((one for one in sorted(ENDINGS, key=len)[::-1] if path.name.lower().endswith(one)), None)
    if ending is None:
        raise InputError(f"{path}: expected a log whose name ends in {', '.join(ENDINGS)}")
    if not path.is_file():
        raise InputError(f"{path}: expected a file that exists{', and this is a folder' if path.is_dir() else ''}")
    with _as_input_error(path, ending):
        table, names = _READERS[ending.removesuffix(".gz")](path, columns)
    return _log(path, table, names)


def log_of(table: pd.DataFrame, name: str = "table", columns: Columns | None = None) -> pd.DataFrame:
    """The same of a log that is a table already, as `simulate` gives it; errors call it `name`."""
    path = Path(name)
    return _log(path, table, (columns or Columns()).find(path, table.columns))


def _log(path: Path, table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    if table.empty:
        raise InputError(f"{path}: no events, expected at least one")
    log = pd.DataFrame({part: _text(table[name]) for part, name in names.items() if part != "timestamp"})
    for part in ("case", "activity"):
        if (empty := log[part] == "").any():
            row = int(empty.to_numpy().argmax()) + 1
            raise InputError(f"{path}: {names[part]}: event {row}: empty, expected the {part} of the event")
    return log.assign(**read_times(path, names["timestamp"], table[names["timestamp"]]))


def _text(column: pd.Series) -> pd.Series:
    """The values as text, empty where there is none."""
    return column.astype(object).where(column.notna(), "").astype(str).str.strip()


def _csv(path: Path, columns: Columns) -> tuple[pd.DataFrame, dict[str, str]]:
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        header = file.readline()
    separator = ";" if header.count(";") > header.count(",") else ","
    names = columns.find(path, next(csv.reader([header], delimiter=separator), []))
    table = pd.read_csv(
        path,
        sep=separator,
        usecols=sorted(set(names.values())),
        dtype=str,
        keep_default_na=False,
        encoding="utf-8-sig",
        compression="infer",
    )
    return table, names


def _parquet(path: Path, columns: Columns) -> tuple[pd.DataFrame, dict[str, str]]:
    from pyarrow.parquet import read_schema

    names = columns.find(path, read_schema(path).names)
    return pd.read_parquet(path, columns=sorted(set(names.values()))), names


def _xes(path: Path, columns: Columns) -> tuple[pd.DataFrame, dict[str, str]]:
    table = read_xes(path)
    return table, columns.find(path, table.columns)


_READERS = {".csv": _csv, ".parquet": _parquet, ".xes": _xes}


@contextmanager
def _as_input_error(path: Path, ending: str) -> Iterator[None]:
    """What a library says of a file that is not what its name says, as one line about the input."""
    try:
        yield
    except InputError:
        raise
    # ParserError, ParseError and pyarrow's errors are ValueErrors or SyntaxErrors.
    except (OSError, EOFError, zlib.error, ValueError, SyntaxError, csv.Error) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{path}: expected a whole {ending.removeprefix('.')} file: {reason}") from None
