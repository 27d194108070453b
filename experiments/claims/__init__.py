"""Claims: conclusions about the lessons as readable files, each tested against runs and given a verdict."""

from experiments.claims.claim import Claim
from experiments.claims.reading import chosen, read_claims, shipped
from experiments.claims.study import Study, Tested
from experiments.claims.verdicts import DEPENDS, FAILS, HOLDS, UNCLEAR, Verdict

__all__ = [
    "DEPENDS",
    "FAILS",
    "HOLDS",
    "UNCLEAR",
    "Claim",
    "Study",
    "Tested",
    "Verdict",
    "chosen",
    "read_claims",
    "shipped",
]
