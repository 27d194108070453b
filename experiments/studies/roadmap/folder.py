"""The folder of a roadmap: two sweeps (all combinations, and the orders), tables, a picture, a manifest of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kastje.experiments.files import folder_made, read_json, write_json
from kastje.experiments.phrase import phrase
from kastje.experiments.runs.results import MANIFEST
from kastje.experiments.runs.store import COMPLETE, RUNNING, STOPPED
from kastje.model.errors import wrong
from kastje.model.phrase import Argument

KIND = "roadmap"
LESSONS_FOLDER, ORDERS_FOLDER = "lessons", "orders"


@contextmanager
def begun(folder: Path) -> Iterator[None]:
    """Make the folder, or go on with it; what ends within is noted as stopped, unless it `ended`.

    Raises InputError when the folder holds anything else than a roadmap.
    """
    folder_made(folder)
    before: dict[str, Any] = {}
    if any(folder.iterdir()):
        before = _manifest(folder)
    _write(folder, before | {"status": RUNNING})
    try:
        yield
    except BaseException:
        _write(folder, before | {"status": STOPPED})
        raise


def ended(folder: Path, told: Mapping[str, Any]) -> None:
    """Write the manifest of a roadmap that is complete, with all that it tells."""
    _write(folder, {"status": COMPLETE, **told})


def _write(folder: Path, manifest: Mapping[str, Any]) -> None:
    write_json(folder / MANIFEST, {"kind": KIND, **manifest})


def _manifest(folder: Path) -> dict[str, Any]:
    there = (folder / MANIFEST).exists()
    found = read_json(folder / MANIFEST, phrase("roadmap.own_folder")) if there else None
    if not isinstance(found, dict) or found.get("kind") != KIND:
        place = phrase("files.path", argument=Argument("folder"), path=str(folder))
        raise wrong(place, phrase("roadmap.folder"))
    return found
