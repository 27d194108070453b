"""Which inputs does an analysis vary, and what does it hold fixed?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kastje.experiments.designs.factors import Factor
from kastje.experiments.designs.levers import ALL, load, read_lessons, read_parameters, with_days
from kastje.experiments.studies.sensitivity.ranges import LOAD, ranges, read_factor, uncertain
from kastje.model import LESSONS, InputError, Scenario
from kastje.model.errors import unknown

CORE, EVERY, NONE = "core", "all", "none"
ASSUMED = (CORE, EVERY, NONE)
"""Which of the assumed parameters with a range of their own are varied when no factor is named."""


@dataclass(frozen=True)
class Inputs:
    """The factors that are varied, load first, and the value of what is the same in every run."""

    factors: tuple[Factor, ...]
    fixed: dict[str, float]


def inputs_of(
    profile: str,
    *,
    factors: Sequence[str] = (),
    lessons: Sequence[str] = (),
    settings: Sequence[str] = (),
    days: int | None = None,
    assumed: str | None = None,
    with_lessons: bool = True,
) -> Inputs:
    """The inputs of an analysis of a profile, from the settings of a command line.

    The load is always varied. Without `factors` so are the assumed parameters and, `with_lessons`, every lesson that
    `lessons` does not hold fixed. Where no lesson is varied and none is fixed, all stand at 1. Raises InputError.
    """
    today = load(profile)
    fixed = with_days(read_parameters(settings), days) | read_lessons(lessons)
    if LOAD in fixed:
        raise InputError("--set load: it is always varied here, expected --factor load=LOW..HIGH")
    named = [read_factor(setting, today) for setting in factors]
    if named and assumed is not None:
        raise InputError("--assumed: given with --factor, expected one of them")
    _once(named, fixed)
    varied = named if named else _defaults(today, fixed, assumed or CORE, with_lessons)
    if LOAD not in [factor.name for factor in varied]:
        varied = [uncertain(LOAD, today), *varied]
    if len(varied) < 2:
        raise InputError("--factor: only the load is varied, expected another factor beside it")
    intensities = (*LESSONS, ALL)
    if not any(factor.name in intensities for factor in varied) and not any(name in LESSONS for name in fixed):
        fixed[ALL] = 1.0
    return Inputs(tuple(varied), fixed)


def _once(named: Sequence[Factor], fixed: Mapping[str, float]) -> None:
    """Raises InputError when a factor is named twice, or is held fixed too."""
    names = [factor.name for factor in named]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"--factor {name}: given twice, expected every factor once")
        if name in fixed:
            option = "--lesson" if name in LESSONS else "--set"
            raise InputError(f"--factor {name}: given with {option} {name}, expected one of them")


def _defaults(today: Scenario, fixed: dict[str, float], assumed: str, with_lessons: bool) -> list[Factor]:
    if assumed not in ASSUMED:
        raise unknown("--assumed", assumed, ASSUMED)
    wanted = [name for name, one in ranges().items() if assumed == EVERY or (assumed == CORE and one.core)]
    names = dict.fromkeys([LOAD, *(LESSONS if with_lessons else ()), *wanted])
    return [uncertain(name, today) for name in names if name not in fixed]
