"""Outcomes that a test lays down itself, so that statistics and threads are tested without an engine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import pytest

from kastje.experiments.runs import shared
from kastje.experiments.runs.runner import Pair
from kastje.model import Scenario
from kastje.model.caches import empty


@dataclass(frozen=True)
class Told:
    """Outcomes as told: the figures, and what else a comparison reads."""

    figures: dict[str, float]
    by_month: dict[str, Any] = field(default_factory=dict)
    departments: dict[str, dict[str, float]] = field(default_factory=dict)
    by_group: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    checks: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, float]:
        return dict(self.figures)


def grouped(name: str, value: float) -> dict[str, dict[str, dict[str, float]]]:
    """A figure of one channel in which ten applications were decided, and of one in which none was."""
    return {"channel": {"phone": {"cases": 10.0, name: value}, "app": {"cases": 0.0, name: np.nan}}}


@pytest.fixture
def told() -> Callable[..., list[Pair]]:
    """Pairs from two lists of one outcome's values, today and in the scenario."""

    def pairs(today: list[float], choice: list[float], name: str = "fit") -> list[Pair]:
        return [
            Pair(
                seed,
                Told({name: a}, by_month={name: np.array([a, a])}, by_group=grouped(name, a)),
                Told({name: b}, by_month={name: np.array([a, b])}, by_group=grouped(name, b)),
            )
            for seed, (a, b) in enumerate(zip(today, choice, strict=True), start=1)
        ]

    return pairs


class CountedEngine:
    """In place of the engine: instant outcomes, and a list of what was run."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, int]] = []
        self._lock = Lock()
        self.during: Callable[[Scenario, int], None] = lambda scenario, seed: None

    def __call__(self, scenario: Scenario, seed: int = 1, *, log: bool = False) -> Told:
        with self._lock:
            self.runs.append((scenario.key(), seed))
        self.during(scenario, seed)
        dose = sum(scenario.lessons.values())
        return Told({"fit": seed + dose}, checks={"contacts": float(seed)})


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> CountedEngine:
    """An engine that counts, behind stores that are empty."""
    engine = CountedEngine()
    monkeypatch.setattr(shared, "simulate", engine)
    empty("baselines", "scenarios")
    yield engine
    empty("baselines", "scenarios")


@pytest.fixture(scope="session")
def today() -> Scenario:
    """A shipped profile, all lessons at 0."""
    return Scenario.load("tilburg")
