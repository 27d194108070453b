"""A sweep's folder: a manifest that says what it is of, and Parquet parts that are whole or not there."""

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet

from kastje.experiments.designs import Design
from kastje.experiments.files import folder_made, read_json, write_json, written_aside
from kastje.experiments.phrase import phrase
from kastje.experiments.runs.origin import record
from kastje.experiments.runs.plan import batch_size
from kastje.experiments.runs.results import MANIFEST
from kastje.experiments.runs.work import ERROR
from kastje.experiments.stamp import in_parquet
from kastje.model import Scenario
from kastje.model.errors import wrong
from kastje.model.phrase import Argument, Phrase

PARTS = "parts"
LOCK = ".lock"
KIND = "sweep"
RUNNING, STOPPED, COMPLETE, FAILED = "running", "stopped", "complete", "failed"
"""How a folder stands. Of a `failed` one every run was made and failed: nothing of it is worth going on with."""
DECIDES = ("design", "model", "profiles")
"""What of a manifest decides the rows: where one of these differs, a folder is not gone on with."""


@dataclass(frozen=True)
class Store:
    """The folder of one sweep."""

    folder: Path

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest. Raises InputError when the folder has none, or one that cannot be read."""
        path = self.folder / MANIFEST
        found = read_json(path, phrase("store.of_kastje"))
        if not isinstance(found, dict) or found.get("kind") != KIND:
            raise wrong(str(path), phrase("store.manifest"))
        return found

    @property
    def _place(self) -> Phrase:
        return phrase("files.path", argument=Argument("folder"), path=str(self.folder))

    @property
    def parts(self) -> Path:
        """The folder of the Parquet parts: open it with pandas, Polars or DuckDB."""
        return self.folder / PARTS

    @contextmanager
    def opened(self, design: Design, profiles: Mapping[str, Scenario], about: Mapping[str, Any]) -> Iterator[int]:
        """Begin this sweep or go on with it; gives the size of its batches. Nobody else can meanwhile.

        A folder in which every run failed is begun anew.
        Raises InputError when the folder holds something else, with the first difference named, or is in use.
        """
        folder_made(self.folder)
        with self._locked():
            wanted = self._wanted(design, profiles, about)
            there = self.manifest if (self.folder / MANIFEST).exists() else None
            if there is not None and there["status"] == FAILED:
                self._begin_anew(wanted)
            elif there is not None:
                self._refuse(there, wanted)
                wanted = there
            elif any(entry.name != LOCK for entry in self.folder.iterdir()):
                raise wrong(self._place, phrase("store.others"))
            else:
                self._write(wanted)
            self.parts.mkdir(exist_ok=True)
            for left in self.parts.glob(".*.part"):
                left.unlink(missing_ok=True)
            yield int(wanted["batch"])

    def has(self, name: str) -> bool:
        """Whether this part is there: then it is whole."""
        return (self.parts / name).exists()

    def put(self, name: str, table: pa.Table) -> None:
        """Write a part beside its place, and rename it into it."""
        with written_aside(self.parts / name) as aside:
            pyarrow.parquet.write_table(in_parquet(table), aside, compression="zstd")

    def note(self, **changes: Any) -> None:
        """Change these entries of the manifest."""
        self._write(self.manifest | changes)

    def runs(self) -> int:
        """How many rows its parts hold, from their footers alone."""
        return int(self._rows().count_rows())

    def table(self, columns: list[str] | None = None) -> pd.DataFrame:
        """All rows in the order of the runs; some of the columns, or all. Raises InputError when there are none."""
        rows = self._rows()
        if not rows.files:
            raise wrong(str(self.folder), phrase("store.empty"))
        wanted = None if columns is None else list(dict.fromkeys(["run", *columns]))
        frame: pd.DataFrame = rows.to_table(columns=wanted).to_pandas()
        return frame.sort_values("run", ignore_index=True)

    def failures(self) -> dict[str, int]:
        """How often each thing went wrong; empty when nothing did."""
        return failures_in(self.table([ERROR]))

    def _rows(self) -> pyarrow.dataset.FileSystemDataset:
        return pyarrow.dataset.dataset(sorted(map(str, self.parts.glob("*.parquet"))), format="parquet")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise wrong(self._place, phrase("store.in_use")) from None
            yield

    @staticmethod
    def _wanted(design: Design, profiles: Mapping[str, Scenario], about: Mapping[str, Any]) -> dict[str, Any]:
        made = record() | {"profiles": {name: one.profile.figures_hash() for name, one in profiles.items()}}
        return {
            "kind": KIND,
            **about,
            "status": STOPPED,
            "design": design.as_data(),
            "batch": batch_size(len(design.arms) * design.replications.first),
            "model": made["model"],
            "profiles": {name: scenario.world_key() for name, scenario in profiles.items()},
            "origin": made,
            "started": now(),
            "sessions": [],
        }

    def _begin_anew(self, wanted: Mapping[str, Any]) -> None:
        for part in self.parts.glob("*.parquet"):
            part.unlink()
        self._write(wanted)

    def _refuse(self, there: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        for part in DECIDES:
            said = difference(part, there.get(part), json.loads(json.dumps(wanted[part])))
            if said:
                raise wrong(self._place, phrase("store.another", said=said))

    def _write(self, manifest: Mapping[str, Any]) -> None:
        write_json(self.folder / MANIFEST, manifest)


def all_failed(failures: Mapping[str, int], runs: int) -> bool:
    """Whether there were runs and every one of them failed."""
    return 0 < runs == sum(failures.values())


def failures_in(rows: pd.DataFrame) -> dict[str, int]:
    """How often each thing went wrong in these rows."""
    return {str(what): int(count) for what, count in rows[ERROR].dropna().value_counts().items()}


def difference(name: str, there: Any, here: Any) -> Phrase | None:
    """The first thing in which two pieces of plain data differ, in words; None when they are the same."""
    if isinstance(there, dict) and isinstance(here, dict):
        for key in dict.fromkeys([*there, *here]):
            if said := difference(f"{name}.{key}", there.get(key), here.get(key)):
                return said
        return None
    return None if there == here else phrase("store.differs", name=name, there=short(there), here=short(here))


def short(value: Any) -> Phrase | str:
    """A value in at most sixty characters."""
    if value is None:
        return phrase("store.absent")
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "..."


def now() -> str:
    """The time, for a manifest."""
    return datetime.now(UTC).isoformat(timespec="seconds")
