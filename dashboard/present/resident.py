"""What happened to one resident in both worlds? The typical case of a pair of runs, as on the page of one case."""

from dataclasses import dataclass

from kastje.dashboard.case.wanted import first_process
from kastje.experiments.logs.stories import Book, Pick, book, choose, how_typical
from kastje.experiments.logs.stories.pick import value_of
from kastje.model import Scenario


@dataclass(frozen=True)
class Told:
    """What one case was like in one world: days until the decision, stories told again, times referred on."""

    days: float
    told: int
    referrals: int


@dataclass(frozen=True)
class Resident:
    """The typical case of a process: who it is of, what it was like, and the median change of `of` cases [days]."""

    case: str
    process: str
    type: str
    number: int
    today: Told
    choice: Told
    median: float
    of: int


def resident_of(scenario: Scenario, seed: int) -> Resident | None:
    """The typical case of the pair of runs with this seed; None when none was decided in both worlds."""
    today, choice = book(scenario.baseline(), seed), book(scenario, seed)
    process = first_process(scenario.profile)
    pick = Pick(process)
    case = choose(today, choice, pick, "typical")
    if not case:
        return None
    need, found = today.need(case), how_typical(today, choice, pick, case)
    types = next(one.types for one in scenario.profile.processes if one.id == process)
    return Resident(
        case=case,
        process=process,
        type=types[need["type"]].id,
        number=int(need["resident"]),
        today=_told(today, case),
        choice=_told(choice, case),
        median=found.median,
        of=found.total,
    )


def _told(run: Book, case: str) -> Told:
    days, told, referrals = (value_of(run, case, measure) for measure in ("lead", "stories", "bounces"))
    return Told(days, int(told), int(referrals))
