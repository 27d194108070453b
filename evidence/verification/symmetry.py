"""C5, C14, C15 and C21: order and names, a split stream, an unneeded department, a group's name make no difference."""

import copy

import numpy as np

from kastje.evidence.verification.finding import Finding
from kastje.evidence.verification.organisations import PERMIT, TOWN, Data, channels, loaded, town
from kastje.evidence.verification.runs import Figures, alike, figures, log_bytes, rows_in, z_of
from kastje.model import Scenario, simulate
from kastje.model import state as st
from kastje.model.result import outcomes_of
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.world import WorldOf

SEEDS = 400
OTHERS = 10_001
"""The first seed of the runs that are compared with: far from the others, so that no other check shares them."""
LEVEL = 1e-3
WATCHED = ("lead_time_days_mean", "stories_per_case", "bounces_per_case", "satisfaction", "staff_utilisation")
BRIEF = {"runin_days": 0, "horizon_days": 63}
PERSONAL = (
    *("v", "v_anchor", "o", "o_anchor", "k", "s", "s_rest"),
    *("experience", "regular", "giving_way", "overtime"),
)


def _members(world: WorldOf) -> list[np.ndarray]:
    """The rows of each team's people, its manager left out."""
    rows = []
    for team in world.arrays.teams:
        first, led = int(team["first"]), int(team["manager"] >= 0)
        rows.append(np.arange(first + led, first + int(team["staff"])))
    return rows


def _told_apart(world: WorldOf, state: st.State) -> None:
    """Make the people of each team differ a lot, from the first to the last."""
    for rows in _members(world):
        spread = np.linspace(0.05, 0.95, rows.size)
        for field in ("o", "o_anchor", "v", "v_anchor"):
            state.staff[field][rows] = spread
        state.staff["experience"][rows] = 10.0 + 80.0 * spread


def _turned_around(world: WorldOf, state: st.State) -> None:
    """Let the people of each team change places: the last is now the first, with all that they are and know."""
    for rows in _members(world):
        other = rows[::-1]
        for field in PERSONAL:
            state.staff[field][rows] = state.staff[field][other].copy()
        state.knows[rows] = state.knows[other].copy()
        state.hours[:, rows] = state.hours[:, other].copy()


def _with_people(scenario: Scenario, seeds: range, *, turned: bool) -> Figures:
    world = world_of(scenario)
    rows = []
    for seed in seeds:
        state = start_of(scenario, seed)
        _told_apart(world, state)
        if turned:
            _turned_around(world, state)
        values = outcomes_of(world, drive(scenario, world, state, world.arrays.end)).as_dict()
        rows.append([values[name] for name in WATCHED])
    return np.array(rows)


def _finding(check: str, system: str, a: Figures, b: Figures) -> Finding:
    p = alike(a, b)
    return Finding(
        check,
        f"{system}; {a.shape[0]} seeds against {b.shape[0]} others",
        "one distribution of " + ", ".join(WATCHED),
        "p " + ", ".join(f"{value:.3f}" for value in p),
        f"Kolmogorov-Smirnov at {LEVEL:g} over the {len(p)} figures together (Bonferroni)",
        min(p) * len(p) > LEVEL,
    )


def relabelled(seeds: int = SEEDS) -> list[Finding]:
    """C5: who comes first in a team, and which department is listed first, makes no difference in distribution.

    Draws belong to the place in the list, so a relabelled run is another run of the same distribution. The first
    department is not moved: its first manager is the one above all others.
    """
    one, other = range(1, seeds + 1), range(OTHERS, OTHERS + seeds)
    today = town(parameters=BRIEF)
    first, *rest = TOWN["departments"]
    moved = town(departments=[first, *reversed(rest)], parameters=BRIEF)
    plain = figures(today, one, WATCHED)
    return [
        _finding(
            "C5",
            "the town, 63 days, people of a team told apart by ownership, vision and experience, in the opposite order",
            _with_people(today, one, turned=False),
            _with_people(today, other, turned=True),
        ),
        _finding(
            "C5",
            "the town, 63 days, departments 2 to 4 in the opposite order",
            plain,
            figures(moved, other, WATCHED),
        ),
    ]


def superposed(seeds: int = SEEDS) -> list[Finding]:
    """C14: one stream of applications split in two of the same process is the same demand."""
    twin = PERMIT | {"id": "permit_too"}
    parts = [{"process": "permit.toml", "per_year": 150.0}, {"process": "too.toml", "per_year": 250.0}]
    changes = {"applications": parts, "parameters": TOWN["parameters"] | BRIEF}
    split = loaded(TOWN | changes, {"permit.toml": PERMIT, "too.toml": twin})
    one, other = range(1, seeds + 1), range(OTHERS, OTHERS + seeds)
    return [
        _finding(
            "C14",
            "the town, 63 days, 400 applications a year in one stream against 150 and 250 in two",
            figures(town(parameters=BRIEF), one, WATCHED),
            figures(split, other, WATCHED),
        )
    ]


def unneeded_department() -> list[Finding]:
    """C15: a department that no step and no question needs can be left out, and no event changes.

    It is the last one listed (draws belong to the place in the list). Its people could be heard and could get work by
    mistake, so attitudes do not spread (alpha 0) and nothing is misrouted.
    """
    severed = {"alpha": 0.0, "misroute_forced": 0.0, "horizon_days": 182}
    spare = {"id": "archive", "title": "Archive", "teams": [{"id": "archive", "roles": ["archive"], "staff": 6}]}
    without = town(parameters=severed)
    with_it = town(departments=[*TOWN["departments"], spare], parameters=severed)
    findings = []
    for lessons in (0.0, 1.0):
        # Improvement work counts everybody's hours, those of the spare department too; vision sessions too cost hours.
        dose = {"all": lessons, "change_and_renew": 0.0, "ramp_days": 0.0}
        a, b = (log_bytes(s.with_lessons(**dose), 2) for s in (without, with_it))
        findings.append(
            Finding(
                "C15",
                f"the town, 182 days, with and without an archive of 6 people; alpha 0, no misrouting; "
                f"lessons 1 to 7 at {lessons:g}",
                "identical log",
                f"{'identical' if a == b else 'another log'} ({rows_in(a)} rows)",
                "event log, every byte",
                a == b,
            )
        )
    return findings


def _equal_citizens() -> Data:
    line = channels(low_skill_weight=1.0)
    for channel in line.values():
        channel["loss_low_skill"] = channel["loss"]
    profile = copy.deepcopy(TOWN)
    profile["channels"] = line
    profile["parameters"] |= {"missing_vulnerable": 0.0, "nonstandard_vulnerable": 0.0, "horizon_days": 182}
    return profile


def equal_citizens(seeds: int = 60) -> list[Finding]:
    """C21: when groups differ in nothing but their name, no group is served worse; when they do differ, one is."""
    measures = ("satisfaction", "lead_time_days_mean", "fit", "stories_per_case", "burden_minutes")
    pairs = (("vulnerability", "other", "vulnerable"), ("digital_skill", "digital_high", "digital_low"))
    gaps: dict[bool, Figures] = {}
    places = {True: loaded(_equal_citizens(), {"permit.toml": PERMIT}), False: town(parameters={"horizon_days": 182})}
    for equal, scenario in places.items():
        runs = [simulate(scenario, seed).by_group for seed in range(1, seeds + 1)]
        gaps[equal] = np.array([[run[k][a][m] - run[k][b][m] for m in measures for k, a, b in pairs] for run in runs])
    z = [z_of(column) for column in gaps[True].T]
    unequal = max(abs(z_of(column)) for column in gaps[False].T)
    return [
        Finding(
            "C21",
            f"the town, 182 days, {seeds} seeds; needs, losses and channels of vulnerable and low-skill residents as "
            "those of others",
            f"gaps of {', '.join(measures)} between {len(pairs)} pairs of groups are 0",
            f"in standard errors {', '.join(f'{x:.1f}' for x in z)}; with the differences in place up to {unequal:.1f}",
            "each within 3 standard errors; in place at least one beyond",
            all(abs(x) <= 3.0 for x in z) and unequal > 3.0,
        )
    ]
