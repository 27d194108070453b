"""Results that commands wrote into a folder: which there are, and what is in one. Nothing outside it is ever opened."""

import json
import os
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from kastje.experiments.phrase import phrase
from kastje.model import InputError
from kastje.model.phrase import Phrase

VARIABLE = "KASTJE_RESULTS"
"""The environment variable with the folder of results."""

FOLDER = "results"
MANIFEST = "manifest.json"
DEPTH = 3
MOST = 200
LARGEST_BYTES = 20_000_000
SHOWN_ROWS = 20
SHOWN_PARTS = 100
"""How deep folders are looked into, how many results and Parquet parts are listed, how large a JSON may be."""

PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
LARGEST_PICTURE = 4_000_000
"""What a picture ends in and the kind of file that it is then; how many bytes it may have."""

COMPARISON, RECOVERY, PATTERNS, STUDY = "comparison", "recovery", "patterns", "study"
KINDS = (COMPARISON, RECOVERY, PATTERNS, STUDY)


@dataclass(frozen=True)
class Found:
    """One result: its name within the folder, its kind, when it was written, its document; or why it is unreadable."""

    name: str
    kind: str
    written: datetime
    document: dict[str, Any] = field(default_factory=dict)
    problem: Phrase | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """How it was made, as far as its document says."""
        found = self.document.get("settings")
        return found if isinstance(found, dict) else {}

    @property
    def profile(self) -> str:
        """Which profile it is of; empty when its document does not say. A path is cut down to its last part."""
        said = self.settings.get("profile") or self.document.get("profile") or ""
        return Path(said).name if isinstance(said, str) else ""


@dataclass(frozen=True)
class Part:
    """One Parquet file of a study: its name within the study, its rows and columns, and its first rows."""

    name: str
    rows: int
    columns: tuple[str, ...]
    head: pd.DataFrame


def folder() -> Path:
    """Where results are looked for."""
    return Path(os.environ.get(VARIABLE) or FOLDER)


def found(root: Path) -> list[Found]:
    """The results in a folder, newest first, at most `MOST`; an empty list when there is no such folder."""
    if not root.is_dir():
        return []
    names = sorted(_names(root.resolve(), root.resolve(), DEPTH))
    several = [_read(root.resolve(), name) for name in names[: 5 * MOST]]
    return sorted((one for one in several if one is not None), key=lambda one: one.written, reverse=True)[:MOST]


def opened(root: Path, name: str) -> Found:
    """One result by its name within the folder. Raises InputError for a name that is not one of the folder's."""
    path = within(root, name)
    one = _read(root.resolve(), path.relative_to(root.resolve()).as_posix())
    if one is None:
        raise InputError(phrase("results.not_a_result", name=name))
    return one


def within(root: Path, name: str) -> Path:
    """The path of a name inside the folder, links followed. Raises InputError when it leads out of it or nowhere."""
    start = root.resolve()
    try:
        path = (start / name).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        raise InputError(phrase("results.not_in_folder", name=repr(name[:80]))) from None
    if not path.is_relative_to(start) or path == start or any(p.startswith(".") for p in path.relative_to(start).parts):
        raise InputError(phrase("results.not_in_folder", name=repr(name[:80])))
    return path


def parts(root: Path, name: str) -> list[str]:
    """The Parquet files of a study by their names within it, at most `SHOWN_PARTS`: those of its analyses first."""
    return _files(within(root, name), ".parquet")


def pictures(root: Path, name: str) -> list[str]:
    """The pictures of a study by their names within it, at most `SHOWN_PARTS`."""
    return _files(within(root, name), *PICTURES)


def picture(root: Path, name: str, file: str) -> str:
    """A picture of a study as an address that holds it whole. Raises InputError, one line, when it cannot be read."""
    path = within(root, f"{name}/{file}")
    if not path.is_relative_to(within(root, name)) or path.suffix not in PICTURES or not path.is_file():
        raise InputError(phrase("results.not_a_picture", name=repr(file[:80])))
    try:
        if path.stat().st_size > LARGEST_PICTURE:
            raise InputError(phrase("results.too_large", bytes=path.stat().st_size, most=LARGEST_PICTURE))
        return f"data:{PICTURES[path.suffix]};base64,{b64encode(path.read_bytes()).decode()}"
    except OSError:
        raise InputError(phrase("results.unopened")) from None


def part(root: Path, name: str, file: str) -> Part:
    """What is in one Parquet file of a study. Raises InputError, one line, when it cannot be read."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    path = within(root, f"{name}/{file}")
    if not path.is_relative_to(within(root, name)) or path.suffix != ".parquet" or not path.is_file():
        raise InputError(phrase("results.not_a_part", name=repr(file[:80])))
    try:
        with ParquetFile(path) as opened_file:
            first = next(opened_file.iter_batches(batch_size=SHOWN_ROWS), None)
            columns = tuple(opened_file.schema_arrow.names)
            head = pd.DataFrame(columns=list(columns)) if first is None else first.to_pandas()
            return Part(file, opened_file.metadata.num_rows, columns, head)
    except (OSError, ValueError, ArrowException):
        raise InputError(phrase("results.broken_part", name=file)) from None


def _files(study: Path, *endings: str) -> list[str]:
    """The files with these endings inside a study: those nearest to its top first."""
    files = (path for path in study.rglob("*") if path.suffix in endings and path.is_file())
    inside = [path.relative_to(study) for path in files if path.resolve().is_relative_to(study)]
    return [path.as_posix() for path in sorted(inside, key=lambda path: (len(path.parts), path))][:SHOWN_PARTS]


def _names(root: Path, here: Path, depth: int) -> Iterator[str]:
    """Names of JSON documents, and of folders with a manifest, whose other files belong to it."""
    try:
        if here != root and (here / MANIFEST).is_file():
            yield here.relative_to(root).as_posix()
            return
        entries = sorted(here.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or not entry.resolve().is_relative_to(root):
            continue
        if entry.is_dir() and depth > 1 and not entry.is_symlink():
            yield from _names(root, entry, depth - 1)
        elif entry.suffix == ".json" and entry.is_file():
            yield entry.relative_to(root).as_posix()


def _read(root: Path, name: str) -> Found | None:
    """The result of that name; None for a JSON document that no command of ours wrote."""
    path = root / name
    study = path.is_dir()
    file = path / MANIFEST if study else path
    written = datetime.fromtimestamp(0)

    def problem(key: str, **values: object) -> Found:
        return Found(name, STUDY if study else "", written, problem=phrase(f"results.{key}", **values))

    try:
        if not file.resolve(strict=True).is_relative_to(root):
            return problem("leads_out")
        stat = file.stat()
        written = datetime.fromtimestamp(stat.st_mtime)
        if stat.st_size > LARGEST_BYTES:
            return problem("too_large", bytes=stat.st_size, most=LARGEST_BYTES)
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        return problem("unopened")
    except (ValueError, RecursionError):
        return problem("no_json")
    kind = STUDY if study else kind_of(document)
    if not isinstance(document, dict) or not kind:
        return problem("no_object") if study else None
    return Found(name, kind, written, document)


def kind_of(document: object) -> str:
    """Which command wrote a document; empty when none of those known here."""
    if not isinstance(document, dict):
        return ""
    if all(isinstance(document.get(part), dict) for part in ("baseline", "scenario", "difference")):
        return COMPARISON
    if isinstance(document.get("surge"), dict) and isinstance(document.get("today"), dict):
        return RECOVERY
    return PATTERNS if {"cases", "events", "handovers_mean"} <= document.keys() else ""
