"""Where results come from: the version, the commit, the model, the analysis and the libraries that made them."""

import platform
import subprocess
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kastje import fingerprint
from kastje.version import version as kastje_version

LIBRARIES = ("numpy", "numba", "scipy", "mesa", "networkx", "pandas", "pyarrow")
ROOT = Path(__file__).resolve().parents[2]


@lru_cache
def origin() -> dict[str, Any]:
    """What a manifest says of where its results come from."""
    return {
        "kastje": kastje_version(),
        "commit": commit(),
        "model": model_hash(),
        "analysis": analysis_hash(),
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
    """The hash of the rules and figures that decide what a run yields: another model may yield something else."""
    return fingerprint.model_hash(fingerprint.PACKAGE)


@lru_cache
def analysis_hash() -> str:
    """The hash of the rules and figures that decide what is worked out from runs."""
    return fingerprint.analysis_hash(fingerprint.PACKAGE)
