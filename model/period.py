"""The records of one comparison period, cut into months: what all measures read."""

from functools import cached_property

import numpy as np

from kastje.model import records as rec
from kastje.model.rows import Rows
from kastje.model.survival import Lasting

MONTH_DAYS = 365.0 / 12.0
NONE = np.zeros(0)


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """above / below, NaN where there is nothing below."""
    above, below = np.asarray(above, float), np.asarray(below, float)
    return np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)


def lasting(cases: Rows, begin: float, end: float) -> Lasting:
    """How long applications take from first contact to decision, as seen between two times."""
    start = cases["start"]
    over = (cases["state"] != rec.OPEN) & (cases["decided"] <= end)
    until = np.where(over, cases["decided"], end)
    here = (start < end) & (until > begin)
    entry = np.maximum(begin - start, 0.0)[here] / 24.0
    return Lasting(entry, (until - start)[here] / 24.0, (over & (cases["state"] == rec.CLOSED))[here])


class Period:
    """The records of one comparison period, cut into months of 365/12 days.

    `crews` are the books of the teams at its end; `is_live` says for each channel, by its number, whether somebody
    waits at the other end. Only outcomes read these.
    """

    def __init__(
        self,
        needs: np.ndarray,
        contacts: np.ndarray,
        weeks: np.ndarray,
        begin: float,
        end: float,
        *,
        crews: np.ndarray = NONE,
        is_live: np.ndarray = NONE,
    ) -> None:
        self.crews, self.is_live = crews, is_live
        self.begin, self.end = begin, end
        count = max(1, round((end - begin) / 24.0 / MONTH_DAYS))
        self.bounds = np.linspace(begin, end, count + 1)
        self.months = count
        self.weeks = weeks
        made = (contacts["need"] >= 0) & (contacts["at"] >= begin) & (contacts["at"] < end)
        made &= (contacts["item"] >= 0) | (contacts["result"] == rec.TAKEN_IN)
        self.contacts = Rows(contacts, np.flatnonzero(made))
        self.for_case = needs["process"][self.contacts["need"]] >= 0
        present = Rows(needs, np.flatnonzero((needs["state"] == rec.OPEN) | (needs["decided"] >= begin)))
        self.cases = cases = present[present["process"] >= 0]
        self.questions = present[present["process"] < 0]
        self.closed = cases[(cases["state"] != rec.OPEN) & (cases["decided"] <= end)]
        self.decided = self.closed[self.closed["state"] == rec.CLOSED]
        self.answered = self.questions[self.questions["state"] == rec.CLOSED]

    @cached_property
    def curve(self) -> Lasting:
        """How long applications take, as seen over the whole period."""
        return lasting(self.cases, self.begin, self.end)

    @cached_property
    def curves(self) -> tuple[Lasting, ...]:
        """The same as seen in each month."""
        return tuple(lasting(self.cases, a, b) for a, b in zip(self.bounds[:-1], self.bounds[1:], strict=True))

    def month(self, times: np.ndarray) -> np.ndarray:
        """The month (from 0) that each time falls in."""
        return np.clip(np.searchsorted(self.bounds, times, side="right") - 1, 0, self.months - 1)

    def count(self, times: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        """How many (or how much weight) fall in each month."""
        return np.bincount(self.month(times), weights, minlength=self.months)

    def flow(self, meter: str) -> np.ndarray:
        """What a meter (a cumulative figure in the weeks) gained in each month."""
        t = np.concatenate([[self.begin], self.weeks["t"]])
        level = np.concatenate([[0.0], self.weeks[meter]])
        return np.diff(np.interp(self.bounds, t, level))

    def level(self, name: str) -> np.ndarray:
        """The mean of a weekly figure in each month; a month without a week in it has the nearest one."""
        month = self.month(self.weeks["t"] - 1e-6)
        sums = np.bincount(month, self.weeks[name], minlength=self.months)
        counts = np.bincount(month, minlength=self.months)
        nearest = np.interp((self.bounds[:-1] + self.bounds[1:]) / 2, self.weeks["t"], self.weeks[name])
        return np.where(counts > 0, sums / np.maximum(counts, 1), nearest)
