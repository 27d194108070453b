"""What do they hang on? Sensitivity in docs/findings.md: from folders of `kastje sensitivity`, when they are given."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kastje.evidence.documents.folders import check_model, parquet
from kastje.evidence.documents.markdown import finer, outcome_label, table
from kastje.evidence.phrase import phrase
from kastje.experiments.runs.store import Store
from kastje.model import OUTCOMES
from kastje.model.parameters import PARAMETERS

NONE = (
    'No folders of `kastje sensitivity` were given: `make findings SENSITIVITIES="DIR .."` puts their results here.\n'
)
OPTION, EXPECTED = "--sensitivities", phrase("folder.sensitivity")
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
    check_model(folder, manifest["model"], model, OPTION)
    indices, figures = (parquet(folder, name, EXPECTED, OPTION) for name in ("indices", "figures"))
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
    return outcome_label(name), row["of"], *ends, f"{row['below_zero']:.0%}", f"{row['noise_share']:.0%}"


def _ranked(name: str, indices: pd.DataFrame) -> str:
    measure = next(one for one in MEASURES if one in indices)
    told = indices[indices["above_noise"]].sort_values(measure, ascending=False)[:MOST]
    if told.empty:
        return f"{outcome_label(name)}: no factor can be told from chance.\n"
    rows = [
        (_factor(row["factor"]), _interval(name, row, measure), _signed(name, row)) for row in told.to_dict("records")
    ]
    return f"{outcome_label(name)}:\n\n{table(('factor', MEASURES[measure], 'with its sign'), rows)}"


def _interval(name: str, row: dict[str, Any], measure: str) -> str:
    values = (row[f"{measure}{end}"] for end in ("", "_low", "_high"))
    mean, low, high = (f"{value:.2f}" if measure == "total" else finer(name, value) for value in values)
    return f"{mean} ({low} .. {high})"


def _signed(name: str, row: dict[str, Any]) -> str:
    return finer(name, row["mu"], sign=True) if "mu" in row else ""


def _factor(name: str) -> str:
    return f"{PARAMETERS[name].label.en} (`{name}`)" if name in PARAMETERS else f"`{name}`"
