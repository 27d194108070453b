"""Every parameter of the model: what it is, its unit, bounds, default, source and status.

The figures live in `parameters.toml`, so that somebody from the field can read and check them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np

from model.errors import InputError, unknown

STATUSES = ("assumed", "calibrated", "sourced")


UNITS_NL = {
    "share": "aandeel",
    "chance": "kans",
    "chance or -1": "kans of -1",
    "ratio": "verhouding",
    "day": "dag",
    "days": "dagen",
    "working days": "werkdagen",
    "days per head": "dagen per persoon",
    "hours": "uren",
    "working hours": "werkuren",
    "hours/case": "uren per zaak",
    "hours/employee/week": "uren per medewerker per week",
    "minutes": "minuten",
    "weeks": "weken",
    "per week": "per week",
    "per year": "per jaar",
    "per day of backlog": "per dag werkvoorraad",
    "per day of work": "per dag werk",
    "items": "stuks",
    "people": "personen",
    "rounds": "rondes",
    "inhabitants": "inwoners",
    "0 or 1": "0 of 1",
    "0, 1 or 2": "0, 1 of 2",
    "logit": "logit",
    "-": "-",
}


@dataclass(frozen=True)
class Parameter:
    """One input of the model; `low` and `high` bound what may be set."""

    name: str
    short: str
    label: Mapping[str, str]
    unit: str
    low: float
    high: float
    default: float
    source: str
    status: str
    whole: bool

    def unit_in(self, language: str) -> str:
        """The unit in `nl` or `en`."""
        return UNITS_NL[self.unit] if language == "nl" else self.unit

    def check(self, value: object, where: str) -> float:
        """The value as a number, or an `InputError` that names `where`, the parameter, the value and the bounds."""
        expected = f"a {'whole ' if self.whole else ''}number from {self.low:g} to {self.high:g} ({self.unit})"
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InputError(f"{where}: parameter {self.name} is {value!r}, expected {expected}")
        number = float(value)
        if not self.low <= number <= self.high or (self.whole and number != int(number)):
            raise InputError(f"{where}: parameter {self.name} is {value!r}, expected {expected}")
        return number


def _load() -> dict[str, Parameter]:
    text = resources.files("model").joinpath("parameters.toml").read_text(encoding="utf-8")
    registry = {}
    for group, entries in tomllib.loads(text).items():
        for short, e in entries.items():
            registry[f"{group}.{short}"] = Parameter(
                name=f"{group}.{short}",
                short=short,
                label={"nl": e["nl"], "en": e["en"]},
                unit=e["unit"],
                low=float(e["low"]),
                high=float(e["high"]),
                default=float(e["default"]),
                source=e["source"],
                status=e["status"],
                whole=isinstance(e["low"], int) and isinstance(e["default"], int),
            )
    return registry


PARAMETERS: dict[str, Parameter] = _load()
BY_SHORT: dict[str, Parameter] = {p.short: p for p in PARAMETERS.values()}
DTYPE = np.dtype([(p.short, "f8") for p in PARAMETERS.values()])


def find(name: str) -> Parameter:
    """The parameter with this dotted or short name, or an `InputError` that suggests the nearest."""
    found = PARAMETERS.get(name) or BY_SHORT.get(name)
    if found is None:
        problem = unknown("parameter", name, [*PARAMETERS, *BY_SHORT], list_all=False)
        raise InputError(f"{problem}; expected a name that `kastje parameters` lists")
    return found


def record(values: Mapping[str, float]) -> np.ndarray:
    """One row with every parameter by its short name: the defaults with `values` (short names) laid over them."""
    row = np.zeros(1, DTYPE)
    for p in PARAMETERS.values():
        row[p.short][0] = values.get(p.short, p.default)
    return row
