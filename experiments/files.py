"""Files that are whole or not there: written beside their place, then renamed into it."""

import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kastje.experiments.phrase import phrase
from kastje.experiments.stamp import in_json
from kastje.model import InputError
from kastje.model.errors import wrong
from kastje.model.phrase import Argument, Phrase


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """The path to write to; when the block ends well it becomes `target`, replacing what was there, else it is removed.

    Raises InputError when `target` cannot be a file.
    """
    place = phrase("files.path", argument=Argument("target"), path=str(target))
    if target.is_dir():
        raise wrong(place, phrase("files.is_folder"))
    if not target.parent.is_dir():
        raise wrong(place, phrase("files.no_parent", folder=str(target.parent)))
    if not os.access(target.parent, os.W_OK):
        raise wrong(place, phrase("files.parent_closed", folder=str(target.parent)))
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield aside
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def folder_made(folder: Path) -> None:
    """See to it that there is a folder that can be written to. Raises InputError where it cannot be."""
    place = phrase("files.path", argument=Argument("folder"), path=str(folder))
    if folder.exists() and not folder.is_dir():
        raise wrong(place, phrase("files.is_file"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise wrong(place, phrase("files.not_made")) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise wrong(place, phrase("files.closed"))


def write_json(target: Path, document: Any) -> None:
    """Write plain data as a file of JSON that says where it comes from; what is not available (NaN) is null."""
    with written_aside(target) as aside:
        text = json.dumps(plain(in_json(document)), indent=1, ensure_ascii=False, allow_nan=False)
        aside.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path, expected: Phrase) -> Any:
    """The data in a file of JSON. Raises InputError when it is not there, and what folder is `expected`, or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(phrase("files.missing", folder=str(path.parent), name=path.name, expected=expected)) from None
    except json.JSONDecodeError as error:
        raise wrong(str(path), phrase("files.no_json", line=error.lineno, column=error.colno)) from None
    except (OSError, ValueError):
        raise wrong(str(path), phrase("files.unreadable")) from None


def plain(value: Any) -> Any:
    """The same as data that JSON knows: None for NaN and the infinities."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value
