"""Parts of a document: what stands between two marks, made afresh, and the tables that most of it is."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from kastje.model import OUTCOMES

DOCS = Path(__file__).resolve().parents[2] / "docs"

PARTS = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.S)

FINER = ("satisfaction", "on_time_share", "open_share", "staff_utilisation")

Made = Mapping[str, Callable[[], str]]
"""What makes the text of each part, by its name."""


def renewed(text: str, made: Made) -> str:
    """The text of a document with every part between marks made afresh."""
    return PARTS.sub(lambda part: f"{part[1]}\n{made[part[2]]()}\n{part[3]}", text)


def finer(name: str, value: float, *, sign: bool = False) -> str:
    """An outcome's value in its unit, to the digit in which its effects differ: one more than a screen has of some."""
    outcome = OUTCOMES[name]
    if name not in FINER or not math.isfinite(value):
        return OUTCOMES[name].written(value, sign=sign)
    digits = outcome.decimals + 1
    shown = round(value * outcome.scale, digits) + 0.0
    return f"{shown:{'+' if sign and shown else ''}.{digits}f}"


def outcome_label(name: str) -> str:
    """What an outcome is called, with its unit."""
    return f"{OUTCOMES[name].label['en']} [{OUTCOMES[name].unit['en']}]"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
