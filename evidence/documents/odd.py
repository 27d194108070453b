"""The tables of docs/odd.md: levers, channels, and the numbers that stand in the code."""

from pkgutil import resolve_name

from kastje.evidence.documents.markdown import Made, table
from kastje.model import LESSON_TABLE, PARAMETERS
from kastje.model.channels import CHANNELS, STANDS_FOR, Channels, having

CONSTANTS: tuple[tuple[str, str, str], ...] = (
    ("roster:OPENS", "hour of the day", "when a working day begins"),
    ("roster:DAY_HOURS", "hours", "how long a working day is"),
    ("worklist:WEEK_HOURS", "hours", "a week's hours; the most of each budget that can be saved up, times its share"),
    ("meetings:SLOTS", "slots", "parts of a working day that a meeting can be booked in"),
    ("state:MEETING_SEATS", "people", "most people in one meeting about a case"),
    ("callbacks:WRONG_HOURS", "hours", "mean time until a wrong answer is found out"),
    ("contacts:RETRY_HOURS", "hours", "mean time until somebody who hung up tries again"),
    ("contacts:TRIES_MOST", "tries", "most times that one contact is tried again"),
    ("endings:NEVER_DAYS", "days", "until an application that is never completed is closed"),
    ("cases:RETURNS_MOST", "returns", "most times that one applicant comes back"),
    ("residents:WANTED", "components", "what an applicant needs (|n|)"),
    ("residents:COMPONENTS", "components", "what a solution can consist of (K)"),
    ("staffing:COVER_DAYS", "days", "a longer absence sends what lies on one's own list to the team"),
    ("week:FORGET", "per week", "what is left each week of the hours written down to a cause of rework"),
    ("network:MANAGER_WEIGHT", "share", "weight of the own manager in what one hears within the team"),
    ("network:CROSS_TIES", "people", "colleagues in other teams that one hears"),
    ("beginning:MOST_INHABITANTS_KEPT", "residents", "most residents with a memory of their own"),
    ("terms:LONGEST_DAYS", "days", "mean lead time counts no case for longer"),
)
"""Numbers that are written in the code, because no question is asked of them."""


def levers() -> str:
    """The lever register, lesson by lesson."""
    rows = []
    for lesson in LESSON_TABLE.values():
        sets = "; ".join(f"`{x.parameter}` {PARAMETERS[x.parameter].default:g} → {x.full:g}" for x in lesson.levers)
        name = f"{lesson.number} {lesson.label.en} (`{lesson.id}`)"
        rows.append((name, sets, lesson.mediator, lesson.cost.en))
    return table(("lesson", "sets, from today's default to full intensity", "carried by", "costs"), rows)


def channels() -> str:
    """The channels as they are unless a profile says otherwise, and what the register says each one stands for."""
    head = (
        "channel",
        "stands for",
        "share",
        "low-skill weight",
        "live",
        "staff hours",
        "lost",
        "low skill",
        "rich",
        "minutes",
        "cv",
    )
    rows = [
        (
            name,
            ", ".join(column for column in STANDS_FOR if having(column)[number]) or "-",
            f"{c.share:g}",
            f"{c.low_skill_weight:g}",
            "yes" if c.live else "no",
            *(f"{x:g}" for x in (c.hours, c.loss, c.loss_low_skill, c.richness, c.minutes, c.cv)),
        )
        for number, (name, c) in enumerate(zip(CHANNELS, Channels().all(), strict=True))
    ]
    return table(head, rows)


def constants() -> str:
    """The numbers that no parameter holds."""
    rows = [
        (f"`kastje.model.{name.replace(':', '.')}`", what, unit, f"{resolve_name(f'kastje.model.{name}'):g}")
        for name, unit, what in CONSTANTS
    ]
    return table(("constant", "what", "unit", "value"), rows)


ODD: Made = {
    "levers": levers,
    "channels": channels,
    "constants": constants,
}
"""Every part of docs/odd.md that is made from the code."""
