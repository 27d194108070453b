"""What a study of claims hands over: tables of verdicts, cells and lessons alone, and one document."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kastje.experiments.difference.paired import Pairing, collapse
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.runs.origin import model_hash
from kastje.experiments.studies.claims.cells import DIMENSIONS, FAR
from kastje.experiments.studies.claims.study import ALONE, FAR_AWAY, TODAY, Study, Tested
from kastje.experiments.studies.claims.verdicts import Ruling
from kastje.model import OUTCOMES
from kastje.version import version

CLAIMS, CELLS, ALONE_TABLE, COLLAPSE = "claims", "cells", "alone", "collapse"


def claims_table(verdicts: Sequence[Ruling]) -> pd.DataFrame:
    """One row a claim: its verdict and what that rests on."""
    rows = [
        {
            "claim": one.claim.id,
            "source": one.claim.source,
            "verdict": one.verdict,
            "holds": one.count("holds"),
            "fails": one.count("fails"),
            "unclear": one.count("unclear"),
            "cells": len(one.cells),
            "flattered": one.flattered,
            "why": one.why,
            "statement_en": one.claim.statement.en,
            "statement_nl": one.claim.statement.nl,
        }
        for one in verdicts
    ]
    return pd.DataFrame(rows)


def cells_table(verdicts: Sequence[Ruling]) -> pd.DataFrame:
    """One row for every claim, cell and effect, in the unit in which the outcome is shown."""
    rows = [
        {"claim": one.claim.id}
        | {dimension: judged.cell.level(dimension) for dimension in DIMENSIONS}
        | effect.as_row()
        | {"status": judged.status, "sure": judged.sure, "flattered": judged.flattered}
        for one in verdicts
        for judged in one.cells
        for effect in judged.effects
    ]
    return pd.DataFrame(rows)


def alone_table(tested: Tested) -> pd.DataFrame:
    """Each lesson by itself, and all of them, against today: one row for every profile, load, lesson and outcome.

    In the outcome's own unit, as the tables of a sweep.
    """
    rows = []
    for cell in tested.study.base:
        for lesson, arm in ALONE.items():
            for outcome in OUTCOMES:
                today, there = tested.values(cell, TODAY, outcome), tested.values(cell, arm, outcome)
                found = Pairing.of(today, there, yardstick(outcome))
                where = {"profile": cell.profile, "load": cell.load, "lesson": lesson, "outcome": outcome}
                rows.append(where | found.as_row())
    return pd.DataFrame(rows)


def collapse_table(tested: Tested) -> pd.DataFrame:
    """The share of runs that had tipped by the end, P(collapse), and how lead times are spread: one row for every
    profile, load and lesson (today first)."""
    labels: list[dict[str, str | float]] = []
    runs = []
    for cell in tested.study.base:
        for lesson, arm in ({"today": TODAY} | ALONE).items():
            figures = {name: tested.values(cell, arm, name) for name in ("tipping_ratio", "lead_time_days_mean")}
            runs.append(pd.DataFrame(figures | {"point": len(labels)}))
            labels.append({"profile": cell.profile, "load": cell.load, "lesson": lesson})
    found = collapse(pd.concat(runs, ignore_index=True))
    return pd.concat([pd.DataFrame(labels), found.drop(columns="point")], axis=1)


def document(study: Study, verdicts: Sequence[Ruling], failures: dict[str, int]) -> dict[str, Any]:
    """Everything about the claims as plain data."""
    return {
        "kastje": version(),
        "model": model_hash(),
        "layout": study.layout,
        "replications": study.replications,
        "seeds": {"first": seeds(study, "first"), "far": seeds(study, FAR)},
        "settings": dict(study.settings),
        "failures": failures,
        "claims": [_claim(one) for one in verdicts],
    }


def seeds(study: Study, block: str) -> list[int]:
    """The first and the last seed of a block."""
    first = study.seed + (FAR_AWAY if block == FAR else 0)
    return [first, first + study.replications - 1]


def _claim(one: Ruling) -> dict[str, Any]:
    return {
        "id": one.claim.id,
        "source": one.claim.source,
        "statement": one.claim.statement.model_dump(),
        "note": one.claim.note,
        "ratio": one.claim.contrast.ratio_to is not None,
        "verdict": one.verdict,
        "why": one.why,
        "depends_on": [
            {"circumstances": list(s.dimensions), "holds": list(s.holds), "fails": list(s.fails)} for s in one.splits
        ],
        "cells": [
            {dimension: judged.cell.level(dimension) for dimension in DIMENSIONS}
            | {"status": judged.status, "sure": judged.sure, "flattered": judged.flattered}
            | {"effects": [effect.as_row() for effect in judged.effects]}
            for judged in one.cells
        ],
    }
