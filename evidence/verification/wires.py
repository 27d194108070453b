"""C1 to C3: a lesson acts through its mediator only, a placebo and a dose of zero do nothing."""

from kastje.evidence.verification.finding import Finding
from kastje.evidence.verification.runs import log_bytes, rows_in
from kastje.model import LESSON_TABLE, LESSONS, PARAMETERS, Scenario

SEED = 4
LOG_EQUAL = "event log, every byte"


def _today() -> Scenario:
    return Scenario.load("tilburg").with_parameters(horizon_days=120, runin_days=91)


def changed_by(scenario: Scenario, **lessons: float) -> tuple[bool, int]:
    """Whether lessons from the first day on change the event log of a scenario, and how many rows that has."""
    without = log_bytes(scenario, SEED)
    return log_bytes(scenario.with_lessons(**lessons, ramp_days=0.0), SEED) != without, rows_in(without)


def cut_wires() -> list[Finding]:
    """C1: with its mediator severed a lesson changes no event, with the mediator in place it does."""
    findings = []
    for lesson in LESSONS:
        cut = LESSON_TABLE[lesson].cut
        severed, rows = changed_by(_today().with_parameters(**cut), **{lesson: 1.0})
        whole, _ = changed_by(_today(), **{lesson: 1.0})
        findings.append(
            Finding(
                "C1",
                f"Tilburg, 120 days, {lesson} at 1; severed: {', '.join(PARAMETERS[name].short for name in cut)}",
                "severed: the log of today; in place: another log",
                f"severed: {'another log' if severed else 'identical'} ({rows} rows); "
                f"in place: {'another log' if whole else 'identical'}",
                LOG_EQUAL,
                not severed and whole,
            )
        )
    return findings


def agreeing() -> tuple[str, ...]:
    """The lessons, in their order, that take no parameter to another value than one before them does.

    Of two that do there is no organisation in which both are there already.
    """
    kept: dict[str, float] = {}
    found = []
    for lesson in LESSONS:
        levers = {lever.parameter: lever.full for lever in LESSON_TABLE[lesson].levers}
        if all(kept.get(name, value) == value for name, value in levers.items()):
            kept |= levers
            found.append(lesson)
    return tuple(found)


def placebos() -> list[Finding]:
    """C2: where today's values are those of a lesson at full, the lesson goes through it all and changes nothing."""
    findings = []
    together = agreeing()
    name = "all" if together == LESSONS else f"all but {', '.join(one for one in LESSONS if one not in together)}"
    for said, lessons in (*((lesson, (lesson,)) for lesson in LESSONS), (name, together)):
        full = {lever.parameter: lever.full for one in lessons for lever in LESSON_TABLE[one].levers}
        before = log_bytes(_today().with_parameters(**full), SEED)
        dose = dict.fromkeys(lessons, 1.0)
        after = log_bytes(_today().with_parameters(**full).with_lessons(**dose, ramp_days=30.0), SEED)
        findings.append(
            Finding(
                "C2",
                f"Tilburg, 120 days, {said} at 1 where {len(full)} parameters have its full values already",
                "identical log",
                f"{'identical' if before == after else 'another log'} ({rows_in(before)} rows)",
                LOG_EQUAL,
                before == after,
            )
        )
    return findings


def doses_of_zero() -> list[Finding]:
    """C3: lessons at 0, and lessons that start after the end, are the organisation without lessons."""
    today = _today()
    without = log_bytes(today, SEED)
    zero = log_bytes(today.with_lessons(all=0.0, start_day=30.0, ramp_days=10.0), SEED)
    # Lessons at 0 take a short cut; those that have not begun yet set every parameter anew each week.
    later = log_bytes(today.with_lessons(all=1.0, start_day=127.0, ramp_days=10.0), SEED)
    return [
        Finding(
            "C3",
            f"Tilburg, 120 days, {len(PARAMETERS)} parameters as they are; {what}",
            "identical log",
            f"{'identical' if log == without else 'another log'} ({rows_in(without)} rows)",
            LOG_EQUAL,
            log == without,
        )
        for what, log in (("all lessons at 0", zero), ("all lessons at 1 from a week after the end", later))
    ]
