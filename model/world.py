"""From a scenario to arrays: the world that stays the same, and the state that a run starts from."""

from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np

from kastje.model import records as rec
from kastje.model import state as st
from kastje.model.channels import having
from kastje.model.network import ties, weights
from kastje.model.process import MOST_TYPES, SPREADS
from kastje.model.profile import Profile
from kastje.model.roster import OPENS, working_days
from kastje.model.scenario import Scenario


@dataclass(frozen=True)
class TeamName:
    """What a team is called: its id and its department's id."""

    id: str
    department: str


class WorldOf:
    """Everything about a scenario's world that does not depend on the seed or on the lessons."""

    def __init__(self, scenario: Scenario) -> None:
        self.profile: Profile = scenario.profile
        self.values = scenario.values()
        self.runin_hours = 24.0 * self.values["runin_days"]
        self.days = int(self.values["runin_days"] + self.values["horizon_days"])
        self.roles = self.profile.roles()
        self.teams = tuple(TeamName(t.id, d.id) for d, t in self.profile.teams())
        self.departments = tuple(d.id for d in self.profile.departments)
        names = [o.id for o in self.profile.organisations]
        self.shares = np.array([o.share for o in self.profile.organisations] or [1.0])
        self.organisations = tuple(
            names.index(d.organisation) if d.organisation else len(names) for d, _ in self.profile.teams()
        )
        """The organisation of each team: a municipality by its number, or one number more for what they share."""
        self.graph: nx.DiGraph = ties(self.profile)
        self.arrays = self._arrays()

    @cached_property
    def step_names(self) -> tuple[str, ...]:
        """The ids of all steps, in the order of the arrays."""
        return tuple(s.id for p in self.profile.processes for s in p.steps)

    def _teams(self) -> np.ndarray:
        rows = np.zeros(len(self.teams), rec.TEAM_DTYPE)
        front = self.profile.front_office
        first = 0
        for k, (department, team) in enumerate(self.profile.teams()):
            lead = first if team.manager and team.staff > 1 else rec.NOBODY
            above = [j for j in range(k) if self.teams[j].department == department.id]
            above = above or [j for j in range(k) if self.organisations[j] == self.organisations[k]]
            boss = int(rows[above[0]]["manager"]) if above else int(rec.NOBODY)
            rows[k] = (
                first,
                team.staff,
                self.departments.index(department.id),
                lead,
                boss,
                int(front is not None and front in team.roles),
                k % 5,
                self.organisations[k],
            )
            first += team.staff
        return rows

    def _role_teams(self) -> tuple[np.ndarray, np.ndarray]:
        """For a resident of each municipality, the teams that do each role: its own, or else the shared ones."""
        count = len(self.shares)
        listed: list[list[list[int]]] = []
        for mine in range(count):
            by_role = []
            for role in self.roles:
                able = [k for k, (_, t) in enumerate(self.profile.teams()) if role in t.roles]
                own = [k for k in able if self.organisations[k] == mine]
                by_role.append(own or [k for k in able if self.organisations[k] == len(self.profile.organisations)])
            listed.append(by_role)
        size = np.array([[len(x) for x in by_role] for by_role in listed], np.int64)
        teams = np.full((*size.shape, int(size.max())), rec.NOBODY, np.int64)
        for mine, by_role in enumerate(listed):
            for r, able in enumerate(by_role):
                teams[mine, r, : len(able)] = able
        return teams, size

    def _organisation_bosses(self) -> np.ndarray:
        """Who decides on policy for each municipality: the manager of its first team; nobody without municipalities."""
        rows = self._teams()
        bosses = [int(rec.NOBODY)] * len(self.shares)
        for number in range(len(self.profile.organisations)):
            led = [k for k, of in enumerate(self.organisations) if of == number and rows[k]["manager"] != rec.NOBODY]
            bosses[number] = int(rows[led[0]]["manager"]) if led else int(rec.NOBODY)
        return np.array(bosses, np.int64)

    def _steps(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        profile = self.profile
        steps, chances = [], []
        processes = np.zeros(max(1, len(profile.processes)), rec.PROCESS_DTYPE)
        first = 0
        for p, process in enumerate(profile.processes):
            place = {s.id: k for k, s in enumerate(process.steps)}
            ancestors: list[int] = []
            advice_before = 0
            for k, step in enumerate(process.steps):
                mask = 0
                for name in step.after:
                    mask |= (1 << place[name]) | ancestors[place[name]]
                ancestors.append(mask)
                row = np.zeros(1, rec.STEP_DTYPE)[0]
                row["process"], row["local"] = p, k
                row["role"] = self.roles.index(step.role)
                row["spread"] = SPREADS.index(step.spread)
                row["hours"], row["cv"] = step.hours, step.cv
                row["after"] = mask
                row["advice_before"] = advice_before if step.advice else 0
                for name in ("owner", "checks", "advice", "criteria", "tailored", "decides", "again", "manager"):
                    row[name] = int(getattr(step, name))
                row["missing"], row["repeat"] = step.missing, step.repeat
                steps.append(row)
                chances.append(
                    [step.when.get(t.id, 1.0) for t in process.types] + [0.0] * (MOST_TYPES - len(process.types))
                )
                if step.advice:
                    advice_before |= 1 << k
            row = processes[p]
            row["first"], row["steps"], row["types"] = first, len(process.steps), len(process.types)
            row["legal_hours"] = 24.0 * process.legal_days
            if process.extension:
                row["extend_chance"], row["extend_hours"] = process.extension.chance, 24.0 * process.extension.days
            row["advice_mask"] = advice_before
            row["decide_mask"] = sum(1 << k for k, s in enumerate(process.steps) if s.decides)
            row["again_mask"] = sum(1 << k for k, s in enumerate(process.steps) if s.again)
            first += len(process.steps)
        rows = np.array(steps, rec.STEP_DTYPE) if steps else np.zeros(1, rec.STEP_DTYPE)
        return rows, processes, np.array(chances) if chances else np.zeros((1, MOST_TYPES))

    def _channels(self) -> np.ndarray:
        channels = self.profile.channels.all()
        rows = np.zeros(len(channels), rec.CHANNEL_DTYPE)
        low = np.array([c.share * c.low_skill_weight for c in channels])
        low_share = self.values["low_skill_share"]
        low = low / low.sum() if low.sum() > 0 else np.array([c.share for c in channels])
        high = np.array([c.share for c in channels]) - low_share * low
        high = np.clip(high, 0.0, None)
        high = high / high.sum()
        for k, c in enumerate(channels):
            row = rows[k]
            row["share"], row["share_low"] = high[k], low[k]
            row["live"], row["spread"] = int(c.live), SPREADS.index(c.spread)
            row["loss"], row["loss_low"] = c.loss, c.loss_low_skill
            for name in ("hours", "richness", "minutes", "cv"):
                row[name] = getattr(c, name)
        return rows

    def _arrays(self) -> st.World:
        profile = self.profile
        steps, processes, chances = self._steps()
        shares = np.zeros((processes.size, MOST_TYPES))
        factors = np.ones((processes.size, MOST_TYPES))
        early = np.zeros((processes.size, MOST_TYPES), np.int64)
        for p, process in enumerate(profile.processes):
            for k, t in enumerate(process.types):
                shares[p, k], factors[p, k], early[p, k] = t.share, t.hours, int(t.early)
        role_teams, role_size = self._role_teams()
        asked = np.zeros(len(self.roles))
        if profile.questions:
            given = profile.questions.roles or dict.fromkeys((r for r in self.roles if r != profile.front_office), 1.0)
            for role, weight in given.items():
                asked[self.roles.index(role)] = weight
            asked = np.cumsum(asked / asked.sum())
            asked[-1] = 1.0
        pointers, columns, own, cross = weights(self.graph)
        always = profile.calendar == "always"
        return st.World(
            opens=0.0 if always else OPENS,
            end=24.0 * self.days,
            steps=steps,
            processes=processes,
            need_chance=chances,
            type_share=shares,
            type_hours=factors,
            type_early=early,
            role_teams=role_teams,
            role_size=role_size,
            organisation_share=np.cumsum(self.shares),
            organisation_tolerance=np.array(
                [-1.0 if o.tolerance is None else o.tolerance for o in profile.organisations] or [-1.0]
            ),
            organisation_boss=self._organisation_bosses(),
            department_organisation=np.array(
                [self.organisations[[t.department for t in self.teams].index(d)] for d in self.departments], np.int64
            ),
            question_roles=asked,
            channels=self._channels(),
            application_channel=int(having("applications").argmax()),
            teams=self._teams(),
            tie_ptr=pointers,
            tie_idx=columns,
            tie_own=own,
            tie_cross=cross,
            start=self._staff(),
            front_role=self.roles.index(profile.front_office) if profile.front_office else int(rec.NOBODY),
        )

    def _staff(self) -> np.ndarray:
        rows = np.zeros(self.profile.staff, rec.STAFF_DTYPE)
        teams = self._teams()
        e = 0
        for k, (_, team) in enumerate(self.profile.teams()):
            for _ in range(team.staff):
                x = rows[e]
                x["team"], x["department"], x["share"] = k, teams[k]["department"], team.share
                lead = int(teams[k]["manager"])
                x["heads"] = int(e == lead)
                x["manager"] = lead if e != lead else int(teams[k]["boss"])
                x["v"] = x["v_anchor"] = team.lived_vision
                x["o"] = x["o_anchor"] = team.ownership
                x["k"], x["s"], x["aware"] = team.known_vision, team.felt_support, team.awareness
                x["s_rest"] = team.felt_support * self.values["support_rest"]
                x["busy"], x["wake"] = rec.NOBODY, rec.NEVER
                e += 1
        return rows

    def streams(self) -> list[tuple[int, float]]:
        """The streams of arrivals: (process or -1 for questions, arrivals per opening hour)."""
        profile = self.profile
        if profile.calendar == "always":
            a_year = 365.0 * 24.0
        else:
            a_year = 8.0 * float(working_days(profile.start, 364).sum()) * 365.0 / 364.0
        streams: list[tuple[int, float]] = []
        for p, a in enumerate(profile.applications):
            streams.append((p, a.per_open_hour if a.per_open_hour is not None else (a.per_year or 0.0) / a_year))
        if profile.questions:
            streams.append((int(rec.NOBODY), profile.questions.per_year / a_year))
        return streams
