"""How long things last when some are not over yet: Kaplan-Meier with late entry.

Kaplan & Meier (1958); late entry (left truncation) as in Klein & Moeschberger, Survival Analysis, ch. 4 (remembered
literature). A case that was open already when the period began is at risk from the age it then had; a case that is
open at the end is censored there. So nothing is dropped and nothing is counted twice.
"""

import numpy as np


class Lasting:
    """The survival curve of durations observed from `entry` to `exit` (days), with `over` telling which ended."""

    def __init__(self, entry: np.ndarray, exit: np.ndarray, over: np.ndarray) -> None:
        seen = exit > entry
        entry, exit, over = entry[seen], exit[seen], over[seen]
        self.observed = int(exit.size)
        self.times, deaths = np.unique(exit[over], return_counts=True)
        entered = np.searchsorted(np.sort(entry), self.times, side="left")
        left = np.searchsorted(np.sort(exit), self.times, side="left")
        at_risk = entered - left
        self.surviving = np.cumprod(1.0 - deaths / np.maximum(at_risk, 1))

    def quantile(self, share: float) -> float:
        """The age by which `share` of the cases is over; NaN when the period does not show it."""
        reached = np.nonzero(self.surviving <= 1.0 - share + 1e-12)[0]
        return float(self.times[reached[0]]) if reached.size else float("nan")

    def mean(self, longest: float) -> float:
        """The mean age at the end, counting no case for more than `longest` days; NaN without observations."""
        if self.observed == 0 or self.times.size == 0:
            return float("nan")
        inside = self.times < longest
        edges = np.concatenate([[0.0], self.times[inside], [longest]])
        heights = np.concatenate([[1.0], self.surviving[inside]])
        return float(np.sum(np.diff(edges) * heights))
