"""Morris' elementary effects: how much does a figure change when one input goes all the way, and is that always so?

An elementary effect of factor i is (f after - f before) / step, when i alone moves by `step` = 2/3 of its range along a
trajectory: the change over its whole range, in the figure's unit. Over the trajectories

    mu = mean,   mu* = mean of the absolute values (Campolongo et al. 2007),   sigma = standard deviation.

mu* ranks the factors; sigma beside it says that the effect depends on the others or is not a line; mu near mu* or
-mu* that its sign is always the same.
"""

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kastje.experiments.difference.mean import CONFIDENCE
from kastje.experiments.studies.sensitivity.function import Floats, Function

RESAMPLES = 2000
FIELDS = ("mu_star", "mu_star_low", "mu_star_high", "mu", "mu_low", "mu_high", "sigma", "sigma_low", "sigma_high")


@dataclass(frozen=True)
class Morris:
    """mu*, mu and sigma by factor, with 95 % bootstrap intervals over the trajectories.

    `effects` has a row for each trajectory of which the figure is available all along. `noise_floor` is the mu* of a
    factor that does no more than stir chance: 2 s / (step sqrt(pi)) with s the standard error of a point over seeds.
    """

    factors: tuple[str, ...]
    effects: Floats
    noise_floor: float
    seed: int = 0

    @classmethod
    def of(cls, function: Function, factors: Sequence[str], unit: Floats, *, seed: int = 0) -> "Morris":
        """From the figure at the points of a Morris design; `unit` holds those points in the unit cube."""
        effects, step = elementary(function.values, unit)
        floor = 2.0 * math.sqrt(function.noise) / (step * math.sqrt(math.pi))
        return cls(tuple(factors), effects[np.isfinite(effects).all(axis=1)], floor, seed)

    def table(self) -> pd.DataFrame:
        """One row a factor, largest mu* first; all NaN below three trajectories."""
        columns: dict[str, Floats] = {}
        for name, statistic in {"mu_star": mu_star, "mu": mu, "sigma": sigma}.items():
            columns[name] = statistic(self.effects) if len(self.effects) > 1 else np.full(len(self.factors), np.nan)
            columns[f"{name}_low"], columns[f"{name}_high"] = _bootstrapped(self.effects, statistic, self.seed)
        made = pd.DataFrame({name: columns[name] for name in FIELDS})
        made.insert(0, "factor", self.factors)
        made["rows"] = len(self.effects)
        made["above_noise"] = made["mu_star_low"] > (self.noise_floor if math.isfinite(self.noise_floor) else 0.0)
        return made.sort_values("mu_star", ascending=False, kind="stable", ignore_index=True)


def elementary(values: Floats, unit: Floats) -> tuple[Floats, float]:
    """The elementary effects, shape (trajectories, factors), and the step in units of the range."""
    k = unit.shape[1]
    walks, f = unit.reshape(-1, k + 1, k), values.reshape(-1, k + 1)
    moves, changes = np.diff(walks, axis=1), np.diff(f, axis=1)
    which = np.abs(moves).argmax(axis=2)
    moved = np.take_along_axis(moves, which[..., np.newaxis], axis=2)[..., 0]
    effects = np.empty_like(changes)
    np.put_along_axis(effects, which, changes / moved, axis=1)
    return effects, float(np.abs(moved).mean())


def mu(effects: Floats, axis: int = 0) -> Floats:
    """The mean effect."""
    return np.asarray(effects.mean(axis=axis))


def mu_star(effects: Floats, axis: int = 0) -> Floats:
    """The mean size of the effect."""
    return np.asarray(np.abs(effects).mean(axis=axis))


def sigma(effects: Floats, axis: int = 0) -> Floats:
    """The standard deviation of the effect."""
    return np.asarray(effects.std(axis=axis, ddof=1))


def _bootstrapped(effects: Floats, statistic: Callable[..., Floats], seed: int) -> tuple[Floats, Floats]:
    from scipy.stats import DegenerateDataWarning, bootstrap

    if len(effects) < 3:
        nothing = np.full(effects.shape[1], np.nan)
        return nothing, nothing
    with warnings.catch_warnings():
        # The effects of a factor that does nothing are all 0.
        warnings.simplefilter("ignore", DegenerateDataWarning)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = bootstrap(
                (effects,),
                statistic,
                axis=0,
                vectorized=True,
                n_resamples=RESAMPLES,
                confidence_level=CONFIDENCE,
                rng=np.random.default_rng(seed),
            )
    samples, interval = found.bootstrap_distribution, found.confidence_interval
    constant = np.ptp(samples, axis=-1) == 0.0
    low, high = (np.where(constant, samples[..., 0], end) for end in (interval.low, interval.high))
    return low, high
