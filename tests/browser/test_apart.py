"""Three people at once, on choices, languages and municipalities of their own: each sees their own numbers only."""

import pytest

from kastje.model import LESSONS

pytestmark = pytest.mark.browser

PEOPLE = (
    {"lang": "nl", "profile": "tilburg", "s": "00000000"},
    {"lang": "en", "profile": "groningen", "s": "30000000"},
    {"lang": "en", "profile": "tilburg", "s": "00300000"},
)
MOVES = ((3, "4"), (5, "6"), (0, "2"))
"""Rounds of moves: which lesson, and to which step for the first person; the others one step less each."""


def link(person: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in person.items()) + "&n=6"


def test_nobody_sees_anybody_elses_choice_or_numbers(visit) -> None:
    visitors = [visit().open(link(person)) for person in PEOPLE]
    steps = [list(person["s"]) for person in PEOPLE]
    for lesson, first in MOVES:
        # All move before anybody's answer is waited for.
        for number, visitor in enumerate(visitors):
            steps[number][lesson] = str(int(first) - number)
            visitor.page.locator(f"[data-test={LESSONS[lesson]}]").focus()
            visitor.page.keyboard.press(steps[number][lesson])
    for visitor, own in zip(visitors, steps, strict=True):
        visitor.answered("".join(own))
        visitor.wait_for_lessons("".join(own))
    seen = [visitor.tiles() for visitor in visitors]
    assert seen[0] != seen[1] != seen[2] != seen[0]
    for visitor, person, own, tiles in zip(visitors, PEOPLE, steps, seen, strict=True):
        query = visitor.query()
        assert (query["lang"], query["profile"]) == (person["lang"], person["profile"])
        assert visitor.page.get_attribute("html", "lang") == person["lang"]
        for lesson, step in zip(LESSONS, own, strict=True):
            assert visitor.page.locator(f"[data-test={lesson}]").input_value() == step
        fresh = visit().open(link(person | {"s": "".join(own)}))
        assert fresh.tiles() == tiles
        fresh.leave()
