"""Experiments with the municipality: paired runs, comparisons, checks and the command line.

Knows the room `model` and nothing above it.
"""

from experiments.compare import Comparison
from experiments.difference import Difference
from experiments.once import run_once
from experiments.runner import Pair, pairs

__all__ = ["Comparison", "Difference", "Pair", "pairs", "run_once"]
