"""What does a visitor let run on the research page? A job, how far it is, and what came out."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.computing import Ticket
from dashboard.state import Choice
from dashboard.warmth import WARMTH, WORKERS
from experiments.small import Row, after_surge, alone, over_range
from model import InputError

log = logging.getLogger("kastje.dashboard")

ALONE, RANGE, SURGE = "alone", "range", "surge"
KINDS = (ALONE, RANGE, SURGE)
HALF = max(1, WORKERS // 2)
"""A design takes half of the machine, so that the sliders of others stay quick."""
TELL_SECONDS = 0.25


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
    """How far a job is: `phase` idle, running, done, stopped or failed; `left` is about how many seconds to go."""

    job: Job | None = None
    phase: str = "idle"
    done: int = 0
    total: int = 0
    left: float | None = None
    rows: tuple[Row, ...] = ()
    problem: tuple[str, dict[str, str]] | None = None


def work(job: Job, ticket: Ticket, publish: Callable[[Progress], None]) -> None:
    """Run a job and tell how far it is; says nothing more once its ticket is withdrawn. Never raises."""
    began, told = time.monotonic(), 0.0
    now = Progress(job, "running")

    def tell(progress: Progress) -> None:
        if not ticket.withdrawn():
            publish(progress)

    def step(done: int, total: int) -> None:
        nonlocal told
        spent = time.monotonic() - began
        if spent - told < TELL_SECONDS and done < total:
            return
        told = spent
        tell(replace(now, done=done, total=total, left=spent / done * (total - done)))

    tell(now)
    try:
        with WARMTH.visitor():
            rows = run(job, step, ticket.withdrawn)
        tell(replace(now, phase="done", rows=tuple(rows)))
    except InputError as error:
        tell(replace(now, phase="failed", problem=("error.input", {"message": str(error)})))
    except Exception:
        log.exception("design %s failed", job.kind)
        tell(replace(now, phase="failed", problem=("research.failed", {})))


def run(job: Job, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> list[Row]:
    """The rows of a job's design."""
    scenario, count, seed = job.choice.scenario(), job.replications, job.choice.seed
    if job.kind == ALONE:
        return alone(scenario, replications=count, seed=seed, workers=HALF, progress=progress, cancelled=cancelled)
    if job.kind == RANGE:
        return over_range(
            scenario,
            job.parameter,
            job.values,
            replications=count,
            seed=seed,
            workers=HALF,
            progress=progress,
            cancelled=cancelled,
        )
    return after_surge(
        scenario,
        extra=job.extra,
        weeks=job.weeks,
        replications=count,
        seed=seed,
        workers=HALF,
        progress=progress,
        cancelled=cancelled,
    )
