"""The whole benchmark in one run: everybody in turn, round after round, so that a slow minute hits all alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kastje.evidence.bench.kastje import (
    Cost,
    by_kastje,
    month,
    municipality,
    textbook_queue,
    year,
)
from kastje.evidence.bench.limit import by_bare_loop, by_drawing_loop
from kastje.evidence.bench.queue import Contestant, Queue, Round
from kastje.evidence.bench.report import Report
from kastje.evidence.phrase import phrase
from kastje.model import InputError, Scenario

LONG_ENOUGH = 0.25
"""CPU seconds that everybody is given in a round, if one run takes less."""

MOST_RUNS = 9


@dataclass(frozen=True)
class Size:
    """How much is run."""

    rounds: int
    customers: int | None = None
    """Customers for each peer in a round; None for as many as the profile of the queue expects."""
    staff: Sequence[int] = (60, 300, 2800)
    months: int = 3
    """How often each size of municipality is measured."""
    years: int = 3
    """How often a year of each shipped profile is measured."""
    profiles: Sequence[str] | None = None
    """Which shipped profiles; None for all."""


FULL = Size(rounds=7)
QUICK = Size(rounds=2, staff=(60, 300), months=1, years=1)


def contestants() -> dict[str, Contestant]:
    """Everybody in the order of a round. Raises InputError when the peers are not installed."""
    try:
        from kastje.evidence.bench.peers import by_ciw, by_mesa, by_simpy
    except ImportError as error:
        raise InputError(phrase("install.missing", what="bench", name=error.name)) from None
    return {
        "kastje": by_kastje,
        "simpy": by_simpy,
        "ciw": by_ciw,
        "mesa": by_mesa,
        "bare_loop": by_bare_loop,
        "drawing_loop": by_drawing_loop,
    }


def _round(simulate: Contestant, queue: Queue, customers: int, seed: int) -> Round:
    """The median of as many runs as take long enough: a lone run of a fast one mostly fills caches after a slow one."""
    runs = [simulate(queue, customers, seed)]
    while len(runs) < MOST_RUNS and sum(r.seconds for r in runs) < LONG_ENOUGH:
        runs.append(simulate(queue, customers, seed + len(runs)))
    return sorted(runs, key=lambda r: r.seconds_per_event)[len(runs) // 2]


def _nothing(done: int, of: int) -> None:
    """Nobody follows."""


def bench(size: Size = FULL, *, progress: Callable[[int, int], None] = _nothing) -> Report:
    """Measure everything; a contestant that misses the theoretical wait is reported, not hidden."""
    everybody = contestants()
    queue, expected = textbook_queue()
    customers = size.customers or expected
    names = list(Scenario.profiles()) if size.profiles is None else list(size.profiles)
    towns = [municipality(staff) for staff in size.staff]
    total = size.rounds + size.months + size.years
    by_kastje(queue, customers, 0)  # Compiled, and its pages are there.
    rounds: dict[str, list[Round]] = {name: [] for name in everybody}
    for k in range(size.rounds):
        for name, simulate in everybody.items():
            rounds[name].append(_round(simulate, queue, customers, 1 + k * MOST_RUNS))
        progress(k + 1, total)
    months: dict[int, list[Cost]] = {town.profile.staff: [] for town in towns}
    for k in range(size.months):
        for town in towns:
            months[town.profile.staff].append(month(town, 1 + k))
        progress(size.rounds + k + 1, total)
    years: Mapping[str, list[Cost]] = {name: [] for name in names}
    for k in range(size.years):
        for name in names:
            years[name].append(year(name, 1 + k))
        progress(size.rounds + size.months + k + 1, total)
    return Report(queue, rounds, months, years)
