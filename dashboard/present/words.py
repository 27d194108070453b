"""What do the screens of the presenter view say? Sentences filled with the numbers of the runs that were just made."""

from collections.abc import Mapping, Sequence
from typing import Any

from kastje.dashboard.case.who import Naming
from kastje.dashboard.figures.figures import label_of, unit_of, value_text
from kastje.dashboard.figures.monthly import lines_of
from kastje.dashboard.present.headline import whole
from kastje.dashboard.present.position import Position
from kastje.dashboard.present.resident import Resident
from kastje.dashboard.present.story import Step
from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.circumstances import load_text
from kastje.dashboard.visit.described import edits
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.compare import Comparison
from kastje.model import LESSON_TABLE, OUTCOMES

PLACES = {0: 1.0, 1: 0.5, 2: 0.1, 3: 0.01}
"""How far an arrow key moves a prediction, by the decimals of the outcome."""


def unit(outcome: str, texts: Texts) -> str:
    """An outcome's unit; nothing where it only says from where to where."""
    found = unit_of(outcome, texts)
    return "" if found == "0-1" else found


def with_unit(outcome: str, value: float, texts: Texts) -> str:
    """A value as it is said: 62,0 dagen, 81%."""
    text, of = value_text(outcome, value, texts), unit(outcome, texts)
    return text + of if of == "%" else f"{text} {of}".strip()


def said(outcome: str, value: float, texts: Texts) -> str:
    """A prediction, which is in the unit on the screen already, as it is said."""
    return with_unit(outcome, value / OUTCOMES[outcome].scale, texts)


def changed(choice: Choice, texts: Texts) -> list[str]:
    """What is different from today: the lessons with how far they go, and how busy it is."""
    parts = []
    for step, lesson in zip(choice.steps, LESSON_TABLE.values(), strict=True):
        if step:
            how = texts(f"step.{step}")
            parts.append(texts("present.changed", lesson=lesson.label.in_language(texts.language), how=how))
    if len(set(choice.steps)) == 1 and len(parts) > 1:
        parts = [texts("present.changed_all", how=texts(f"step.{choice.steps[0]}"))]
    if choice.load != 1.0:
        parts.append(texts("present.changed_load", load=load_text(choice.load, texts)))
    parts += edits(choice, texts)
    return parts or [texts("present.changed_nothing")]


def question_of(step: Step | None, choice: Choice, texts: Texts) -> str:
    """The question for the room: the step's own, or a plain one when another outcome was chosen."""
    if step is not None and step.outcome == choice.show:
        return step.question[texts.language]
    return texts("present.question", label=label_of(choice.show, texts))


def ask_of(position: Position, step: Step | None, choice: Choice, comparison: Comparison | None, texts: Texts) -> dict:
    """The screen of the question."""
    outcome = OUTCOMES[choice.show]
    today = None if comparison is None or choice.is_today else comparison.baseline[choice.show]
    start = (step.start if step and step.outcome == choice.show else 0.0) if today is None else today * outcome.scale
    return {
        "question": question_of(step, choice, texts),
        "changed": changed(choice, texts),
        "definition": outcome.definition[texts.language],
        "today": ""
        if choice.is_today
        else texts("present.today_is", value=with_unit(choice.show, today or 0.0, texts))
        if today is not None
        else texts("present.today_soon"),
        "unit": unit(choice.show, texts),
        "percentage": outcome.scale == 100,
        "decimals": outcome.decimals,
        "by": PLACES.get(outcome.decimals, 0.01),
        "start": round(start, outcome.decimals) if start == start else 0.0,
        "ready": choice.is_today or today is not None,
        "signed": choice.show.endswith("gap"),
        "guess": list(position.guess),
    }


def lines(choice: Choice, comparison: Comparison, position: Position) -> dict[str, Any]:
    """The chart as plain numbers in the unit on the screen: both lines, the band, both whole periods, the room."""
    name, scale = choice.show, OUTCOMES[choice.show].scale
    found = lines_of(comparison, name)
    runs = whole(comparison, name)
    values = {"today": comparison.baseline[name], "choice": runs.mean, "low": runs.low, "high": runs.high}
    found["whole"] = {part: value * scale if value == value else None for part, value in values.items()}
    found["years"] = position.years
    found["alone"] = choice.is_today
    found["bounds"] = bounds(found, position.guess, percentage=scale == 100)
    return found


def bounds(lines: Mapping[str, Any], guess: Sequence[float], *, percentage: bool) -> dict[str, float]:
    """Where the axis begins and ends: a little beyond everything drawn; not below 0, nor above 100 per cent, for it."""
    values = [
        *(value for part in ("today", "choice", "low", "high") for value in lines[part]),
        *lines["whole"].values(),
    ]
    known = [value for value in (*values, *guess) if value is not None]
    if not known:
        return {}
    least, most = min(known), max(known)
    room = ((most - least) or abs(most) or 1.0) * 0.08
    return {
        "min": 0.0 if 0.0 <= least < room else least - room,
        "max": min(100.0, most + room) if percentage and most <= 100.0 else most + room,
    }


def about(choice: Choice, texts: Texts) -> dict[str, Any]:
    """What the chart is about."""
    outcome = OUTCOMES[choice.show]
    return {"label": label_of(choice.show, texts), "unit": unit(choice.show, texts), "decimals": outcome.decimals}


def result(choice: Choice, comparison: Comparison, position: Position, texts: Texts) -> dict[str, str]:
    """What the room said beside what the runs say, and how the room did."""
    name = choice.show
    runs = whole(comparison, name)
    if runs.n == 0:
        return {"runs": texts("present.none"), "room": "", "score": ""}
    low, high = (value_text(name, edge, texts) for edge in (runs.low, runs.high))
    ours = texts("present.runs", value=with_unit(name, runs.mean, texts), low=low, high=high)
    if not position.guess:
        return {"runs": ours, "room": texts("present.room_silent"), "score": ""}
    scale = OUTCOMES[name].scale
    middle = position.guess[len(position.guess) // 2]
    room = texts("present.room", value=said(name, middle, texts))
    if len(position.guess) == 3:
        lowest, highest = (
            texts.number(one, OUTCOMES[name].decimals) for one in (position.guess[0], position.guess[-1])
        )
        room = texts("present.room_spread", value=said(name, middle, texts), low=lowest, high=highest)
    off = middle - runs.mean * scale
    decimals = OUTCOMES[name].decimals
    # Compared as both are written: what reads the same is the same.
    if runs.low * scale <= middle <= runs.high * scale or round(off, decimals) == 0:
        score = texts("present.hit")
    else:
        away = texts.number(abs(off), decimals) + (f" {texts('figure.points')}" if scale == 100 else "")
        score = texts("present.over" if off > 0 else "present.under", off=away)
        if len(position.guess) == 3 and position.guess[0] <= runs.mean * scale <= position.guess[-1]:
            score = f"{score} {texts('present.within')}"
    return {"runs": ours, "room": room, "score": score}


def story_of(resident: Resident | None, known: bool, choice: Choice, texts: Texts) -> dict[str, Any]:
    """The card of the resident: who, what for, and three rows of both worlds; a sentence when there is no such case."""
    if resident is None:
        return {"title": "", "text": texts("present.nobody" if known else "present.resident_soon"), "rows": []}
    alone = choice.is_today
    rows = []
    both = (resident.today, resident.choice)
    for label, pair in (
        ("present.days", [texts.number(one.days) for one in both]),
        ("present.told", [texts.number(one.told) for one in both]),
        ("present.referrals", [texts.number(one.referrals) for one in both]),
    ):
        rows.append({"label": texts(label), "today": pair[0], "choice": "" if alone else pair[1]})
    of, change = texts.number(resident.of), texts.number(resident.median, 1, sign=True)
    naming = Naming(choice.world().profile, texts)
    name = naming.name(resident.number)
    return {
        "title": texts("present.resident", name=name),
        "text": texts("present.need", name=name, need=naming.need(resident.process, resident.type)),
        "rows": rows,
        "note": texts("present.typical_today", of=of) if alone else texts("present.typical", of=of, change=change),
    }


def alt(choice: Choice, comparison: Comparison, texts: Texts) -> str:
    """The chart in one sentence, for who does not see it."""
    name = choice.show
    today, value = (value_text(name, one[name], texts) for one in (comparison.baseline, comparison.scenario))
    return texts("present.alt", label=label_of(name, texts), today=today, choice=value)
