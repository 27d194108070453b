"""The table of docs/hosting.md of what a server keeps in memory because many ask for it."""

from kastje.dashboard.visit.warmth import STARTS_KEPT
from kastje.evidence.documents.markdown import Made, table
from kastje.model.caches import CACHES


def caches() -> str:
    """Every cache with how many entries a server keeps and about how much memory they take."""
    rows = []
    total = 0.0
    for name, cache in CACHES.items():
        entries = max(cache.entries, STARTS_KEPT) if name == "starts" else cache.entries
        megabytes = entries * cache.kilobytes / 1000.0
        total += megabytes
        rows.append((f"`{name}`", cache.holds, f"{entries}", f"{cache.kilobytes:g}", f"{megabytes:.0f}"))
    head = ("cache", "holds", "entries at most", "kB each, about", "MB when full")
    return table(head, [*rows, ("together", "", "", "", f"{total:.0f}")])


HOSTING: Made = {"caches": caches}
"""Every part of docs/hosting.md that is made from the code."""
