"""The municipality: its world, its engine, its outcomes."""

from model.errors import InputError
from model.lessons import LESSON_TABLE, LESSONS
from model.municipality import Municipality
from model.outcomes import OUTCOMES, Outcomes
from model.parameters import PARAMETERS
from model.scenario import Scenario
from model.simulate import simulate

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
