"""Where results come from: the version, the commit, the model, the libraries, and the command line that made them."""

import platform
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kastje import fingerprint
from kastje.model.additions import own_files
from kastje.model.channels import OWN_FILES as OWN_CHANNELS
from kastje.model.lessons import OWN_FILES as OWN_LESSONS
from kastje.model.outcomes import OWN_FILES as OWN_OUTCOMES
from kastje.model.outcomes import own_code
from kastje.model.reading import read_toml
from kastje.version import version as kastje_version

LIBRARIES = ("numpy", "numba", "scipy", "mesa", "networkx", "pandas", "pyarrow")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Made:
    """What makes a result again: the command line, with all that decides its numbers, and the hash of each profile."""

    line: str = ""
    profiles: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Both in one line, which a shell takes for the command and a remark."""
        hashes = ", ".join(f"{name} {digest}" for name, digest in self.profiles.items())
        return f"{self.line}  # {hashes}" if hashes else self.line


UNKNOWN = Made()
_MAKING: ContextVar[Made] = ContextVar("kastje-making", default=UNKNOWN)


@contextmanager
def making(made: Made) -> Iterator[None]:
    """What is written within it was made by this."""
    before = _MAKING.set(made)
    try:
        yield
    finally:
        _MAKING.reset(before)


def record() -> dict[str, Any]:
    """Everything that a result says of itself: where it comes from, and what made it where that is known."""
    made = _MAKING.get()
    said = {"made": made.line, "profiles": dict(made.profiles)}
    return origin() | {name: value for name, value in said.items() if value}


def short() -> dict[str, str]:
    """The same in the few words that a table, a picture or a log has room for: version, model, command line."""
    made = _MAKING.get().text
    return {"kastje": kastje_version(), "model": model_hash()} | ({"made": made} if made else {})


@lru_cache
def origin() -> dict[str, Any]:
    """Which version, commit, model, analysis, Python and libraries these are."""
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
    """The hash of the rules and figures that decide what a run yields: another model may yield something else.

    Lessons, channels and outcomes that are not shipped are among them, wherever their files lie.
    """
    shipped = fingerprint.model_hash(fingerprint.PACKAGE)
    own: list[Any] = [read_toml(path) for name in (OWN_LESSONS, OWN_CHANNELS, OWN_OUTCOMES) for path in own_files(name)]
    own += [fingerprint.rules(path.read_text(encoding="utf-8")) for path in own_code()]
    return fingerprint.of_figures([shipped, *own]) if own else shipped


@lru_cache
def analysis_hash() -> str:
    """The hash of the rules and figures that decide what is worked out from runs."""
    return fingerprint.analysis_hash(fingerprint.PACKAGE)
