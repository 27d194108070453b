"""The folder of a roadmap: two sweeps (all combinations, and the orders), tables, a picture, a manifest of its own."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.files import write_json
from experiments.results import MANIFEST
from experiments.sweep.store import COMPLETE, RUNNING
from model import InputError

KIND = "roadmap"
LESSONS_FOLDER, ORDERS_FOLDER = "lessons", "orders"


def begun(folder: Path) -> None:
    """Make the folder, or go on with it. Raises InputError when it holds anything else than a roadmap."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--out: {folder}: expected a folder, and this is a file")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        entries = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise InputError(f"--out: {folder}: cannot be made or read ({error.strerror})") from None
    if entries and not (MANIFEST in entries and _kind(folder) == KIND):
        raise InputError(f"--out: {folder}: holds something else, expected an empty folder or a roadmap's own")
    if not entries:
        _write(folder, {"status": RUNNING})


def ended(folder: Path, told: Mapping[str, Any]) -> None:
    """Write the manifest of a roadmap that is complete, with all that it tells."""
    _write(folder, {"status": COMPLETE, **told})


def _write(folder: Path, manifest: Mapping[str, Any]) -> None:
    write_json(folder / MANIFEST, {"kind": KIND, **manifest})


def _kind(folder: Path) -> str:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"--out: {folder / MANIFEST}: cannot be read ({' '.join(str(error).split())})") from None
    return str(found.get("kind", "")) if isinstance(found, dict) else ""
