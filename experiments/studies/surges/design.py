"""The design of an experiment with surges: none and each size, with the lessons and without."""

from collections.abc import Sequence

from kastje.experiments.designs import Design, Factor, Replications
from kastje.experiments.designs.levers import levers_of
from kastje.experiments.phrase import phrase
from kastje.experiments.studies.surges.resilience import (
    WINDOW_WEEKS,
    check_applications,
    days_needed,
)
from kastje.model import InputError, Scenario
from kastje.model.errors import unexpected
from kastje.model.parameters import find
from kastje.model.phrase import Argument

EXTRA = "work.surge_extra"
"""The factor: so much more demand; 0 is the calm run that every surge is held beside."""

MOST = 9.0
"""The largest surge: ten times the demand."""

EXTRAS = Argument("extras")

DECIDED = ("work.surge_extra", "work.surge_weeks", "work.surge_start_day", "work.horizon_days")


def surge_design(
    scenario: Scenario,
    profile: str,
    *,
    extras: Sequence[float] = (1.0,),
    weeks: float = 8.0,
    replications: int = 20,
    seed: int = 1,
) -> Design:
    """The design whose points are the calm run and each surge; paired with today where a lesson is there.

    What `scenario` has that its `profile` (a shipped name or a file) has not is the same in every run. Raises
    InputError for a size that is no size or given twice, and for a parameter that a surge decides.
    """
    check_applications(scenario)
    sizes = [_size(extra) for extra in extras]
    if len(set(sizes)) < len(sizes):
        raise unexpected(EXTRAS, sizes, phrase("surges.sizes_once"))
    for name in DECIDED:
        if name in scenario.parameters:
            where = Argument("parameters", name)
            raise InputError(phrase("surges.decided", where=where, extras=EXTRAS, weeks=Argument("weeks")))
    fixed = levers_of(scenario) | {
        find("surge_weeks").name: weeks,
        find("surge_start_day").name: 7 * WINDOW_WEEKS,
        find("horizon_days").name: days_needed(weeks),
    }
    return Design.of(
        [Factor(EXTRA, (0.0, *sorted(sizes)), 0.0, max(sizes))],
        profile=profile,
        name="resilience",
        fixed=fixed,
        replications=Replications(replications),
        seed=seed,
        paired=not scenario.is_baseline,
    )


def _size(extra: float) -> float:
    if not 0.0 < extra <= MOST:
        raise unexpected(EXTRAS, extra, phrase("surges.size", most=MOST))
    return float(extra)
