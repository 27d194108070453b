"""Files that are whole or not there: written beside their place, then renamed into it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model import InputError


@contextmanager
def written_aside(target: Path, option: str = "--out") -> Iterator[Path]:
    """The path to write to; when the block ends well it becomes `target`, replacing what was there, else it is removed.

    Raises InputError, naming `option`, when `target` cannot be a file.
    """
    if target.is_dir():
        raise InputError(f"{option}: {target}: expected a file, and this is a folder")
    if not target.parent.is_dir():
        raise InputError(f"{option}: {target}: expected a folder that exists, and {target.parent} does not")
    if not os.access(target.parent, os.W_OK):
        raise InputError(f"{option}: {target}: expected a folder that can be written to, and {target.parent} cannot")
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield aside
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
