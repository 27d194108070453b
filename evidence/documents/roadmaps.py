"""In which order? The roadmaps in docs/findings.md: from folders of `kastje roadmap`, when they are given."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kastje.evidence.documents.folders import check_model, place
from kastje.evidence.documents.markdown import table
from kastje.evidence.phrase import phrase
from kastje.experiments.files import read_json
from kastje.experiments.runs.results import MANIFEST
from kastje.model import LESSON_TABLE, LESSONS
from kastje.model.errors import wrong

NONE = 'No folders of `kastje roadmap` were given: `make findings ROADMAPS="DIR .."` puts their results here.\n'
OPTION, EXPECTED = "--roadmaps", phrase("folder.roadmap")
SAMPLED = "random"
"""What the orders at random are called, of which the document shows no row each."""


def roadmaps(folders: Sequence[Path], model: str) -> str:
    """For each folder: the orders, what they are worth on the way and simulated, and how well the two agree.

    Raises InputError for a folder that is not one of `kastje roadmap`, or of another model than the claims.
    """
    return "\n".join(_roadmap(folder, model) for folder in folders) or NONE


def _roadmap(folder: Path, model: str) -> str:
    found = read_json(folder / MANIFEST, EXPECTED)
    if not isinstance(found, dict) or found.get("kind") != "roadmap" or "orders" not in found:
        raise wrong(place(folder, OPTION), phrase("folder.other", expected=EXPECTED))
    check_model(folder, found["origin"]["model"], model, OPTION)
    settings, plan = found["settings"], found["plan"]
    counted = " + ".join(f"{weight:g} x {name}" for name, weight in plan["weights"].items())
    orders = [one for one in found["orders"] if not one["order"].startswith(SAMPLED)]
    rows = [
        (
            ", ".join(filter(None, [one["order"], one["also"]])),
            " ".join(str(LESSON_TABLE[lesson].number) for lesson in one["lessons"].split(" > ") if lesson in LESSONS)
            or "none",
            *(_interval(one, prefix) for prefix in ("", "simulated_", "simulated_regret_")),
        )
        for one in orders
    ]
    head = ("order", "lessons", "worth on the way, reckoned", "simulated", "behind the best, simulated")
    quarters, hours = f"{plan['horizon_quarters']:g} quarters", f"{plan['budget_hours_a_quarter']:,.0f} hours a quarter"
    parts = [
        f"### `{Path(settings['profile']).name}`, load {settings['load']:g}\n",
        f"{hours} over {quarters}; worth: {counted}, more than today, the mean over the time.\n",
        table(head, rows),
        _agreement(found),
    ]
    return "\n".join(parts)


def _agreement(found: Mapping[str, Any]) -> str:
    at_random, ranks = found["regret_of_random_orders"], found["rank_agreement"]
    lines = [
        f"An order at random is {at_random['mean']:.3f} behind as reckoned ({at_random['p10']:.3f} .. "
        f"{at_random['p90']:.3f} for 80 %)."
    ]
    if ranks["tau"] is not None and math.isfinite(ranks["tau"]):
        lines.append(
            f"Over {ranks['orders']} orders, reckoned and simulated ranks agree by Kendall's tau {ranks['tau']:.2f} "
            f"({ranks['low']:.2f} .. {ranks['high']:.2f})."
        )
    if left := found["leaves_out_when_it_may_stop"]:
        lines.append(f"A roadmap that may stop leaves out {', '.join(_spoken(lesson) for lesson in left)}.")
    for lesson, why in found["best_leaves"].items():
        lines.append(f"Not in the best order: {_spoken(lesson)}, {why}.")
    return " ".join(lines) + "\n"


def _interval(row: Mapping[str, Any], prefix: str) -> str:
    mean, low, high = (row.get(f"{prefix}{part}") for part in ("mean", "low", "high"))
    if mean is None or not math.isfinite(mean):
        return "not available"
    return f"{mean:+.3f} ({low:+.3f} .. {high:+.3f})" if low is not None and math.isfinite(low) else f"{mean:+.3f}"


def _spoken(lesson: str) -> str:
    return f"{LESSON_TABLE[lesson].number} {LESSON_TABLE[lesson].label.en.lower()}"
