"""Which way does a lesson take from lever to act to outcome? The chain in words, with the numbers of these runs.

Which acts and outcomes stand on a lesson's way is said by the register of lessons; every number is measured in the
runs.
"""

from collections.abc import Mapping
from typing import Any

from kastje.dashboard.figures.figures import label_of, unit_of, value_text
from kastje.dashboard.policy.why.words import amount
from kastje.dashboard.texts import Texts
from kastje.experiments.difference.contributions import Contributions
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.verdict import Word, verdict
from kastje.experiments.difference.yardstick import ACT
from kastje.model import LESSON_TABLE, LESSONS, PARAMETERS, Scenario
from kastje.model.acts import ACT_TABLE
from kastje.model.lessons import values_at

SHARES = ("share", "chance")


def chain(lesson: str, scenario: Scenario, found: Contributions, texts: Texts) -> dict[str, Any]:
    """The three links of one lesson's chain: its levers, the acts concerned, the outcomes in between."""
    way = LESSON_TABLE[lesson].ways
    return {
        "levers": levers(lesson, scenario, texts),
        "acts": [_act(name, lesson, found, texts) for name in way.acts if ACT + name in found.names],
        "outcomes": [_outcome(name, lesson, found, texts) for name in way.outcomes],
    }


def levers(lesson: str, scenario: Scenario, texts: Texts) -> list[dict[str, str]]:
    """The values of a lesson's levers, today and once it is fully there at the intensity chosen."""
    today = scenario.values()
    only: Mapping[str, float] = {name: scenario.lessons[name] if name == lesson else 0.0 for name in LESSONS}
    then = values_at(today, only, scenario.start_day + scenario.ramp_days, scenario.start_day, scenario.ramp_days)
    return [_lever(lever.parameter, today, then, texts) for lever in LESSON_TABLE[lesson].levers]


def _lever(name: str, today: Mapping[str, float], then: Mapping[str, float], texts: Texts) -> dict[str, str]:
    parameter = PARAMETERS[name]
    share = parameter.unit in SHARES
    values = [
        texts.plain(round(values[parameter.short] * 100, 1) if share else round(values[parameter.short], 3))
        for values in (today, then)
    ]
    unit = "%" if share else parameter.unit_in(texts.language)
    return {
        "label": parameter.label.in_language(texts.language),
        "today": values[0],
        "choice": values[1],
        "unit": unit,
        "part": "",
    }


def _act(name: str, lesson: str, found: Contributions, texts: Texts) -> dict[str, str]:
    explained = found.of(ACT + name)
    part = explained.by_lesson.get(lesson)
    return {
        "label": ACT_TABLE[name].label.in_language(texts.language),
        "today": texts.number(100 * explained.baseline, 0),
        "choice": texts.number(100 * explained.scenario, 0),
        "unit": texts("why.of_100"),
        "part": _said(texts.number(100 * part.mean, 1, sign=True), part, texts) if part else "",
    }


def _outcome(name: str, lesson: str, found: Contributions, texts: Texts) -> dict[str, str]:
    explained = found.of(name)
    part = explained.by_lesson.get(lesson)
    return {
        "label": label_of(name, texts),
        "today": value_text(name, explained.baseline, texts),
        "choice": value_text(name, explained.scenario, texts),
        "unit": unit_of(name, texts),
        "part": _said(amount(name, part.mean, texts), part, texts) if part else "",
    }


def _said(written: str, part: Difference, texts: Texts) -> str:
    unclear = verdict(part).word is Word.UNCLEAR
    return texts("why.own_part_unclear" if unclear else "why.own_part", part=written)
