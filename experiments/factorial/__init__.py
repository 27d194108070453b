"""The full factorial of the lessons: all 256 combinations, and what each lesson and each package is worth."""

from experiments.factorial.cube import Cube, cubes_of
from experiments.factorial.design import LOADS, lessons_design

__all__ = ["LOADS", "Cube", "cubes_of", "lessons_design"]
