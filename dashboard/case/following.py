"""From a choice and a wish to the two stories of a case and what made them differ, on a background thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kastje.dashboard.case.wanted import Wanted
from kastje.dashboard.texts import Said
from kastje.dashboard.visit.computing import Ticket, runs_of
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.safely import said
from kastje.dashboard.work.turns import COMPLETING, PICTURE
from kastje.experiments.difference.compare import Comparison, compared
from kastje.experiments.logs.stories import (
    MEASURE_OF,
    Book,
    Pick,
    Reason,
    Story,
    Typical,
    active,
    book,
    choose,
    differences,
    how_typical,
    left_out,
    story,
)
from kastje.experiments.runs.loop import finished


@dataclass(frozen=True, eq=False)
class Followed:
    """What is known so far.

    `phase`: "computing", "reasons" (the stories stand, the lessons are being left out: `done` of `total`), "done",
    "empty" (no case like this was decided in both worlds), "missing" (no such case), or "failed" with `problem`.
    """

    choice: Choice
    wanted: Wanted
    phase: str = "computing"
    done: int = 0
    total: int = 0
    case: str = ""
    following: str = ""
    measure: str = "lead"
    today: Story | None = None
    now: Story | None = None
    typical: Typical | None = None
    lessons: tuple[str, ...] = ()
    differences: tuple[Reason, ...] = ()
    problem: Said | None = None
    average: Comparison | None = None
    """What the policy page says of this choice, over all its years; it comes last."""


def measure_of(choice: Choice) -> str:
    """What of a case stands for the chosen outcome."""
    return MEASURE_OF.get(choice.show, "lead")


def follow(choice: Choice, wanted: Wanted, ticket: Ticket, publish: Callable[[Followed], None]) -> None:
    """Work the two stories out and publish them, and then what is behind the differences; stops when withdrawn.

    Never raises: a failure is published in words, the traceback goes to the log.
    """

    def tell(followed: Followed) -> None:
        if not ticket.withdrawn():
            publish(followed)

    begun = Followed(choice, wanted, measure=measure_of(choice))
    with said(f"following a case of {choice.query()}", lambda why: tell(replace(begun, phase="failed", problem=why))):
        tell(begun)
        _follow(begun, ticket, tell)


def _follow(begun: Followed, ticket: Ticket, tell: Callable[[Followed], None]) -> None:
    scenario, wanted, seed = begun.choice.scenario(), begun.wanted, begun.choice.seed
    worlds = (scenario.baseline(), scenario)
    books = dict(finished(lambda at: (at, book(worlds[at], seed)), range(2), PICTURE, ticket.watch()))
    if len(books) < 2:
        return
    today, now = books[0], books[1]
    pick = Pick(wanted.process, wanted.group, begun.measure)
    case = wanted.case or choose(today, now, pick, wanted.pick)
    if not case:
        tell(replace(begun, phase="empty"))
        return
    if case not in today.place or case not in now.place:
        tell(replace(begun, phase="missing", case=case, following=choose(today, now, pick, "next")))
        return
    followed = _stories(begun, today, now, pick, case)
    lessons = active(scenario)
    tell(replace(followed, phase="reasons", total=len(lessons), lessons=lessons))
    others: dict[str, Book] = {}
    for lesson, run in left_out(scenario, seed, PICTURE.after(2), ticket.watch()):
        others[lesson] = run
        tell(replace(followed, phase="reasons", done=len(others), total=len(lessons), lessons=lessons))
    if not ticket.withdrawn():
        found = differences(today, now, others, case)
        done = replace(followed, phase="done", lessons=lessons, differences=found)
        tell(done)
        if lessons:
            tell(replace(done, average=_average(begun.choice, ticket)))


def _average(choice: Choice, ticket: Ticket) -> Comparison | None:
    """The comparison of the policy page, which is kept when the visitor comes from there; None when withdrawn."""
    return compared(choice.scenario(), runs_of(choice, COMPLETING, ticket.watch()))


def _stories(begun: Followed, today: Book, now: Book, pick: Pick, case: str) -> Followed:
    both = today.told_whole(case) and now.told_whole(case)
    return replace(
        begun,
        case=case,
        following=choose(today, now, pick, "next", case),
        today=story(today, case),
        now=story(now, case),
        typical=how_typical(today, now, pick, case) if both else None,
    )
