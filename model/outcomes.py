"""The outcomes: what each one is (the registry) and the frozen result of a run.

How they are measured is in `model.measures`, which reads what happened to residents and staff, and no parameter of
the organisation.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Outcome:
    """One outcome: texts (nl, en), which way is better (-1 lower, 1 higher, 0 neither), and how it is shown.

    `scale` turns the number into the unit on the screen (100 for a share shown in per cent). `matters` is the smallest
    difference that matters, in the outcome's own numbers (shares 0 to 1), and `matters_because` what that stands for.
    A `price` is what a choice costs: the reader weighs it against the rest, so that no change of it is an improvement.
    """

    name: str
    label: Mapping[str, str]
    unit: Mapping[str, str]
    definition: Mapping[str, str]
    better: int
    scale: float
    decimals: int
    matters: float
    matters_because: Mapping[str, str]
    price: bool

    @property
    def improves(self) -> int:
        """Which way a change is an improvement: -1 lower, 1 higher; 0 where neither is, and of a price."""
        return 0 if self.price else self.better

    def written(self, value: float, *, sign: bool = False) -> str:
        """A value in the outcome's unit as plain English text has it; `sign` shows a plus for a difference."""
        if not math.isfinite(value):
            return "not available"
        shown = round(value * self.scale, self.decimals) + 0.0  # No minus before a zero.
        return f"{shown:{'+' if sign and shown else ''}.{self.decimals}f}"


def _load() -> dict[str, Outcome]:
    text = resources.files("kastje.model").joinpath("outcomes.toml").read_text(encoding="utf-8")
    return {
        name: Outcome(
            name=name,
            label=e["label"],
            unit=e["unit"],
            definition=e["definition"],
            better=e["better"],
            scale=float(e.get("scale", 1.0)),
            decimals=e["decimals"],
            matters=e["matters"] / e.get("scale", 1.0),
            matters_because=e["matters_because"],
            price=e.get("price", False),
        )
        for name, e in tomllib.loads(text).items()
    }


OUTCOMES: dict[str, Outcome] = _load()
"""Every outcome by name: its texts, its unit, which way is better, and what difference of it matters."""


@dataclass(frozen=True)
class Outcomes:
    """What one run gave; NaN stands for "not available".

    `values` is flat; `by_month` has one value per month of the comparison; `departments` holds staff, utilisation
    and backlog_hours of each department; `by_group` outcomes of applications by kind of group and group (see
    `model.groups`); `checks` the figures that `kastje validate` holds against what is known of real municipalities;
    `acts` how often there was an occasion for each act (`opportunities`) and how often it was done (`done`).
    """

    values: Mapping[str, float]
    """Every outcome of the whole period by name, in its own unit; a share lies between 0 and 1."""
    by_month: Mapping[str, np.ndarray]
    """Outcomes that are kept by month: a value for each month of the comparison."""
    departments: Mapping[str, Mapping[str, float]]
    """Staff, utilisation and backlog in hours of each department."""
    by_group: Mapping[str, Mapping[str, Mapping[str, float]]]
    """Outcomes of applications by kind of group and group: who notices."""
    checks: Mapping[str, float]
    """The figures that are held against bands of real municipalities."""
    acts: Mapping[str, Mapping[str, float]]
    """How often there was an occasion for each act (`opportunities`), and how often it was done (`done`)."""
    event_log: pd.DataFrame | None = field(default=None, compare=False)
    """A row for each thing that happened; None unless it was asked for."""

    def as_dict(self) -> dict[str, float]:
        """The outcomes of the whole period by name, in their own units (shares 0 to 1)."""
        return dict(self.values)
