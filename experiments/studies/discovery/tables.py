"""What was discovered as tables: the boxes, their limits, and the way on which each was found."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kastje.experiments.designs import Factor
from kastje.experiments.studies.discovery.prim import Box, Discovery

SHARES = ("coverage", "density", "base", "mass", "n", "held_n", "held_density", "held_base", "held_p", "confirmed")


def tables(found: Discovery, factors: Mapping[str, Factor]) -> dict[str, pd.DataFrame]:
    """`boxes` (a row a box), `limits` (a row a box and factor), `trajectories` (a row a box and step of its search)."""
    numbered = list(enumerate(found.boxes, start=1))
    boxes = [{"box": number, **shares(box)} for number, box in numbered]
    limits = [{"box": number, **row} for number, box in numbered for row in limits_of(box, factors)]
    steps = [box.trajectory.assign(box=number) for number, box in numbered]
    bounds = ["box", "factor", "low", "high", "quasi_p_low", "quasi_p_high", "range_low", "range_high"]
    return {
        "boxes": pd.DataFrame(boxes, columns=["box", *SHARES]),
        "limits": pd.DataFrame(limits, columns=bounds),
        "trajectories": pd.concat(steps, ignore_index=True) if steps else pd.DataFrame(columns=["box", "step"]),
    }


def shares(box: Box) -> dict[str, Any]:
    """The figures of a box by name."""
    return {name: getattr(box, name) for name in SHARES}


def limits_of(box: Box, factors: Mapping[str, Factor]) -> list[dict[str, Any]]:
    """The limits of a box, each with the whole range of its factor."""
    return [
        {
            "factor": limit.factor,
            "low": limit.low,
            "high": limit.high,
            "quasi_p_low": limit.quasi_p_low,
            "quasi_p_high": limit.quasi_p_high,
            "range_low": factors[limit.factor].low,
            "range_high": factors[limit.factor].high,
        }
        for limit in box.limits
    ]
