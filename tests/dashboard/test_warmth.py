"""What is prepared ahead: once per process, out of a visitor's way, and never a reason not to start."""

import threading
from collections.abc import Iterator

import pytest

from dashboard import warmth
from model import Scenario

PATIENCE = 20.0


def title(profile: str) -> str:
    return Scenario.load(profile).profile.title.nl


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, int]]:
    """Which runs were asked for: (profile, first seed, replications)."""
    found: list[tuple[str, int, int]] = []

    def pairs(scenario: Scenario, *, replications: int, seed: int, **_: object) -> Iterator[int]:
        found.append((scenario.profile.title.nl, seed, replications))
        return iter(range(replications))

    monkeypatch.setattr(warmth.runner, "pairs", pairs)
    return found


def test_todays_organisation_of_every_profile_is_prepared_once(asked: list[tuple[str, int, int]]) -> None:
    ahead = warmth.Warmth()
    ahead.start()
    ahead.start()
    ahead._thread.join(PATIENCE)
    assert not ahead.busy()
    assert asked[0] == (title("tilburg"), 1, 20)
    for profile in Scenario.profiles():
        assert [seed for name, seed, count in asked if name == title(profile) and count == 1] == list(range(1, 21))


def test_it_stands_aside_while_a_visitor_waits(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[str, int, int]]
) -> None:
    slept = threading.Event()
    monkeypatch.setattr(warmth.time, "sleep", lambda _: slept.set())
    ahead = warmth.Warmth()
    with ahead.visitor():
        ahead.start()
        assert slept.wait(PATIENCE)
        assert len(asked) == 1
    ahead._thread.join(PATIENCE)
    assert len(asked) > 1


def test_a_model_that_fails_does_not_keep_the_page_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(warmth.runner, "pairs", fail)
    ahead = warmth.Warmth()
    assert not ahead.busy()
    ahead.start()
    ahead._thread.join(PATIENCE)
    assert not ahead.busy()
