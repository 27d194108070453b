"""Experiments with the municipality: designs, runs, differences between worlds, studies, and logs.

Knows the rooms `model` and `agents` and nothing above them. What it offers is loaded when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kastje.experiments.designs.design import Design
    from kastje.experiments.difference.compare import Comparison, compare
    from kastje.experiments.difference.difference import Difference
    from kastje.experiments.runs.carry import sweep
    from kastje.experiments.runs.once import run_once
    from kastje.experiments.runs.places import Dask, Processes, Threads
    from kastje.experiments.runs.runner import Pair, Runs, pairs
    from kastje.experiments.runs.watch import Watch

__all__ = [
    "Comparison",
    "Dask",
    "Design",
    "Difference",
    "Pair",
    "Processes",
    "Runs",
    "Threads",
    "Watch",
    "compare",
    "pairs",
    "run_once",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name in ("Comparison", "compare"):
        module = import_module("kastje.experiments.difference.compare")
    elif name == "Difference":
        module = import_module("kastje.experiments.difference.difference")
    elif name == "Design":
        module = import_module("kastje.experiments.designs.design")
    elif name == "sweep":
        module = import_module("kastje.experiments.runs.carry")
    elif name == "run_once":
        module = import_module("kastje.experiments.runs.once")
    elif name in ("Dask", "Processes", "Threads"):
        module = import_module("kastje.experiments.runs.places")
    elif name in ("Pair", "Runs", "pairs"):
        module = import_module("kastje.experiments.runs.runner")
    elif name == "Watch":
        module = import_module("kastje.experiments.runs.watch")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(module, name)
