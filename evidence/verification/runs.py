"""Runs for the checks: the state at the end of one, its event log as bytes, and figures over many seeds."""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from kastje.model import Scenario, simulate
from kastje.model import state as st
from kastje.model.records import LOG_DTYPE
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.world import WorldOf

Figures = NDArray[np.float64]


def ran(scenario: Scenario, seed: int) -> tuple[WorldOf, st.State]:
    """The world and the state at the end of a run in which the event log was kept."""
    world = world_of(scenario)
    state = start_of(scenario, seed)
    state.run["logging"] = 1
    return world, drive(scenario, world, state, world.arrays.end)


def log_of(state: st.State) -> np.ndarray:
    """The rows of the event log."""
    return state.log[: int(state.run["log"][0])]


def needs_of(state: st.State) -> np.ndarray:
    """The rows of needs that are in use."""
    return state.needs[: int(state.run["needs"][0])]


def log_bytes(scenario: Scenario, seed: int) -> bytes:
    """The event log of a run, every byte of it."""
    return log_of(ran(scenario, seed)[1]).tobytes()


def rows_in(log: bytes) -> int:
    """How many rows a log in bytes has."""
    return len(log) // LOG_DTYPE.itemsize


def digest(state: st.State) -> str:
    """A short hash of everything in a state."""
    return hashlib.sha256(st.fingerprint(state)).hexdigest()[:16]


def figures(scenario: Scenario, seeds: Iterable[int], names: Sequence[str]) -> Figures:
    """These outcomes for each seed: an array of seeds x names."""
    runs = (simulate(scenario, seed).values for seed in seeds)
    return np.array([[values[name] for name in names] for values in runs])


def z_of(sample: Figures) -> float:
    """The mean in standard errors, NaN left out; 0 when nothing varies around 0."""
    sample = sample[np.isfinite(sample)]
    error = sample.std(ddof=1) / np.sqrt(sample.size)
    if error == 0.0:
        return 0.0 if sample.mean() == 0.0 else float("inf")
    return float(sample.mean() / error)


def alike(a: Figures, b: Figures) -> list[float]:
    """The p-value of a Kolmogorov-Smirnov test for each column of two samples, NaN left out."""
    pairs = ((x[np.isfinite(x)], y[np.isfinite(y)]) for x, y in zip(a.T, b.T, strict=True))
    return [float(stats.ks_2samp(x, y).pvalue) for x, y in pairs]
