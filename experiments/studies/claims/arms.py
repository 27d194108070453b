"""Arms of contrasts: from the names in a claim's file to the columns of a design and the profiles that they need."""

from collections.abc import Iterable, Mapping

from kastje.experiments.designs.factors import PROFILE, canonical, checked
from kastje.experiments.designs.levers import ALL
from kastje.experiments.phrase import phrase
from kastje.model import LESSONS, InputError
from kastje.model.errors import Place, part_of, unexpected, unknown
from kastje.model.errors import phrase as of_the_model

OWNERS, KEEPERS = "owners.ownership", "keepers.ownership"
PEOPLE = (OWNERS, KEEPERS)
"""What no parameter holds: the ownership that whoever handles cases, or guards criteria, begins with and returns to."""

Arm = tuple[tuple[str, float], ...]
"""An arm by its values, in the order of their names: what makes two arms the same runs."""


def arm_of(*layers: Mapping[str, float], where: Place = "arm") -> Arm:
    """The arm with these values, what comes later laid over what comes before. Raises InputError, one line."""
    read = (_read(name, value, where) for layer in layers for name, value in layer.items())
    values = {name: value for several in read for name, value in several}
    return tuple(sorted((name, value) for name, value in values.items() if name not in LESSONS or value > 0.0))


def said(arm: Mapping[str, float]) -> str:
    """An arm in words: `shared_information + work.load=1.6`; `today` for nothing."""
    return " + ".join(name if value == 1.0 else f"{name}={value:g}" for name, value in arm_of(arm)) or "today"


def _read(name: str, value: float, where: Place) -> Iterable[tuple[str, float]]:
    if name in PEOPLE:
        if not 0.0 <= value <= 1.0:
            raise unexpected(part_of(where, name), value, of_the_model("expected.between", low=0, high=1))
        return [(name, float(value))]
    if name == PROFILE:
        raise InputError(phrase("claims.no_profiles", where=part_of(where, PROFILE)))
    try:
        full = canonical(name, where)
    except InputError as error:
        if name.endswith(".ownership"):
            raise unknown(where, name, PEOPLE) from None
        raise error from None
    number = float(checked(full, value, part_of(where, name)))
    return [(lesson, number) for lesson in LESSONS] if full == ALL else [(full, number)]
