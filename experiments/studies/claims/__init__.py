"""Claims: conclusions about the lessons as readable files, each tested against runs and given a verdict."""

from kastje.experiments.studies.claims.claim import Claim
from kastje.experiments.studies.claims.reading import chosen, read_claims, shipped
from kastje.experiments.studies.claims.study import Study, Tested
from kastje.experiments.studies.claims.verdicts import DEPENDS, FAILS, HOLDS, UNCLEAR, Ruling

__all__ = [
    "DEPENDS",
    "FAILS",
    "HOLDS",
    "UNCLEAR",
    "Claim",
    "Ruling",
    "Study",
    "Tested",
    "chosen",
    "read_claims",
    "shipped",
]
