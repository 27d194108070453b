"""XES (IEEE 1849-2016): event logs in the standard that tools for process mining read, written and read."""

import gzip
import io
from collections.abc import Hashable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd

from kastje.experiments.phrase import phrase
from kastje.experiments.runs.origin import short

OF_CASE = "case:"
"""What the names of a case's attributes begin with in a table of events."""

STANDARD_TIME = "+01:00"
"""The model's clock has no summer time: written with one offset, elapsed time stays what it was."""

_HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<global scope="trace">
<string key="concept:name" value="unknown"/>
</global>
<global scope="event">
<string key="concept:name" value="unknown"/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000000+00:00"/>
</global>
<classifier name="Activity" keys="concept:name"/>
"""

_TRACE = {"case": "concept:name", "kind": "kind", "type": "type", "channel": "channel"}
_EVENT = {
    "activity": "concept:name",
    "resource": "org:resource",
    "department": "org:group",
    "step": "step",
    "purpose": "purpose",
}
_NUMBERS = {"hours": "float", "detail": "int"}


def write_xes(log: pd.DataFrame, path: Path) -> None:
    """Write one of our event logs: a trace a case, in the order in which the cases begin."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(log))


def write_xes_gz(log: pd.DataFrame, path: Path) -> None:
    """The same, compressed; the same log gives the same bytes, since no name and no time go into it."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as file,
    ):
        file.writelines(_lines(log))


def stamps(log: pd.DataFrame) -> pd.Series:
    """The times of a log as text with an offset, exact to the microsecond."""
    return log["timestamp"].dt.strftime("%Y-%m-%dT%H:%M:%S.%f") + STANDARD_TIME


def _lines(log: pd.DataFrame) -> Iterator[str]:
    order = np.argsort(pd.factorize(log["case"])[0], kind="stable")
    rows = log.assign(timestamp=stamps(log)).iloc[order].to_dict("records")
    yield _HEADER
    yield from (_attribute("string", key, value) for key, value in short().items())
    for _, events in groupby(rows, key=itemgetter("case")):
        of_case = list(events)
        yield "<trace>\n"
        yield from _texts(of_case[0], _TRACE)
        yield from map("".join, map(_event, of_case))
        yield "</trace>\n"
    yield "</log>\n"


def _event(row: dict[Hashable, Any]) -> Iterator[str]:
    yield "<event>\n"
    yield from _texts(row, _EVENT)
    yield _attribute("date", "time:timestamp", row["timestamp"])
    for name, type_ in _NUMBERS.items():
        yield _attribute(type_, name, row[name])
    yield "</event>\n"


def _texts(row: dict[Hashable, Any], keys: dict[str, str]) -> Iterator[str]:
    """The attributes that are texts; what is empty is left out."""
    return (_attribute("string", key, row[name]) for name, key in keys.items() if row[name] != "")


def _attribute(type_: str, key: str, value: object) -> str:
    return f'<{type_} key="{key}" value="{escape(str(value), {'"': "&quot;"})}"/>\n'


def read_xes(path: Path) -> pd.DataFrame:
    """The events of an XES file, `.xes` or `.xes.gz`, one row each; columns are the keys of the attributes, a case's
    begin with `case:`, and every value is text, None where an event has none.

    Raises ElementTree.ParseError (a SyntaxError) for what is no XML and ValueError for what is no XES.
    """
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    rows: list[dict[str, Any]] = []
    with opened(path, "rb") as file:
        parts = ElementTree.iterparse(file, events=("start", "end"))
        _, root = next(iter(parts))
        if _name(root) != "log":
            raise ValueError(phrase("logs.no_xes", name=_name(root)))
        for moment, element in parts:
            if moment == "end" and _name(element) == "trace":
                rows.extend(_trace(element))
                root.clear()  # What has been read is let go, so that a large log fits.
    return pd.DataFrame(rows)


def _trace(trace: ElementTree.Element) -> Iterator[dict[str, Any]]:
    case = {OF_CASE + key: value for key, value in _attributes(trace)}
    for child in trace:
        if _name(child) == "event":
            yield case | dict(_attributes(child))


def _attributes(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The attributes of a case or event itself: those nested in them are left out."""
    for child in element:
        key, value = child.get("key"), child.get("value")
        if key is not None and value is not None:
            yield key, value


def _name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace, which older files do not have."""
    return str(element.tag).rpartition("}")[2]
