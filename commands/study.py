"""How the command of a study ends: with one document, or with tables for people, and with what failed."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Table

from kastje.commands.sweep import tell_unavailable
from kastje.commands.terminal import print_json, show


def tell(
    document: Mapping[str, Any], for_people: Iterable[Table | str], failures: Mapping[str, int], *, as_json: bool
) -> None:
    """Print the document, or what is there for people; say of runs that failed that they count as not available."""
    if as_json:
        print_json(document)
    else:
        show(*for_people)
    tell_unavailable(failures)
