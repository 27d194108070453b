"""A claim: a statement about the lessons that runs can refute, and where it is said to hold."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from kastje.experiments.designs.levers import load
from kastje.experiments.phrase import phrase
from kastje.model import OUTCOMES, Scenario
from kastje.model.errors import nearest
from kastje.model.reading import Record, Text

SOURCE = re.compile(r"lesson [1-8]|hypothesis [1-8]|own")
PERCENT = re.compile(r"([0-9.]+)\s*%")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Direction = Literal["lower", "higher", "no_worse", "negligible"]
ActRule = Literal["logit", "product", "minimum"]


class Size(Record):
    """How large an effect is: `value` in the unit in which the outcome is shown, or in per cent of the figure that it
    is compared with (`relative`)."""

    value: float = Field(gt=0.0)
    relative: bool = False


def _size(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError(phrase("claims.size"))
    if isinstance(value, (int, float)):
        return {"value": value}
    if isinstance(value, str):
        found = PERCENT.fullmatch(value.strip())
        if found is None:
            raise ValueError(phrase("claims.size"))
        return {"value": float(found[1]), "relative": True}
    return value


def _outcome(name: str) -> str:
    if name not in OUTCOMES:
        raise ValueError(phrase("claims.outcome", hint=nearest(name, OUTCOMES)))
    return name


def _number_arm(value: Any) -> Any:
    """Nothing (`against:` left empty) is today."""
    return {} if value is None else value


def _several(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [_number_arm(value)]


Amount = Annotated[Size, BeforeValidator(_size)]
Arm = Annotated[dict[str, float], BeforeValidator(_number_arm)]
"""What one arm of a contrast has that today has not: lessons with their intensity, parameters with their value."""


class Expected(Record):
    """What is said of one outcome: its direction, and the smallest effect that matters or the margin."""

    outcome: Annotated[str, AfterValidator(_outcome)]
    direction: Direction
    at_least: Amount | None = None
    """With lower and higher: the smallest effect that matters, in the unit shown, or in per cent."""
    margin: Amount | None = None
    """With no_worse and negligible: what may be lost, or what counts as nothing."""
    times: float | None = Field(default=None, gt=0.0)
    """With a ratio: so many times the other effect, at least."""

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        given = [name for name in ("at_least", "margin", "times") if getattr(self, name) is not None]
        wanted = ["margin"] if self.direction in ("no_worse", "negligible") else ["at_least", "times"]
        if len(given) != 1 or given[0] not in wanted:
            told = given or phrase("claims.none_given")
            raise ValueError(phrase("claims.one_measure", wanted=wanted, direction=self.direction, given=told))
        if self.direction == "no_worse" and OUTCOMES[self.outcome].better == 0:
            raise ValueError(phrase("claims.no_way", outcome=self.outcome))
        return self

    @property
    def size(self) -> Size:
        """The smallest effect that matters, or the margin; of a ratio, how many times."""
        found = self.at_least or self.margin
        return found if found is not None else Size(value=self.times or 1.0)

    @property
    def sign(self) -> int:
        """The way that counts as right: 1 higher, -1 lower."""
        if self.direction == "no_worse":
            return OUTCOMES[self.outcome].better
        return -1 if self.direction == "lower" else 1


class Other(Record):
    """The effect that another one is a multiple of."""

    of: Arm
    against: Arm = Field(default_factory=dict)


class Contrast(Record):
    """What is compared. `of` against `against` (one arm, or several: then against each of them).

    With `parts` it is an interaction: of, less each part, plus against as often as is needed to come out even
    (A and B together, less A alone, less B alone, plus neither). With `ratio_to` it is one effect over another.
    `under` holds in every arm.
    """

    of: Arm
    against: Annotated[tuple[Arm, ...], BeforeValidator(_several)] = ({},)
    parts: tuple[Arm, ...] = ()
    ratio_to: Other | None = None
    under: Arm = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if not self.against:
            raise ValueError(phrase("claims.some_against"))
        if self.parts and self.ratio_to is not None:
            raise ValueError(phrase("claims.parts_or_ratio"))
        if len(self.parts) == 1:
            raise ValueError(phrase("claims.some_parts"))
        if (self.parts or self.ratio_to is not None) and len(self.against) > 1:
            raise ValueError(phrase("claims.one_against"))
        return self

    def arms(self) -> dict[str, dict[str, float]]:
        """Every arm by its place in the file, for an error line."""
        found = {"of": self.of, "under": self.under}
        found |= {f"against[{at}]" if len(self.against) > 1 else "against": x for at, x in enumerate(self.against, 1)}
        found |= {f"parts[{at}]": x for at, x in enumerate(self.parts, 1)}
        if self.ratio_to is not None:
            found |= {"ratio_to.of": self.ratio_to.of, "ratio_to.against": self.ratio_to.against}
        return found


def _profiles(value: Any) -> Any:
    return Scenario.profiles() if value == "all" else value


class Where(Record):
    """Where a claim must hold. The first of each list is the usual case; see `claims.cells`."""

    profiles: Annotated[tuple[str, ...], BeforeValidator(_profiles)] = Scenario.profiles()
    loads: tuple[Annotated[float, Field(ge=0.0, le=3.0)], ...] = (0.85, 1.0, 1.15)
    act_rules: tuple[ActRule, ...] = ("logit", "product", "minimum")
    disappointment: tuple[bool, ...] = (True, False)
    """Whether a disappointed expectation counts in satisfaction."""
    pressure: tuple[bool, ...] = (True, False)
    """Whether pressure of work has effects."""
    seeds: Literal["both", "first"] = "both"
    """Also with seeds that lie far from the first ones."""
    labels: Literal["both", "plain"] = "both"
    """Also with departments and teams in another order."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name in ("profiles", "loads", "act_rules", "disappointment", "pressure"):
            listed = getattr(self, name)
            if not listed or len(set(listed)) < len(listed):
                raise ValueError(phrase("claims.each_once", name=name, listed=repr(list(listed))))
        return self


def _id(text: str) -> str:
    if ID.fullmatch(text) is None:
        raise ValueError(phrase("claims.id"))
    return text


def _source(text: str) -> str:
    if SOURCE.fullmatch(text) is None:
        raise ValueError(phrase("claims.source"))
    return text


class Claim(Record):
    """One claim, as it stands in its file."""

    id: Annotated[str, AfterValidator(_id)]
    statement: Text
    source: Annotated[str, AfterValidator(_source)]
    """A lesson of the publication, a hypothesis of the model's design, or own."""
    note: str = ""
    """What this claim leaves out of what its source says, or how it was put into figures."""
    contrast: Contrast
    outcomes: tuple[Expected, ...]
    """All of them must be so."""
    where: Where = Where()

    def at(self, profiles: Sequence[str]) -> "Claim":
        """The same claim tested in these profiles. Raises InputError for one that cannot be read."""
        for profile in profiles:
            load(profile)
        once = tuple(dict.fromkeys(profiles))
        return self.model_copy(update={"where": self.where.model_copy(update={"profiles": once})})

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.outcomes:
            raise ValueError(phrase("claims.some_outcomes"))
        for one in self.outcomes:
            if (one.times is not None) != (self.contrast.ratio_to is not None):
                raise ValueError(phrase("claims.times"))
        return self
