"""Worlds that a test lays down itself: what every run of a study of claims yields, from a rule of the test's own."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kastje.experiments.studies.claims import Claim, Study, Tested
from kastje.experiments.studies.claims.cells import FAR, FIRST, Layout
from kastje.experiments.studies.claims.study import Point
from kastje.model import OUTCOMES
from kastje.model.reading import build

Rule = Callable[[Mapping[str, float], str], float]
"""From the values of a run, and the name of its organisation, to the mean of an outcome."""


class Planted:
    """Claims and worlds for them in which it is known what is so."""

    @staticmethod
    def claim(**changes: Any) -> Claim:
        """A claim that ownership shortens lead times by a day, with parts of it replaced."""
        data: dict[str, Any] = {
            "id": "planted",
            "source": "own",
            "statement": {"nl": "Een proef.", "en": "A trial."},
            "contrast": {"of": {"ownership": 1}},
            "outcomes": [{"outcome": "lead_time_days_mean", "direction": "lower", "at_least": 1}],
            "where": {"profiles": ["tilburg", "permits"]},
        }
        return build(Claim, data | changes, "test")

    @staticmethod
    def world(
        one: Claim,
        rule: Rule,
        *,
        noise: float = 0.5,
        replications: int = 12,
        also: Mapping[str, Rule] | None = None,
        layout: Layout = "usual",
    ) -> Tested:
        """A study of one claim in a world where lead time follows a rule, plus what the seed brings and some noise.

        What the seed brings is the same in every arm, as with common random numbers; `also` has rules of others.
        """
        study = Study((one,), layout, replications)
        rules = {"lead_time_days_mean": rule} | dict(also or {})
        return study.tested({block: rows(study, block, rules, noise) for block in (FIRST, FAR) if study.points(block)})


def rows(study: Study, block: str, rules: Mapping[str, Rule], noise: float) -> pd.DataFrame:
    """What the sweep of these runs would have written."""
    chance = np.random.default_rng(20260105 + (block == FAR))
    shared = chance.normal(0.0, 20.0, study.replications)
    made = []
    for at, point in enumerate(study.points(block)):
        for seed in range(study.replications):
            row = dict.fromkeys(OUTCOMES, 0.1) | {"point": at, "seed": seed}
            for name, rule in rules.items():
                row[name] = _value(rule, point) + shared[seed] + chance.normal(0.0, noise)
            made.append(row)
    return pd.DataFrame(made)


def _value(rule: Rule, point: Point) -> float:
    organisation, values = point
    return rule(dict(values), organisation)


@pytest.fixture
def planted() -> type[Planted]:
    """Where claims and worlds are laid down."""
    return Planted
