"""Where results come from: the version, the commit, the model's sources and the libraries that made them."""

import hashlib
import platform
import subprocess
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

LIBRARIES = ("numpy", "numba", "scipy", "mesa", "networkx", "pandas", "pyarrow")
ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("agents", "model")


@lru_cache
def origin() -> dict[str, Any]:
    """What a manifest says of where its results come from."""
    try:
        ours = version("kastje")
    except PackageNotFoundError:
        ours = ""
    return {
        "kastje": ours,
        "commit": commit(),
        "model": model_hash(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def commit() -> str:
    """The commit of the project's folder, with `+` when something was changed since; empty outside a repository."""
    if not (ROOT / ".git").exists():
        return ""
    said = [_git("rev-parse", "HEAD"), _git("status", "--porcelain", "--untracked-files=no")]
    return said[0] + ("+" if said[1] else "")


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


@lru_cache
def model_hash() -> str:
    """A hash over all sources and figures of the model and its agents: other sources may give other results."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
