"""How does a choice become two films? Made on a background thread: today's first, then the choice's."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import solara
from solara.lab import use_task

from dashboard.computing import Ticket
from dashboard.session import Session
from dashboard.state import Choice
from dashboard.warmth import WARMTH
from experiments.film import Film, film_of
from model import InputError, Scenario

log = logging.getLogger("kastje.dashboard")

TELL_SECONDS = 0.5
"""How often at most the page is told how far it is."""


@dataclass(frozen=True, eq=False)
class Films:
    """What is known of a choice so far: `phase` "filming", "done" or "failed" with a `problem` (key and values).

    Two films of the same seed; of a choice without lessons both are the same one. `done` of `total` weeks are made.
    """

    choice: Choice
    phase: str = "filming"
    done: int = 0
    total: int = 0
    left: float | None = None
    """Seconds that it will take yet, when that can be said."""
    today: Film | None = None
    chosen: Film | None = None
    problem: tuple[str, dict[str, str]] | None = None

    def answers(self, choice: Choice) -> bool:
        """Whether these are about that choice."""
        return self.choice.question() == choice.question()


def film(choice: Choice, ticket: Ticket, publish: Callable[[Films], None], before: Films | None = None) -> None:
    """Make both films of a choice and publish how far it is; publishes nothing more once the ticket is withdrawn.

    Never raises: a failure is published in words, the traceback goes to the log. `before` stays in sight meanwhile.
    """
    films = Films(choice)
    if before is not None and before.chosen is not None and before.choice.profile == choice.profile:
        films = replace(films, today=before.today, chosen=before.chosen)
    try:
        with WARMTH.visitor():
            _film(choice, ticket, publish, films)
    except _Withdrawn:
        return
    except InputError as error:
        publish(replace(films, phase="failed", problem=("error.input", {"message": str(error)})))
    except Exception:
        log.exception("filming %s failed", choice.query())
        publish(replace(films, phase="failed", problem=("error.computing", {})))


class _Withdrawn(Exception):
    """Nobody waits for these films any more."""


def _film(choice: Choice, ticket: Ticket, publish: Callable[[Films], None], films: Films) -> None:
    scenario = choice.scenario()
    worlds = [scenario.baseline()] if scenario.is_baseline else [scenario.baseline(), scenario]
    begun = told = time.monotonic()
    made: list[Film] = []

    def progress(week: int, weeks: int) -> None:
        nonlocal told
        if ticket.withdrawn():
            raise _Withdrawn
        now, done, total = time.monotonic(), len(made) * weeks + week, len(worlds) * weeks
        if now - told >= TELL_SECONDS:
            told = now
            publish(replace(films, done=done, total=total, left=(now - begun) / done * (total - done)))

    for one in worlds:
        if ticket.withdrawn():
            raise _Withdrawn
        made.append(_kept(one, choice.seed, progress, ticket))
    if not ticket.withdrawn():
        publish(Films(choice, "done", today=made[0], chosen=made[-1]))


def _kept(scenario: Scenario, seed: int, progress: Callable[[int, int], None], ticket: Ticket) -> Film:
    """The film; when somebody else was making it and gave up, it is made here."""
    while True:
        try:
            return film_of(scenario, seed, progress)
        except _Withdrawn:
            if ticket.withdrawn():
                raise


@solara.component
def Filming(session: Session, films: solara.Reactive[Films]) -> None:
    """Ask for the films whenever the question changes; what was asked before is withdrawn. Draws nothing."""
    choice = session.choice
    ticket = solara.use_memo(Ticket, [choice.question()])
    solara.use_effect(lambda: ticket.withdraw, [ticket])

    def ask() -> None:
        film(choice, ticket, films.set, films.peek())

    use_task(ask, dependencies=[ticket])
    solara.Div(style="display: none")
