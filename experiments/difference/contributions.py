"""Which lesson brings how much of a difference? Contributions that add up to it, over the very seeds it is shown for.

With the worth v(S) of a figure when only the lessons in S are there, everything else and all draws being equal:

- exact: the Shapley value, a lesson's mean contribution over all orders in which the k lessons could come: 2**k runs;
- estimated: for each seed the mean over the orders that were run, drawn by lot for each seed apart. So an estimate is
  right in the mean, adds up too, and its interval over the seeds holds what the orders still leave open;
- alone: v of the lesson by itself less v of none; what the difference has beyond the sum of these is the interaction.

Not available: where for one of the seeds of the difference a variant has no value of the figure, it has no
contributions at all, since they would be about other seeds than the difference and would not add up to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Floats, Mean, mean_of
from kastje.experiments.difference.shapley import alone
from kastje.experiments.difference.yardstick import Yardstick, yardstick


@dataclass(frozen=True)
class Explained:
    """One figure in both worlds: its difference, what each lesson brings of it (they add up to it), each does alone.

    `interaction` is the difference beyond the sum of what the lessons do alone. Each with a t interval over the
    seeds. What is not available, or not yet run, is empty or None.
    """

    baseline: float
    scenario: float
    difference: Difference
    by_lesson: Mapping[str, Difference]
    alone: Mapping[str, Difference]
    interaction: Difference | None


@dataclass(frozen=True, eq=False)
class Contributions:
    """The contributions to every figure: `worth` by coalition, seed and figure, `parts` by lesson, seed and figure.

    For `exact_seeds` of the seeds the parts are exact, for the others a mean over `orders` orders.
    """

    lessons: tuple[str, ...]
    names: tuple[str, ...]
    worth: Floats
    parts: Floats
    exact_seeds: int
    orders: int
    with_alone: bool
    _known: dict[str, Explained] = field(default_factory=dict, init=False, repr=False)

    @property
    def exact(self) -> bool:
        """Whether nothing is estimated any more."""
        return self.exact_seeds == self.worth.shape[1]

    def of(self, name: str) -> Explained:
        """The contributions to one figure. Raises KeyError for a figure that does not exist."""
        if name not in self.names:
            raise KeyError(name)
        if name not in self._known:
            self._known[name] = self._explained(name)
        return self._known[name]

    def _explained(self, name: str) -> Explained:
        column, by = self.names.index(name), yardstick(name)
        worth, parts = self.worth[..., column], self.parts[..., column]
        difference = worth[-1] - worth[0]
        used = np.isfinite(difference)
        by_lesson = self._differences(parts[:, used], by)
        single = self._differences(alone(worth)[:, used], by) if self.with_alone else {}
        beyond = (difference - alone(worth).sum(axis=0))[used]
        interaction = Difference(Mean.of(beyond), by) if single else None
        means = mean_of(worth[0, used]), mean_of(worth[-1, used])
        return Explained(*means, Difference(Mean.of(difference), by), by_lesson, single, interaction)

    def _differences(self, parts: Floats, by: Yardstick) -> dict[str, Difference]:
        if not parts.size or not np.isfinite(parts).all():
            return {}
        return {lesson: Difference(Mean.of(part), by) for lesson, part in zip(self.lessons, parts, strict=True)}
