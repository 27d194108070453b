"""Every field of the engine's records: it is explained, stays in its range, and is written by whom it says."""

import ast
import importlib.util
import math
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from kastje.agents.acts import ACTS
from kastje.model import Scenario
from kastje.model import records as rec
from kastje.model import state as st
from kastje.model.agenda import TALLIES
from kastje.model.beginning import begin
from kastje.model.fields import FIELDS, UNITS, Field
from kastje.model.process import MOST_TYPES
from kastje.model.profile import shipped
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.world import WorldOf

USED = st.POOLS | {"seats": "meetings", "weeks": "weeks", "ready": "ready"}
"""The arrays of which the first rows are in use, and the count of these in the record of the run."""
SLACK = 1e-6
"""Hours that are added and taken off many times end this near to nought."""


@pytest.fixture(scope="module")
def writers() -> ModuleType:
    spec = importlib.util.spec_from_file_location("writers", Path(__file__).with_name("writers.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_field_has_a_line_in_the_order_of_its_record(writers: ModuleType) -> None:
    names = {record: list(dtype.names) for record, dtype in writers.RECORDS.items()}
    arrays = {record: list(fields) for record, fields in writers.ARRAYS.items()}
    assert {record: list(fields) for record, fields in FIELDS.items()} == names | arrays


def test_every_line_says_what_the_field_is_and_in_which_unit() -> None:
    told: dict[str, list[str]] = {}
    for record, fields in FIELDS.items():
        for field in fields.values():
            assert field.what.strip(), (record, field.name)
            assert bool(field.of) != (field.unit in UNITS), (record, field.name)
            assert field.none in ("", "nobody", "never"), (record, field.name)
            told.setdefault(record, []).append(field.what)
    assert set(UNITS) == {field.unit for fields in FIELDS.values() for field in fields.values() if not field.of}


def test_a_table_holds_the_records_that_it_says(writers: ModuleType) -> None:
    world = world_of(Scenario.load("owo"))
    with np.errstate(over="ignore"):
        state = begin(world, 1)
    for record, tuple_ in (("state", state), ("world", world.arrays)):
        for field in FIELDS[record].values():
            array = getattr(tuple_, field.name)
            if field.of in writers.RECORDS:
                assert array.dtype == writers.RECORDS[field.of], field.name
            else:
                assert np.asarray(array).dtype.names is None or field.name == "par", field.name
                assert np.ndim(array) == (1 if field.of else len(field.along)), field.name


def test_each_field_is_written_by_the_modules_that_it_names_and_by_no_other(writers: ModuleType, root: Path) -> None:
    found, unknown = writers.written(root)
    assert [one for one in unknown if not one.startswith(COPIES)] == []
    said = {(record, name): set(field.by) for record, fields in FIELDS.items() for name, field in fields.items()}
    assert {at: modules for at, modules in found.items() if modules != said.get(at)} == {}
    assert {at: modules for at, modules in said.items() if at not in found} == {}


COPIES = ("network: ", "result: ")
"""Modules that write the networks that users see, and figures of a copy, under the names of fields."""


def test_a_writer_that_nobody_named_is_seen(writers: ModuleType) -> None:
    visitor = writers.Writers("thief")
    visitor.visit(ast.parse("def steal(w, s, i):\n    n = s.needs[i]\n    n['owner'] = 3\n    s.knows[i, 0] += 1.0"))
    assert visitor.written == {("need", "owner"): {"thief"}, ("state", "knows"): {"thief"}}


def sizes(world: WorldOf, state: st.State) -> dict[str, float]:
    """How many there are of what a range may end with; the last is one less."""
    arrays = world.arrays
    pools = {name: int(state.run[name][0]) for name in ("needs", "items", "contacts", "meetings")}
    return pools | {
        "staff": state.staff.size,
        "teams": arrays.teams.size,
        "departments": len(world.departments),
        "organisations": len(world.shares),
        "organisations_and_shared": len(world.shares) + 1,
        "processes": arrays.processes.size,
        "steps": arrays.steps.size,
        "roles": len(world.roles),
        "residents": state.trust.size,
        "channels": arrays.channels.size,
        "lists": state.lists.size,
    }


def outside(field: Field, values: Any, count: dict[str, float]) -> np.ndarray:
    """The values of a field that its line does not allow."""
    found = np.asarray(values).ravel()
    high = field.high if not isinstance(field.high, str) else max(0, count[field.high] - 1)
    allowed = (found >= field.low - SLACK) & (found <= (math.inf if high is None else high + SLACK))
    if field.none:
        allowed |= found == (rec.NOBODY if field.none == "nobody" else rec.NEVER)
    # What has no end is not there for ever: never stands only where it is said.
    allowed &= np.isfinite(found) | (field.none == "never")
    return found[~allowed]


def moments(name: str) -> Iterator[tuple[WorldOf, st.State]]:
    """The first morning, the branch, and the state four times on the way to the end, with half of every lesson."""
    scenario = Scenario.load(name).with_parameters(horizon_days=120, runin_days=56, drop_rate=0.02, drop_days=5)
    scenario = scenario.with_parameters(load=1.2, stale_wrong=1.0, half_life_days=1.0)
    scenario = scenario.with_lessons(all=0.5, ramp_days=30)
    world = world_of(scenario)
    with np.errstate(over="ignore"):
        yield world, begin(world, 3, log=True)
    state = start_of(scenario, 3)
    state.run["logging"] = 1
    yield world, state
    first = float(state.run["branch"][0])
    for day in (20.4, 61.6, 90.43, 120.0):
        state = drive(scenario, world, state, first + 24.0 * day)
        yield world, state


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("name", shipped("profiles"))
def test_every_field_stays_in_its_range(name: str) -> None:
    wrong: dict[str, list[float]] = {}
    for world, state in moments(name):
        count = sizes(world, state)
        for record, tuple_ in (("state", state), ("world", world.arrays)):
            for field in FIELDS[record].values():
                array = getattr(tuple_, field.name)
                if record == "state" and field.name in USED:
                    array = array[: int(state.run[USED[field.name]][0])]
                inner = FIELDS[field.of].values() if field.of in FIELDS else [] if field.of else [field]
                for one in inner:
                    values = array if one is field else array[one.name]
                    if found := outside(one, values, count)[:3].tolist():
                        wrong[f"{field.name}.{one.name}"] = found
    assert wrong == {}


OF_KIND = {
    "contact": {rec.CONTACT},
    "step": {rec.STEP},
    "about": {rec.SETTLE},
    "misinformed": {rec.CONTACT, rec.CALLBACK},
    "wrong": {rec.STEP, rec.CALLBACK},
    "settled": {rec.STEP},
    "round": {rec.STEP},
    "found": {rec.STEP},
    "repeats": {rec.STEP},
    "taking": {rec.STEP},
    "gap": {rec.STEP},
}
"""The fields that only some kinds of items fill: none of them holds one thing for one kind, and another for another."""


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_field_of_an_item_is_filled_by_the_kinds_that_it_is_of_and_by_no_other() -> None:
    filled: dict[str, set[int]] = {name: set() for name in OF_KIND}
    for name in shipped("profiles"):
        for _, state in moments(name):
            items = state.items[: int(state.run["items"][0])]
            for field, kinds in filled.items():
                empty = rec.NOBODY if FIELDS["item"][field].none else 0
                kinds |= set(items["kind"][(items["state"] != rec.FREE) & (items[field] != empty)].tolist())
    assert {field: kinds - OF_KIND[field] for field, kinds in filled.items()} == {field: set() for field in OF_KIND}
    assert all(filled.values()), "a field that nothing fills shows nothing"


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_the_sides_of_an_array_are_what_it_says() -> None:
    scenario = Scenario.load("owo").with_parameters(horizon_days=28, runin_days=28)
    world, state = world_of(scenario), start_of(scenario, 1)
    known = sizes(world, state) | {
        "acts": ACTS,
        "types": MOST_TYPES,
        "seats": st.MEETING_SEATS,
        "tallies": TALLIES,
        "two": 2,
        "staff and one": state.staff.size + 1,
        "staff and eight": state.staff.size + 8,
        "teams at most": int(world.arrays.role_size.max()),
        "ties": int(world.arrays.tie_ptr[-1]),
        "days": state.hours.shape[0],
        "meetings": state.meetings.size,
    }
    for record, tuple_ in (("state", state), ("world", world.arrays)):
        for field in FIELDS[record].values():
            if field.along:
                assert getattr(tuple_, field.name).shape == tuple(known[side] for side in field.along), field.name


def test_a_value_outside_its_range_is_seen() -> None:
    count = {"staff": 3.0}
    owner, state = FIELDS["need"]["owner"], FIELDS["need"]["state"]
    assert outside(owner, np.array([-2, -1, 0, 2, 3]), count).tolist() == [-2, 3]
    assert outside(state, np.array([0, 2, 3]), count).tolist() == [3]
    assert outside(FIELDS["need"]["filed"], np.array([0.0, np.inf]), count).size == 0
    assert outside(FIELDS["need"]["touch"], np.array([0.0, np.inf, -0.1]), count).tolist() == [np.inf, -0.1]
