"""A frozen value that is changed gives a copy with that change in it, and everything else as it was."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from kastje.dashboard.own.own import OWN, Absent, Own, own_of
from kastje.dashboard.present.story import STORY
from kastje.dashboard.visit import link, scenario_file
from kastje.dashboard.visit.session import _moved
from kastje.dashboard.visit.state import Choice, Pin
from kastje.experiments.designs.levers import laid_over
from kastje.experiments.designs.staff import with_staff
from kastje.experiments.difference.table import about
from kastje.experiments.logs.stories.reasons import without
from kastje.experiments.studies.claims.arms import KEEPERS, OWNERS
from kastje.experiments.studies.claims.organisations import relabelled, with_people
from kastje.model import LESSONS, Scenario
from kastje.model.profile import Profile, shipped

FROZEN = ("frozen=True", "Record")
"""What a frozen class says of itself: a dataclass in its decorator, a record in its bases."""


@pytest.fixture(scope="module")
def sources(root: Path) -> dict[str, ast.Module]:
    """Every module of the rooms, parsed."""
    rooms = [one.resolve() for one in (root / "src" / "kastje").iterdir() if one.is_symlink()]
    files = [path for room in rooms for path in ([room] if room.is_file() else room.rglob("*.py"))]
    found = [path for path in files if path.suffix == ".py"]
    return {str(path.relative_to(root)): ast.parse(path.read_text(encoding="utf-8")) for path in found}


def frozen_classes(sources: Mapping[str, ast.Module]) -> set[str]:
    found = set()
    for tree in sources.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                said = [ast.unparse(one) for one in (*node.decorator_list, *node.bases)]
                found |= {node.name} if any(mark in text for mark in FROZEN for text in said) else set()
    return found


def rebuilt_by_hand(tree: ast.Module, frozen: set[str]) -> Iterator[str]:
    """Where a function that is given a frozen value makes another one of its class out of the value's own fields, and
    where one is made of fields that are looked up by name: a field that comes later is dropped there in silence."""
    owners = {method: node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for method in node.body}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        arguments = (*function.args.args, *function.args.kwonlyargs)
        given = {one.arg: ast.unparse(one.annotation).strip("'\"") for one in arguments if one.annotation}
        given |= {"self": owners[function]} if function in owners else {}
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or (made := ast.unparse(call.func).split(".")[-1]) not in frozen:
                continue
            values = [*call.args, *(one.value for one in call.keywords)]
            looked_up = any(one.arg is None and "getattr(" in ast.unparse(one.value) for one in call.keywords)
            of = {name for name, kind in given.items() if kind == made}
            mine = any(ast.unparse(node.value) in of for v in values for node in ast.walk(v) if is_field(node))
            if mine or looked_up:
                yield f"line {call.lineno}: {ast.unparse(call)[:80]}"


def is_field(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute)


def test_no_frozen_value_is_rebuilt_by_hand(sources: dict[str, ast.Module]) -> None:
    """`model_copy` and `replace` name what changes; what lists all the rest forgets a field sooner or later."""
    frozen = frozen_classes(sources)
    assert {"Scenario", "Profile", "Choice", "Design", "History", "Turn"} <= frozen
    found = {name: several for name, tree in sources.items() if (several := list(rebuilt_by_hand(tree, frozen)))}
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "def larger(scenario: Scenario) -> Scenario:\n    return Scenario(profile=2, lessons=scenario.lessons)",
        "class Scenario:\n    def later(self):\n        return Scenario(self.profile, self.start + 1)",
        "def kept(now):\n    return Scenario(**{name: getattr(now, name) for name in NAMES})",
    ],
)
def test_a_value_that_is_rebuilt_by_hand_is_seen(source: str) -> None:
    assert list(rebuilt_by_hand(ast.parse(source), {"Scenario"}))


TILBURG = Scenario.load("tilburg")
ONE, OTHER = "ownership", "lived_vision"
FULL = (
    TILBURG.with_parameters(load=1.1, vulnerable_share=0.3)
    .with_lessons(**{ONE: 0.5, OTHER: 0.25}, start_day=14.0, ramp_days=30.0)
    .with_starts(**{OTHER: 21.0})
)
"""A scenario in which no field is at its default."""

SCENARIOS: dict[str, tuple[Callable[[Scenario], Scenario], set[str]]] = {
    "Scenario.with_lessons": (lambda one: one.with_lessons(creative_solutions=1.0), {"lessons"}),
    "Scenario.with_lessons, days": (lambda one: one.with_lessons(start_day=1, ramp_days=2), {"start_day", "ramp_days"}),
    "Scenario.with_starts": (lambda one: one.with_starts(ownership=3), {"starts"}),
    "Scenario.with_parameters": (lambda one: one.with_parameters(outside_growth=0.1), {"parameters"}),
    "Scenario.with_profile": (lambda one: one.with_profile(Scenario.load("owo").profile), {"profile"}),
    "Scenario.baseline": (Scenario.baseline, {"lessons", "start_day", "ramp_days", "starts"}),
    "with_staff": (lambda one: with_staff(one, {"legal": 1.3}), {"profile"}),
    "laid_over": (lambda one: laid_over(one, {"load": 0.9}), {"parameters"}),
    "laid_over, a lesson": (lambda one: laid_over(one, {ONE: 1.0}), {"lessons"}),
    "laid_over, all": (lambda one: laid_over(one, {"all": 0.1}), {"lessons"}),
    "laid_over, days": (lambda one: laid_over(one, {"start_day": 1.0, "ramp_days": 2.0}), {"start_day", "ramp_days"}),
    "laid_over, a start": (lambda one: laid_over(one, {f"start_day.{ONE}": 2.0}), {"starts"}),
    "without": (lambda one: without(one, ONE), {"lessons"}),
}
"""Everything that makes a scenario out of a scenario, and the fields that it is meant to change."""


def transformations(sources: Mapping[str, ast.Module], kind: str) -> set[str]:
    """The public functions and methods that are given a value of a class and say that they return one of it."""
    found = set()
    for tree in sources.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name == kind:
                methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
                named = {one.name for one in methods if returned(one) == kind and one.args.args[:1] != []}
                made = {one.name for one in methods if any("classmethod" in ast.unparse(d) for d in one.decorator_list)}
                found |= {f"{kind}.{name}" for name in named - made - {"model_copy"} if not name.startswith("_")}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and returned(node) == kind and not node.name.startswith("_"):
                given = {ast.unparse(one.annotation).strip("'\"") for one in node.args.args if one.annotation}
                found |= {node.name} if kind in given else set()
    return found


def returned(function: ast.FunctionDef) -> str:
    return ast.unparse(function.returns).strip("'\"") if function.returns is not None else ""


@pytest.mark.parametrize("kind", ["Scenario", "Profile", "Choice"])
def test_every_transformation_is_held_here(sources: dict[str, ast.Module], kind: str) -> None:
    tables = {"Scenario": SCENARIOS, "Profile": PROFILES, "Choice": CHOICES}
    assert transformations(sources, kind) <= {name.partition(",")[0] for name in tables[kind]}


def test_no_field_of_the_full_scenario_is_at_its_default() -> None:
    assert [name for name in Scenario.model_fields if getattr(FULL, name) == getattr(TILBURG, name)] == ["profile"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_is_changed_in_what_is_meant_and_in_nothing_else(name: str) -> None:
    FULL.key()  # What is kept of a scenario must not go along to another world.
    change, meant = SCENARIOS[name]
    after = change(FULL)
    assert {one for one in Scenario.model_fields if getattr(after, one) != getattr(FULL, one)} == meant
    afresh = Scenario(**{one: getattr(after, one) for one in Scenario.model_fields})
    assert (after.key(), after.world_key()) == (afresh.key(), afresh.world_key())
    assert FULL.key() != after.key()


def test_plain_data_hold_every_field_of_a_scenario() -> None:
    assert set(FULL.as_dict()) == set(Scenario.model_fields)

    class Pairs:
        seeds, replications = (1, 2), 2

    assert set(Scenario.model_fields) <= set(about(FULL, Pairs()))  # type: ignore[arg-type]


PROFILES: dict[str, Callable[[Profile], Profile]] = {
    "relabelled": relabelled,
    "with_people, owners": lambda profile: with_people(profile, OWNERS, 0.9),
    "with_people, keepers": lambda profile: with_people(profile, KEEPERS, 0.1),
}
"""Everything that makes a profile out of a profile: each changes its departments alone."""


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_is_changed_in_its_departments_and_in_nothing_else(name: str) -> None:
    before = Scenario.load("owo").profile
    after = PROFILES[name](before)
    changed = {one for one in Profile.model_fields if getattr(after, one) != getattr(before, one)}
    assert changed == {"departments"}
    assert (after.processes, after.where) == (before.processes, before.where)
    kept = [{t.id: t.model_dump(exclude={"ownership"}) for _, t in profile.teams()} for profile in (before, after)]
    assert kept[0] == kept[1]


def own() -> Own:
    text = shipped("profiles")["tilburg"].read_text(encoding="utf-8")
    return own_of({"tilburg.toml": text})


HERE = own()
PLAIN = Choice()
CHOSEN = Choice(
    lang="en",
    profile=OWN,
    steps=tuple(1 + at % 6 for at in range(len(LESSONS))),
    load=1.1,
    start=7,
    ramp=30,
    show="satisfaction",
    replications=12,
    seed=5,
    parameters=(("vulnerable_share", 0.3),),
    staff=(("legal", 120.0),),
    pins=(Pin("first", Choice(load=0.9).question()),),
    own=HERE,
)
"""A choice in which no field is at its default."""
WAITING = replace(CHOSEN, own=Absent(HERE.digest))
"""The same, of which the files are not here."""


def moved(control: str, value: float) -> Callable[[Choice], Choice]:
    return lambda one: _moved(one, control, value)


QUESTION = {"lang", "show", "pins"}
CHOICES: dict[str, tuple[Callable[[Choice], Choice], set[str]]] = {
    "Choice.question": (Choice.question, QUESTION),
    "Choice.today": (Choice.today, QUESTION | {"steps", "start", "ramp"}),
    "Choice.started_again": (
        Choice.started_again,
        {"steps", "load", "start", "ramp", "parameters", "staff"},
    ),
    "Choice.given": (lambda one: one.given(HERE), set()),
    "Choice.with_parameter": (lambda one: one.with_parameter("outside_growth", 0.1), {"parameters"}),
    "Choice.with_staff": (lambda one: one.with_staff("legal", 80), {"staff"}),
    "Choice.with_pin": (lambda one: one.with_pin("second"), {"pins"}),
    "Choice.without_pin": (lambda one: one.without_pin(0), {"pins"}),
    "Choice.asked_of": (lambda one: one.asked_of(Pin("", replace(one, seed=1, replications=20))), set()),
    "Choice.with_preset": (lambda one: one.with_preset("today"), {"steps"}),
    "moved, a lesson": (moved(LESSONS[1], 5), {"steps"}),
    "moved, the load": (moved("load", 0.8), {"load"}),
    "moved, the start": (moved("start", 8), {"start"}),
    "moved, the ramp": (moved("ramp", 8), {"ramp"}),
    "moved, a parameter": (moved("p:outside_growth", 0.1), {"parameters"}),
    "moved, staff": (moved("staff:legal", 80), {"staff"}),
    "the story": (STORY[1].chosen, {"steps", "load", "start", "ramp", "show"}),
    "its link": (lambda one: link.read(one.query(), lambda digest: HERE)[0], set()),
    "its file": (
        lambda one: scenario_file.loaded(
            [{"name": "a.toml", "text": scenario_file.scenario_text(one)}], replace(PLAIN, lang="en", pins=one.pins)
        )[0],
        {"show"},
    ),
}
"""Everything that makes a choice out of a choice, a link and a saved file among it, and what it is meant to change."""


def test_no_field_of_the_full_choice_is_at_its_default() -> None:
    assert [one.name for one in fields(Choice) if getattr(CHOSEN, one.name) == getattr(PLAIN, one.name)] == []


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_changed_in_what_is_meant_and_in_nothing_else(name: str) -> None:
    change, meant = CHOICES[name]
    after = change(CHOSEN)
    assert {one.name for one in fields(Choice) if getattr(after, one.name) != getattr(CHOSEN, one.name)} == meant


def test_files_that_come_in_change_nothing_but_that_they_are_here() -> None:
    after = WAITING.given(HERE)
    assert after == CHOSEN
    assert isinstance(after.own, Own)


def test_a_transformation_that_nobody_holds_is_found() -> None:
    source = "def doubled(scenario: Scenario, times: int) -> Scenario:\n    return scenario"
    assert transformations({"any": ast.parse(source)}, "Scenario") == {"doubled"}


def test_what_a_choice_comes_to_holds_everything_that_decides_it() -> None:
    scenario: Any = CHOSEN.scenario()
    assert (scenario.value("load"), scenario.value("vulnerable_share")) == (1.1, 0.3)
    assert [scenario.lessons[one] for one in LESSONS] == [step / 6 for step in CHOSEN.steps]
    assert (scenario.start_day, scenario.ramp_days) == (7, 30)
    assert scenario.profile.staff > HERE.world.profile.staff
