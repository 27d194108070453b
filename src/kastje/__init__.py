"""Kastje: an agent-based model of a Dutch municipality, and what eight lessons change for its residents.

The rooms stand at the top of the repository and are linked here, so that everything installed has one name:
`kastje.agents`, `kastje.model`, `kastje.experiments`, `kastje.evidence`, `kastje.dashboard`, `kastje.commands`.
"""


def __getattr__(name: str) -> str:
    """The version, worked out when somebody asks: most who import Kastje do not."""
    if name == "__version__":
        from kastje.version import version

        return version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
