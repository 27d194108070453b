"""One run as a plain function of numbers: what EMA Workbench, SALib, Optuna and the like call."""

from pathlib import Path

from kastje.experiments.designs.levers import scenario_of
from kastje.model import simulate


def run_once(*, seed: int, profile: str | Path = "tilburg", **parameters: float) -> dict[str, float]:
    """What one run of `profile` with these lessons and parameters yields: every outcome by name.

    `parameters` holds lesson ids (0..1), `start_day` and `ramp_days` [days], and parameters by short or dotted name.
    What cannot be computed is NaN. Numbers of any library count by their value. Raises InputError, one line, for a name
    that nobody knows, a value out of bounds, and a seed that is no whole number.

    >>> run_once(seed=1, ownership=0.8, load=1.1)["lead_time_days_mean"]  # doctest: +SKIP
    """
    return simulate(scenario_of(profile, parameters), seed=seed).as_dict()
