"""Reading logs: CSV, Parquet and XES to one table, whatever their columns are called."""

import csv
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kastje.experiments.logs.patterns.times import read_times
from kastje.experiments.logs.xes import read_xes
from kastje.experiments.phrase import phrase
from kastje.model import InputError
from kastje.model.errors import wrong
from kastje.model.phrase import Argument, Phrase

ENDINGS = (".csv", ".csv.gz", ".parquet", ".xes", ".xes.gz")

CASE = ("case", "case:concept:name", "case_id")
ACTIVITY = ("activity", "concept:name")
RESOURCE = ("resource", "org:resource")
TIMESTAMP = ("timestamp", "time:timestamp")
ANSWER = ("question", "answer")
STEP = ("step",)
"""What the columns are called when nobody says: ours, then those of the XES standard."""

SHOWN = 20
"""So many of the columns that are there an error names."""

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
                columns = present[:SHOWN] + ("..",) * (len(present) > SHOWN)
                raise InputError(
                    phrase(
                        "logs.no_column",
                        file=str(path),
                        part=Argument(part),
                        names=tried,
                        columns=columns or phrase("logs.no_columns"),
                    )
                )
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
        raise wrong(str(path), phrase("logs.ending", endings=ENDINGS))
    if not path.is_file():
        raise wrong(str(path), phrase("logs.is_folder" if path.is_dir() else "logs.no_file"))
    with _as_input_error(path, ending):
        table, names = _READERS[ending.removesuffix(".gz")](path, columns)
    return _log(path, table, names)


def log_of(table: pd.DataFrame, name: str = "table", columns: Columns | None = None) -> pd.DataFrame:
    """The same of a log that is a table already, as `simulate` gives it; errors call it `name`."""
    path = Path(name)
    return _log(path, table, (columns or Columns()).find(path, table.columns))


def _log(path: Path, table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    if table.empty:
        raise wrong(str(path), phrase("logs.no_events"))
    log = pd.DataFrame({part: _text(table[name]) for part, name in names.items() if part != "timestamp"})
    for part, said in {"case": phrase("logs.case"), "activity": phrase("logs.activity")}.items():
        if (empty := log[part] == "").any():
            row = int(empty.to_numpy().argmax()) + 1
            where = phrase("logs.event", file=str(path), column=names[part], row=row)
            raise wrong(where, phrase("logs.empty", part=said))
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
        said = phrase("logs.broken", ending=ending.removeprefix("."), reason=_reason(error))
        raise wrong(str(path), said) from None


def _reason(error: Exception) -> Phrase | str:
    """Why a file is not whole, as far as it can be said in both languages: our own words, or the line."""
    if error.args and isinstance(error.args[0], Phrase):
        return phrase("logs.because", reason=error.args[0])
    line = re.search(r"\bline (\d+)", str(error))
    return phrase("logs.because", reason=phrase("logs.line", line=line[1])) if line else ""
