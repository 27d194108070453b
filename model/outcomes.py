"""The outcomes: what each one is (the registry) and the frozen result of a run.

How they are measured is in `model.measures`, which reads what happened to residents and staff, and no parameter of
the organisation.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from kastje.model.additions import ID, field_of, laid
from kastje.model.errors import missing, phrase, unexpected, wrong
from kastje.model.parameters import BY_SHORT
from kastje.model.reading import Record, Text, build

FILE = "outcomes.toml"
OWN_FILES = "KASTJE_OUTCOMES"
"""The environment variable with files of outcomes that are not shipped, in the form of `outcomes.toml`."""
TAKEN = ("seed", "profile", "start_day", "ramp_days", "all", "cases", *BY_SHORT)
"""What already means something where an outcome's name stands: in tables and designs."""


class Entry(Record):
    """An outcome as it stands in the register."""

    label: Text
    unit: Text
    definition: Text
    better: Literal[-1, 0, 1]
    scale: float = Field(default=1.0, gt=0.0)
    decimals: int = Field(ge=0, le=6)
    matters: float = Field(gt=0.0)
    """The smallest difference that matters, in the unit shown."""
    matters_because: Text
    price: bool = False
    measure: str | None = None
    """What measures it, as FILE.py:NAME, where it is not shipped."""


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
    measure: str | None = None
    """What measures one that is not shipped, as FILE.py:NAME beside `file`."""
    file: str = FILE

    @property
    def where(self) -> str:
        """What opens a line about what is wrong with it."""
        return f"{self.file}: {self.name}"

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


def register(files: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Outcome]:
    """The outcomes in the tables of these files, by name. Raises InputError, one line with file, outcome and field."""
    found: dict[str, Outcome] = {}
    for file, tables in files:
        for name, table in tables.items():
            where = f"{file}: {name}"
            entry = build(Entry, table, where)
            if not ID.fullmatch(name) or name in TAKEN:
                raise unexpected(file, name, phrase("expected.free_id"))
            if name in found:
                raise wrong(where, phrase("problem.id_twice"))
            if entry.measure is None and file != FILE:
                raise missing(field_of(where, "measure"))
            words = {part: getattr(entry, part).model_dump() for part in WORDS}
            plain = entry.model_dump(exclude=set(WORDS) | {"matters"})
            found[name] = Outcome(name=name, file=file, matters=entry.matters / entry.scale, **words, **plain)
    return found


def _load() -> Mapping[str, Outcome]:
    return MappingProxyType(register(laid(Path(__file__).with_name(FILE), OWN_FILES)))


def own_code() -> tuple[Path, ...]:
    """The files that measure outcomes which are not shipped: they decide results as the model's own sources do."""
    own = [one for one in OUTCOMES.values() if one.measure is not None]
    found = (Path(one.file).parent / str(one.measure).partition(":")[0] for one in own)
    return tuple(dict.fromkeys(found))


WORDS = ("label", "unit", "definition", "matters_because")
"""What of an outcome is in Dutch and in English."""
OUTCOMES: Mapping[str, Outcome] = _load()
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
