"""Kastje: an agent-based model of a Dutch municipality, and what eight lessons change for its residents.

The rooms stand at the top of the repository and are linked here, so that everything installed has one name:
`kastje.agents`, `kastje.model`, `kastje.experiments`, `kastje.evidence`, `kastje.dashboard`, `kastje.commands`.
"""
