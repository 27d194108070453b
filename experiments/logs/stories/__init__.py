"""The story of one case in two worlds that share every draw: what happened, how typical it is, which lesson did it."""

from kastje.experiments.logs.stories.book import Book, book
from kastje.experiments.logs.stories.pick import (
    GROUPS,
    MEASURE_OF,
    PICKS,
    Pick,
    Typical,
    candidates,
    choose,
    how_typical,
)
from kastje.experiments.logs.stories.reasons import (
    MEASURES,
    Reason,
    active,
    differences,
    left_out,
)
from kastje.experiments.logs.stories.story import KINDS, Event, Story, story
from kastje.experiments.logs.stories.trail import KINDS_OF_STRETCH, PARTS, Stretch

__all__ = [
    "GROUPS",
    "KINDS",
    "KINDS_OF_STRETCH",
    "MEASURES",
    "MEASURE_OF",
    "PARTS",
    "PICKS",
    "Book",
    "Event",
    "Pick",
    "Reason",
    "Story",
    "Stretch",
    "Typical",
    "active",
    "book",
    "candidates",
    "choose",
    "differences",
    "how_typical",
    "left_out",
    "story",
]
