"""What did each lesson bring? The rows of the card: a bar with its range per lesson, the whole, the interaction."""

import math
from collections.abc import Callable, Iterable
from typing import Any

from kastje.dashboard.figures import saying
from kastje.dashboard.figures.figures import label_of, unit_of
from kastje.dashboard.policy.why.chains import chain, levers
from kastje.dashboard.policy.why.explaining import Explanation
from kastje.dashboard.policy.why.words import amount, number, points, range_of
from kastje.dashboard.texts import Texts
from kastje.dashboard.work.countdown import left_words
from kastje.dashboard.work.safely import safely
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.contributions import Contributions, Explained
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.verdict import Word, verdict
from kastje.model import LESSON_TABLE, Scenario

Place = Callable[[float], float]


def card(
    name: str, comparison: Comparison | None, scenario: Scenario | None, found: Contributions | None, texts: Texts
) -> dict[str, Any]:
    """What the card shows about outcome `name`: of a comparison that is done, and its contributions as far as known."""
    said: dict[str, Any] = {"message": "", "lead": "", "rows": [], "whole": {}, "beyond": {}, "method": ""}
    if scenario is None:
        return said | {"message": texts("error.computing")}
    if scenario.is_baseline:
        return said | {"message": texts("why.no_lessons")}
    if comparison is None or found is None:
        lessons = [lesson for lesson, value in scenario.lessons.items() if value]
        message = texts("why.waiting" if comparison is None else "why.working")
        return said | {"message": message, "rows": [_empty(lesson, scenario, texts) for lesson in lessons]}
    explained = found.of(name)
    if not math.isfinite(explained.difference.mean):
        return said | {"message": texts("why.no_figure", label=label_of(name, texts))}
    said |= {"lead": _lead(name, explained, texts)}
    if not explained.by_lesson:
        return said | {"message": texts("why.no_parts")}
    place = _axis(name, explained)
    return said | {
        "rows": [_row(name, lesson, explained, found, scenario, place, texts) for lesson in found.lessons],
        "whole": _bar(name, explained.difference, place, texts) | {"label": texts("why.whole")},
        "beyond": _beyond(name, explained, place, texts),
        "method": _method(found, comparison, texts),
    }


def badge(state: Explanation, comparison: Comparison | None, texts: Texts) -> dict[str, Any]:
    """Whether the parts are estimated or exact, and how far the exact ones are (-1: no progress to show)."""
    none = {"phase": "", "words": "", "progress": -1, "said": ""}
    if comparison is None or state.comparison is not comparison or state.failed:
        return none
    found = state.contributions
    if found is not None and len(found.lessons) < 2:
        return none | {"phase": "exact", "words": texts("why.one_lesson")} if found.lessons else none
    if found is not None and found.exact:
        return none | {"phase": "exact", "words": texts("why.exact")}
    words = texts("why.begun" if found is None else "why.estimate")
    return {"phase": "begun" if found is None else "estimate", "words": words} | _progress(state, texts)


def _empty(lesson: str, scenario: Scenario, texts: Texts) -> dict[str, Any]:
    """A lesson whose part is not known yet."""
    links: dict[str, Any] = {"levers": levers(lesson, scenario, texts), "acts": [], "outcomes": []}
    return _titled(lesson, texts) | {"tone": "wait", "value": "…", "width": 0, "chain": links}


def _titled(lesson: str, texts: Texts) -> dict[str, Any]:
    about = LESSON_TABLE[lesson]
    return {"id": lesson, "number": about.number, "label": about.label.in_language(texts.language)}


def _row(
    name: str,
    lesson: str,
    explained: Explained,
    found: Contributions,
    scenario: Scenario,
    place: Place,
    texts: Texts,
) -> dict[str, Any]:
    single = explained.alone.get(lesson)
    nothing: dict[str, Any] = {"levers": [], "acts": [], "outcomes": []}
    return (
        _titled(lesson, texts)
        | _bar(name, explained.by_lesson[lesson], place, texts)
        | {
            "alone": amount(name, single.mean, texts) if single else "",
            "chain": safely(lambda: chain(lesson, scenario, found, texts), nothing),
            "end": texts("why.end", label=label_of(name, texts)),
        }
    )


def _bar(name: str, part: Difference, place: Place, texts: Texts) -> dict[str, Any]:
    zero, end = place(0.0), place(part.mean)
    sure = math.isfinite(part.low)
    return {
        "zero": zero,
        "left": min(zero, end),
        "width": abs(end - zero),
        "low": place(part.low) if sure else -1,
        "high": place(part.high) if sure else -1,
        "value": amount(name, part.mean, texts),
        "unit": points(name, texts),
        "tone": str(verdict(part).word),
        "verdict": saying.word(part, texts),
        "range": range_of(name, part, texts),
    }


def _axis(name: str, explained: Explained) -> Place:
    """From a difference to its place in the drawing, 0 to 100."""
    parts = [explained.difference, *explained.by_lesson.values()]
    parts += [explained.interaction] if explained.interaction else []
    ends = [0.0, *_finite(edge for part in parts for edge in (part.mean, part.low, part.high))]
    low, high = min(ends), max(ends)
    if high - low <= 0.0:
        return lambda value: 50.0
    return lambda value: round(2.0 + 96.0 * (value - low) / (high - low), 2)


def _finite(values: Iterable[float]) -> list[float]:
    return [value for value in values if math.isfinite(value)]


def _lead(name: str, explained: Explained, texts: Texts) -> str:
    """From today to the choice; where it cannot be told which way that is, how many replications would tell."""
    found = verdict(explained.difference)
    doubt = texts("why.lead_unclear", pairs=saying.pairs(found, texts)) if found.pairs else ""
    said = texts(
        "why.lead",
        label=label_of(name, texts),
        today=number(name, explained.baseline, texts),
        choice=number(name, explained.scenario, texts),
        unit=unit_of(name, texts),
        change=amount(name, explained.difference.mean, texts),
        points=points(name, texts),
    )
    return f"{said} {doubt}".strip()


def _beyond(name: str, explained: Explained, place: Place, texts: Texts) -> dict[str, Any]:
    """The interaction, with the sentence that says what it means; empty when there is none to speak of."""
    beyond = explained.interaction
    if beyond is None or len(explained.alone) < 2:
        return {}
    found = verdict(beyond).word
    if found in (Word.UNCLEAR, Word.NONE):
        words = texts("why.beyond_unclear")
    elif found in (Word.HARDLY, Word.SAME):
        words = texts("why.beyond_hardly")
    elif beyond.mean * explained.difference.mean > 0:
        words = texts("why.beyond_more")
    else:
        words = texts("why.beyond_less")
    summed = sum(part.mean for part in explained.alone.values())
    sentence = texts(
        "why.beyond_sentence",
        summed=amount(name, summed, texts),
        together=amount(name, explained.difference.mean, texts),
        points=points(name, texts),
    )
    return _bar(name, beyond, place, texts) | {"label": texts("why.beyond"), "sentence": f"{sentence} {words}"}


def _progress(state: Explanation, texts: Texts) -> dict[str, Any]:
    far = state.far
    if not far.total:
        return {"progress": 0, "said": ""}
    left = left_words(far.left, texts)
    said = texts("why.progress", done=texts.number(far.done), total=texts.number(far.total), left=left)
    return {"progress": round(far.share, 3), "said": said}


def _method(found: Contributions, comparison: Comparison, texts: Texts) -> str:
    seeds = {"n": comparison.replications, "first": comparison.seeds[0], "last": comparison.seeds[-1]}
    if len(found.lessons) < 2:
        return texts("why.method_one", **seeds)
    if not found.exact:
        drawn = texts("why.method_orders" if found.orders > 1 else "why.method_order", **seeds)
        exact = texts("why.method_exact_seeds", exact=found.exact_seeds, **seeds) if found.exact_seeds else ""
        return " ".join(filter(None, (drawn, exact, texts("why.method_estimate", **seeds))))
    return texts("why.method_exact", variants=1 << len(found.lessons), **seeds)
