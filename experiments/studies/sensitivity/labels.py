"""How factors and figures are called where people read them."""

from kastje.model import OUTCOMES
from kastje.model.lessons import LESSON_TABLE
from kastje.model.parameters import PARAMETERS


def label(factor: str) -> str:
    """A factor's name in words."""
    if factor in PARAMETERS:
        return PARAMETERS[factor].label.in_language("en")
    return LESSON_TABLE[factor].label.en if factor in LESSON_TABLE else factor.replace("_", " ")


def with_name(factor: str) -> str:
    """A factor's name in words, with the one that options take."""
    return f"{label(factor)} [{factor.rpartition('.')[2]}]"


def figure_label(outcome: str) -> str:
    """A figure's name in words."""
    return OUTCOMES[outcome].label["en"] if outcome in OUTCOMES else "Collapsed (share of runs)"
