"""How the rules and the engine are compiled, and where the compiled code is kept.

Numba's disk cache looks at one source file at a time: when a rule in another file has changed it silently runs
the old one. So the cache folder carries a hash of every rule and engine source, and an edited rule starts afresh.
With `NUMBA_DISABLE_JIT=1` the same functions run interpreted.
"""

import ast
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from platformdirs import user_cache_path

ROOMS = ("agents", "model")
PREFIXES = tuple(f"kastje.{room}" for room in ROOMS)


def compiled_sources(root: Path) -> list[Path]:
    """The sources that decide what is compiled: every file with a rule in it, and what those import of the rooms."""
    todo = [p for room in ROOMS for p in (root / room).glob("*.py") if "@rule" in p.read_text(encoding="utf-8")]
    found: set[Path] = set()
    while todo:
        path = todo.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PREFIXES):
                imported = root / (node.module.removeprefix("kastje.").replace(".", "/") + ".py")
                todo += [imported] if imported.exists() else []
    return sorted(found)


def sources_hash(root: Path) -> str:
    """The first 16 hex digits of a hash over the sources that decide what is compiled."""
    digest = hashlib.sha256(f"numba {numba.__version__}".encode())
    for path in compiled_sources(root):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """The folder of the compiled code for the present sources; `KASTJE_CACHE` names another place for it."""
    base = os.environ.get("KASTJE_CACHE")
    place = Path(base) if base else user_cache_path("kastje")
    return place / f"compiled-{sources_hash(Path(__file__).resolve().parent.parent)}"


numba.config.CACHE_DIR = str(cache_folder())


def rule(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a rule: cached on disk, without the interpreter lock, with exact (not fast) arithmetic."""
    compiled: Callable[..., Any] = numba.njit(cache=True, nogil=True)(function)
    return compiled
