"""What is added to a register from outside: files that an environment variable names, and Python beside them."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from kastje.model.errors import InputError, phrase, unexpected, unknown, wrong
from kastje.model.phrase import Phrase
from kastje.model.reading import parse_toml, read_toml

ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
"""What an entry of a register may be called."""


def own_files(variable: str) -> tuple[Path, ...]:
    """The files that an environment variable names, several with the sign between that paths have on this system."""
    return tuple(Path(name) for name in os.environ.get(variable, "").split(os.pathsep) if name)


def laid(shipped: Path, variable: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of the file that is shipped, called by its name, and of those that an environment variable names."""
    yield shipped.name, parse_toml(shipped.read_text(encoding="utf-8"), shipped.name)
    for path in own_files(variable):
        yield str(path), read_toml(path)


def entries(file: str, tables: Mapping[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables [[name]] of a file, each with where it stands. Raises InputError for whatever else stands there."""
    for other in tables:
        if other != name:
            raise unknown(file, other, (name,))
    found = tables.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise unexpected(field_of(file, name), found, phrase("expected.entries", name=name))
    for place, entry in enumerate(found, start=1):
        yield f"{file}: {entry.get('id', f'{name}[{place}]')}", entry


def field_of(where: str, field: str) -> Phrase:
    """A field of what stands there."""
    return phrase("place.field", file=where, field=field)


def code_of(reference: str, folder: Path, where: Phrase) -> Any:
    """What `FILE.py:NAME` names, the file in this folder; read once by each program. Raises InputError, in one line."""
    file, sign, name = reference.partition(":")
    if not sign or not file.endswith(".py") or not name.isidentifier():
        raise unexpected(where, reference, phrase("expected.code"))
    path = (folder / file).resolve()
    if not path.is_file():
        raise wrong(where, phrase("problem.no_code", file=file))
    module = _module(path, where)
    if not hasattr(module, name):
        raise wrong(where, phrase("problem.no_name", file=file, name=name))
    return getattr(module, name)


def _module(path: Path, where: Phrase) -> Any:
    # A name of its own: what is called so in a user's folder does not hide a library, and is read once.
    called = f"kastje_own_{path.stem}_{sha256(str(path).encode()).hexdigest()[:8]}"
    if called in sys.modules:
        return sys.modules[called]
    spec = spec_from_file_location(called, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[called] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except InputError:
        del sys.modules[called]
        raise
    except Exception as error:
        del sys.modules[called]
        raise wrong(
            where, phrase("problem.broken_code", file=path.name, reason=f"{type(error).__name__}: {error}")
        ) from error
    return module
