"""What does a visitor let run on the research page? A job, how far it is, and what came out."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kastje.dashboard.texts import Said
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.countdown import Countdown, HowFar
from kastje.dashboard.work.safely import said
from kastje.dashboard.work.turns import ESTIMATE
from kastje.experiments.runs.runner import Runs
from kastje.experiments.runs.watch import Watch
from kastje.experiments.studies.small import Row, after_surge, alone, over_range

ALONE, RANGE, SURGE = "alone", "range", "surge"
KINDS = (ALONE, RANGE, SURGE)


@dataclass(frozen=True)
class Job:
    """One design of one visitor. `number` tells it from an earlier one with the same settings."""

    kind: str
    choice: Choice
    replications: int = 12
    parameter: str = ""
    values: tuple[float, ...] = ()
    extra: float = 1.0
    weeks: int = 8
    number: int = 0


@dataclass(frozen=True, eq=False)
class Progress:
    """How far a job is: `phase` idle, running, done, stopped or failed; `far` counts runs."""

    job: Job | None = None
    phase: str = "idle"
    far: HowFar = field(default_factory=HowFar)
    rows: tuple[Row, ...] = ()
    problem: Said | None = None


def work(job: Job, ticket: Ticket, publish: Callable[[Progress], None]) -> None:
    """Run a job and tell how far it is; says nothing more once its ticket is withdrawn. Never raises."""
    countdown = Countdown()
    now = Progress(job, "running")

    def tell(progress: Progress) -> None:
        if not ticket.withdrawn():
            publish(progress)

    def step(done: int, total: int) -> None:
        if far := countdown.tell(done, total):
            tell(replace(now, far=far))

    tell(now)
    with said(f"design {job.kind}", lambda why: tell(replace(now, phase="failed", problem=why)), "research.failed"):
        rows = run(job, ticket.watch(step))
        tell(replace(now, phase="done", rows=tuple(rows)))


def run(job: Job, watch: Watch) -> list[Row]:
    """The rows of a job's design."""
    scenario, runs = job.choice.scenario(), Runs(job.replications, job.choice.seed, ESTIMATE, watch)
    if job.kind == ALONE:
        return alone(scenario, runs)
    if job.kind == RANGE:
        return over_range(scenario, job.parameter, job.values, runs)
    return after_surge(scenario, runs, extra=job.extra, weeks=job.weeks)
