"""A process: the steps that an application goes through, who does them, what they take, what depends on what.

A process is a TOML file that a user can copy and edit; `docs/profiles.md` explains the fields.
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from kastje.model.chance import check_spread
from kastje.model.errors import phrase
from kastje.model.reading import Record, Text, Title, build, read_toml

MOST_STEPS = 24
MOST_TYPES = 6
SPREADS = ("fixed", "exponential", "erlang", "lognormal")
Share = Field(ge=0.0, le=1.0)


class CaseType(Record):
    """A kind of application within a process, such as a regular (A) or a risk (C) event."""

    id: str
    title: Title
    share: float = Share
    hours: float = Field(default=1.0, gt=0.0, le=20.0)
    """Factor on the service times of all steps."""
    early: bool = False
    """Whether early consultation (vooroverleg) is open to this type."""


class Step(Record):
    """One step: work of one role, which waits for the steps named in `after`."""

    id: str
    title: Title
    role: str
    hours: float = Field(ge=0.0, le=200.0)
    """Mean service time, hours."""
    spread: Literal["fixed", "exponential", "erlang", "lognormal"] = "lognormal"
    cv: float = Field(default=0.7, ge=0.0, le=4.0)
    """Coefficient of variation of a lognormal or Erlang service time (an Erlang has a whole number of phases)."""
    after: tuple[str, ...] = ()
    when: dict[str, float] = Field(default_factory=dict)
    """Chance that a case of this type needs the step; a type that is not named needs it."""
    owner: bool = False
    """Done by the owner of the case."""
    checks: bool = False
    """Here missing documents of all steps can be seen (the intake)."""
    advice: bool = False
    """Asked for as advice: one after the other, or in parallel by working agreement."""
    criteria: bool = False
    """The role guards criteria here, and can stall on a deviation."""
    tailored: bool = False
    """Here a solution for a non-standard need can be looked for."""
    decides: bool = False
    """The decision that the applicant hears of."""
    again: bool = False
    """Done again when the applicant returns because the solution did not fit."""
    manager: bool = False
    """Done by a manager of the role's department."""
    missing: float = Field(default=0.0, ge=0.0, le=1.0)
    """Chance that something this step needs is missing from the application."""
    repeat: float = Field(default=0.0, ge=0.0, lt=1.0)
    """Chance that the step has to be done once more after it is done (rework)."""

    @model_validator(mode="after")
    def _varies_as_it_can(self) -> Self:
        check_spread(self.spread, self.cv)
        return self


class Extension(Record):
    """The term can be extended once, when it is near: the chance for a case that is then still open, and days."""

    chance: float = Share
    days: float = Field(gt=0.0, le=400.0)


class Process(Record):
    """A process as a whole: legal term, types, steps."""

    id: str
    title: Title
    source: Title | None = None
    legal_days: float = Field(default=56.0, gt=0.0, le=1000.0)
    extension: Extension | None = None
    types: tuple[CaseType, ...] = Field(
        default=(CaseType(id="all", title=Text(nl="alle", en="all"), share=1.0),), min_length=1, max_length=MOST_TYPES
    )
    steps: tuple[Step, ...] = Field(min_length=1, max_length=MOST_STEPS)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        ids = [s.id for s in self.steps]
        if len(set(ids)) != len(ids):
            raise ValueError(phrase("expected.steps_once", ids=ids))
        types = [t.id for t in self.types]
        total = sum(t.share for t in self.types)
        if abs(total - 1.0) > 1e-6:
            raise ValueError(phrase("expected.type_shares", total=total))
        for place, step in enumerate(self.steps):
            for before in step.after:
                if before not in ids[:place]:
                    raise ValueError(phrase("expected.step_after", step=step.id, value=repr(before)))
            for name, chance in step.when.items():
                if name not in types or not 0.0 <= chance <= 1.0:
                    value = f"{name} = {chance:g}"
                    raise ValueError(phrase("expected.step_when", step=step.id, types=types, value=value))
        for name in types:
            if not any(s.decides and s.when.get(name, 1.0) == 1.0 for s in self.steps):
                raise ValueError(phrase("expected.step_decides", type=name))
        return self

    @classmethod
    def load(cls, path: Path) -> "Process":
        """The process in a TOML file."""
        return build(cls, read_toml(path), str(path))
