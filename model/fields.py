"""What is each field of the engine's records? Its meaning, unit and range, and who writes it, from `fields.toml`."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

Bound = float | str | None
"""A number; the name of what there are so many of, of which it is the last; None for none."""


@dataclass(frozen=True)
class Field:
    """One field of a record, or one array of a state or world.

    `low` and `high` bound what stands there, besides `none`: "nobody" (-1) or "never" (infinity). An array of records
    has in `of` which ones they are, one of numbers in `along` what there is a number for. `by` names the modules of
    `model/` and `agents/` that write it.
    """

    name: str
    what: str
    unit: str
    low: float
    high: Bound
    none: str
    of: str
    along: tuple[str, ...]
    by: tuple[str, ...]

    @property
    def range(self) -> str:
        """From where to where, in words."""
        if self.of:
            return ""
        low = "any number" if self.low == -math.inf else f"{self.low:g}"
        high = "" if self.low == -math.inf and self.high is None else " or more"
        if self.high is not None:
            high = f" .. {self.high if isinstance(self.high, str) else format(self.high, '.10g')}"
        return f"{low}{high}{f', or {self.none}' if self.none else ''}"


def _field(name: str, said: Mapping[str, Any], units: Mapping[str, Mapping[str, Any]]) -> Field:
    usual = units[said["unit"]] if "unit" in said else {}
    return Field(
        name=name,
        what=said["what"],
        unit=said.get("unit", ""),
        low=float(said.get("low", usual.get("low", -math.inf))),
        high=said.get("high", usual.get("high")),
        none=said.get("or", ""),
        of=said.get("of", ""),
        along=tuple(said.get("along", ())),
        by=tuple(said["by"]),
    )


_TABLES = tomllib.loads(resources.files("kastje.model").joinpath("fields.toml").read_text(encoding="utf-8"))
UNITS: Mapping[str, str] = {name: said["says"] for name, said in _TABLES["units"].items()}
"""What stands in a field of each unit."""
FIELDS: Mapping[str, Mapping[str, Field]] = {
    record: {name: _field(name, said, _TABLES["units"]) for name, said in fields.items()}
    for record, fields in _TABLES.items()
    if record != "units"
}
"""The fields of each record by their names; under `state` and `world` the arrays of these."""
