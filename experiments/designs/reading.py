"""Reading a design from its TOML file, and the points of a table from a CSV file beside it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.designs.design import KINDS, SIZED, TABLE, Design
from kastje.experiments.designs.factors import PROFILE, Factor, canonical, checked, factor_of
from kastje.experiments.designs.replications import Replications
from kastje.experiments.phrase import phrase
from kastje.model import InputError, Scenario
from kastje.model.errors import Place, unexpected, unknown, wrong
from kastje.model.errors import phrase as of_the_model
from kastje.model.reading import read_toml

FIELDS = (
    "name",
    "profile",
    "kind",
    "factors",
    "fixed",
    "replications",
    "seed",
    "paired",
    "size",
    "resolution",
    "table",
)
LARGEST_FIRST_SEED = 2**31 - 1
"""Of a design or a command: the runs after the first take the seeds that follow, which a run can hold too."""
MOST_FACTORS = 200


def read_design(path: str | Path) -> Design:
    """The design in a TOML file. Raises InputError, one line, that names file, field, value and what was expected."""
    path = Path(path)
    data = read_toml(path)
    try:
        return _design(data, path)
    except InputError as error:
        raise wrong(str(path), error.said) from None


def _design(data: dict[str, Any], path: Path) -> Design:
    for key in data:
        if key not in FIELDS:
            raise unknown(phrase("design.field"), key, FIELDS)
    kind = _text(data, "kind", "grid")
    if kind not in KINDS:
        raise unknown("kind", kind, KINDS)
    for only, kinds_ in {"size": SIZED, "resolution": ("fractional",), "table": (TABLE,)}.items():
        if only in data and kind not in kinds_:
            raise InputError(phrase("design.only_with", field=only, kinds=kinds_))
    profile = _profile(_text(data, "profile", "tilburg"), path)
    several = Replications.of(data.get("replications", 20))
    fixed = _table(data, "fixed")
    factors, table = _factors(data, kind, path)
    paired = data.get("paired", True)
    if not isinstance(paired, bool):
        raise unexpected("paired", paired, of_the_model("expected.truth"))
    return Design.of(
        factors,
        kind=kind,
        profile=profile,
        name=_text(data, "name", path.stem),
        fixed=fixed,
        replications=several,
        seed=_whole(data, "seed", 1, 0, LARGEST_FIRST_SEED),
        paired=paired,
        size=_whole(data, "size", 0, 1, 1_000_000),
        resolution=_whole(data, "resolution", 4, 3, 12),
        table=table,
    )


def _factors(data: dict[str, Any], kind: str, path: Path) -> tuple[list[Factor], pd.DataFrame | None]:
    if kind == TABLE:
        if "factors" in data:
            raise InputError(phrase("design.table_has_factors"))
        table = read_points(path.parent / _text(data, "table", ""))
        return [_column(table, name, path) for name in table.columns], _with_places(table, path)
    given = _table(data, "factors")
    if not 1 <= len(given) <= MOST_FACTORS:
        raise InputError(phrase("design.most_factors", count=len(given), most=MOST_FACTORS))
    factors = [factor_of(name, value, "factors") for name, value in given.items()]
    return [_with_profiles(factor, path) for factor in factors], None


def read_points(path: Path) -> pd.DataFrame:
    """The points of a CSV file: a column a factor, a row a point. Raises InputError with file, line, column, value."""
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, skipinitialspace=True)
    except FileNotFoundError:
        raise wrong(str(path), phrase("design.no_points")) from None
    except (OSError, ValueError):
        raise wrong(str(path), phrase("design.no_csv")) from None
    names = [canonical(str(name).strip(), phrase("design.column", file=str(path))) for name in table.columns]
    if not len(table) or len(set(names)) < len(names):
        raise wrong(str(path), phrase("design.rows", rows=len(table), columns=names))
    columns: dict[str, Any] = {}
    for name, texts in zip(names, table.to_numpy().T, strict=True):
        values = [
            _cell(name, text, phrase("design.cell", file=str(path), line=line, column=name))
            for line, text in enumerate(texts, start=2)
        ]
        columns[name] = np.array(values, object if name == PROFILE else np.float64)
    return pd.DataFrame(columns)


def _cell(name: str, text: str, where: Place) -> float | str:
    if name == PROFILE:
        return text.strip()
    try:
        number = float(text)
    except ValueError:
        raise unexpected(where, text, of_the_model("expected.number")) from None
    return checked(name, number, where)


def _column(table: pd.DataFrame, name: str, path: Path) -> Factor:
    if name == PROFILE:
        return _with_profiles(factor_of(name, list(dict.fromkeys(table[name])), "table"), path)
    # Only its range: a column of a hundred thousand values is in the table already.
    return Factor(name, (), float(table[name].min()), float(table[name].max()))


def _with_places(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    return table.assign(profile=[_profile(one, path) for one in table[PROFILE]]) if PROFILE in table else table


def _with_profiles(factor: Factor, path: Path) -> Factor:
    if factor.name != PROFILE:
        return factor
    return replace(factor, levels=tuple(_profile(str(level), path) for level in factor.levels))


def _profile(name: str, path: Path) -> str:
    """A shipped profile's name as it is; a file's place is seen from the design's. Raises InputError for another."""
    if name in Scenario.profiles():
        return name
    if not name.endswith(".toml"):
        raise unknown(PROFILE, name, Scenario.profiles(), of_the_model("expected.path"))
    return str(path.parent / name)


def _text(data: dict[str, Any], key: str, default: str) -> str:
    value = data.get(key, default)
    if not isinstance(value, str) or not value:
        raise unexpected(key, value, of_the_model("expected.text"))
    return value


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise unexpected(key, value, of_the_model("expected.table"))
    return _flat(value)


def _flat(table: dict[str, Any], above: str = "") -> dict[str, Any]:
    """Dotted names without quotes are nested tables in TOML: work.load = 1 is work = {load = 1}."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{above}{key}"
        if isinstance(value, dict) and not {"low", "high", "levels"} & value.keys():
            flat.update(_flat(value, f"{name}."))
        else:
            flat[name] = value
    return flat


def _whole(data: dict[str, Any], key: str, default: int, low: int, high: int) -> int:
    if key not in data:
        return default
    value = data[key]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise unexpected(key, value, of_the_model("expected.whole_within", low=low, high=high, unit=""))
    return value
