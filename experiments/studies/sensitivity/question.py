"""What is asked of a model: a figure as a function of the inputs, by which method, in how many points."""

from dataclasses import dataclass

from kastje.experiments.designs import Design
from kastje.experiments.studies.sensitivity.inputs import Inputs
from kastje.model import LESSONS, InputError
from kastje.model.errors import unknown

SOBOL, MORRIS = "sobol", "morris"
KINDS = {SOBOL: "saltelli", MORRIS: "morris"}
"""The design that each method needs."""
POINTS = {SOBOL: 64, MORRIS: 20}
"""Base points of a Sobol analysis, or Morris' trajectories, when nothing else is asked for."""

DIFFERENCE, LEVEL = "difference", "level"
OF = (DIFFERENCE, LEVEL)
"""Of what: what the lessons change against today of the same world, or the figure itself."""


@dataclass(frozen=True)
class Question:
    """Which method, and of what; the design holds the rest."""

    method: str
    of: str
    design: Design

    @property
    def rows(self) -> int:
        """How many blocks of points there are, each of which gives one estimate of every index."""
        return self.design.size


def question(
    inputs: Inputs,
    *,
    profile: str,
    method: str,
    of: str = DIFFERENCE,
    points: int | None = None,
    replications: int = 5,
    seed: int = 1,
) -> Question:
    """The question with its design: k + 2 points a base point (sobol), or k + 1 a trajectory (morris), for k factors.

    Raises InputError for a method that nobody knows, points that it cannot use, or a difference without lessons.
    """
    if method not in KINDS:
        raise unknown("--method", method, tuple(KINDS))
    if of not in OF:
        raise unknown("--of", of, OF)
    size = POINTS[method] if points is None else points
    if method == SOBOL and size & (size - 1):
        raise InputError(f"--points: {size}, expected a power of two with --method sobol")
    if size < 2:
        raise InputError(f"--points: {size}, expected at least 2")
    varied = any(factor.is_lesson for factor in inputs.factors)
    given = any(value > 0.0 for name, value in inputs.fixed.items() if name in (*LESSONS, "all"))
    if of == DIFFERENCE and not (varied or given):
        raise InputError("--lesson: every lesson stands at 0, expected one above it where the difference is asked for")
    design = Design.of(
        inputs.factors,
        kind=KINDS[method],
        profile=profile,
        name=f"sensitivity-{method}",
        fixed=inputs.fixed,
        replications=replications,
        seed=seed,
        paired=of == DIFFERENCE,
        size=size,
    )
    return Question(method, of, design)
