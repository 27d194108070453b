"""Small organisations for the checks: written as TOML files and loaded the way a user's own profile is.

`Town` is the organisation that most relations are tried on: four departments, a front office, questions, and one
process with every kind of step. A relation changes what it needs to and leaves the rest.
"""

import copy
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from kastje.model import Scenario
from kastje.model.channels import Channels
from kastje.model.profile import shipped

Data = dict[str, Any]


def document(data: Mapping[str, Any]) -> str:
    """A whole TOML file, without the keys that have no value."""
    return tomli_w.dumps(_known(data))


def _known(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _known(one) for name, one in value.items() if one is not None}
    return [_known(one) for one in value] if isinstance(value, list | tuple) else value


def written(folder: Path, profile: Data, processes: Mapping[str, Data]) -> Path:
    """Write a profile and the processes that it names (`NAME.toml`) into a folder; the profile's path."""
    for name, process in processes.items():
        (folder / name).write_text(document(process), encoding="utf-8")
    path = folder / f"{profile['id']}.toml"
    path.write_text(document(profile), encoding="utf-8")
    return path


def loaded(profile: Data, processes: Mapping[str, Data] | None = None) -> Scenario:
    """The scenario of a profile in plain data, through files as a user would write them."""
    with tempfile.TemporaryDirectory() as folder:
        return Scenario.load(written(Path(folder), profile, processes or {}))


def shipped_profile(name: str) -> Data:
    """A shipped profile in plain data, to be changed: what a user does who copies the file."""
    return tomllib.loads(shipped("profiles")[name].read_text(encoding="utf-8"))


def every_team(profile: Data, **values: Any) -> Data:
    """A copy of a profile in which every team has these values."""
    changed = copy.deepcopy(profile)
    for department in changed["departments"]:
        for team in department["teams"]:
            team.update(values)
    return changed


def channels(**values: Any) -> Data:
    """The channels as they are by default, each with these values."""
    return {name: channel | values for name, channel in Channels().model_dump().items()}


def _department(name: str, *teams: Data) -> Data:
    return {"id": name, "title": name, "teams": list(teams)}


def _team(name: str, staff: int, **values: Any) -> Data:
    return {"id": name, "roles": [name], "staff": staff, "share": 0.3, **values}


def _step(name: str, role: str, hours: float, after: tuple[str, ...] = (), **values: Any) -> Data:
    return {"id": name, "title": name, "role": role, "hours": hours, "after": list(after), **values}


PERMIT: Data = {
    "id": "permit",
    "title": "Permit",
    "legal_days": 56,
    "extension": {"chance": 0.1, "days": 42},
    "types": [
        {"id": "A", "title": "A", "share": 0.6, "hours": 0.8},
        {"id": "B", "title": "B", "share": 0.4, "hours": 1.3, "early": True},
    ],
    "steps": [
        _step("intake", "permits", 1.0, owner=True, checks=True, missing=0.1),
        _step("plan", "permits", 2.0, ("intake",), owner=True, tailored=True, again=True),
        _step("traffic_advice", "traffic", 1.5, ("plan",), advice=True, missing=0.05, when={"A": 0.6}),
        _step("safety_advice", "safety", 2.0, ("plan",), advice=True, criteria=True, missing=0.05),
        _step("check", "legal", 1.0, ("traffic_advice", "safety_advice"), criteria=True, repeat=0.05),
        _step("draft", "permits", 1.5, ("check",), again=True),
        _step("decision", "permits", 0.4, ("draft",), decides=True, again=True, manager=True),
    ],
}

TOWN: Data = {
    "id": "town",
    "title": "Town",
    "slice": {"nl": "Een klein stadje voor controles.", "en": "A small town for checks."},
    "front_office": "desk",
    "departments": [
        _department("contact", _team("desk", 4, share=0.9, ownership=0.55)),
        _department("permits", _team("permits", 6, ownership=0.6)),
        _department("space", _team("traffic", 4), _team("safety", 4, ownership=0.25)),
        _department("legal", _team("legal", 4, ownership=0.3)),
    ],
    "applications": [{"process": "permit.toml", "per_year": 400.0}],
    "questions": {"per_year": 8000.0, "roles": {"permits": 2.0, "traffic": 1.0, "safety": 1.0}},
    "parameters": {"inhabitants": 8000, "horizon_days": 91, "runin_days": 91},
}

QUEUE: Data = {
    "id": "queue",
    "title": "Queue",
    "slice": {"nl": "Een wachtrij uit het leerboek.", "en": "A textbook queue."},
    "calendar": "always",
    "departments": [_department("office", _team("desk", 3, share=1.0, manager=False, part_time=0.0))],
    "applications": [{"process": "service.toml", "per_open_hour": 24.0}],
    "parameters": {
        "first_come": 1,
        "record_hours": 0.0,
        "learning_exponent": 0.0,
        "return_rate": 0.0,
        "turnover": 0.0,
        "mobility": 0.0,
        "corner_cut": 0.0,
        "status_days_before": 100000.0,
        "status_days_after": 100000.0,
        "inhabitants": 1000,
        "runin_days": 0,
        "horizon_days": 14,
    },
}

SERVICE: Data = {
    "id": "service",
    "title": "Service",
    "steps": [_step("service", "desk", 0.1, spread="exponential", decides=True)],
}


def town(process: Data = PERMIT, **changes: Any) -> Scenario:
    """The town with parts of its profile replaced; `parameters` are laid over its own."""
    parameters = TOWN["parameters"] | changes.pop("parameters", {})
    return loaded(TOWN | changes | {"parameters": parameters}, {"permit.toml": process})


def queue(process: Data = SERVICE, **changes: Any) -> Scenario:
    """The textbook queue with parts of its profile replaced; `parameters` are laid over its own."""
    parameters = QUEUE["parameters"] | changes.pop("parameters", {})
    return loaded(QUEUE | changes | {"parameters": parameters}, {"service.toml": process})
