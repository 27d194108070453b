"""Experiments with the municipality: paired runs, comparisons, checks and the command line.

Knows the room `model` and nothing above it. What it offers is loaded when it is asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.compare import Comparison
    from experiments.difference import Difference
    from experiments.once import run_once
    from experiments.runner import Pair, pairs

__all__ = ["Comparison", "Difference", "Pair", "pairs", "run_once"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from experiments.compare import Comparison
    from experiments.difference import Difference
    from experiments.once import run_once
    from experiments.runner import Pair, pairs

    return {"Comparison": Comparison, "Difference": Difference, "Pair": Pair, "pairs": pairs, "run_once": run_once}[
        name
    ]
