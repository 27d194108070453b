"""What do the numbers say, in words a reader may rely on? Figures for the tiles, and all outcomes as CSV."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kastje.dashboard.figures import saying
from kastje.dashboard.figures.spreadsheet import csv_lines
from kastje.dashboard.texts import Texts
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.verdict import Word
from kastje.model import OUTCOMES

TILES = (
    "lead_time_days_mean",
    "on_time_share",
    "stories_per_case",
    "pillar_to_post_share",
    "satisfaction",
    "trust",
    "fit",
    "equity_gap",
    "staff_utilisation",
    "avoidable_contact_share",
    "open_share",
    "lever_hours",
)
CSV_COLUMNS = (
    *("outcome", "label", "unit", "today", "choice", "difference", "low", "high", "certainty", "replications"),
    *("verdict", "pairs"),
)


@dataclass(frozen=True)
class Figure:
    """One tile, ready to show: its `tone` is the word of the verdict, `wait` before there is one.

    `chance` is the certainty in per cent, for a meter; -1 where it is too early or does not apply. `percent` and
    `certainty` say the same in short and in full, `pairs` how many replications would tell.
    """

    name: str
    label: str
    value: str
    unit: str
    today: str
    change: str
    verdict: str
    tone: str
    range: str = ""
    chance: float = -1.0
    percent: str = ""
    certainty: str = ""
    pairs: str = ""
    spoken: str = ""

    def as_dict(self) -> dict[str, str | float]:
        """Plain values for a Vue component."""
        return asdict(self)


def label_of(name: str, texts: Texts) -> str:
    """An outcome's name in the reader's language."""
    return OUTCOMES[name].label[texts.language]


def value_text(name: str, value: float, texts: Texts, *, sign: bool = False) -> str:
    """An outcome's value as it is written on screen, shares as a percentage, without its unit."""
    outcome = OUTCOMES[name]
    return texts.number(value * outcome.scale, outcome.decimals, sign=sign)


def unit_of(name: str, texts: Texts) -> str:
    """An outcome's unit in the reader's language; shares are shown in %."""
    outcome = OUTCOMES[name]
    return "%" if outcome.scale == 100 else outcome.unit[texts.language]


def figures(comparison: Comparison | None, texts: Texts, names: tuple[str, ...] = TILES) -> list[Figure]:
    """The tiles of a comparison; before the first one they have a label and no value."""
    if comparison is None:
        return [_empty(name, texts) for name in names]
    return [_figure(name, comparison, texts) for name in names]


def _empty(name: str, texts: Texts) -> Figure:
    label = label_of(name, texts)
    return Figure(name, label, "…", unit_of(name, texts), "", "", "", "wait", spoken=label)


def _figure(name: str, comparison: Comparison, texts: Texts) -> Figure:
    label = label_of(name, texts)
    value, today = comparison.scenario[name], comparison.baseline[name]
    if not math.isfinite(value):
        text = texts("figure.not_available")
        return Figure(name, label, text, "", "", "", "", "none", spoken=f"{label}: {text}")
    unit = unit_of(name, texts)
    difference, found = comparison.difference[name], comparison.verdict(name)
    shown = value_text(name, value, texts)
    was = value_text(name, today, texts) if math.isfinite(today) else ""
    change, verdict = change_text(name, difference, texts), texts(saying.WORDS[found.word])
    if found.word is Word.NONE:
        verdict = ""
    percent = certainty = ""
    chance = -1.0
    if found.word not in saying.SILENT and not OUTCOMES[name].price:
        certainty = saying.certainty(difference, texts)
        if math.isfinite(found.certainty):
            chance, percent = round(100.0 * found.certainty, 1), saying.percent(found.certainty, texts)
    pairs = saying.pairs(found, texts)
    words = ", ".join(part for part in (change, verdict, certainty, pairs) if part)
    return Figure(
        name,
        label,
        shown,
        unit,
        was,
        change,
        verdict,
        str(found.word),
        range="" if found.word is Word.SAME else range_text(name, difference, texts),
        chance=chance,
        percent=percent,
        certainty=certainty,
        pairs=pairs,
        spoken=texts("figure.spoken", label=label, value=f"{shown} {unit}".strip(), change=words),
    )


def change_text(name: str, difference: Difference, texts: Texts) -> str:
    """A difference as it is written on screen, shares in points; empty when that would read as nothing."""
    outcome = OUTCOMES[name]
    if not math.isfinite(difference.mean) or round(difference.mean * outcome.scale, outcome.decimals) == 0:
        return ""
    change = value_text(name, difference.mean, texts, sign=True)
    return f"{change} {texts('figure.points')}" if outcome.scale == 100 else change


def range_text(name: str, difference: Difference, texts: Texts) -> str:
    """The 95 % interval of a difference; empty where there is none."""
    if not math.isfinite(difference.low):
        return ""
    low, high = (value_text(name, edge, texts, sign=True) for edge in (difference.low, difference.high))
    return texts("figure.range", low=low, high=high)


def flattered(comparison: Comparison | None) -> bool:
    """Whether clearly more cases stay open than today, so that figures per case may look better than they are."""
    return comparison is not None and comparison.verdict("open_share").word is Word.WORSE


def csv_text(comparison: Comparison, texts: Texts) -> str:
    """All outcomes as CSV. Shares are 0..1; what is not available is empty. The verdict is in words."""
    rows: list[Sequence[object]] = [[texts(f"csv.{name}") for name in CSV_COLUMNS]]
    for name, outcome in OUTCOMES.items():
        difference, found = comparison.difference[name], comparison.verdict(name)
        numbers = comparison.baseline[name], comparison.scenario[name], difference.mean, difference.low, difference.high
        unit = "0..1" if outcome.scale == 100 else outcome.unit[texts.language]
        row = [name, label_of(name, texts), unit, *numbers, difference.certainty, difference.n]
        rows.append([*row, texts(saying.WORDS[found.word]), "" if found.pairs is None else found.pairs])
    return csv_lines(rows, texts)
