"""The full factorial of the lessons: every combination, and what each lesson and each package is worth."""

from kastje.experiments.studies.factorial.cube import Cube, cubes_of
from kastje.experiments.studies.factorial.design import LOADS, lessons_design

__all__ = ["LOADS", "Cube", "cubes_of", "lessons_design"]
