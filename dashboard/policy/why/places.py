"""Who notices, and where is the bottleneck? Groups and departments in both worlds, as paired bars and a table."""

import math
from collections.abc import Mapping
from typing import Any

from kastje.dashboard.figures import saying
from kastje.dashboard.figures.figures import label_of, unit_of, value_text
from kastje.dashboard.policy.why.words import amount, points, range_of
from kastje.dashboard.texts import Texts
from kastje.experiments.difference.compare import Comparison, Group
from kastje.experiments.difference.difference import Arms
from kastje.experiments.difference.mean import available
from kastje.experiments.difference.verdict import Word, verdict
from kastje.model.channels import CHANNEL_TABLE
from kastje.model.profile import Profile

OFFERED = ("lead_time_days_mean", "satisfaction", "fit", "stories_per_case", "on_time_share", "pillar_to_post_share")
"""Of the outcomes that are kept by group, those to choose from where the chosen one is not."""
UTILISATION = "staff_utilisation"


def who(name: str, comparison: Comparison | None, profile: Profile, texts: Texts) -> dict[str, Any]:
    """The outcome by group; where it is not kept so, the outcomes that are, to choose from."""
    said: dict[str, Any] = {"lead": "", "blocks": [], "note": "", "offers": []}
    if comparison is None:
        return said | {"lead": texts("who.waiting")}
    kept = {kind: groups for kind, groups in comparison.groups(name).items() if len(groups) > 1}
    if not kept:
        offers = [{"name": other, "label": label_of(other, texts)} for other in OFFERED]
        return said | {"lead": texts("who.not_kept", label=label_of(name, texts)), "offers": offers}
    titles = {
        "process": {process.id: process.title.in_language(texts.language) for process in profile.processes},
        "channel": {name: channel.label.in_language(texts.language) for name, channel in CHANNEL_TABLE.items()},
    }
    named = {
        kind: {titles[kind][group] if kind in titles else texts(f"group.{group}"): one for group, one in groups.items()}
        for kind, groups in kept.items()
    }
    full = _most([one.arms for groups in named.values() for one in groups.values()])
    blocks = [
        {
            "title": texts(f"group.{kind}"),
            "unit": unit_of(name, texts),
            "counted": texts("who.counted"),
            "rows": [
                _row(label, name, one.arms, full, texts) | {"cases": texts.number(one.cases, 0)}
                for label, one in groups.items()
            ],
        }
        for kind, groups in named.items()
    ]
    return said | {"lead": _noticed(name, named, texts), "blocks": blocks, "note": texts("who.note")}


def where(comparison: Comparison | None, profile: Profile, texts: Texts) -> dict[str, Any]:
    """The departments' utilisation and the hours that lie waiting at the end, and the busiest in a sentence."""
    said: dict[str, Any] = {"lead": "", "blocks": [], "note": "", "offers": []}
    if comparison is None:
        return said | {"lead": texts("where.waiting")}
    found = comparison.departments()
    names = {department.id: department.title.in_language(texts.language) for department in profile.departments}
    busy = {name: figures["utilisation"] for name, figures in found.items()}
    waiting = {name: figures["backlog_hours"] for name, figures in found.items()}
    blocks = [
        {
            "title": texts("where.utilisation"),
            "unit": "%",
            "rows": [_row(names.get(name, name), UTILISATION, arm, 1.0, texts) for name, arm in busy.items()],
        },
        {
            "title": texts("where.backlog"),
            "unit": texts("where.hours"),
            "rows": [
                _hours(names.get(name, name), arm, _most(waiting.values()), texts) for name, arm in waiting.items()
            ],
        },
    ]
    lead = " ".join((_busiest(busy, names, texts), _most_waiting(waiting, names, texts))).strip()
    return said | {"lead": lead, "blocks": blocks, "note": texts("where.note")}


def _row(label: str, name: str, arm: Arms, full: float, texts: Texts) -> dict[str, Any]:
    found = verdict(arm.difference).word
    return {
        "label": label,
        "today": value_text(name, arm.baseline.mean, texts),
        "choice": value_text(name, arm.scenario.mean, texts),
        "today_width": _width(arm.baseline.mean, full),
        "choice_width": _width(arm.scenario.mean, full),
        "change": amount(name, arm.difference.mean, texts) if found not in (Word.NONE, Word.SAME) else "",
        "unit": points(name, texts),
        "verdict": texts(saying.WORDS[found]),
        "tone": str(found),
        "range": range_of(name, arm.difference, texts),
    }


def _hours(label: str, arm: Arms, full: float, texts: Texts) -> dict[str, Any]:
    difference = arm.difference
    found = verdict(difference).word
    low, high = (texts.number(edge, 1, sign=True) for edge in (difference.low, difference.high))
    return {
        "label": label,
        "today": texts.number(arm.baseline.mean, 1),
        "choice": texts.number(arm.scenario.mean, 1),
        "today_width": _width(arm.baseline.mean, full),
        "choice_width": _width(arm.scenario.mean, full),
        "change": texts.number(difference.mean, 1, sign=True) if found not in (Word.NONE, Word.SAME) else "",
        "unit": texts("where.hours"),
        "verdict": texts(saying.WORDS[found]),
        "tone": str(found),
        "range": texts("figure.range", low=low, high=high) if math.isfinite(difference.low) else "",
    }


def _most(arms: Any) -> float:
    values = [value for arm in arms for value in (arm.baseline.mean, arm.scenario.mean) if math.isfinite(value)]
    return max([0.0, *values])


def _width(value: float, full: float) -> float:
    """The length of a bar, 0 to 100; a bar cannot be shorter than nothing."""
    known = available(value)
    return 0.0 if known is None or full <= 0.0 else round(max(0.0, min(100.0, 100.0 * known / full)), 2)


def _noticed(name: str, kept: Mapping[str, Mapping[str, Group]], texts: Texts) -> str:
    """For how many groups the difference is clear, for which it is greatest, and for which it goes the other way."""
    every = {label: one.arms.difference for groups in kept.values() for label, one in groups.items()}
    sure = {label: one for label, one in every.items() if verdict(one).clear}
    words = {"label": label_of(name, texts), "points": points(name, texts), "all": texts.number(len(every), 0)}
    if not sure:
        return texts("who.nobody", **words)
    most = max(sure, key=lambda label: abs(sure[label].mean))
    against = [label for label, one in sure.items() if one.mean * sure[most].mean < 0.0]

    def said(label: str) -> str:
        return f"{label} ({amount(name, sure[label].mean, texts)})"

    lead = texts("who.some", sure=texts.number(len(sure), 0), most=said(most), **words)
    return f"{lead} {texts('who.against', groups=', '.join(map(said, against)))}" if against else lead


def _busiest(busy: Mapping[str, Arms], names: Mapping[str, str], texts: Texts) -> str:
    known = {name: (arm.baseline.mean, arm.scenario.mean) for name, arm in busy.items()}
    known = {name: both for name, both in known.items() if all(map(math.isfinite, both))}
    if not known:
        return texts("where.unknown")
    was = max(known, key=lambda name: known[name][0])
    now = max(known, key=lambda name: known[name][1])

    def share(value: float) -> str:
        return value_text(UTILISATION, value, texts)

    today, choice = share(known[was][0]), share(known[now][1])
    if was == now:
        return texts("where.same", department=names.get(now, now), today=today, choice=choice)
    return texts("where.moved", was=names.get(was, was), now=names.get(now, now), today=today, choice=choice)


def _most_waiting(waiting: Mapping[str, Arms], names: Mapping[str, str], texts: Texts) -> str:
    known = {name: arm.scenario.mean for name, arm in waiting.items() if math.isfinite(arm.scenario.mean)}
    if not known:
        return ""
    most = max(known, key=lambda name: known[name])
    return texts("where.most_waiting", department=names.get(most, most), hours=texts.number(known[most], 1))
