"""Other organisations made from a profile: the same in another order, or with other owners or keepers of criteria."""

import re
from collections.abc import Mapping

from kastje.experiments.designs.levers import load
from kastje.experiments.studies.claims.arms import KEEPERS, OWNERS
from kastje.model import Scenario
from kastje.model.profile import Department, Profile

RELABELLED = "relabelled"
TAGGED = re.compile(r"(?P<profile>.*?)(?: \[(?P<tags>[^\]]*)\])?", re.S)


def named(profile: str, people: Mapping[str, float], *, relabelled: bool) -> str:
    """The name under which such an organisation stands in a design: `tilburg [owners.ownership=0.9; relabelled]`."""
    tags = [f"{name}={value!r}" for name, value in sorted(people.items())] + [RELABELLED] * relabelled
    return f"{profile} [{'; '.join(tags)}]" if tags else profile


def organisation(name: str) -> Scenario:
    """Today's scenario of the organisation of that name. Raises InputError when its profile cannot be read."""
    found = TAGGED.fullmatch(name)
    assert found is not None  # The pattern takes everything.
    scenario = load(found["profile"])
    for tag in filter(None, (found["tags"] or "").split("; ")):
        who, _, value = tag.partition("=")
        change = relabelled(scenario.profile) if tag == RELABELLED else with_people(scenario.profile, who, float(value))
        scenario = scenario.with_profile(change)
    return scenario


def relabelled(profile: Profile) -> Profile:
    """The same organisation with its departments, and the teams in each, listed in the opposite order.

    The first department of each municipality comes in front, and the first team of each department stays there: their
    managers stand above the others. Draws belong to the place in the list, so this is another run of the same
    distribution.
    """
    first: dict[str | None, Department] = {}
    for department in profile.departments:
        first.setdefault(department.organisation, department)
    heads = list(first.values())
    others = [department for department in profile.departments if department not in heads]
    return profile.model_copy(update={"departments": tuple(_turned(d) for d in (*heads, *reversed(others)))})


def with_people(profile: Profile, who: str, ownership: float) -> Profile:
    """The same organisation in which the teams that own cases (or keep criteria) have this ownership."""
    marked = {OWNERS: "owner", KEEPERS: "criteria"}
    teams = {
        kind: {t.id for _, t in profile.teams() if _does(profile, set(t.roles), mark)} for kind, mark in marked.items()
    }
    # A team that does both is neither: it would be raised on both sides at once.
    mine = teams[who] - teams[OWNERS if who == KEEPERS else KEEPERS]
    changed = [
        d.model_copy(
            update={
                "teams": tuple(t.model_copy(update={"ownership": ownership}) if t.id in mine else t for t in d.teams)
            }
        )
        for d in profile.departments
    ]
    return profile.model_copy(update={"departments": tuple(changed)})


def _turned(department: Department) -> Department:
    first, *rest = department.teams
    return department.model_copy(update={"teams": (first, *reversed(rest))})


def _does(profile: Profile, roles: set[str], mark: str) -> bool:
    return any(step.role in roles and getattr(step, mark) for process in profile.processes for step in process.steps)
