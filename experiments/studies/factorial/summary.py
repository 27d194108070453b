"""The headlines of a full factorial as plain data, from its tables."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kastje.experiments.difference.difference import FIELDS
from kastje.model import OUTCOMES

HEADLINES = (
    "satisfaction",
    "lead_time_days_mean",
    "on_time_share",
    "stories_per_case",
    "pillar_to_post_share",
    "fit",
    "equity_gap",
    "staff_utilisation",
    "open_share",
    "tipping_ratio",
    "lever_hours",
)
"""What is shown first: what residents meet, and beside it what could flatter it (open cases) and what it costs."""


def summary(tables: Mapping[str, pd.DataFrame], outcomes: tuple[str, ...] = HEADLINES) -> dict[str, Any]:
    """By load and outcome: all lessons together, each lesson by each measure, each pair, best and worst packages."""
    loads = tables["together"]["load"].unique()
    return {f"{load:g}": {name: _outcome(tables, float(load), name) for name in outcomes} for load in loads}


def rows_of(table: pd.DataFrame, load: float, outcome: str) -> pd.DataFrame:
    """The rows of one load and outcome."""
    return table[(table["load"] == load) & (table["outcome"] == outcome)]


def statistics(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """What a row says of a difference."""
    return {name: row[f"{prefix}{name}"] for name in FIELDS}


def _outcome(tables: Mapping[str, pd.DataFrame], load: float, outcome: str) -> dict[str, Any]:
    together = rows_of(tables["together"], load, outcome).iloc[0].to_dict()
    lessons = rows_of(tables["lessons"], load, outcome).to_dict("records")
    by_lesson: dict[str, dict[str, Any]] = {}
    for row in lessons:
        by_lesson.setdefault(row["lesson"], {})[row["measure"]] = statistics(row)
    pairing = rows_of(tables["pairing"], load, outcome).iloc[0]
    return {
        "better": OUTCOMES[outcome].better,
        "today": together["today"],
        "all": together["all"],
        "difference": statistics(together),
        "synergy": statistics(together, "synergy_"),
        "variance": {part: together[f"{part}_share"] for part in ("singles", "pairs", "more")},
        "lessons": by_lesson,
        "interactions": [
            {"lessons": [row["lesson"], row["other"]], **statistics(row)}
            for row in rows_of(tables["interactions"], load, outcome).to_dict("records")
        ],
        "packages": {
            row["which"]: {
                "package": row["package"],
                **statistics(row),
                "hours": row["hours"],
                "chosen_mean": row["chosen_mean"],
                "other_half_chooses": row["other_half_chooses"],
                "agree": bool(row["agree"]),
            }
            for row in rows_of(tables["packages"], load, outcome).to_dict("records")
        },
        "variance_cut_by_pairing": float(pairing["p50"]),
    }
