"""What a check of the model found: what it asked, what was expected, what came out, and whether that holds."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One row of docs/verification.md.

    `expected` and `found` are words or figures as they should be read; `tolerance` says how they were compared.
    """

    check: str
    system: str
    expected: str
    found: str
    tolerance: str
    holds: bool


@dataclass(frozen=True)
class Check:
    """A check by its id in docs/model.md (A1, B3, C10 ..): `run` does it and gives its findings."""

    id: str
    title: str
    run: Callable[[], list[Finding]]
