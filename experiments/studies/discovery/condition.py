"""What is looked for: a figure, or its difference from today, on one side of a threshold."""

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.difference.mean import Mean
from kastje.experiments.difference.paired import beside, today_of
from kastje.experiments.phrase import phrase
from kastje.model import OUTCOMES
from kastje.model.errors import unexpected, unknown
from kastje.model.phrase import Argument

CHANGE = "_difference"
CONDITIONS = Argument("conditions")
DEFAULT = f"satisfaction{CHANGE} < 0"
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TEXT = re.compile(r"\s*([A-Za-z0-9_]+)\s*(<=|>=|<|>)\s*(\S+)\s*")


@dataclass(frozen=True)
class Condition:
    """A figure of a point (the mean over its seeds, in the outcome's own unit) against a threshold."""

    outcome: str
    difference: bool
    sign: str
    threshold: float

    @classmethod
    def of(cls, text: str) -> "Condition":
        """From `OUTCOME_difference < 0` and the like. Raises InputError with the text and what was expected."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise unexpected(CONDITIONS, text, phrase("discovery.form"))
        name, sign, number = found.groups()
        difference = name not in OUTCOMES and name.endswith(CHANGE)
        outcome = name.removesuffix(CHANGE) if difference else name
        if outcome not in OUTCOMES:
            raise unknown(CONDITIONS, outcome, tuple(OUTCOMES), list_all=False)
        try:
            threshold = float(number)
        except ValueError:
            threshold = np.nan
        if not np.isfinite(threshold):
            raise unexpected(CONDITIONS, text, phrase("discovery.form"))
        return cls(outcome, difference, sign, threshold)

    @property
    def column(self) -> str:
        """The name of its figure in a table of points."""
        return f"{self.outcome}{CHANGE}" if self.difference else self.outcome

    def __str__(self) -> str:
        return f"{self.column} {self.sign} {self.threshold:g}"

    def figure(self, choice: pd.DataFrame, today: pd.DataFrame) -> Mean:
        """The figure of a point from its runs and today's with the same seeds, with its 95 % interval over them."""
        values = choice[self.outcome].to_numpy(np.float64)
        return Mean.of(values - today[self.outcome].to_numpy(np.float64) if self.difference else values)

    def holds(self, found: Mean, *, certain: bool) -> float:
        """1 or 0, or NaN where the figure is not available; `certain`: only when the whole interval is beyond it."""
        end = found.mean
        if certain:
            end = found.high if self.sign in ("<", "<=") else found.low
        return float(bool(COMPARED[self.sign](end, self.threshold))) if np.isfinite(end) else np.nan


def read_conditions(conditions: Sequence[str]) -> tuple[Condition, ...]:
    """The conditions that must all hold. Raises InputError for the first that is wrong."""
    return tuple(dict.fromkeys(Condition.of(text) for text in conditions or (DEFAULT,)))


def points_of(
    table: pd.DataFrame, names: Iterable[str], conditions: Sequence[Condition], *, certain: bool = False
) -> pd.DataFrame:
    """One row a point of a paired sweep: its factors, the figure of each condition, `interest` (1: all hold, else 0).

    A point at which a figure is not available is left out.
    """
    today = today_of(table)
    rows = []
    for point, runs in table[table["arm"] == "choice"].groupby("point", sort=True):
        other = beside(today, runs)
        row = {"point": point, **{name: runs[name].iloc[0] for name in names}}
        held = []
        for condition in conditions:
            found = condition.figure(runs, other)
            row |= {
                condition.column: found.mean,
                f"{condition.column}_low": found.low,
                f"{condition.column}_high": found.high,
            }
            held.append(condition.holds(found, certain=certain))
        if np.isfinite(held).all():
            rows.append(row | {"interest": int(min(held))})
    return pd.DataFrame(rows)
