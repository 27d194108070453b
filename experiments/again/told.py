"""What does a result say of itself? Read from a folder or a file in any of the formats that Kastje writes."""

import csv
import gzip
import html
import json
import re
import shlex
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kastje.experiments.phrase import phrase
from kastje.experiments.runs.results import COMPARISON, MANIFEST, kind_of
from kastje.experiments.stamp import ORIGIN, parquet_metadata
from kastje.model import InputError

FOLDER, DOCUMENT, LOG, SCENARIO, REPORT, TABLE = "folder", "document", "log", "scenario", "report", "table"
SHORT = ("kastje", "model", "made")
RESULT = re.compile(r'<meta name="kastje-result" content="([^"]*)">')
ENDINGS = (".json", ".csv", ".csv.gz", ".parquet", ".xes", ".xes.gz", ".toml", ".html")
LARGEST_BYTES = 500_000_000

UNREADABLE = (
    OSError,
    EOFError,
    zlib.error,
    ValueError,
    SyntaxError,
    RecursionError,
    LookupError,
    TypeError,
    StopIteration,
)
"""What libraries raise for a file that is cut off, or is something else than its name says."""


@dataclass(frozen=True)
class Told:
    """A result: what kind it is, where it comes from by its own words, and its content where that is plain data."""

    path: Path
    kind: str
    origin: Mapping[str, Any] = field(default_factory=dict)
    content: Any = None

    @property
    def line(self) -> str:
        """The command line that made it; empty when it does not say."""
        said = self.origin.get("made")
        return said if isinstance(said, str) else ""

    @property
    def arguments(self) -> list[str]:
        """That line cut into words, `kastje` and remarks left out. Raises InputError when it is none."""
        try:
            words = shlex.split(self.line, comments=True)
        except ValueError:
            words = []
        if words[:1] != ["kastje"] or len(words) < 2:
            raise InputError(phrase("again.no_line", file=str(self.path)))
        return words[1:]


def told(path: Path) -> Told:
    """What is at this path. Raises InputError, one line, for what is not there, not ours, or cut off."""
    if not path.exists():
        raise InputError(phrase("again.not_there", file=str(path)))
    if path.is_dir():
        return _folder(path)
    ending = next((one for one in sorted(ENDINGS, key=len, reverse=True) if path.name.lower().endswith(one)), None)
    if ending is None:
        raise InputError(phrase("again.ending", file=str(path), known=ENDINGS))
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(phrase("again.too_large", file=str(path), most=LARGEST_BYTES))
        found = _READERS[ending.removesuffix(".gz")](path)
    except InputError:
        raise
    except UNREADABLE:
        raise broken(path) from None
    if not found.origin.get("model"):
        raise InputError(phrase("again.foreign", file=str(path)))
    return found


def broken(path: Path) -> InputError:
    """The error for a file that cannot be read to its end."""
    return InputError(phrase("again.broken", file=str(path), ending="".join(path.suffixes)))


def no_figures(path: Path, command: str) -> InputError:
    """The error for what a command gave that gives no figures, or none that could be the same again."""
    return InputError(phrase("again.no_command", file=str(path), command=command))


def of_a_study(path: Path) -> InputError:
    """The error for one table of a study: its runs lie in the folder."""
    return InputError(phrase("again.table", file=str(path)))


def of_an_own_municipality(path: Path) -> InputError:
    """The error for a report on a municipality whose files it does not hold."""
    return InputError(phrase("again.own", file=str(path)))


def saved_early(path: Path) -> InputError:
    """The error for a scenario that was saved before its figures were there."""
    return InputError(phrase("again.no_figures", file=str(path)))


def _folder(path: Path) -> Told:
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(phrase("again.no_manifest", folder=str(path))) from None
    except (OSError, ValueError, RecursionError):
        raise broken(path / MANIFEST) from None
    origin = manifest.get(ORIGIN) if isinstance(manifest, dict) else None
    if not isinstance(origin, dict):
        raise InputError(phrase("again.foreign", file=str(path / MANIFEST)))
    return Told(path, FOLDER, origin, manifest)


def _json(path: Path) -> Told:
    document = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(document, list):
        return Told(path, DOCUMENT, {name: document[0][name] for name in SHORT}, document)
    if path.name == MANIFEST:
        return _folder(path.parent)
    origin = document.get(ORIGIN)
    if not isinstance(origin, dict):
        # A comparison says enough of itself, also one of before results said where they come from.
        return Told(path, DOCUMENT, {"model": "?"} if kind_of(document) == COMPARISON else {}, document)
    return Told(path, LOG if "objectTypes" in document else DOCUMENT, origin, document)


def _csv(path: Path) -> Told:
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        first = next(csv.DictReader(file))
    origin = {name: first[name] for name in SHORT if first.get(name)}
    return Told(path, LOG if "activity" in first else TABLE, origin | _profiles(origin))


def _parquet(path: Path) -> Told:
    from pyarrow.parquet import read_schema

    schema = read_schema(path)
    known = parquet_metadata(schema.metadata)
    origin = json.loads(known.get(ORIGIN, "{}"))
    if "query" in known:
        return Told(path, REPORT, origin, {"query": known["query"], "seeds": _seeds(known)})
    return Told(path, LOG if "activity" in schema.names else TABLE, origin)


def _seeds(known: Mapping[str, str]) -> list[int]:
    first = int(known["seed"])
    return list(range(first, first + int(known["replications"])))


def _xes(path: Path) -> Told:
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    origin: dict[str, Any] = {}
    with opened(path, "rb") as file:
        for _, element in ElementTree.iterparse(file, events=("start",)):
            name = str(element.tag).rpartition("}")[2]
            if name == "trace":
                break
            if name == "string" and element.get("key") in SHORT:
                origin[str(element.get("key"))] = element.get("value")
    return Told(path, LOG, origin | _profiles(origin))


def _profiles(origin: Mapping[str, Any]) -> dict[str, Any]:
    """The hashes of profiles, which a command line has as a remark behind it."""
    _, _, remark = str(origin.get("made", "")).partition("  # ")
    pairs = [one.rsplit(" ", 1) for one in remark.split(", ") if " " in one]
    return {"profiles": dict(pairs)} if pairs else {}


def _toml(path: Path) -> Told:
    text = path.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    origin = {name: table[name] for name in SHORT if name in table} if "scenario" in table else {}
    return Told(path, SCENARIO, origin, {"text": text, "figures": table.get("figures", {})})


def _html(path: Path) -> Told:
    found = RESULT.search(path.read_text(encoding="utf-8"))
    result = json.loads(html.unescape(found[1])) if found else {}
    return Told(path, REPORT, result.get(ORIGIN, {}), result)


_READERS = {".json": _json, ".csv": _csv, ".parquet": _parquet, ".xes": _xes, ".toml": _toml, ".html": _html}
