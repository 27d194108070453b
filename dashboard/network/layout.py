"""Where does everybody stand in the picture? Departments by place, people inside; the same for every run.

Places are shares of the picture's width and height, sizes shares of its shorter side: the browser makes pixels of it.
"""

import math
from typing import Any

from kastje.model.profile import Department, Profile

MOST_PEOPLE = 300
LARGEST, SMALLEST = 0.094, 0.048
"""The radius of the department with most people, and the least that one gets."""
STAGGER = 0.11
"""How far departments of one municipality stand aside, so that lines go past them: share of its column's width."""
GOLDEN = math.pi * (3.0 - math.sqrt(5.0))
MIDDLE = 0.465
MANY = 14
"""With more departments than this around the middle, every other one stands nearer to it."""

Place = tuple[float, float]
Person = tuple[int, float, float, int]
"""The number of the department, x and y within its circle, and 1 for a manager."""


def layout(profile: Profile, language: str) -> dict[str, Any]:
    """Departments with their place and radius, groups (organisations) as rectangles, and people inside departments.

    A municipality on its own has its front office in the middle and the others around it; several municipalities
    stand side by side above what they share. Above MOST_PEOPLE people are not drawn.
    """
    places, groups = _by_organisation(profile, language) if profile.organisations else (_ring(profile), [])
    staff = [sum(team.staff for team in d.teams) for d in profile.departments]
    crowd = min(1.0, math.sqrt(9 / len(staff)))
    departments = [
        {
            "id": d.id,
            "title": d.title.in_language(language),
            "short": _short(d, profile, language),
            "room": round(_room(d, profile), 3),
            "staff": count,
            "x": round(x, 4),
            "y": round(y, 4),
            "r": round(max(SMALLEST, LARGEST * math.sqrt(count / max(staff))) * crowd, 4),
        }
        for d, count, (x, y) in zip(profile.departments, staff, places, strict=True)
    ]
    people = [person for k, d in enumerate(profile.departments) for person in _people(k, d)]
    return {
        "departments": departments,
        "groups": groups,
        "people": people if len(people) <= MOST_PEOPLE else [],
    }


def _short(department: Department, profile: Profile, language: str) -> str:
    """Its title without the name of the municipality in whose rectangle it stands."""
    title = department.title.in_language(language)
    own = [o.title.in_language(language) for o in profile.organisations if o.id == department.organisation]
    return title.replace(own[0], "").strip() or title if own else title


def _room(department: Department, profile: Profile) -> float:
    """Which share of the picture's width its name may take."""
    if not profile.organisations:
        return min(0.26, 2.0 / len(profile.departments))
    shared = sum(d.organisation is None for d in profile.departments)
    return 1.0 / (len(profile.organisations) if department.organisation else max(2, shared))


def _people(number: int, department: Department) -> list[Person]:
    """The people of a department, evenly within a circle of radius 1: a sunflower's seeds."""
    leads = [k == 0 and team.manager and team.staff > 1 for team in department.teams for k in range(team.staff)]
    count = len(leads)
    reach = [math.sqrt((k + 0.5) / count) if count > 1 else 0.0 for k in range(count)]
    return [
        (number, round(r * math.cos(k * GOLDEN), 3), round(r * math.sin(k * GOLDEN), 3), int(lead))
        for k, (r, lead) in enumerate(zip(reach, leads, strict=True))
    ]


def _ring(profile: Profile) -> list[Place]:
    """The front office in the middle, the others around it in the order of the profile, from the top on."""
    middle = [d for d in profile.departments if _front(d, profile)]
    around = [d for d in profile.departments if d not in middle]
    places: dict[str, Place] = {}
    for k, d in enumerate(around):
        angle = 2.0 * math.pi * k / len(around) - math.pi / 2.0
        near = 0.62 if len(around) > MANY and k % 2 else 1.0
        places[d.id] = (0.5 + 0.385 * near * math.cos(angle), MIDDLE + 0.345 * near * math.sin(angle))
    for k, d in enumerate(middle):
        places[d.id] = (0.5 + 0.16 * (k - (len(middle) - 1) / 2.0), MIDDLE)
    return [places[d.id] for d in profile.departments]


def _front(department: Department, profile: Profile) -> bool:
    return profile.front_office is not None and any(profile.front_office in t.roles for t in department.teams)


def _by_organisation(profile: Profile, language: str) -> tuple[list[Place], list[dict[str, Any]]]:
    """Each municipality a column of departments; what they share in a row below."""
    shared = [d for d in profile.departments if d.organisation is None]
    columns = len(profile.organisations)
    below = 0.63 if shared else 1.0
    width, gap = 1.0 / columns, 0.008
    places: dict[str, Place] = {}
    groups: list[dict[str, Any]] = []
    for c, organisation in enumerate(profile.organisations):
        mine = [d for d in profile.departments if d.organisation == organisation.id]
        for k, d in enumerate(mine):
            aside = STAGGER * width * (1 if k % 2 else -1) if len(mine) > 1 else 0.0
            places[d.id] = ((c + 0.5) * width + aside, 0.06 + (below - 0.07) * (k + 0.34) / max(1, len(mine)))
        title = organisation.title.in_language(language)
        groups.append(_rectangle(title, c * width + gap, 0.0, width - 2 * gap, below - 0.03))
    for k, d in enumerate(shared):
        places[d.id] = ((k + 0.5) / len(shared), below + 0.145)
    if shared:
        groups.append(_rectangle("", gap, below, 1.0 - 2 * gap, 1.0 - below))
    return [places[d.id] for d in profile.departments], groups


def _rectangle(title: str, x: float, y: float, width: float, height: float) -> dict[str, Any]:
    numbers = {"x": x, "y": y, "width": width, "height": height}
    return {"title": title, **{name: round(number, 4) for name, number in numbers.items()}}
