"""`kastje parameters`: every input of the model, with its bounds and its source."""

import csv
import io
from dataclasses import asdict
from typing import Annotated

import typer

from experiments.commands.options import AsJson
from experiments.terminal import print_json, print_text, show, table
from model import PARAMETERS, InputError
from model.parameters import Parameter

FIELDS = "name", "short", "label_nl", "label_en", "unit", "low", "high", "default", "source", "status"


def parameters(
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
) -> None:
    """Every parameter with its label, unit, bounds, default, source and status.

    Example: kastje parameters --csv > parameters.csv
    """
    if as_json and as_csv:
        raise InputError("--csv: given with --json: expected one of the two")
    if as_json:
        print_json([_plain(parameter) for parameter in PARAMETERS.values()])
    elif as_csv:
        text = io.StringIO()
        writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_flat(parameter) for parameter in PARAMETERS.values())
        print_text(text.getvalue())
    else:
        grid = table("Name", "What", "Unit", "Low", "High", "Default", "Status", "Source", numbers=(3, 4, 5))
        for p in PARAMETERS.values():
            numbers = (f"{number:g}" for number in (p.low, p.high, p.default))
            grid.add_row(p.name, p.label["en"], p.unit, *numbers, p.status, p.source)
        show(grid)


def _plain(parameter: Parameter) -> dict[str, object]:
    return asdict(parameter)


def _flat(parameter: Parameter) -> dict[str, object]:
    fields = _plain(parameter)
    labels = {f"label_{language}": label for language, label in parameter.label.items()}
    return {field: (fields | labels)[field] for field in FIELDS}
