"""By group: segments, channels and processes, only where an outcome is kept by them."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from experiments.compare import Comparison
from experiments.groups import groups
from experiments.runner import Pair


@dataclass(frozen=True)
class Told:
    """As much of a run's outcomes as a comparison by group reads."""

    figures: dict[str, float]
    by_segment: dict[str, dict[str, float]]
    checks: dict[str, float]
    by_month: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, float]:
        return dict(self.figures)


@pytest.fixture
def comparison() -> Comparison:
    def told(value: float) -> Told:
        checks = {"satisfaction_personal": 10 * value, "satisfaction_web": 5 * value, "incomplete_share@permit": value}
        figures = {"satisfaction": value, "incomplete_share": value, "trust": value}
        return Told(figures, by_segment={"satisfaction": {"vulnerable": value}}, checks=checks)

    return Comparison.of([Pair(seed, told(0.5), told(0.5 + seed / 10)) for seed in (1, 2, 3)])


def test_satisfaction_is_kept_by_resident_and_by_channel(comparison: Comparison) -> None:
    found = groups(comparison, "satisfaction")
    assert set(found) == {"residents", "channels"}
    assert found["residents"]["vulnerable"].difference.mean == pytest.approx(0.2)
    assert found["channels"]["personal"].baseline == pytest.approx(0.5)
    assert found["channels"]["web"].scenario == pytest.approx(0.35)


def test_incomplete_applications_are_kept_by_process(comparison: Comparison) -> None:
    assert groups(comparison, "incomplete_share")["processes"]["permit"].scenario == pytest.approx(0.7)


def test_what_is_not_kept_by_group_is_left_out(comparison: Comparison) -> None:
    assert groups(comparison, "trust") == {}
