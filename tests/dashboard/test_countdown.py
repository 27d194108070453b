"""The time left: from the pace of the last while, told now and then, in words."""

import pytest

from kastje.dashboard.texts import texts
from kastje.dashboard.work.countdown import WINDOW_SECONDS, Countdown, HowFar, left_words


class Clock:
    """A clock that stands still until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_at_first_and_without_progress_nothing_is_said_of_the_time_left(clock: Clock) -> None:
    countdown = Countdown(clock)
    clock.now += 1.0
    assert countdown.tell(10, 100) == HowFar(10, 100)
    clock.now += 1.0
    assert countdown.tell(20, 100) == HowFar(20, 100, pytest.approx(8.0))
    stuck = Countdown(clock)
    clock.now += 60.0
    assert stuck.tell(0, 100) == HowFar(0, 100)


def test_it_is_told_now_and_then_and_at_the_end(clock: Clock) -> None:
    countdown = Countdown(clock)
    assert countdown.tell(1, 100) is None
    clock.now += 0.6
    assert countdown.tell(2, 100) is not None
    assert countdown.tell(3, 100) is None
    assert countdown.tell(100, 100) == HowFar(100, 100)


def test_the_pace_is_that_of_the_last_while(clock: Clock) -> None:
    countdown = Countdown(clock)
    for done in range(1, 101):
        clock.now += 0.1
        countdown.tell(done, 1000)
    for done in range(101, 130):
        clock.now += 1.0
        told = countdown.tell(done, 1000)
    assert told is not None
    assert told.left == pytest.approx(871.0, rel=0.1)
    assert WINDOW_SECONDS < 29


def test_who_has_stood_still_says_so_no_longer_than_the_window(clock: Clock) -> None:
    countdown = Countdown(clock)
    for done in range(1, 21):
        clock.now += 1.0
        countdown.tell(done, 40)
    clock.now += 2 * WINDOW_SECONDS
    assert countdown.tell(20, 40) == HowFar(20, 40)


@pytest.mark.parametrize(
    ("left", "nl", "en"),
    [
        (None, "tijd nog niet bekend", "time left not known yet"),
        (0.2, "nog ongeveer 1 s", "about 1 s left"),
        (7.2, "nog ongeveer 8 s", "about 8 s left"),
        (41.0, "nog ongeveer 45 s", "about 45 s left"),
        (91.0, "nog ongeveer 2 minuten", "about 2 minutes left"),
        (3601.0, "nog ongeveer 61 minuten", "about 61 minutes left"),
    ],
)
def test_it_is_said_in_words(left: float | None, nl: str, en: str) -> None:
    assert left_words(left, texts("nl")) == nl
    assert left_words(left, texts("en")) == en


def test_a_share_is_of_what_there_is() -> None:
    assert HowFar(3, 12).share == 0.25
    assert HowFar().share == 0.0
