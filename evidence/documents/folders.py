"""The folders that docs/findings.md is made from: their tables, and whether they are of the model of the claims."""

from pathlib import Path

import pandas as pd

from kastje.evidence.phrase import phrase
from kastje.model.errors import wrong
from kastje.model.phrase import Phrase


def parquet(folder: Path, name: str, expected: Phrase, option: str = "") -> pd.DataFrame:
    """A table of a folder. Raises InputError, naming the `option` that gave the folder, when it is not there."""
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise wrong(place(folder, option), phrase("folder.lacks", name=path.name, expected=expected))
    return pd.read_parquet(path)


def check_model(folder: Path, found: str, model: str, option: str) -> None:
    """Raises InputError when a folder is `found` to be of another model than the claims."""
    if found != model:
        raise wrong(place(folder, option), phrase("folder.other_model", found=found, model=model))


def place(folder: Path, option: str = "") -> Phrase | str:
    """Where something is wrong: a folder, and the `option` that gave it."""
    return phrase("folder.given", option=option, folder=str(folder)) if option else str(folder)
