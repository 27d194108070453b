"""What is prepared ahead: once per process, out of a visitor's way, and never a reason not to start."""

from collections.abc import Iterator

import pytest

from kastje.dashboard.visit import warmth
from kastje.dashboard.work.turns import AHEAD, COMPLETING, ESTIMATE, EXACT, PICTURE, Turn
from kastje.experiments.runs.runner import Runs
from kastje.model import Scenario

PATIENCE = 300.0


def title(profile: str) -> str:
    return Scenario.load(profile).profile.title.nl


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, int, Turn]]:
    """Which runs were asked for: (profile, first seed, replications, turn)."""
    found: list[tuple[str, int, int, Turn]] = []

    def pairs(scenario: Scenario, runs: Runs) -> Iterator[int]:
        found.append((scenario.profile.title.nl, runs.seed, runs.replications, runs.place))
        return iter(runs.seeds)

    monkeypatch.setattr(warmth.runner, "pairs", pairs)
    return found


def test_todays_organisation_of_every_profile_is_prepared_once_and_after_what_was_asked_for(
    asked: list[tuple[str, int, int, Turn]],
) -> None:
    ahead = warmth.Warmth()
    ahead.start()
    ahead.start()
    ahead._thread.join(PATIENCE)
    assert not ahead.busy()
    assert asked == [
        (title("tilburg"), 1, 20, PICTURE),
        *((title(profile), 1, 20, AHEAD) for profile in Scenario.profiles()),
    ]


def test_pictures_go_before_long_work_and_that_before_what_nobody_asked_for() -> None:
    last_of_a_picture = PICTURE.after(40).rank
    assert last_of_a_picture < COMPLETING.rank < PICTURE.queue.long <= ESTIMATE.rank < EXACT.rank < AHEAD.rank
    assert COMPLETING.after(3 * 40).rank < PICTURE.queue.long
    assert len({turn.queue for turn in (PICTURE, COMPLETING, ESTIMATE, EXACT, AHEAD)}) == 1


def test_a_model_that_fails_does_not_keep_the_page_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(warmth.runner, "pairs", fail)
    ahead = warmth.Warmth()
    assert not ahead.busy()
    ahead.start()
    ahead._thread.join(PATIENCE)
    assert not ahead.busy()
