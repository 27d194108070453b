"""Which inputs does an analysis vary, and what does it hold fixed?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kastje.experiments.designs.factors import Factor, canonical
from kastje.experiments.designs.levers import ALL, load
from kastje.experiments.phrase import phrase
from kastje.experiments.studies.sensitivity.ranges import FACTORS, LOAD, ranges, uncertain
from kastje.model import LESSONS, InputError, Scenario
from kastje.model.errors import given_twice, one_of_two, part_of, unknown, wrong
from kastje.model.phrase import Argument

CORE, EVERY, NONE = "core", "all", "none"
PARAMETERS = Argument("parameters")
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
    factors: Sequence[Factor] = (),
    lessons: Mapping[str, float] | None = None,
    parameters: Mapping[str, float] | None = None,
    assumed: str | None = None,
    with_lessons: bool = True,
) -> Inputs:
    """The inputs of an analysis of a profile in which these `lessons` and `parameters` are the same in every run.

    The load is always varied. Without `factors` so are the assumed parameters and, `with_lessons`, every lesson that is
    not held. Where no lesson is varied and none is held, all stand at 1. Raises InputError.
    """
    today = load(profile)
    held = {canonical(name, PARAMETERS): value for name, value in (parameters or {}).items()} | dict(lessons or {})
    if LOAD in held:
        raise InputError(
            phrase("sensitivity.load_fixed", where=part_of(PARAMETERS, LOAD), factor=part_of(FACTORS, "load"))
        )
    if factors and assumed is not None:
        raise one_of_two(Argument("assumed"), FACTORS)
    _once(factors, held)
    varied = list(factors) or _defaults(today, held, assumed or CORE, with_lessons)
    if LOAD not in [factor.name for factor in varied]:
        varied = [uncertain(LOAD, today), *varied]
    if len(varied) < 2:
        raise wrong(FACTORS, phrase("sensitivity.load_alone"))
    intensities = (*LESSONS, ALL)
    if not any(factor.name in intensities for factor in varied) and not any(name in LESSONS for name in held):
        held[ALL] = 1.0
    return Inputs(tuple(varied), held)


def _once(named: Sequence[Factor], fixed: Mapping[str, float]) -> None:
    """Raises InputError when a factor is named twice, or is held fixed too."""
    names = [factor.name for factor in named]
    for name in names:
        if names.count(name) > 1:
            raise given_twice(part_of(FACTORS, name))
        if name in fixed:
            raise one_of_two(
                part_of(FACTORS, name), part_of(Argument("lessons") if name in LESSONS else PARAMETERS, name)
            )


def _defaults(today: Scenario, fixed: dict[str, float], assumed: str, with_lessons: bool) -> list[Factor]:
    if assumed not in ASSUMED:
        raise unknown(Argument("assumed"), assumed, ASSUMED)
    wanted = [name for name, one in ranges().items() if assumed == EVERY or (assumed == CORE and one.core)]
    names = dict.fromkeys([LOAD, *(LESSONS if with_lessons else ()), *wanted])
    return [uncertain(name, today) for name in names if name not in fixed]
