"""Are two results the same, figure by figure? Identical, the same within rounding, or different and by how much."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

IDENTICAL, ROUNDING, DIFFERENT = "identical", "rounding", "different"

RELATIVE, ABSOLUTE = 1e-9, 1e-12
"""Another machine adds up in another order or has another logarithm: so much is rounding of floating point."""

MOST = 200
"""So many differences are kept by name; all are counted."""

SAID = ("origin", "folder", "file", "kastje", "model", "made", "seconds", "pictures", "version")
"""What of a document says where it is from, where it lies or how long it took: no figure of it."""


@dataclass(frozen=True)
class Unlike:
    """One figure that is not the same."""

    figure: str
    there: Any
    here: Any

    @property
    def by(self) -> float:
        """How much more it is here; NaN where one of the two is no number."""
        both = isinstance(self.there, int | float) and isinstance(self.here, int | float)
        return float(self.here) - float(self.there) if both else math.nan


@dataclass
class Held:
    """How many figures were held against each other, with the first that are not the same."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((IDENTICAL, ROUNDING, DIFFERENT), 0))
    unlike: list[Unlike] = field(default_factory=list)

    @property
    def figures(self) -> int:
        """How many figures."""
        return sum(self.counts.values())

    @property
    def verdict(self) -> str:
        """The worst of all."""
        return next((one for one in (DIFFERENT, ROUNDING) if self.counts[one]), IDENTICAL)

    def value(self, name: str, there: Any, here: Any) -> None:
        """Hold two single values against each other."""
        kind = kind_of(there, here)
        self.counts[kind] += 1
        if kind == DIFFERENT and len(self.unlike) < MOST:
            self.unlike.append(Unlike(name, there, here))

    def data(self, name: str, there: Any, here: Any) -> None:
        """Hold plain data against each other, value by value."""
        if isinstance(there, Mapping) and isinstance(here, Mapping):
            for key in dict.fromkeys([*there, *here]):
                if key not in SAID:
                    self.data(f"{name}.{key}" if name else str(key), there.get(key), here.get(key))
        elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
            for number, (one, other) in enumerate(zip(there, here, strict=True), start=1):
                self.data(f"{name}[{number}]", one, other)
        else:
            self.value(name, there, here)

    def table(self, name: str, there: pd.DataFrame, here: pd.DataFrame) -> None:
        """Hold two tables against each other, row by row."""
        columns = [one for one in dict.fromkeys([*there, *here]) if one not in SAID]
        if len(there) != len(here):
            self.value(f"{name}: rows", len(there), len(here))
            return
        for column in columns:
            if column not in there or column not in here:
                self.value(f"{name}: {column}", column in there, column in here)
                continue
            self._column(f"{name}: {column}", there[column].to_numpy(), here[column].to_numpy())

    def _column(self, name: str, there: np.ndarray, here: np.ndarray) -> None:
        if there.dtype.kind in "fiub" and here.dtype.kind in "fiub":
            one, other = there.astype(np.float64), here.astype(np.float64)
            same = (one == other) | (np.isnan(one) & np.isnan(other))
            self.counts[IDENTICAL] += int(same.sum())
            rest = np.flatnonzero(~same)
        else:
            rest = np.arange(len(there))
        for row in rest:
            self.value(f"{name}, row {row + 1}", _plain(there[row]), _plain(here[row]))


def kind_of(there: Any, here: Any) -> str:
    """Whether two single values are the same."""
    if _missing(there) and _missing(here):
        return IDENTICAL
    if isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        kinds = {kind_of(one, other) for one, other in zip(there, here, strict=True)}
        return next((one for one in (DIFFERENT, ROUNDING) if one in kinds), IDENTICAL)
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (there, here))
    if not numbers:
        return IDENTICAL if there == here else DIFFERENT
    if there == here:
        return IDENTICAL
    return ROUNDING if math.isclose(there, here, rel_tol=RELATIVE, abs_tol=ABSOLUTE) else DIFFERENT


def _missing(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value
