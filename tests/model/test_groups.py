"""By group: the parts make up the whole, and an outcome by group is measured as the whole is."""

import numpy as np
import pytest

from kastje.model import OUTCOMES, Scenario, simulate
from kastje.model.groups import COUNT, GROUPED, KINDS


@pytest.fixture(scope="module")
def outcomes():
    return simulate(Scenario.load("owo").with_parameters(horizon_days=182), seed=3)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name", ["fit", "satisfaction", "pillar_to_post_share", "incomplete_share", "lead_touch_hours", "legal_days_mean"]
)
def test_groups_weighed_by_their_cases_make_the_whole(outcomes, kind: str, name: str) -> None:
    groups = outcomes.by_group[kind].values()
    counts = np.array([group[COUNT] for group in groups])
    values = np.nan_to_num([group[name] for group in groups])
    assert counts.sum() > 100
    whole = float(counts @ values / counts.sum())
    if name == "pillar_to_post_share":
        # The whole counts questions and withdrawn applications too.
        assert whole == pytest.approx(outcomes.values[name], abs=0.1)
    else:
        assert whole == pytest.approx(outcomes.values[name], rel=1e-9)


def test_what_is_by_group_lies_around_the_whole(outcomes) -> None:
    for name in GROUPED:
        for kind, groups in outcomes.by_group.items():
            known = [group[name] for group in groups.values() if group[COUNT] > 30]
            assert np.isfinite(known).all(), (name, kind)
            whole = outcomes.values[name]
            assert min(known) <= 1.15 * whole + 0.1, (name, kind)
            assert max(known) >= 0.85 * whole - 0.1, (name, kind)


def test_every_group_is_there_and_an_empty_one_has_nothing(outcomes) -> None:
    assert set(GROUPED) < set(OUTCOMES)
    assert tuple(outcomes.by_group) == KINDS
    assert list(outcomes.by_group["process"]) == ["event_permit", "building_permit", "social_assistance"]
    queue = simulate(Scenario.load("tilburg").with_parameters(horizon_days=7), seed=1).by_group["channel"]
    nobody = [group for group in queue.values() if group[COUNT] == 0]
    assert nobody
    assert all(np.isnan(group["fit"]) for group in nobody)
