"""What the model knows of each act: the parameter with its threshold, and its words.

The register is `acts.toml`; that an act is done at all is said where its occasion arises (`kastje.model.people.acts`).
"""

from collections.abc import Iterable, Mapping
from importlib import resources
from types import MappingProxyType
from typing import Any

from kastje.agents.acts import Act
from kastje.model.additions import field_of
from kastje.model.chance import Purpose
from kastje.model.errors import missing, phrase, unexpected, unknown, wrong
from kastje.model.parameters import PARAMETERS
from kastje.model.reading import Record, Text, build, parse_toml

FILE = "acts.toml"


class RegisteredAct(Record):
    """One act: the dotted name of the parameter with its threshold, its name in a list, and what people did."""

    threshold: str
    label: Text
    did: Text


def most() -> int:
    """How many acts have a number for their draws before those of other purposes begin."""
    return min(purpose for purpose in Purpose if purpose > Purpose.ACT) - Purpose.ACT


def register(found: Mapping[str, Any], where: str, names: Iterable[str]) -> Mapping[str, RegisteredAct]:
    """The acts of these names, in their order, from the tables of a file. Raises InputError, one line with the act."""
    order = tuple(names)
    if len(order) > most():
        raise unexpected(where, len(order), phrase("expected.at_most", limit=most()))
    for name in found:
        if name not in order:
            raise unknown(where, name, order)
    known: dict[str, RegisteredAct] = {}
    for name in order:
        place = f"{where}: {name}"
        if name not in found:
            raise missing(place)
        act = known[name] = build(RegisteredAct, found[name], place)
        field = field_of(place, "threshold")
        if act.threshold not in PARAMETERS:
            raise unknown(field, act.threshold, list(PARAMETERS), list_all=False)
        if [one.threshold for one in known.values()].count(act.threshold) > 1:
            raise wrong(field, phrase("problem.threshold_twice", name=act.threshold))
    return MappingProxyType(known)


ACT_TABLE: Mapping[str, RegisteredAct] = register(
    parse_toml(resources.files("kastje.model").joinpath(FILE).read_text(encoding="utf-8"), FILE),
    FILE,
    [act.name.lower() for act in Act],
)
"""What is known of each act, by its name and in the order of the numbers of `Act`."""
THRESHOLDS: tuple[str, ...] = tuple(PARAMETERS[act.threshold].short for act in ACT_TABLE.values())
"""The short names of the parameters with their thresholds, in the same order."""
