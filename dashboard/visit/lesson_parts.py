"""How do the lessons of a choice stand in a link? By name: `l=ownership:4,lived_vision:6`; today's has none.

Links of before say `s=46353555`. Their digits belong to the lessons named here, whatever stands in the register and in
which order: they stay true.
"""

from collections.abc import Callable, Mapping

from kastje.model import LESSONS

STEPS = 6
EIGHT = (
    "shared_information",
    "early_participation",
    "creative_solutions",
    "ownership",
    "lived_vision",
    "integral_working",
    "management_support",
    "change_and_renew",
)
"""The lessons that the digits of a link stand for."""

Steps = tuple[int, ...]
"""Whole steps 0..6 of every lesson, in the order of the register."""


def steps_with(named: Mapping[str, int]) -> Steps:
    """The steps of all lessons when these are chosen. Raises ValueError for a lesson or a step that does not exist."""
    for name, step in named.items():
        if name not in LESSONS or not 0 <= step <= STEPS:
            raise ValueError(name)
    return tuple(named.get(name, 0) for name in LESSONS)


def of_digits(text: str) -> dict[str, int]:
    """Eight digits of 0 to 6 as steps by lesson; otherwise a ValueError."""
    if len(text) != len(EIGHT) or any(letter not in "0123456" for letter in text):
        raise ValueError(text)
    return dict(zip(EIGHT, map(int, text), strict=True))


def of_names(text: str) -> dict[str, int]:
    """`ownership:4,lived_vision:6` as steps by lesson; otherwise a ValueError."""
    found: dict[str, int] = {}
    for part in text.split(","):
        name, sign, step = part.partition(":")
        if not sign or name in found or name not in LESSONS or step not in tuple("0123456"):
            raise ValueError(part)
        found[name] = int(step)
    return found


READERS: Mapping[str, Callable[[str], dict[str, int]]] = {"s": of_digits, "l": of_names}
"""The parts of a link that say how far the lessons go."""


def any_in(parts: Mapping[str, str]) -> bool:
    """Whether these parts of a link choose a lesson; a part that cannot be read chooses none."""
    for name in READERS.keys() & parts.keys():
        try:
            if any(READERS[name](parts[name].strip()).values()):
                return True
        except ValueError:
            continue
    return False


def parts_of(steps: Steps) -> list[tuple[str, str]]:
    """The parts of a link that give these steps."""
    named = [f"{name}:{step}" for name, step in zip(LESSONS, steps, strict=True) if step]
    return [("l", ",".join(named))] if named else []
