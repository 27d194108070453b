"""Comparing what was simulated with what was expected, with the tolerances that every check states.

A simulated mean may be 4 standard errors off, over independent replications, and its standard error has to be below
1 % of what was expected. An identity has to hold to 1e-9.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kastje.evidence.verification.finding import Finding

MOST_ERRORS = 4.0
MOST_RELATIVE_ERROR = 0.01
IDENTITY = 1e-9
NOTHING = 1e-12


@dataclass(frozen=True)
class Estimate:
    """A mean with its standard error, from `n` independent values."""

    mean: float
    error: float
    n: int

    @classmethod
    def over(cls, values: Iterable[float]) -> "Estimate":
        """The mean of independent values, such as the means of replications."""
        x = np.fromiter(values, float)
        return cls(float(x.mean()), float(x.std(ddof=1) / math.sqrt(x.size)), int(x.size))

    def __str__(self) -> str:
        return f"{self.mean:.6g} ± {self.error:.2g}"


def mean(check: str, system: str, expected: float, values: Iterable[float], among: str = "runs") -> Finding:
    """Whether a mean of independent values (of which there are so many `among`) is the one of theory."""
    got = Estimate.over(values)
    z, relative = (got.mean - expected) / got.error, got.error / abs(expected)
    return Finding(
        check=check,
        system=system,
        expected=f"{expected:.6g}",
        found=f"{got} ({got.n:,} {among})",
        tolerance=f"|z| < 4, SE < 1 %: z = {z:.2f}, SE {100 * relative:.2f} %",
        holds=abs(z) < MOST_ERRORS and relative < MOST_RELATIVE_ERROR,
    )


def share(check: str, system: str, expected: float, hits: int, of: int, among: str = "cases") -> Finding:
    """Whether a share of independent cases is the chance of theory: with the binomial standard error of that chance."""
    error = math.sqrt(expected * (1.0 - expected) / of)
    found = hits / of
    z = (found - expected) / error if error > 0.0 else 0.0 if found == expected else math.inf
    return Finding(
        check=check,
        system=system,
        expected=f"{expected:.6g}",
        found=f"{found:.6g} ± {error:.2g} ({of:,} {among})",
        tolerance=f"|z| < 4, binomial SE: z = {z:.2f}",
        holds=abs(z) < MOST_ERRORS,
    )


def identity(
    check: str,
    system: str,
    expected: ArrayLike,
    found: ArrayLike,
    tolerance: float = IDENTITY,
    *,
    relative: bool = False,
) -> Finding:
    """Whether figures are equal up to `tolerance`, absolute or relative to what was expected."""
    want, got = np.atleast_1d(np.asarray(expected, float)), np.atleast_1d(np.asarray(found, float))
    off = float(np.max(np.abs(got - want) / (np.abs(want) if relative else 1.0)))
    return Finding(
        check=check,
        system=system,
        expected=_figures(want),
        found=_figures(got),
        tolerance=f"{tolerance:g}{' of it' if relative else ''}: off by {_rounding(off)}",
        holds=off <= tolerance,
    )


def two_codes(
    check: str, system: str, ours: Iterable[float], theirs: Iterable[float], customers: tuple[int, int]
) -> Finding:
    """Whether two codes agree on a mean: values of independent runs of each, of so many customers in all."""
    a, b = Estimate.over(ours), Estimate.over(theirs)
    z = (a.mean - b.mean) / math.hypot(a.error, b.error)
    return Finding(
        check=check,
        system=system,
        expected=f"Ciw: {b} ({b.n} runs, {customers[1]:,} customers)",
        found=f"{a} ({a.n} runs, {customers[0]:,} customers)",
        tolerance=f"two samples, |z| < 4: z = {z:.2f}",
        holds=abs(z) < MOST_ERRORS,
    )


def _rounding(off: float) -> str:
    """What is below this is rounding, which may differ from machine to machine."""
    return "less than 1e-12" if off < NOTHING else f"{off:.1g}"


def _figures(values: np.ndarray) -> str:
    shown = [f"{x:.8g}" for x in np.where(np.abs(values) < NOTHING, 0.0, values)]
    if len(shown) > 1 and len(set(shown)) == 1:
        return f"{shown[0]} ({len(shown)} times)"
    return ", ".join(shown)
