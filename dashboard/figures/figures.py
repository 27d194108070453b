"""What do the numbers say, in words a reader may rely on? Figures for the tiles, and all outcomes as CSV."""

import csv
import io
import math
from dataclasses import asdict, dataclass

from kastje.dashboard.texts import Texts
from kastje.experiments.difference.compare import Comparison
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
COSTS = ("lever_hours",)
"""What a choice costs is no better or worse: the reader weighs it against the rest."""
ENOUGH = 6
"""Below this number of replications a share of pairs says nothing: no certainty is shown."""
CSV_COLUMNS = ("outcome", "label", "unit", "today", "choice", "difference", "low", "high", "certainty", "replications")
CERTAIN = ((0.95, 3), (0.8, 2), (0.65, 1))


@dataclass(frozen=True)
class Figure:
    """One tile, ready to show. `dots` 0..3 is how sure the direction is, -1 when it is too early or does not apply."""

    name: str
    label: str
    value: str
    unit: str
    today: str
    change: str
    verdict: str
    tone: str
    range: str = ""
    dots: int = -1
    certainty: str = ""
    share: str = ""
    spoken: str = ""

    def as_dict(self) -> dict[str, str | int]:
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
    difference = comparison.difference[name]
    shown = value_text(name, value, texts)
    was = value_text(name, today, texts) if math.isfinite(today) else ""
    enough = difference.n >= ENOUGH
    change, verdict, tone, dots = _judged(name, difference, texts, enough)
    certainty = share = range_ = ""
    if tone not in ("same", "none") and name not in COSTS:
        certainty = texts(f"figure.sure_{dots}") if enough else texts("figure.sure_wait")
        if enough:
            share = texts("figure.share", share=texts.number(difference.certainty * 100) + "%")
            low, high = (value_text(name, edge, texts, sign=True) for edge in (difference.low, difference.high))
            range_ = texts("figure.range", low=low, high=high)
    words = ", ".join(part for part in (change, verdict, certainty, share) if part)
    spoken = texts("figure.spoken", label=label, value=f"{shown} {unit}".strip(), change=words)
    dots = dots if certainty and enough else -1
    return Figure(name, label, shown, unit, was, change, verdict, tone, range_, dots, certainty, share, spoken)


def _judged(name: str, difference, texts: Texts, enough: bool) -> tuple[str, str, str, int]:
    """The change in words, its verdict, its tone for the style sheet and how many dots of certainty it earns."""
    outcome = OUTCOMES[name]
    mean = difference.mean
    if not math.isfinite(mean):
        return "", "", "none", -1
    if mean == 0:
        return "", texts("figure.same"), "same", -1
    change = value_text(name, mean, texts, sign=True)
    if outcome.scale == 100:
        change = f"{change} {texts('figure.points')}"
    if round(mean * outcome.scale, outcome.decimals) == 0:
        return "", texts("figure.hardly"), "same", -1
    dots = next((dots for share, dots in CERTAIN if difference.certainty >= share), 0)
    if enough and dots == 0:
        return change, texts("figure.unclear"), "unclear", 0
    if outcome.better == 0 or name in COSTS:
        return change, texts("figure.higher" if mean > 0 else "figure.lower"), "neutral", dots
    good = mean * outcome.better > 0
    return change, texts("figure.better" if good else "figure.worse"), "better" if good else "worse", dots


def flattered(comparison: Comparison | None) -> bool:
    """Whether clearly more cases stay open than today, so that figures per case may look better than they are."""
    if comparison is None:
        return False
    difference = comparison.difference["open_share"]
    return difference.n >= ENOUGH and difference.mean > 0.005 and difference.low > 0


def csv_text(comparison: Comparison, texts: Texts) -> str:
    """All outcomes as CSV: in Dutch with semicolons and decimal commas, as spreadsheets there expect; in English with
    commas and decimal points. Shares are 0..1; what is not available is empty."""
    dutch = texts.language == "nl"

    def cell(value: float) -> str:
        if not math.isfinite(value):
            return ""
        return f"{value:.6g}".replace(".", ",") if dutch else f"{value:.6g}"

    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if dutch else ",", lineterminator="\n")
    writer.writerow([texts(f"csv.{name}") for name in CSV_COLUMNS])
    for name, outcome in OUTCOMES.items():
        difference = comparison.difference[name]
        numbers = comparison.baseline[name], comparison.scenario[name], difference.mean, difference.low, difference.high
        unit = "0..1" if outcome.scale == 100 else outcome.unit[texts.language]
        row = [name, label_of(name, texts), unit, *map(cell, numbers), cell(difference.certainty), difference.n]
        writer.writerow(row)
    return out.getvalue()
