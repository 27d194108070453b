"""Real municipalities: the figures of logs that are too large to keep here, measured with the same code."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kastje.experiments.logs.patterns.decisions import WEEKS
from kastje.model.reading import read_toml

FILE = Path(__file__).parent / "real.toml"


@dataclass(frozen=True)
class Real:
    """What is known of real logs, and whose they are.

    `municipalities` has by name the figures as `measure` gives them, those that a simulated log can be held against.
    `large` has what is known of an organisation of more than forty people: in `network`, its `modularity_w` and
    `modularity_rewired`.
    """

    citation: str
    municipalities: dict[str, dict[str, Any]]
    large: dict[str, Any]

    def weeks(self, kind: str) -> list[int]:
        """Decisions in week 1 to 20 after receipt of all municipalities together, by kind of case."""
        counts = [one["decisions_per_week_after_receipt"][kind] for one in self.municipalities.values()]
        return [sum(weeks[str(week)] for weeks in counts) for week in range(1, WEEKS + 1)]


@lru_cache(1)
def real() -> Real:
    """The figures of the building permits of three Dutch municipalities (BPI Challenge 2015)."""
    tables = read_toml(FILE)
    municipalities = tables["municipalities"]
    for figures in municipalities.values():
        by_week = figures["decisions_per_week_after_receipt"]
        for kind, counts in by_week.items():
            by_week[kind] = {str(week): count for week, count in enumerate(counts, start=1)}
    return Real(tables["citation"], municipalities, tables["large"])
