"""Which version of Kastje is this? The release, and where the model is no longer that of the release, its hash.

A version that somebody has to renew with every change is forgotten, and one that a line of a file holds is in
conflict whenever two people change the model. So the second part is worked out from the sources: `0.2.0` is the model
that was released as 0.2.0 and nothing else, `0.2.0+m3f2a9c1b` is a later one, and nobody has to think of it.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kastje.fingerprint import PACKAGE, model_hash

RELEASES = "model/releases.toml"
SHORT = 8
"""Digits of the hash in a version."""


@dataclass(frozen=True)
class Release:
    """One release: its number, its day, and the hash of the model that it held."""

    version: str
    date: date
    model: str


def releases(package: Path = PACKAGE) -> tuple[Release, ...]:
    """Every release, the newest first."""
    table = tomllib.loads((package / RELEASES).read_text(encoding="utf-8"))
    return tuple(Release(**one) for one in table["release"])


def version_of(package: Path) -> str:
    """The version of the sources in a folder: with the hash of the model unless it is that of the newest release."""
    newest, here = releases(package)[0], model_hash(package)
    return newest.version if newest.model == here else f"{newest.version}+m{here[:SHORT]}"


@lru_cache
def version() -> str:
    """The version that runs here."""
    return version_of(PACKAGE)


def release_of(model: str) -> str:
    """The release that held the model with this hash; empty when none did."""
    return next((one.version for one in releases() if one.model == model), "")
