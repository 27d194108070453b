"""A profile: a municipality's slice with its departments, demand and own parameter values, as a TOML file."""

from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from model.channels import Channels
from model.errors import InputError, unknown
from model.parameters import find
from model.process import Process
from model.reading import Record, Text, Title, build, read_toml

Share = Field(ge=0.0, le=1.0)


class Team(Record):
    """One team of at most 25 people; the first of them is its manager unless `manager = false`."""

    id: str
    title: Title | None = None
    roles: tuple[str, ...] = Field(min_length=1)
    staff: int = Field(ge=1, le=25)
    manager: bool = True
    share: float = Field(default=1.0, gt=0.0, le=1.0)
    """Share of everyone's hours for the work that this profile simulates; the rest is other work."""
    part_time: float = Field(default=0.3, ge=0.0, le=1.0)
    """Share of the team that works four days instead of five."""
    ownership: float = Field(default=0.45, ge=0.0, le=1.0)
    lived_vision: float = Field(default=0.4, ge=0.0, le=1.0)
    known_vision: float = Field(default=0.9, ge=0.0, le=1.0)
    felt_support: float = Field(default=0.35, ge=0.0, le=1.0)
    awareness: float = Field(default=0.3, ge=0.0, le=1.0)
    """How well its manager sees why the resident's view matters."""


class Organisation(Record):
    """One of several municipalities that share offices: departments name it, and what names none is shared."""

    id: str
    title: Title
    share: float = Share
    """Share of the inhabitants of the slice."""
    tolerance: float | None = Field(default=None, ge=0.0, le=1.0)
    """How far its own policy lets a case deviate (T0); without one `ownership.keeper_tolerance` holds."""


class Department(Record):
    """A department with its teams."""

    id: str
    title: Title
    organisation: str | None = None
    """The municipality it belongs to, when the profile has several; without one all of them share it."""
    teams: tuple[Team, ...] = Field(min_length=1)


class Applications(Record):
    """How many applications of one process arrive: `per_year`, or `per_open_hour`."""

    process: str
    per_year: float | None = Field(default=None, ge=0.0)
    per_open_hour: float | None = Field(default=None, ge=0.0)

    @model_validator(mode="after")
    def _one_rate(self) -> Self:
        if (self.per_year is None) == (self.per_open_hour is None):
            raise ValueError("one of per_year and per_open_hour")
        return self


class Questions(Record):
    """Plain questions: how many a year and which roles hold the answers (weights)."""

    per_year: float = Field(ge=0.0)
    roles: dict[str, Annotated[float, Field(ge=0.0)]] = Field(default_factory=dict)


class Profile(Record):
    """A slice of a municipality. `slice` says in words which part of the organisation it is, and why."""

    id: str
    title: Title
    slice: Text
    source: str = ""
    calendar: Literal["dutch", "always"] = "dutch"
    start: date = date(2026, 1, 5)
    """The day on which the comparison starts, after the run-in; a Monday."""
    front_office: str | None = None
    """The role that takes contacts; without one, residents reach the handlers directly by the web."""
    organisations: tuple[Organisation, ...] = ()
    """The municipalities, when there are several that share offices; handovers between them cross a border."""
    departments: tuple[Department, ...] = Field(min_length=1)
    applications: tuple[Applications, ...] = ()
    questions: Questions | None = None
    channels: Channels = Channels()
    parameters: dict[str, float] = Field(default_factory=dict)
    notes: dict[str, str] = Field(default_factory=dict)
    """Sources and reasons, by subject; and for a figure outside its plausibility band, why."""

    _processes: tuple[Process, ...] = PrivateAttr(default=())
    _where: str = PrivateAttr(default="profile")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        teams = [t.id for d in self.departments for t in d.teams]
        if len(set(teams)) != len(teams):
            raise ValueError(f"every team id once, but they are {teams}")
        if len(self.departments) > 60:
            raise ValueError(f"at most 60 departments, not {len(self.departments)}")
        roles = self.roles()
        if self.front_office is not None and self.front_office not in roles:
            raise ValueError(f"front_office to be a role of some team ({', '.join(roles)}), not {self.front_office!r}")
        if self.questions is not None:
            if self.front_office is None and self.questions.per_year > 0:
                raise ValueError("a front_office role, because there are questions")
            weights = self.questions.roles or {role: 1.0 for role in roles if role != self.front_office}
            if self.questions.per_year > 0 and sum(weights.values()) == 0.0:
                raise ValueError("questions.roles to give some role a weight above 0, but none has one")
            for role in self.questions.roles:
                if role not in roles:
                    raise ValueError(f"questions.roles to name roles of some team ({', '.join(roles)}), not {role!r}")
        self._check_organisations()
        if self.start.weekday() != 0:
            raise ValueError(f"start to be a Monday, not {self.start:%A} {self.start}")
        return self

    def _check_organisations(self) -> None:
        names = [o.id for o in self.organisations]
        if len(set(names)) != len(names) or len(names) == 1:
            raise ValueError(f"organisations to be two or more, every id once, but they are {names}")
        if names and abs(sum(o.share for o in self.organisations) - 1.0) > 1e-6:
            total = sum(o.share for o in self.organisations)
            raise ValueError(f"shares of the organisations that add up to 1, but they add up to {total:g}")
        for d in self.departments:
            if d.organisation is not None and d.organisation not in names:
                raise ValueError(f"department {d.id}: organisation to be one of {names}, not {d.organisation!r}")
        for role in self.roles():
            does = [d.organisation for d, t in self.teams() if role in t.roles]
            lacking = [name for name in names if name not in does and None not in does]
            if lacking:
                raise ValueError(
                    f"role {role}: a team of {', '.join(lacking)} or one that all share, but there is none"
                )

    def roles(self) -> tuple[str, ...]:
        """All roles, in the order of first mention."""
        return tuple(dict.fromkeys(r for d in self.departments for t in d.teams for r in t.roles))

    def teams(self) -> tuple[tuple[Department, Team], ...]:
        """All teams with their departments, in order."""
        return tuple((d, t) for d in self.departments for t in d.teams)

    @property
    def staff(self) -> int:
        """How many people, managers included."""
        return sum(t.staff for _, t in self.teams())

    @property
    def processes(self) -> tuple[Process, ...]:
        """The processes, in the order of `applications`."""
        return self._processes

    @property
    def where(self) -> str:
        """The file that it was read from."""
        return self._where


def shipped(folder: str) -> dict[str, Path]:
    """The files that ship with the product in `profiles` or `processes`, by name."""
    root = Path(str(resources.files("model").joinpath(folder)))
    return {path.stem: path for path in sorted(root.glob("*.toml"))}


def _process(name: str, beside: Path, where: str) -> Process:
    if name.endswith(".toml"):
        return Process.load((beside / name).resolve())
    found = shipped("processes")
    if name not in found:
        raise unknown(f"{where}: field applications.process", name, [*found, "a path ending in .toml"])
    return Process.load(found[name])


def load_profile(name: str | Path) -> Profile:
    """A shipped profile by its name, or one from a TOML file; errors are one line."""
    path = Path(name)
    if path.suffix != ".toml":
        known = shipped("profiles")
        if str(name) not in known:
            raise unknown("profile", str(name), [*known, "a path ending in .toml"])
        path = known[str(name)]
    where = str(name)
    profile = build(Profile, read_toml(path), where)
    profile._where = where
    profile._processes = tuple(_process(a.process, path.parent, where) for a in profile.applications)
    for name_, value in profile.parameters.items():
        find(name_).check(value, f"{where}: field parameters")
    roles = profile.roles()
    for process in profile.processes:
        for step in process.steps:
            if step.role not in roles:
                raise InputError(
                    f"{where}: process {process.id}, step {step.id}: role {step.role!r} belongs to no team, "
                    f"expected one of: {', '.join(roles)}"
                )
    return profile
