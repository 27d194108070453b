"""How does a choice become an answer? Paired runs on background threads, shown after two and again as more come in.

The simulation runs outside Python's global lock; what runs here shares that lock with the page, so it is little.
The runs of today's organisation are kept by `kastje.experiments.runs.runner` and shared by everybody.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import solara
from solara.lab import use_task

from kastje.dashboard.texts import Said
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.safely import said
from kastje.dashboard.work.turns import COMPLETING, PICTURE, QUEUE
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.runs import runner
from kastje.experiments.runs.queue import Turn
from kastje.experiments.runs.runner import Pair, Runs
from kastje.experiments.runs.watch import Watch, nothing, unheard

FIRST = 2
"""After how many pairs an answer is shown for the first time; after one already when others wait for theirs."""
BETWEEN = 0.6
"""So many seconds later, at the soonest, it is shown again before all pairs are there: drawing takes time as well."""


@dataclass
class Ticket:
    """One request for an answer; it is withdrawn when a newer request or a closed page makes it stale."""

    _withdrawn: threading.Event = field(default_factory=threading.Event)

    def withdraw(self) -> None:
        """Nobody waits for this answer any more."""
        self._withdrawn.set()

    def watch(self, progress: Callable[[int, int], None] = unheard, meanwhile: Callable[[], None] = nothing) -> Watch:
        """Who watches runs for it: they stop when it is withdrawn."""
        return Watch(progress, self.withdrawn, meanwhile)

    def withdrawn(self) -> bool:
        """Whether nobody waits for it; asked by the simulation's own threads."""
        return self._withdrawn.is_set()


def answer(
    choice: Choice,
    previous: Comparison | None,
    ticket: Ticket,
    publish: Callable[[Answer], None],
    turn: Turn = PICTURE,
) -> None:
    """Compute a choice and publish answers as they get better; stops early when the ticket is withdrawn.

    Never raises: a failure is published as an answer in words, the traceback goes to the log.
    """

    def tell(problem: Said) -> None:
        publish(Answer(choice, "failed", problem=problem, comparison=previous))

    with said(f"computing {choice.query()}", tell):
        _compute(choice, ticket, publish, turn)


def runs_of(choice: Choice, turn: Turn, watch: Watch) -> Runs:
    """The runs that a choice asks for."""
    return Runs(choice.replications, choice.seed, turn, watch)


def _compute(choice: Choice, ticket: Ticket, publish: Callable[[Answer], None], turn: Turn) -> None:
    total = choice.replications
    shown_at: float | None = None
    pairs: list[Pair] = []
    for pair in runner.pairs(choice.scenario(), runs_of(choice, turn, ticket.watch())):
        pairs.append(pair)
        if ticket.withdrawn():
            return
        # With a room full of people: a picture now, and the next one when there is more to it.
        enough = len(pairs) >= FIRST or QUEUE.waiting(1) > 0
        due = shown_at is None or time.monotonic() - shown_at > BETWEEN
        done = len(pairs) == total
        if done or (enough and due):
            publish(Answer(choice, "done" if done else "first", len(pairs), total, Comparison.of(pairs)))
            shown_at = time.monotonic()


@solara.component
def Computing(session: Session) -> None:
    """Ask for an answer whenever the question changes; what was asked before is withdrawn. Draws nothing."""
    choice = session.choice
    ticket = solara.use_memo(Ticket, [choice.question()])
    solara.use_effect(lambda: ticket.withdraw, [ticket])

    def ask() -> None:
        answer(choice, session.answer.peek().comparison, ticket, session.answer.set)

    use_task(ask, dependencies=[ticket])
    PinsComputing(session)
    solara.Div(style="display: none")


@solara.component
def PinsComputing(session: Session) -> None:
    """Work out the pins one by one, once the choice itself is done; a pin just made costs nothing. Draws nothing."""
    choice, latest = session.choice, session.answer.value
    settled = latest.answers(choice) and latest.phase in ("done", "failed")
    asked = tuple(choice.asked_of(pin) for pin in choice.pins) if settled else ()
    ticket = solara.use_memo(Ticket, [asked])
    solara.use_effect(lambda: ticket.withdraw, [ticket])

    def work() -> None:
        if not asked:
            return
        known = {pin: session.pinned.peek()[pin] for pin in asked if pin in session.pinned.peek()}
        if latest.phase == "done" and latest.comparison is not None and choice.question() in asked:
            known[choice.question()] = latest.comparison
        session.pinned.set(dict(known))
        for pin in asked:
            found: list[Answer] = []
            if pin not in known and not ticket.withdrawn():
                answer(pin, None, ticket, found.append, COMPLETING)
            if found and found[-1].phase == "done" and found[-1].comparison and not ticket.withdrawn():
                known[pin] = found[-1].comparison
                session.pinned.set(dict(known))

    use_task(work, dependencies=[ticket])
    solara.Div(style="display: none")
