"""Events: a log as arrays, sorted by time within each case, that every pattern is measured on."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kastje.experiments.logs.patterns.marks import Marks, Mask, matching

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DAY = 86_400_000_000
"""Microseconds in a day."""

NOBODY = -1
"""The resource of an event of which it is not known who did it."""


@dataclass(frozen=True)
class Events:
    """Events as equally long arrays, in order of case and time (what has one time stays in the order of the log).

    `case`, `activity` and `resource` are numbers from 0 without gaps (`NOBODY` for an unknown resource). `instant`
    counts microseconds: differences are elapsed time. `clock` is the time as the log writes it, for weeks and
    quarters. The last three say which events decide, ask for missing data, extend the term; None where the log
    does not say.
    """

    case: Ints
    activity: Ints
    resource: Ints
    instant: Ints
    clock: NDArray[np.datetime64]
    decision: Mask | None
    incomplete: Mask | None
    extended: Mask | None

    @classmethod
    def of(cls, log: pd.DataFrame, marks: Marks) -> "Events":
        """The events of a log, as `read_log` gives it, that `marks` looks at."""
        # By the place of a case in the whole log, so that it is the same whether the file is sorted by case or time.
        log = log.iloc[np.lexsort((log["instant"].to_numpy(), pd.factorize(log["case"])[0]))]
        if marks.received:
            log = _since_receipt(log, marks)
        if marks.keep:
            log = log[matching(log, marks.keep)]
        named = log["activity"] + " " + log["step"] if "step" in log else log["activity"]
        return cls(
            _numbers(log["case"]),
            _numbers(named),
            _numbers(log["resource"].where(log["resource"] != "")),
            log["instant"].to_numpy(np.int64),
            log["clock"].to_numpy("datetime64[us]"),
            *(matching(log, mark) if mark else None for mark in (marks.decision, marks.incomplete, marks.extended)),
        )

    @property
    def cases(self) -> int:
        """How many cases."""
        return int(self.case[-1]) + 1 if self.case.size else 0

    @property
    def resources(self) -> int:
        """How many different resources are known."""
        return int(self.resource.max(initial=NOBODY)) + 1

    def first(self) -> NDArray[np.intp]:
        """Where the first event of each case is."""
        return np.flatnonzero(np.diff(self.case, prepend=-1))

    def last(self) -> NDArray[np.intp]:
        """Where the last event of each case is."""
        return np.flatnonzero(np.diff(self.case, append=self.cases))

    def ever(self, mark: Mask) -> Mask:
        """Per case whether one of its events has the mark."""
        return np.bincount(self.case[mark], minlength=self.cases) > 0


def _numbers(column: pd.Series) -> Ints:
    return pd.factorize(column)[0].astype(np.int64)


def _since_receipt(log: pd.DataFrame, marks: Marks) -> pd.DataFrame:
    """The cases of which the log saw the receipt, from then on: of others nobody knows how long they take."""
    received = log[matching(log, marks.received)].groupby("case", sort=False)["instant"].min()
    since = log["case"].map(received)
    return log[since.notna() & (log["instant"] >= since.fillna(0))]
