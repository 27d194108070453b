"""`kastje parameters`: every input of the model, with its bounds and its source."""

import io
from typing import Annotated, Any

import pandas as pd
import typer

from kastje.commands.options import AsJson
from kastje.commands.terminal import print_json, print_text, show, table
from kastje.experiments.stamp import in_csv
from kastje.model import PARAMETERS
from kastje.model.errors import one_of_two
from kastje.model.parameters import Parameter

LANGUAGES = "nl", "en"
FIELDS = (
    "name", "short", "label_nl", "label_en", "unit_nl", "unit_en", "low", "high", "default", "source_nl", "source_en",
    "status",
)  # fmt: skip


def parameters(
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
) -> None:
    """Every parameter with its label, unit, bounds, default, source and status; texts also in Dutch in JSON and CSV.

    Example: kastje parameters --csv > parameters.csv
    """
    if as_json and as_csv:
        raise one_of_two("--csv", "--json")
    if as_json:
        print_json([_plain(parameter) for parameter in PARAMETERS.values()])
    elif as_csv:
        text = io.StringIO()
        rows = pd.DataFrame([_flat(parameter) for parameter in PARAMETERS.values()], dtype=object)
        in_csv(rows).to_csv(text, index=False, lineterminator="\n")
        print_text(text.getvalue())
    else:
        grid = table("Name", "What", "Unit", "Low", "High", "Default", "Status", "Source", numbers=(3, 4, 5))
        for p in PARAMETERS.values():
            numbers = (f"{number:g}" for number in (p.low, p.high, p.default))
            grid.add_row(p.name, p.label.en, p.unit, *numbers, p.status, p.source.en)
        show(grid)


def _plain(parameter: Parameter) -> dict[str, Any]:
    return parameter.model_dump() | {"unit": {language: parameter.unit_in(language) for language in LANGUAGES}}


def _flat(parameter: Parameter) -> dict[str, Any]:
    fields = _plain(parameter)
    texts = {f"{name}_{one}": fields[name][one] for name in ("label", "unit", "source") for one in LANGUAGES}
    return {field: (fields | texts)[field] for field in FIELDS}
