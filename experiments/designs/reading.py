"""Reading a design from its TOML file, and the points of a table from a CSV file beside it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.designs.design import KINDS, SIZED, TABLE, Design
from kastje.experiments.designs.factors import PROFILE, Factor, canonical, checked, factor_of
from kastje.experiments.designs.replications import Replications
from kastje.model import InputError, Scenario
from kastje.model.errors import unknown
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
LARGEST_SEED = 2**31 - 1
MOST_FACTORS = 200


def read_design(path: str | Path) -> Design:
    """The design in a TOML file. Raises InputError, one line, that names file, field, value and what was expected."""
    path = Path(path)
    data = read_toml(path)
    try:
        return _design(data, path)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _design(data: dict[str, Any], path: Path) -> Design:
    for key in data:
        if key not in FIELDS:
            raise unknown("field", key, FIELDS)
    kind = _text(data, "kind", "grid")
    if kind not in KINDS:
        raise unknown("kind", kind, KINDS)
    for only, kinds_ in {"size": SIZED, "resolution": ("fractional",), "table": (TABLE,)}.items():
        if only in data and kind not in kinds_:
            raise InputError(f"{only} is given, expected it only with kind = {' or '.join(kinds_)}")
    profile = _profile(_text(data, "profile", "tilburg"), path)
    several = Replications.of(data.get("replications", 20))
    fixed = _table(data, "fixed")
    factors, table = _factors(data, kind, path)
    paired = data.get("paired", True)
    if not isinstance(paired, bool):
        raise InputError(f"paired is {paired!r}, expected true or false")
    return Design.of(
        factors,
        kind=kind,
        profile=profile,
        name=_text(data, "name", path.stem),
        fixed=fixed,
        replications=several,
        seed=_whole(data, "seed", 1, 0, LARGEST_SEED),
        paired=paired,
        size=_whole(data, "size", 0, 1, 1_000_000),
        resolution=_whole(data, "resolution", 4, 3, 12),
        table=table,
    )


def _factors(data: dict[str, Any], kind: str, path: Path) -> tuple[list[Factor], pd.DataFrame | None]:
    if kind == TABLE:
        if "factors" in data:
            raise InputError(
                "factors is given, expected none with kind = table: the columns of the table are the factors"
            )
        table = read_points(path.parent / _text(data, "table", ""))
        return [_column(table, name, path) for name in table.columns], _with_places(table, path)
    given = _table(data, "factors")
    if not 1 <= len(given) <= MOST_FACTORS:
        raise InputError(f"factors has {len(given)} entries, expected 1 to {MOST_FACTORS}")
    factors = [factor_of(name, value, "factors") for name, value in given.items()]
    return [_with_profiles(factor, path) for factor in factors], None


def read_points(path: Path) -> pd.DataFrame:
    """The points of a CSV file: a column a factor, a row a point. Raises InputError with file, line, column, value."""
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, skipinitialspace=True)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file, expected a CSV table of points") from None
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({' '.join(str(error).split())}), expected a CSV table") from None
    names = [canonical(str(name).strip(), f"{path}: column") for name in table.columns]
    if not len(table) or len(set(names)) < len(names):
        raise InputError(f"{path}: {len(table)} rows, columns {', '.join(names)}; expected a row or more, columns once")
    columns: dict[str, Any] = {}
    for name, texts in zip(names, table.to_numpy().T, strict=True):
        values = [_cell(name, text, f"{path}: line {line}, {name}") for line, text in enumerate(texts, start=2)]
        columns[name] = np.array(values, object if name == PROFILE else np.float64)
    return pd.DataFrame(columns)


def _cell(name: str, text: str, where: str) -> float | str:
    if name == PROFILE:
        return text.strip()
    try:
        return checked(name, float(text), where)
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{where}: {text!r}, expected a number") from None


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
        raise unknown(PROFILE, name, (*Scenario.profiles(), "a path ending in .toml"))
    return str(path.parent / name)


def _text(data: dict[str, Any], key: str, default: str) -> str:
    value = data.get(key, default)
    if not isinstance(value, str) or not value:
        raise InputError(f"{key} is {value!r}, expected a text")
    return value


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise InputError(f"{key} is {value!r}, expected a table")
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
        raise InputError(f"{key} is {value!r}, expected a whole number from {low} to {high:,}")
    return value
