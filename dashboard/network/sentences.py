"""What does the film say in words, week by week, and what do its lines and circles stand for?"""

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from babel.dates import format_date

from kastje.dashboard.network.metrics import metrics, written
from kastje.dashboard.network.picture import flows
from kastje.dashboard.texts import LOCALES, Texts
from kastje.experiments.logs.film import Film
from kastje.model.profile import Profile


def weeks_of(profile: Profile, weeks: int, texts: Texts) -> list[str]:
    """Which week it is, with the day on which it begins."""
    days = [profile.start + timedelta(weeks=week) for week in range(weeks)]
    said = [format_date(day, "d MMMM", LOCALES[texts.language]) for day in days]
    return [texts("film.when", week=week, weeks=weeks, day=day) for week, day in enumerate(said, start=1)]


def sentences(film: Film, shown: Mapping[str, Any], profile: Profile, texts: Texts) -> list[str]:
    """Each week of a film, whose picture is `shown`: the busiest department, the widest line, the open cases."""
    titles = [department.title.in_language(texts.language) for department in profile.departments]
    (used,) = (one for one in metrics(texts) if one["name"] == "utilisation")
    between = flows(film)
    said = []
    for week, (utilisation, open_cases) in enumerate(
        zip(shown["departments"]["utilisation"], film.open_cases, strict=True)
    ):
        values = {"open": texts.number(int(open_cases))}
        known = [(value, -place) for place, value in enumerate(utilisation) if value is not None]
        most = max(between, key=lambda flow: flow.total[week], default=None)
        if not known or most is None or most.total[week] == 0:
            said.append(texts("film.quiet", **values))
            continue
        busiest, place = max(known)
        values |= {
            "department": titles[-place],
            "utilisation": written(busiest, used, texts),
            "one": titles[most.one],
            "other": titles[most.other],
            "number": _count(most.total[week], texts),
            "total": _count(sum(flow.total[week] for flow in between), texts),
        }
        said.append(texts("film.sentence", **values))
    return said


def legend(full: Mapping[str, Mapping[str, int]], widest: float, texts: Texts) -> dict[str, Any]:
    """What a circle and a ring stand for, by metric, and a line of how many handovers the legend shows."""
    shown = {
        one["name"]: {
            "scale": texts(
                "film.scale",
                label=one["label"],
                **{"from": written(0, one, texts), "to": written(full[one["name"]]["people"], one, texts)},
            ),
            "ring": texts("film.ring", full=written(full[one["name"]]["departments"], one, texts)),
        }
        for one in metrics(texts)
    }
    handovers = max(1, math.floor(widest / 20 + 0.5) * 10)
    return {**shown, "handovers": handovers, "edge": texts("film.edge", number=texts.number(handovers))}


def people_of(people: Sequence[Sequence[float]], texts: Texts) -> list[str]:
    """What each drawn person is called: the layout's last number says who is a manager."""
    return [
        texts("film.manager" if person[-1] else "film.employee", number=place)
        for place, person in enumerate(people, start=1)
    ]


def _count(number: float, texts: Texts) -> str:
    """A mean over weeks as whole handovers; a half counts as one."""
    return texts.number(math.floor(number + 0.5))
