"""How does a step become figures? Paired runs in the background, then the resident, then the next step ahead of time.

What the room has seen drawn must not change, so the outcome is handed over once all replications are in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from kastje.dashboard.present.resident import Resident, resident_of
from kastje.dashboard.texts import Said
from kastje.dashboard.visit.computing import Ticket, runs_of
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.countdown import Countdown, HowFar
from kastje.dashboard.work.safely import safely, said
from kastje.dashboard.work.turns import AHEAD, COMPLETING, PICTURE, in_turn
from kastje.experiments.difference.compare import Comparison, compared
from kastje.experiments.runs.queue import Turn
from kastje.experiments.runs.watch import unheard
from kastje.model import Scenario

DAYS = 365


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a choice over a number of years, what is laid beside it, and what comes next."""

    choice: Choice
    years: int = 1
    alternative: Choice | None = None
    ahead: Choice | None = None


@dataclass(frozen=True, eq=False)
class Reckoned:
    """What is known so far of what was wanted; `far` counts replications."""

    wanted: Wanted | None = None
    far: HowFar = field(default_factory=HowFar)
    comparison: Comparison | None = None
    resident: Resident | None = None
    resident_known: bool = False
    alternative: Comparison | None = None
    problem: Said | None = None


def scenario_of(choice: Choice, years: int) -> Scenario:
    """The model's scenario of a choice over this many years. Raises InputError when the model refuses a value."""
    scenario = choice.scenario()
    return scenario if years == 1 else scenario.with_parameters(horizon_days=DAYS * years)


def reckon(wanted: Wanted, ticket: Ticket, publish: Callable[[Reckoned], None]) -> None:
    """Work out what is wanted and publish it part by part; stops early when the ticket is withdrawn.

    Never raises: a failure is published in words, the traceback goes to the log.
    """

    def say(now: Reckoned) -> None:
        # What is withdrawn must not overwrite what a later request has published.
        if not ticket.withdrawn():
            publish(now)

    with said(f"working out {wanted.choice.query()}", lambda why: say(Reckoned(wanted, problem=why))):
        if _main(wanted, ticket, say):
            _ahead(wanted, ticket)


def _main(wanted: Wanted, ticket: Ticket, say: Callable[[Reckoned], None]) -> bool:
    """Whether all of it was worked out."""
    choice, countdown = wanted.choice, Countdown()
    total = choice.replications
    now = Reckoned(wanted, HowFar(0, total))
    say(now)

    def progress(done: int, total: int) -> None:
        if far := countdown.tell(done, total):
            say(replace(now, far=far))

    comparison = _compared(choice, wanted.years, ticket, PICTURE, progress)
    if comparison is None:
        return False
    now = replace(now, far=HowFar(total, total), comparison=comparison)
    say(now)
    # The figures stand without the story of one resident and without what is laid beside them.
    scenario = scenario_of(choice, wanted.years)
    look = partial(safely, partial(resident_of, scenario, choice.seed), None)
    now = replace(now, resident=in_turn(look, PICTURE.after(total), ticket.watch()), resident_known=True)
    say(now)
    if wanted.alternative is not None and not ticket.withdrawn():
        alternative = partial(_compared, wanted.alternative, wanted.years, ticket, COMPLETING)
        now = replace(now, alternative=safely(alternative, None))
        say(now)
    return not ticket.withdrawn()


def _ahead(wanted: Wanted, ticket: Ticket) -> None:
    """Run the next step into the runner's shared stores while the room talks."""
    if wanted.ahead is None:
        return
    if _compared(wanted.ahead, wanted.years, ticket, AHEAD) is not None:
        scenario = scenario_of(wanted.ahead, wanted.years)
        in_turn(partial(resident_of, scenario, wanted.ahead.seed), AHEAD, ticket.watch())


def _compared(
    choice: Choice, years: int, ticket: Ticket, turn: Turn, progress: Callable[[int, int], None] = unheard
) -> Comparison | None:
    """The comparison of a choice with today, or None when the ticket was withdrawn before it was there."""
    return compared(scenario_of(choice, years), runs_of(choice, turn, ticket.watch(progress)))
