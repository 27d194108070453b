"""What if a department had more or fewer people? The same world with other team sizes.

>>> from kastje.model import Scenario
>>> with_staff(Scenario.load("tilburg"), {"legal": 1.3}).profile.staff
66
"""

from collections.abc import Mapping

from kastje.experiments.phrase import phrase
from kastje.model import Scenario
from kastje.model.errors import unexpected, unknown
from kastje.model.profile import Team

LOWEST, HIGHEST = 0.5, 2.0
LARGEST_TEAM = 25


def with_staff(scenario: Scenario, factors: Mapping[str, float]) -> Scenario:
    """The scenario with the teams of these departments `factor` times as large, in whole people.

    A team keeps at least 1 and has at most 25 people; everything else about it (share of the week for this work, how
    its people start) stays. It holds for today's organisation too: `baseline()` of the result has the same teams.
    Raises InputError for a department that the profile does not have and for a factor outside 0.5 to 2.
    """
    known = [department.id for department in scenario.profile.departments]
    for name, factor in factors.items():
        if name not in known:
            raise unknown(phrase("staff.department"), name, known)
        if not LOWEST <= factor <= HIGHEST:
            expected = phrase("staff.factor", low=LOWEST, high=HIGHEST)
            raise unexpected(phrase("staff.named", name=name), factor, expected)
    if all(factor == 1.0 for factor in factors.values()):
        return scenario
    departments = tuple(
        department.model_copy(
            update={
                "teams": tuple(
                    team.model_copy(update={"staff": team_size(team, factors.get(department.id, 1.0))})
                    for team in department.teams
                )
            }
        )
        for department in scenario.profile.departments
    )
    return scenario.with_profile(scenario.profile.model_copy(update={"departments": departments}))


def team_size(team: Team, factor: float) -> int:
    """How many people a team has at a factor: halves go up, from 1 to 25."""
    return min(LARGEST_TEAM, max(1, int(team.staff * factor + 0.5 + 1e-9)))
