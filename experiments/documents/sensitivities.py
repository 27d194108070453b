"""What do they hang on? Sensitivity in docs/findings.md: from folders of `kastje sensitivity`, when they are given."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.documents.parts import finer, table
from experiments.sweep import Store
from model import OUTCOMES, InputError
from model.parameters import PARAMETERS

NONE = (
    'No folders of `kastje sensitivity` were given: `make findings SENSITIVITIES="DIR .."` puts their results here.\n'
)
MOST = 5
"""Of each figure so many factors are shown, those that matter most."""
MEASURES = {
    "mu_star": "changes it by, over its whole range: size (95 % interval)",
    "total": "share of its variance (95 % interval)",
}
"""What a table of indices ranks by, after Morris and after Sobol."""


def sensitivities(folders: Sequence[Path], model: str) -> str:
    """For each folder: in which share of the assumptions a difference has its sign, and what it hangs on most.

    Raises InputError for a folder that is not one of `kastje sensitivity`, or of another model than the claims.
    """
    return "\n".join(_sensitivity(folder, model) for folder in folders) or NONE


def _sensitivity(folder: Path, model: str) -> str:
    manifest = Store(folder).manifest
    if manifest["model"] != model:
        raise InputError(
            f"--sensitivities: {folder}: of model {manifest['model']}, expected that of the claims, {model}"
        )
    indices, figures = (_table(folder, name) for name in ("indices", "figures"))
    design = manifest["design"]
    known = [row for row in figures.to_dict("records") if row["outcome"] in OUTCOMES]
    head = ("figure", "of", "10 %", "50 %", "90 % of the points", "below 0 at", "chance in its variance")
    about = (
        f"### `{Path(design['profile']).name}`, {design['kind']}\n\n{len(design['factors'])} factors, "
        f"{design['points']} points, {design['replications']} seeds each, {manifest['runs']:,} runs.\n"
    )
    ranked = [_ranked(row["outcome"], indices[indices["outcome"] == row["outcome"]]) for row in known]
    return "\n".join([about, table(head, [_figure(row) for row in known]), *ranked])


def _figure(row: dict[str, Any]) -> tuple[str, ...]:
    name, sign = row["outcome"], row["of"] == "difference"
    ends = (finer(name, row[part], sign=sign) for part in ("p10", "p50", "p90"))
    return _label(name), row["of"], *ends, f"{row['below_zero']:.0%}", f"{row['noise_share']:.0%}"


def _ranked(name: str, indices: pd.DataFrame) -> str:
    measure = next(one for one in MEASURES if one in indices)
    told = indices[indices["above_noise"]].sort_values(measure, ascending=False)[:MOST]
    if told.empty:
        return f"{_label(name)}: no factor can be told from chance.\n"
    rows = [
        (_factor(row["factor"]), _interval(name, row, measure), _signed(name, row)) for row in told.to_dict("records")
    ]
    return f"{_label(name)}:\n\n{table(('factor', MEASURES[measure], 'with its sign'), rows)}"


def _interval(name: str, row: dict[str, Any], measure: str) -> str:
    values = (row[f"{measure}{end}"] for end in ("", "_low", "_high"))
    mean, low, high = (f"{value:.2f}" if measure == "total" else finer(name, value) for value in values)
    return f"{mean} ({low} .. {high})"


def _signed(name: str, row: dict[str, Any]) -> str:
    return finer(name, row["mu"], sign=True) if "mu" in row else ""


def _factor(name: str) -> str:
    return f"{PARAMETERS[name].label.en} (`{name}`)" if name in PARAMETERS else f"`{name}`"


def _label(name: str) -> str:
    return f"{OUTCOMES[name].label['en']} [{OUTCOMES[name].unit['en']}]"


def _table(folder: Path, name: str) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    if not path.is_file():
        said = f"there is no {name}.parquet, expected a finished folder of kastje sensitivity"
        raise InputError(f"--sensitivities: {folder}: {said}")
    return pd.read_parquet(path)
