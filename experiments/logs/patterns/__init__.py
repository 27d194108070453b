"""Patterns of event logs: one code for the logs of real municipalities and for simulated ones.

`measure(read_log(path))` gives plain data: figure by name, NaN where not available.
"""

from kastje.experiments.logs.patterns.marks import BUILDING_PERMITS, KASTJE, Marks, detect
from kastje.experiments.logs.patterns.measure import measure
from kastje.experiments.logs.patterns.reading import Columns, read_log

__all__ = ["BUILDING_PERMITS", "KASTJE", "Columns", "Marks", "detect", "measure", "read_log"]
