"""Is a difference better, worse, unclear or hardly any? The one place where that is decided, for every surface.

By its 95 % interval and the smallest difference that matters, in this order:

1. not available:    no pair has the figure in both worlds;
2. the same:         every pair is equal in both worlds, to the last digit;
3. hardly any:       the whole interval lies within the smallest difference that matters, either way;
4. unclear:          the interval holds zero, or there is none yet (below two pairs);
5. better or worse:  the interval leaves zero out; higher or lower where neither way is better.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import t_factor

NORMAL = 1.96
"""The factor of the interval for very many pairs: from there on the search for the number of pairs begins."""


class Word(StrEnum):
    """What may be said of a difference."""

    NONE = "none"
    SAME = "same"
    HARDLY = "hardly"
    UNCLEAR = "unclear"
    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"


CLEAR = frozenset({Word.BETTER, Word.WORSE, Word.HIGHER, Word.LOWER})
"""The words that name a direction: the interval leaves zero out, and the difference may matter."""


@dataclass(frozen=True)
class Verdict:
    """What may be said of a difference: the `word`, the `certainty`, and of an unclear one how many `pairs` would tell.

    `pairs` is None where that is not the question or cannot be known.
    """

    word: Word
    certainty: float
    pairs: int | None = None

    @property
    def clear(self) -> bool:
        """Whether a direction may be named."""
        return self.word in CLEAR


def verdict(difference: Difference) -> Verdict:
    """What may be said of a difference."""
    word = _word(difference)
    return Verdict(word, difference.certainty, pairs_to_tell(difference) if word is Word.UNCLEAR else None)


def in_per_cent(certainty: float) -> tuple[str, int]:
    """A certainty in whole per cent, with `<` or `>` before 1 or 99: it is never written as 0 or 100.

    Raises ValueError where it is not available.
    """
    whole = round(100.0 * certainty)
    return "<" if whole < 1 else ">" if whole > 99 else "", min(99, max(1, whole))


def _word(difference: Difference) -> Word:
    over, by = difference.over, difference.by
    if not over.n:
        return Word.NONE
    if over.low == over.high == 0.0:
        return Word.SAME
    if over.within(by.matters):
        return Word.HARDLY
    side = over.side()
    if not side:
        return Word.UNCLEAR
    if not by.better:
        return Word.HIGHER if side > 0 else Word.LOWER
    return Word.BETTER if side == by.better else Word.WORSE


def pairs_to_tell(difference: Difference) -> int | None:
    """How many pairs in all would tell, if mean m and standard deviation s of the pairs stay as they are.

    The smallest n with t(0.975; n - 1) s / sqrt(n) <= max(|m|, d - |m|), d the smallest difference that matters: then
    the interval no longer holds zero, or lies wholly within d. A true mean nearer to zero than m, and not so near that
    the difference is hardly any, takes more. None below two pairs, where there is no s, and where both m and d are 0.
    """
    size, sd = abs(difference.mean), difference.sd
    wanted = max(size, difference.by.matters - size)
    if not (sd >= 0.0 and wanted > 0.0):
        return None
    n = max(2, math.ceil((NORMAL * sd / wanted) ** 2))
    while t_factor(n) * sd / math.sqrt(n) > wanted:
        n += 1
    return n
