"""How a command that made runs ends: one document, or what people read; where it is written; and what failed."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.table import Table

from kastje.commands.terminal import complain, print_json, show


def tell(
    document: Mapping[str, Any],
    for_people: Iterable[Table | str],
    failures: Mapping[str, int] | None = None,
    *,
    as_json: bool,
    folder: Path | None = None,
) -> None:
    """Print the document and nothing else, or what is there for people and the folder in which all of it lies.

    Runs that failed are said on standard error: they count as not available.
    """
    if as_json:
        print_json(document)
    else:
        show(*for_people)
        if folder is not None:
            show(f"All of it is in {folder}.")
    for what, count in (failures or {}).items():
        complain(f"{count} runs failed and count as not available: {what}")
