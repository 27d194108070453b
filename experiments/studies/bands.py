"""Where today's organisation lands: the figures of a profile beside the bands of what is known of municipalities."""

import math
from dataclasses import dataclass
from typing import Any

from kastje.experiments.difference.mean import mean_of
from kastje.experiments.runs.runner import Runs, todays
from kastje.model import Scenario
from kastje.model.bands import Band, bands_for
from kastje.model.reading import Text


@dataclass(frozen=True)
class Landing:
    """A band and the figure of today's organisation, a mean over the replications; NaN where not available.

    `reason` is what the profile's notes say of a figure that leaves its band; None where they say nothing.
    """

    band: Band
    value: float
    reason: Text | None = None

    @property
    def inside(self) -> bool | None:
        """Whether the figure lies in its band; None where it is not available."""
        return self.band.low <= self.value <= self.band.high if math.isfinite(self.value) else None

    @property
    def accounted_for(self) -> bool:
        """Whether the figure lies in its band, or the profile says why it does not."""
        return self.inside is True or self.reason is not None

    def as_dict(self) -> dict[str, Any]:
        """The landing as plain data; texts in both languages."""
        reason = self.reason.model_dump() if self.reason else None
        return self.band.model_dump() | {"value": self.value, "inside": self.inside, "reason": reason}


def landings(scenario: Scenario, runs: Runs) -> list[Landing]:
    """Where `scenario` with all lessons at 0 lands in its bands, over these runs, fewer if cancelled."""
    checks = [outcomes.checks for outcomes in todays(scenario, runs)]
    notes = scenario.profile.notes
    return [
        Landing(band, mean_of([check.get(band.name, math.nan) for check in checks]), notes.get(band.name))
        for band in bands_for(scenario)
    ]
