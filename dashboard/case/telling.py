"""What happens to this resident, and why is it faster or slower now? One breath of words with this case's numbers."""

from kastje.dashboard.case.following import Followed
from kastje.dashboard.case.who import Naming, lesson_words, number_of
from kastje.dashboard.case.why import change_words
from kastje.dashboard.figures.figures import label_of, unit_of, value_text
from kastje.dashboard.texts import Texts
from kastje.experiments.logs.stories import (
    KINDS_OF_STRETCH,
    MEASURE_OF,
    PARTS,
    Reason,
    Story,
    Typical,
)

_LEAST = {"lead": "days", "satisfaction": "points", "fit": "points", "minutes": "minutes"}
_SCALE = {"satisfaction": 100, "fit": 100}
_HARDLY = 0.5
"""Below this the lead time counts as the same [days]."""
_NAMED = 3
"""So many lessons are named in a sentence."""


def breath(followed: Followed, naming: Naming) -> dict[str, str]:
    """The sentences on top: who it is, the answer, how typical it is, and what the policy page says on average."""
    today, now = followed.today, followed.now
    if today is None or now is None:
        return {}
    texts = naming.texts
    name = naming.name(today.resident)
    who = texts("case_story.who_vulnerable" if today.vulnerable else "case_story.who_other")
    return {
        "intro": texts("case_story.intro", name=name, who=who, need=naming.need(today.process, today.type)),
        "answer": answer(followed, today, now, name, texts),
        "why": why(followed, today, now, texts),
        "typical": typical(followed, texts),
        "average": average(followed, texts),
        "case": naming.case(today),
        "synthetic": texts("case_story.synthetic", name=name),
        "seed": texts("case_story.one_seed", seed=followed.choice.seed, replications=followed.choice.replications),
    }


def answer(followed: Followed, today: Story, now: Story, name: str, texts: Texts) -> str:
    """How it goes today and how with the lessons."""
    if not any(followed.choice.steps):
        return texts("case_story.no_lessons", today=_state(today, texts))
    if today.state == now.state == "decided":
        return texts(
            "case_story.answer",
            name=name,
            today=_days(today.lead_days, texts),
            now=_days(now.lead_days, texts),
            told=_times(today, texts),
            again=_times(now, texts),
        )
    return texts("case_story.answer_open", today=_state(today, texts), now=_state(now, texts))


def why(followed: Followed, today: Story, now: Story, texts: Texts) -> str:
    """Why it is faster or slower, and the lesson that is behind that; what else differs when it is neither."""
    if not any(followed.choice.steps):
        return ""
    change = now.lead_days - today.lead_days
    if abs(change) < _HARDLY:
        words = texts("case_story.same")
        if followed.phase != "done":
            return words
        told = [_told(d, texts) for d in followed.differences if d.measure not in PARTS.values()][:3]
        more = texts("case_story.else", what="; ".join(told)) if told else texts("case_story.nothing")
        return f"{words} {more}"
    sign = 1 if change > 0 else -1
    part = max(KINDS_OF_STRETCH, key=lambda kind: sign * (now.lying[kind] - today.lying[kind]))
    days = _days(abs(now.lying[part] - today.lying[part]), texts)
    because = texts(f"case_more.{part}" if sign > 0 else f"case_less.{part}", days=days)
    gained = {"days": _days(abs(change), texts), "part": because}
    words = texts("case_story.slower", **gained) if sign > 0 else texts("case_story.faster", **gained)
    return f"{words} {_behind(followed, PARTS.get(part, 'returns'), texts)}"


def _told(difference: Reason, texts: Texts) -> str:
    words = change_words(difference, texts)
    words = words[:1].lower() + words[1:]
    if difference.behind != "lesson":
        return words
    return texts("case_story.with_lesson", what=words, lesson=lesson_words(difference.lessons[0], texts))


def _behind(followed: Followed, measure: str, texts: Texts) -> str:
    if followed.phase != "done":
        return texts("case_story.by_pending")
    found = {difference.measure: difference for difference in followed.differences}
    difference = found.get(measure) or found.get("lead")
    if difference is None or difference.behind == "others":
        return texts("case_story.by_others")
    lessons = [lesson_words(lesson, texts) for lesson in difference.lessons]
    if difference.behind == "lesson":
        return texts("case_story.by_lesson", lesson=lessons[0])
    if len(lessons) > _NAMED:
        return texts("case_story.by_many", n=texts.number(len(lessons)))
    return texts("case_story.by_together", lessons=", ".join(lessons))


def typical(followed: Followed, texts: Texts) -> str:
    """For how many of a hundred it goes so."""
    found = followed.typical
    if not any(followed.choice.steps):
        return ""
    if found is None or found.total == 0:
        return texts("case_story.typical_none")
    of_hundred = {
        name: texts.number(100 * count / found.total)
        for name, count in (
            ("share", found.same),
            ("other", found.other_way),
            ("none", found.none),
            ("less", found.less),
            ("more", found.more),
        )
    }
    plain = {
        "same": texts.number(found.same),
        "total": texts.number(found.total),
        "measure": texts(f"case_measure.{followed.measure}"),
        "group": texts(f"case_group.{followed.wanted.group}"),
    }
    if found.direction == 0:
        least = texts(f"case_measure.least_{_LEAST.get(followed.measure, 'count')}")
        words = texts("case_story.typical_same", **of_hundred, least=least, **plain)
    else:
        words = texts("case_story.typical", **of_hundred, **plain)
    picked = followed.wanted.pick == "typical" and not followed.wanted.case
    return f"{middle(followed, found, texts)} {words}" if picked else words


def middle(followed: Followed, found: Typical, texts: Texts) -> str:
    """Why the typical case is this one, and where the mean of all cases of this one year lies."""

    def change(value: float) -> str:
        amount = texts.number(value * _SCALE.get(followed.measure, 1), 1, sign=True)
        return texts(f"case_measure.change_{_LEAST.get(followed.measure, 'count')}", value=amount)

    return texts(
        "case_story.middle",
        measure=texts(f"case_measure.{followed.measure}"),
        total=texts.number(found.total),
        median=change(found.median),
        mean=change(found.mean),
    )


def average(followed: Followed, texts: Texts) -> str:
    """What the policy page says of the same choice: over all its years, and with the cases that are still open."""
    comparison = followed.average
    if comparison is None:
        return ""
    outcome = followed.choice.show if followed.choice.show in MEASURE_OF else "lead_time_days_mean"
    return texts(
        "case_story.average",
        replications=texts.number(comparison.replications),
        label=label_of(outcome, texts),
        today=value_text(outcome, comparison.baseline[outcome], texts),
        now=value_text(outcome, comparison.scenario[outcome], texts),
        unit=unit_of(outcome, texts),
    )


def trouble(followed: Followed, texts: Texts) -> str:
    """Why there is no case to show, if there is none."""
    if followed.phase == "empty":
        return texts("case_story.empty")
    if followed.phase == "missing":
        return texts("case_story.missing", number=number_of(followed.case), first=number_of(followed.following))
    if followed.phase == "failed" and followed.problem is not None:
        key, values = followed.problem
        return texts(key, **values)
    return ""


def badge(followed: Followed, texts: Texts) -> dict[str, str]:
    """How far the work is."""
    if followed.phase in ("empty", "missing", "failed"):
        return {"phase": "failed", "words": texts("case_story.failed")}
    if followed.phase == "done":
        return {"phase": "done", "words": texts("case_story.done")}
    if followed.phase == "reasons":
        words = texts("case_story.reasons", done=followed.done, total=followed.total)
        return {"phase": "first", "words": words}
    return {"phase": "computing", "words": texts("case_story.reading")}


def _days(days: float, texts: Texts) -> str:
    return texts.number(days, 1 if days < 10 else 0)


def _times(story: Story, texts: Texts) -> str:
    told = story.counts["stories"]
    return texts("case_story.once") if told == 1 else texts("case_story.times", n=texts.number(told))


def _state(story: Story, texts: Texts) -> str:
    return texts(f"case_state.{story.state}", days=_days(story.lead_days, texts))
