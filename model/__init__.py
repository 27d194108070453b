"""The municipality: its world, its engine, its outcomes."""

from kastje.model.errors import InputError
from kastje.model.lessons import LESSON_TABLE, LESSONS
from kastje.model.municipality import Municipality
from kastje.model.outcomes import OUTCOMES, Outcomes
from kastje.model.parameters import PARAMETERS
from kastje.model.scenario import Scenario
from kastje.model.simulate import simulate

__all__ = [
    "LESSONS",
    "LESSON_TABLE",
    "OUTCOMES",
    "PARAMETERS",
    "InputError",
    "Municipality",
    "Outcomes",
    "Scenario",
    "simulate",
]
