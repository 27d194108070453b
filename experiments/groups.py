"""Who notices? An outcome by group of residents, by channel and by process, in both worlds, where it is kept so."""

from experiments.compare import Arms, Comparison

CHANNELS = {"satisfaction": {"personal": "satisfaction_personal", "web": "satisfaction_web"}}
"""Outcome, group, and the check figure of that group; those of satisfaction are out of 10."""
OUT_OF = 10.0


def groups(comparison: Comparison, outcome: str) -> dict[str, dict[str, Arms]]:
    """`outcome` by "residents", "channels" and "processes", each by group; a kind it is not kept by is left out.

    Residents' figures are of applications only; those of channels are of all who asked or applied; those of processes
    are of the applications decided.
    """
    found = {
        "residents": comparison.segments(outcome),
        "channels": {group: _checks(comparison, name, OUT_OF) for group, name in CHANNELS.get(outcome, {}).items()},
        "processes": {
            name.partition("@")[2]: _checks(comparison, name, 1.0)
            for name in comparison.pairs[0].baseline.checks
            if name.startswith(f"{outcome}@")
        },
    }
    return {kind: arms for kind, arms in found.items() if arms}


def _checks(comparison: Comparison, name: str, out_of: float) -> Arms:
    return Arms.of(
        [pair.baseline.checks[name] / out_of for pair in comparison.pairs],
        [pair.scenario.checks[name] / out_of for pair in comparison.pairs],
    )
