"""Cells: the circumstances under which a claim is tested, one by one.

The usual design crosses profiles and loads, and tries each structural alternative by itself at the load nearest to 1,
in every profile. `full` crosses everything; `quick` leaves the alternatives out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal

from kastje.experiments.studies.claims.claim import Where

ACT_RULES = ("logit", "product", "minimum")
FIRST, FAR = "first", "far"
PLAIN, RELABELLED = "plain", "relabelled"

DIMENSIONS = ("profile", "load", "act_rule", "disappointment", "pressure", "seeds", "labels")
STRUCTURE = DIMENSIONS[2:]

Layout = Literal["usual", "quick", "full"]


@dataclass(frozen=True, order=True)
class Cell:
    """One set of circumstances."""

    profile: str
    load: float
    act_rule: str = "logit"
    disappointment: bool = True
    pressure: bool = True
    seeds: str = FIRST
    labels: str = PLAIN

    @property
    def parameters(self) -> dict[str, float]:
        """What it sets in the model; profile, seeds and labels apart."""
        return {
            "work.load": self.load,
            "act.form": float(ACT_RULES.index(self.act_rule)),
            "act.pressure": float(self.pressure),
            "resident.disconfirmation": float(self.disappointment),
        }

    def level(self, dimension: str) -> str:
        """How a table calls what this cell has of a dimension."""
        value = getattr(self, dimension)
        if isinstance(value, bool):
            return "on" if value else "off"
        return f"{value:g}" if isinstance(value, float) else str(value)

    @property
    def structure(self) -> tuple[str, ...]:
        """What sets it apart apart from profile and load."""
        return tuple(self.level(dimension) for dimension in STRUCTURE)


def cells_of(where: Where, layout: Layout = "usual") -> list[Cell]:
    """The cells of a claim, the usual case of each profile and load first."""
    levels = _levels(where)
    if layout == "full":
        names = ("profile", "load", *levels)
        return [
            Cell(**dict(zip(names, values, strict=True)))
            for values in product(where.profiles, where.loads, *levels.values())
        ]
    usual = {name: values[0] for name, values in levels.items()}
    base = [Cell(p, x, **usual) for p, x in product(where.profiles, where.loads)]
    if layout == "quick":
        return base
    reference = min(where.loads, key=lambda x: (abs(x - 1.0), x))
    return base + list(_alternatives([c for c in base if c.load == reference], levels))


def _alternatives(base: Iterable[Cell], levels: dict[str, tuple[Any, ...]]) -> Iterable[Cell]:
    base = list(base)
    for name, values in levels.items():
        for value in values[1:]:
            yield from (replace(cell, **{name: value}) for cell in base)


def _levels(where: Where) -> dict[str, tuple[Any, ...]]:
    return {
        "act_rule": where.act_rules,
        "disappointment": where.disappointment,
        "pressure": where.pressure,
        "seeds": (FIRST, FAR) if where.seeds == "both" else (FIRST,),
        "labels": (PLAIN, RELABELLED) if where.labels == "both" else (PLAIN,),
    }
