"""All combinations of the lessons in docs/findings.md: from folders of `kastje lessons`, when they are given."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kastje.evidence.documents.folders import check_model, parquet
from kastje.evidence.documents.markdown import finer, outcome_label, table
from kastje.evidence.phrase import phrase
from kastje.experiments.runs.store import Store
from kastje.model import LESSON_TABLE, LESSONS

SHOWN = ("lead_time_days_mean", "on_time_share", "stories_per_case", "satisfaction", "fit", "equity_gap")
NONE = 'No folders of `kastje lessons` were given: `make findings LESSONS="DIR .."` puts their results here.\n'
OPTION, EXPECTED = "--lessons", phrase("folder.lessons")
STRONGEST = 3


def factorials(folders: Sequence[Path], model: str) -> str:
    """For each folder: Shapley values, the best and worst packages, the strongest interactions, and what it took.

    Raises InputError for a folder that is not one of `kastje lessons`, or of another model than the claims.
    """
    return "\n".join(_factorial(folder, model) for folder in folders) or NONE


def _factorial(folder: Path, model: str) -> str:
    manifest = Store(folder).manifest
    check_model(folder, manifest["model"], model, OPTION)
    tables = {name: parquet(folder, name, EXPECTED, OPTION) for name in ("lessons", "packages", "interactions")}
    parts = [f"### All combinations: `{Path(manifest['design']['profile']).name}`\n\n{_made(manifest)}\n"]
    for load in sorted(tables["lessons"]["load"].unique()):
        here = {name: one[(one["load"] == load) & one["outcome"].isin(SHOWN)] for name, one in tables.items()}
        parts += [
            f"Load {load:g}. What each lesson adds on average over all orders (Shapley values, 95 % intervals):\n",
            _shapley(here["lessons"]),
            "Best and worst packages, chosen on half of the seeds and measured on the other half:\n",
            _packages(here["packages"]),
            f"The {STRONGEST} strongest interactions of two lessons:\n",
            _interactions(here["interactions"]),
        ]
    return "\n".join(parts)


def _made(manifest: dict[str, Any]) -> str:
    design = manifest["design"]
    last = design["seed"] + design["replications"] - 1
    seconds = sum(session["seconds"] for session in manifest["sessions"])
    where = manifest["sessions"][-1]
    return (
        f"{manifest['runs']:,} runs, seeds {design['seed']} .. {last}, in {seconds / 60:.0f} minutes on "
        f"{where['workers']} {where['executor']}."
    )


def _shapley(lessons: pd.DataFrame) -> str:
    by = lessons[lessons["measure"] == "shapley"].set_index(["lesson", "outcome"])
    rows = [(_lesson(one), *(_interval(by.loc[(one, name)], name) for name in SHOWN)) for one in LESSONS]
    return table(("lesson", *map(outcome_label, SHOWN)), rows)


def _packages(packages: pd.DataFrame) -> str:
    rows = [
        (
            outcome_label(row["outcome"]),
            row["which"],
            row["package"],
            _interval(row, row["outcome"]),
            finer("lever_hours", row["hours"]),
            "yes" if row["agree"] else f"no: {row['other_half_chooses']}",
        )
        for row in packages.to_dict("records")
    ]
    return table(("outcome", "", "package", "difference from today", "hours", "the other half chooses it too"), rows)


def _interactions(interactions: pd.DataFrame) -> str:
    rows = []
    for outcome in SHOWN:
        here = interactions[interactions["outcome"] == outcome]
        largest = here.loc[here["mean"].abs().sort_values(ascending=False).index][:STRONGEST]
        rows += [
            (outcome_label(outcome), f"{_lesson(row['lesson'])} with {_lesson(row['other'])}", _interval(row, outcome))
            for row in largest.to_dict("records")
        ]
    return table(("outcome", "lessons", "beyond their sum"), rows)


def _interval(row: Any, outcome: str) -> str:
    mean, low, high = (finer(outcome, row[part], sign=True) for part in ("mean", "low", "high"))
    return f"{mean} ({low} .. {high})"


def _lesson(name: str) -> str:
    return f"{LESSON_TABLE[name].number} {LESSON_TABLE[name].label.en}"
