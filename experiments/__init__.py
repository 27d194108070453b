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
    from kastje.experiments.runs.runner import Pair, pairs

__all__ = ["Comparison", "Design", "Difference", "Pair", "compare", "pairs", "run_once", "sweep"]


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
    elif name in ("Pair", "pairs"):
        module = import_module("kastje.experiments.runs.runner")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(module, name)
