"""What the dashboard's tests share: a comparison that is made up, so that no engine has to run."""

import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pytest

with warnings.catch_warnings():
    # Solara's server imports a part of websockets that is going away: theirs to mend.
    warnings.simplefilter("ignore", DeprecationWarning)
    import dashboard.server  # noqa: F401

from experiments.compare import Comparison
from model import OUTCOMES

MONTHS = 12


@dataclass(frozen=True)
class MadeUp:
    """As much of a run's outcomes as a comparison reads."""

    values: Mapping[str, float]

    def as_dict(self) -> dict[str, float]:
        return dict(self.values)

    @property
    def by_month(self) -> dict[str, np.ndarray]:
        return {name: np.full(MONTHS, value) for name, value in self.values.items()}


@dataclass(frozen=True)
class MadeUpPair:
    """As much of a pair as a comparison reads."""

    seed: int
    baseline: MadeUp
    scenario: MadeUp


def _comparison_of(changes: Mapping[str, float], pairs: int = 20, gone: str = "") -> Comparison:
    """Every outcome is 0.5 today and 0.5 plus its change in the scenario, in all pairs; `gone` is not available."""
    made = []
    for seed in range(1, pairs + 1):
        today = {name: math.nan if name == gone else 0.5 for name in OUTCOMES}
        choice = {name: value + changes.get(name, 0.0) for name, value in today.items()}
        made.append(MadeUpPair(seed, MadeUp(today), MadeUp(choice)))
    return Comparison.of(made)  # type: ignore[arg-type]


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages compute nothing."""
    monkeypatch.setattr("dashboard.computing.answer", lambda *_: None)


@pytest.fixture
def comparison_of() -> Callable[..., Comparison]:
    """Makes a comparison up: comparison_of(changes, pairs=20, gone="")."""
    return _comparison_of
