"""How does a choice become two films? Made on a background thread: today's first, then the choice's."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

import solara
from solara.lab import use_task

from kastje.dashboard.texts import Said
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.countdown import Countdown, HowFar
from kastje.dashboard.work.safely import said
from kastje.dashboard.work.turns import PICTURE, in_turn
from kastje.experiments.logs.film import Film, film_of
from kastje.model import Scenario


@dataclass(frozen=True, eq=False)
class Films:
    """What is known of a choice so far: `phase` "filming", "done" or "failed" with a `problem` (key and values).

    Two films of the same seed; of a choice without lessons both are the same one. `far` counts weeks.
    """

    choice: Choice
    phase: str = "filming"
    far: HowFar = field(default_factory=HowFar)
    today: Film | None = None
    chosen: Film | None = None
    problem: Said | None = None

    def answers(self, choice: Choice) -> bool:
        """Whether these are about that choice."""
        return self.choice.question() == choice.question()


def film(choice: Choice, ticket: Ticket, publish: Callable[[Films], None], before: Films | None = None) -> None:
    """Make both films of a choice and publish how far it is; publishes nothing more once the ticket is withdrawn.

    Never raises: a failure is published in words, the traceback goes to the log. `before` stays in sight meanwhile.
    """
    films = Films(choice)
    if before is not None and before.chosen is not None and before.choice.municipality == choice.municipality:
        films = replace(films, today=before.today, chosen=before.chosen)

    def tell(problem: Said) -> None:
        publish(replace(films, phase="failed", problem=problem))

    with said(f"filming {choice.query()}", tell), suppress(_Withdrawn):
        _film(choice, ticket, publish, films)


class _Withdrawn(Exception):
    """Nobody waits for these films any more."""


def _film(choice: Choice, ticket: Ticket, publish: Callable[[Films], None], films: Films) -> None:
    scenario = choice.scenario()
    worlds = [scenario.baseline()] if scenario.is_baseline else [scenario.baseline(), scenario]
    countdown = Countdown()
    made: list[Film] = []
    weeks, of = 0, 1

    def progress(week: int, total: int) -> None:
        nonlocal weeks, of
        if ticket.withdrawn():
            raise _Withdrawn
        weeks, of = week, total

    def tell() -> None:
        far = countdown.tell(len(made) * of + weeks, len(worlds) * of)
        if weeks and far and not ticket.withdrawn():
            publish(replace(films, far=far))

    for place, one in enumerate(worlds):
        make = partial(_kept, one, choice.seed, progress, ticket)
        found = in_turn(make, PICTURE.after(place), ticket.watch(meanwhile=tell))
        if found is None:
            return
        made.append(found)
        weeks = 0
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
