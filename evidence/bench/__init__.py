"""The benchmark: the engine as a textbook queue beside its peers in one run, and what a municipality costs."""

from kastje.evidence.bench.report import LOOPS, Report
from kastje.evidence.bench.run import FULL, QUICK, Size, bench

__all__ = ["FULL", "LOOPS", "QUICK", "Report", "Size", "bench"]
