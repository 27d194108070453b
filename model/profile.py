"""A profile: a municipality's slice with its departments, demand and own parameter values, as a TOML file."""

from collections.abc import Callable, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from kastje.fingerprint import of_figures
from kastje.model.channels import Channels
from kastje.model.errors import InputError, phrase, unknown, wrong
from kastje.model.parameters import find
from kastje.model.process import Process
from kastje.model.reading import Record, Text, Title, build, read_toml

Share = Field(ge=0.0, le=1.0)
MOST_DEPARTMENTS = 60


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
            raise ValueError(phrase("expected.one_rate"))
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
    source: Title | None = None
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
    notes: dict[str, Title] = Field(default_factory=dict)
    """Sources and reasons, by subject; and for a figure outside its plausibility band, why."""

    _processes: tuple[Process, ...] = PrivateAttr(default=())
    _where: str = PrivateAttr(default="profile")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        teams = [t.id for d in self.departments for t in d.teams]
        if len(set(teams)) != len(teams):
            raise ValueError(phrase("expected.teams_once", ids=teams))
        if len(self.departments) > MOST_DEPARTMENTS:
            raise ValueError(phrase("expected.departments", most=MOST_DEPARTMENTS, count=len(self.departments)))
        roles = self.roles()
        if self.front_office is not None and self.front_office not in roles:
            raise ValueError(phrase("expected.front_office", roles=roles, value=repr(self.front_office)))
        if self.questions is not None:
            if self.front_office is None and self.questions.per_year > 0:
                raise ValueError(phrase("expected.front_office_there"))
            weights = self.questions.roles or {role: 1.0 for role in roles if role != self.front_office}
            if self.questions.per_year > 0 and sum(weights.values()) == 0.0:
                raise ValueError(phrase("expected.question_weight"))
            for role in self.questions.roles:
                if role not in roles:
                    raise ValueError(phrase("expected.question_roles", roles=roles, value=repr(role)))
        self._check_organisations()
        if self.start.weekday() != 0:
            raise ValueError(phrase("expected.monday", day=self.start))
        return self

    def _check_organisations(self) -> None:
        names = [o.id for o in self.organisations]
        if len(set(names)) != len(names) or len(names) == 1:
            raise ValueError(phrase("expected.organisations_once", ids=names))
        total = sum(o.share for o in self.organisations)
        if names and abs(total - 1.0) > 1e-6:
            raise ValueError(phrase("expected.organisation_shares", total=total))
        for d in self.departments:
            if d.organisation is not None and d.organisation not in names:
                value = repr(d.organisation)
                raise ValueError(phrase("expected.organisation", department=d.id, known=names, value=value))
        for role in self.roles():
            does = [d.organisation for d, t in self.teams() if role in t.roles]
            lacking = [name for name in names if name not in does and None not in does]
            if lacking:
                raise ValueError(phrase("expected.own_team", role=role, lacking=lacking))

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

    def figures_hash(self) -> str:
        """The hash of its figures and of those of its processes, by which a result says of what it is."""
        return of_figures([one.model_dump(mode="json") for one in (self, *self.processes)])

    @property
    def where(self) -> str:
        """The file that it was read from."""
        return self._where


def shipped(folder: str) -> dict[str, Path]:
    """The files that ship with the product in `profiles` or `processes`, by name."""
    root = Path(str(resources.files("kastje.model").joinpath(folder)))
    return {path.stem: path for path in sorted(root.glob("*.toml"))}


def shipped_process(name: str, where: str) -> Process:
    """A process that ships with the product; `where` (the profile that names it) opens the error line."""
    found = shipped("processes")
    if name not in found:
        place = phrase("place.field", file=where, field="applications.process")
        raise unknown(place, name, tuple(found), phrase("expected.path"))
    return Process.load(found[name])


def load_profile(name: str | Path) -> Profile:
    """A shipped profile by its name, or one from a TOML file; errors are one line."""
    path = Path(name)
    if path.suffix != ".toml":
        known = shipped("profiles")
        if str(name) not in known:
            raise unknown(phrase("place.profiles"), str(name), tuple(known), phrase("expected.path"))
        path = known[str(name)]
    where = str(name)

    def process(named: str) -> Process:
        if named.endswith(".toml"):
            return Process.load((path.parent / named).resolve())
        return shipped_process(named, where)

    return assembled(read_toml(path), where, process)


def assembled(table: Mapping[str, Any], where: str, process: Callable[[str], Process]) -> Profile:
    """The profile in the table of a file, with what `process` gives for each process that it names.

    `where` (the file) opens the error lines.
    """
    profile = build(Profile, table, where)
    profile._where = where
    profile._processes = tuple(process(a.process) for a in profile.applications)
    place = phrase("place.field", file=where, field="parameters")
    for name, value in profile.parameters.items():
        try:
            parameter = find(name)
        except InputError as error:
            raise wrong(place, error.said) from None
        parameter.check(value, place)
    roles = profile.roles()
    for one in profile.processes:
        for step in one.steps:
            if step.role not in roles:
                place = phrase("place.step", where=where, process=one.id, step=step.id, role=repr(step.role))
                raise InputError(phrase("problem.role_without_team", where=place, roles=roles))
    return profile
