"""Traces beside real ones: the patterns of simulated event logs next to those of three real municipalities."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from kastje.evidence.documents.markdown import table
from kastje.experiments.logs.patterns.comparison import Beside, beside, ends, excess, judged
from kastje.experiments.logs.patterns.real import real
from kastje.experiments.logs.patterns.simulated import simulated, together
from kastje.model import Scenario

PERMITS = "permits"
"""The profile with the process of the real logs."""

LOG_DAYS = 1095
"""How long a simulated log is [days]."""

LARGE = 40
"""Islands are to be expected from so many employees on."""

SHOWN = {"met": "met", "near": "near", "not met": "**not met**", "not available": "not available"}


def logs_of(name: str, count: int, days: float = LOG_DAYS) -> list[dict[str, Any]]:
    """The figures of `count` simulated logs of a profile, seeds from 1 on, every lesson at 0."""
    scenario = Scenario.load(name).with_parameters(horizon_days=days)
    return [simulated(scenario, seed) for seed in range(1, count + 1)]


def large_profiles() -> list[str]:
    """The profiles with at least `LARGE` employees."""
    size = {
        name: sum(team.staff for department in Scenario.load(name).profile.departments for team in department.teams)
        for name in Scenario.profiles()
    }
    return [name for name, staff in size.items() if staff >= LARGE]


class Traces:
    """The figures of simulated permit logs beside real ones, and the islands of larger organisations."""

    def __init__(self, permits: Sequence[Mapping[str, Any]], large: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.rows = beside(list(real().municipalities.values()), permits)
        self.permits = together(permits)
        self.large = {name: together(logs) for name, logs in large.items()}

    @classmethod
    def run(cls, logs: int, large_logs: int) -> "Traces":
        """Simulate and measure: `logs` logs of permits, `large_logs` of each large profile."""
        return cls(logs_of(PERMITS, logs), {name: logs_of(name, large_logs) for name in large_profiles()})

    def table(self) -> str:
        """Every comparable figure: three municipalities, their range, the simulated logs, and whether it is met."""
        names = [name.replace("_", " ") for name in real().municipalities]
        of_logs = (f"`{PERMITS}`", "lowest .. highest log", "logs that meet it")
        return table(("figure", *names, "range", *of_logs, "verdict", "note"), map(_row, self.rows))

    def islands(self) -> str:
        """Modularity of the handover network beside that of random rewirings, by size of the organisation."""
        rows = [_island(name.replace("_", " "), one) for name, one in real().municipalities.items()]
        rows.append(_island("a real organisation", real().large))
        rows.append(_island(f"`{PERMITS}`", self.permits))
        rows += [_island(f"`{name}`", one, SHOWN[_verdict(one)]) for name, one in self.large.items()]
        return table(("", "employees", "modularity", "random rewiring", "above it", "verdict"), rows)

    def met(self) -> list[str]:
        """The figures that are met, and by how many logs alone where that is fewer than half of them."""
        found = []
        for row in (row for row in self.rows if row.verdict == "met"):
            few = 2 * row.met_alone < len(row.each)
            found.append(
                f"{row.figure.label} ({row.met_alone} of {len(row.each)} logs alone)" if few else row.figure.label
            )
        return found + [f"Islands in `{name}`" for name, one in self.large.items() if _verdict(one) == "met"]

    def unmet(self) -> list[str]:
        """A line for each figure that is near or not met."""
        lines = []
        for row in self.rows:
            if row.verdict != "met":
                note = f" ({row.figure.note})" if row.figure.note else ""
                figure = f"{row.figure.label} is {_shown(row.simulated)}, {_range(row.real)} in the real logs"
                lines.append(f"{PERMITS}, traces, {row.verdict}: {figure}{note}.")
        for name, one in self.large.items():
            if _verdict(one) != "met":
                wanted = f"{_shown(excess(real().large))} in a real organisation of over {LARGE}"
                figure = f"modularity is {_shown(excess(one))} above that of a random rewiring"
                lines.append(f"{name}, islands, {_verdict(one)}: {figure}, {wanted}.")
        return lines


def _verdict(log: Mapping[str, Any]) -> str:
    wanted = excess(real().large)
    return judged(excess(log), wanted, wanted)


def _row(row: Beside) -> tuple[str, ...]:
    return (
        row.figure.label,
        *map(_shown, row.real),
        _range(row.real),
        _shown(row.simulated),
        _range(row.each),
        f"{row.met_alone} of {len(row.each)}",
        SHOWN[row.verdict],
        row.figure.note,
    )


def _island(name: str, log: Mapping[str, Any], verdict: str = "") -> tuple[str, ...]:
    network = log["network"]
    nodes = f"{network['nodes']:.0f}" if "nodes" in network else f"over {LARGE}"
    figures = (network["modularity_w"], network["modularity_rewired"], excess(log))
    return (name, nodes, *(f"{figure:.3f}" for figure in figures), verdict)


def _range(values: Sequence[float]) -> str:
    low, high = ends(values)
    return f"{_shown(low)} .. {_shown(high)}" if math.isfinite(low) else "n/a"


def _shown(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "n/a"
