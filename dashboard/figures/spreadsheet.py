"""How does a table leave the screen? As CSV that the reader's spreadsheet opens without being asked anything."""

import csv
import io
from collections.abc import Iterable, Sequence

from kastje.dashboard.texts import Texts

_TYPE = "text/csv;charset=utf-8"
_UTF8 = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What tells a spreadsheet that letters with accents are UTF-8."""


def csv_lines(rows: Iterable[Sequence[object]], texts: Texts) -> str:
    """Rows as CSV: in Dutch with semicolons and decimal commas, in English with commas and decimal points.

    Fractions have six digits; one that is not available is empty.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if texts.language == "nl" else ",", lineterminator="\n")
    writer.writerows([texts.typed(value) if isinstance(value, float) else value for value in row] for row in rows)
    return out.getvalue()


def csv_file(name: str, text: str) -> dict[str, str]:
    """The file that a browser saves of such lines."""
    return {"name": name, "type": _TYPE, "text": _UTF8 + text}
