"""The design of an experiment with surges: none and each size, with the lessons and without."""

from collections.abc import Sequence

from kastje.experiments.designs import Design, Factor, Replications
from kastje.experiments.designs.levers import read_parameters
from kastje.experiments.studies.surges.resilience import (
    WINDOW_WEEKS,
    check_applications,
    days_needed,
)
from kastje.model import InputError, Scenario
from kastje.model.parameters import find

EXTRA = "work.surge_extra"
"""The factor: so much more demand; 0 is the calm run that every surge is held beside."""

DECIDED = ("work.surge_extra", "work.surge_weeks", "work.surge_start_day", "work.horizon_days")


def surge_design(
    scenario: Scenario,
    profile: str,
    *,
    extras: Sequence[float] = (1.0,),
    weeks: float = 8.0,
    replications: int = 20,
    seed: int = 1,
    settings: Sequence[str] = (),
    start_day: float | None = None,
    ramp_days: float | None = None,
) -> Design:
    """The design whose points are the calm run and each surge; paired with today where a lesson is there.

    `settings` are the parameters that the command line gave, `scenario` is what all of it stands for. Raises
    InputError.
    """
    check_applications(scenario)
    sizes = [_size(extra) for extra in extras]
    if len(set(sizes)) < len(sizes):
        raise InputError(f"--extra: {', '.join(f'{one:g}' for one in sizes)}, expected every size once")
    parameters = read_parameters(settings)
    for name in DECIDED:
        if name in parameters:
            raise InputError(f"--set {name}: it is decided by --extra and --weeks here")
    fixed = {**parameters, **{name: value for name, value in scenario.lessons.items() if value > 0.0}}
    timing = {"start_day": start_day, "ramp_days": ramp_days}
    fixed |= {name: float(value) for name, value in timing.items() if value is not None}
    fixed |= {
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
    if not 0.0 < extra <= 9.0:
        raise InputError(f"--extra: {extra:g}, expected a number above 0 and at most 9")
    return float(extra)
