"""Every parameter of the model: what it is, its unit, bounds, default, source and status.

The figures live in `parameters.toml`, so that somebody from the field can read and check them.
"""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Literal

import numpy as np
from pydantic import field_validator

from kastje.model.errors import InputError, Place, phrase, unexpected, unknown
from kastje.model.numbers import number
from kastje.model.reading import Record, Text, build, parse_toml

UNITS_NL: dict[str, str] = tomllib.loads(
    resources.files("kastje.model").joinpath("units.toml").read_text(encoding="utf-8")
)
NO_UNIT = "-"
STATUSES = "assumed", "calibrated", "sourced"


class Parameter(Record):
    """One input of the model; `low` and `high` bound what may be set, `whole` says whether it is a whole number."""

    name: str
    short: str
    label: Text
    unit: str
    low: float
    high: float
    default: float
    source: Text
    status: Literal["assumed", "calibrated", "sourced"]
    whole: bool

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        if unit not in UNITS_NL:
            raise ValueError(phrase("expected.unit", known=tuple(UNITS_NL)))
        return unit

    def unit_in(self, language: str) -> str:
        """The unit in `nl` or `en`; empty where there is none."""
        if self.unit == NO_UNIT:
            return ""
        return UNITS_NL[self.unit] if language == "nl" else self.unit

    def titled(self, language: str) -> str:
        """The label, with its unit between brackets where it has one."""
        unit = self.unit_in(language)
        label = self.label.in_language(language)
        return f"{label} ({unit})" if unit else label

    def check(self, value: object, where: Place) -> float:
        """The value as a number, or an `InputError` that names `where`, the parameter, the value and the bounds."""
        found = number(value)
        if self.low <= found <= self.high and not (self.whole and not found.is_integer()):
            return found
        unit = phrase("expected.in_unit", unit=Text(nl=UNITS_NL[self.unit], en=self.unit))
        kind = "expected.whole_within" if self.whole else "expected.within"
        expected = phrase(kind, low=self.low, high=self.high, unit="" if self.unit == NO_UNIT else unit)
        raise unexpected(phrase("place.parameter", where=where, name=self.name), value, expected)


def registry(text: str, where: str) -> dict[str, Parameter]:
    """Every parameter in the text of a registry, by its dotted name, or an `InputError` that names the field."""
    found = {}
    for group, entries in parse_toml(text, where).items():
        for short, entry in entries.items():
            name = f"{group}.{short}"
            whole = all(isinstance(entry.get(field), int) for field in ("low", "default"))
            data = entry | {"name": name, "short": short, "whole": whole}
            found[name] = build(Parameter, data, f"{where}: {name}")
    return found


FILE = "parameters.toml"
PARAMETERS: dict[str, Parameter] = registry(
    resources.files("kastje.model").joinpath(FILE).read_text(encoding="utf-8"), FILE
)
"""Every parameter by its dotted name: its label, unit, bounds, default, source and status."""

BY_SHORT: dict[str, Parameter] = {p.short: p for p in PARAMETERS.values()}
DTYPE = np.dtype([(p.short, "f8") for p in PARAMETERS.values()])


def find(name: str) -> Parameter:
    """The parameter with this dotted or short name, or an `InputError` that suggests the nearest."""
    found = PARAMETERS.get(name) or BY_SHORT.get(name)
    if found is None:
        problem = unknown(phrase("place.parameters"), name, [*PARAMETERS, *BY_SHORT], list_all=False)
        raise InputError(phrase("problem.not_listed", said=problem.said))
    return found


def record(values: Mapping[str, float]) -> np.ndarray:
    """One row with every parameter by its short name: the defaults with `values` (short names) laid over them."""
    row = np.zeros(1, DTYPE)
    for p in PARAMETERS.values():
        row[p.short][0] = values.get(p.short, p.default)
    return row
