"""What differs for a case, through what, and its figures in both worlds, as the page shows them."""

import math
from typing import Any

from kastje.dashboard.case.following import Followed
from kastje.dashboard.case.who import Naming, lesson_words
from kastje.dashboard.texts import Texts
from kastje.experiments.logs.stories import PARTS, Reason

MARKS = {
    "told_again": "stories",
    "sent_away": "bounces",
    "astray": "astray",
    "documents": "documents",
    "early": "early",
    "stalled": "stalls",
    "put_up": "put_up",
    "lost": "drops",
    "done_again": "again",
    "returned": "returns",
    "chases": "chases",
    "hung_up": "hung_up",
}
"""Which difference an event belongs to."""

_UNITS = {"lead": "days", "fit": "percent"} | dict.fromkeys(PARTS.values(), "hours")
_NEUTRAL = ("early", "handovers", "touch")
_SHARES = ("fit", "satisfaction")
TOTALS = (
    *("lead", *PARTS, "closed"),
    *("contacts", "stories", "bounces", "handovers", "returns", "minutes", "satisfaction", "fit"),
)


def numbered(followed: Followed) -> dict[str, int]:
    """The number of each difference that is told, by its measure."""
    return {difference.measure: number for number, difference in enumerate(followed.differences, start=1)}


def value_words(measure: str, value: float, texts: Texts) -> str:
    """A measure's value with its unit."""
    unit = _UNITS.get(measure, "times" if value != 1 else "once")
    if unit == "percent":
        return texts.percent(value)
    return texts(f"case_unit.{unit}", value=texts.number(value, 1 if unit == "days" else 0))


def change_words(difference: Reason, texts: Texts) -> str:
    """A difference as what it was and what it is."""
    return texts(
        "case_unit.change",
        label=texts(f"case_diff.{difference.measure}"),
        today=value_words(difference.measure, difference.today, texts),
        now=value_words(difference.measure, difference.choice, texts),
    )


def tone_of(difference: Reason) -> str:
    """Whether a difference is better or worse for the resident, or neither."""
    if difference.measure in _NEUTRAL:
        return "other"
    more = difference.choice > difference.today
    return "better" if more == (difference.measure == "fit") else "worse"


def difference_rows(followed: Followed, texts: Texts) -> list[dict[str, Any]]:
    """The differences with the lesson and the act behind each."""
    rows = []
    for number, difference in enumerate(followed.differences, start=1):
        tone = tone_of(difference)
        lessons = [lesson_words(lesson, texts) for lesson in difference.lessons]
        behind = {"lesson": lessons[0] if lessons else "", "lessons": ", ".join(lessons)}
        rows.append(
            {
                "number": number,
                "measure": difference.measure,
                "label": texts(f"case_diff.{difference.measure}"),
                "today": value_words(difference.measure, difference.today, texts),
                "now": value_words(difference.measure, difference.choice, texts),
                "tone": tone,
                "verdict": texts(f"case_tone.{tone}"),
                "behind": texts(f"case_behind.{difference.behind}", **behind),
                "kind": difference.behind,
                "act": texts(f"case_act.{difference.measure}"),
            }
        )
    return rows


def total_rows(followed: Followed, texts: Texts) -> list[dict[str, str]]:
    """The figures of the whole case in both worlds."""
    rows = []
    for name in TOTALS:
        today, now = (_total(story, name) for story in (followed.today, followed.now))
        decimals = 1 if name == "lead" else 0
        rows.append(
            {
                "name": name,
                "label": texts(f"case_total.{name}"),
                "today": texts.number(today, decimals),
                "now": texts.number(now, decimals),
                "difference": texts.number(now - today, decimals, sign=True) if math.isfinite(now - today) else "",
            }
        )
    return rows


def _total(story: Any, name: str) -> float:
    if name == "lead":
        return float(story.lead_days)
    if name in story.hours:
        return float(story.hours[name])
    return float(story.counts[name]) * (100 if name in _SHARES else 1)


def table_rows(followed: Followed, naming: Naming) -> list[dict[str, str]]:
    """Both time lines as a table: what happened and where it lay, in order of time."""
    texts = naming.texts
    rows = []
    for world, story in (("today", followed.today), ("now", followed.now)):
        if story is None:
            continue
        happened = [(e.hours, naming.event(e, story), naming.person(e)) for e in story.events]
        lay = [
            (
                s.begin + 1e-4,
                texts(
                    "case_part.stretch",
                    part=texts(f"case_part.{s.kind}"),
                    days=texts.number((s.end - s.begin) / 24, 1),
                ),
                ", ".join(naming.department(d) for d in s.departments),
            )
            for s in story.stretches
            if s.end - s.begin >= 1.2
        ]
        rows += [
            {
                "world": texts(f"case_why.{world}"),
                "day": texts.number(hours / 24, 1),
                "when": naming.date(story, hours),
                "happened": words,
                "who": who,
            }
            for hours, words, who in sorted(happened + lay, key=lambda row: row[0])
        ]
    return rows
