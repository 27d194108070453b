"""What is asked of a model: a figure as a function of the inputs, by which method, in how many points."""

from dataclasses import dataclass

from kastje.experiments.designs import Design
from kastje.experiments.phrase import phrase
from kastje.experiments.studies.sensitivity.inputs import Inputs
from kastje.model import LESSONS
from kastje.model.errors import phrase as of_the_model
from kastje.model.errors import unexpected, unknown, wrong
from kastje.model.phrase import Argument

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
        raise unknown(Argument("method"), method, tuple(KINDS))
    if of not in OF:
        raise unknown(Argument("of"), of, OF)
    size = POINTS[method] if points is None else points
    if method == SOBOL and size & (size - 1):
        raise unexpected(Argument("points"), size, phrase("sensitivity.power_of_two"))
    if size < 2:
        raise unexpected(Argument("points"), size, of_the_model("expected.at_least", limit=2))
    varied = any(factor.is_lesson for factor in inputs.factors)
    given = any(value > 0.0 for name, value in inputs.fixed.items() if name in (*LESSONS, "all"))
    if of == DIFFERENCE and not (varied or given):
        raise wrong(Argument("lessons"), phrase("sensitivity.no_lesson"))
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
