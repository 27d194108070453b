"""How is a verdict said? Its word, its certainty and how many replications would tell, the same on every page."""

import math

from kastje.dashboard.texts import Texts
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.verdict import Verdict, Word, in_per_cent, verdict

WORDS = {
    Word.NONE: "figure.not_available",
    Word.SAME: "figure.same",
    Word.HARDLY: "figure.hardly",
    Word.UNCLEAR: "figure.unclear",
    Word.BETTER: "figure.better",
    Word.WORSE: "figure.worse",
    Word.HIGHER: "figure.higher",
    Word.LOWER: "figure.lower",
}
"""The sentence of each word; the word itself is the tone for the style sheet."""
SILENT = (Word.NONE, Word.SAME, Word.HARDLY)
"""Where nothing is there to be sure of, or its direction is of no account."""
MOST = 10_000
"""Beyond so many replications it is enough to say that it takes more."""


def word(difference: Difference, texts: Texts) -> str:
    """The verdict in a word."""
    return texts(WORDS[verdict(difference).word])


def percent(certainty: float, texts: Texts) -> str:
    """A chance in whole per cent: never 0 or 100, since nothing is certain."""
    if not math.isfinite(certainty):
        return texts("figure.not_available")
    beyond, whole = in_per_cent(certainty)
    return f"{beyond} {whole}%".strip()


def certainty(difference: Difference, texts: Texts) -> str:
    """The chance that it is an improvement, or a rise where neither way is better; too early below two pairs."""
    if difference.n < 2:
        return texts("figure.sure_wait")
    share = percent(difference.certainty, texts)
    return texts("figure.improves" if difference.by.better else "figure.rises", share=share)


def pairs(found: Verdict, texts: Texts) -> str:
    """How many replications would tell, about; empty where that is not the question."""
    if found.pairs is None:
        return ""
    if found.pairs > MOST:
        return texts("figure.pairs_many", pairs=texts.number(MOST))
    return texts("figure.pairs", pairs=texts.number(_about(found.pairs)))


def _about(count: int) -> int:
    """Two digits are all that such a number can bear: 1,234 becomes 1,300."""
    step = 10 ** max(0, len(str(count)) - 2)
    return math.ceil(count / step) * step
