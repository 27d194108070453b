"""The folders that docs/findings.md is made from: their tables, and whether they are of the model of the claims."""

from pathlib import Path

import pandas as pd

from kastje.model import InputError


def parquet(folder: Path, name: str, expected: str, option: str = "") -> pd.DataFrame:
    """A table of a folder. Raises InputError, naming the `option` that gave the folder, when it is not there."""
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise InputError(f"{_given(option)}{folder}: there is no {path.name}, expected {expected}")
    return pd.read_parquet(path)


def check_model(folder: Path, found: str, model: str, option: str) -> None:
    """Raises InputError when a folder is `found` to be of another model than the claims."""
    if found != model:
        raise InputError(f"{_given(option)}{folder}: of model {found}, expected that of the claims, {model}")


def _given(option: str) -> str:
    return f"{option}: " if option else ""
