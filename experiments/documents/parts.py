"""Parts of a document: what stands between two marks, made afresh, and the tables that most of it is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs"

PARTS = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.S)

Made = Mapping[str, Callable[[], str]]
"""What makes the text of each part, by its name."""


def renewed(text: str, made: Made) -> str:
    """The text of a document with every part between marks made afresh."""
    return PARTS.sub(lambda part: f"{part[1]}\n{made[part[2]]()}\n{part[3]}", text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
