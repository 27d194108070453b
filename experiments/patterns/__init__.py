"""Patterns of event logs: one code for the logs of real municipalities and for simulated ones.

`measure(read_log(path))` gives plain data: figure by name, NaN where not available.
"""

from experiments.patterns.marks import BUILDING_PERMITS, KASTJE, Marks, detect
from experiments.patterns.measure import measure
from experiments.patterns.reading import Columns, read_log

__all__ = ["BUILDING_PERMITS", "KASTJE", "Columns", "Marks", "detect", "measure", "read_log"]
