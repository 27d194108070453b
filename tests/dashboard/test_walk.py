"""The walk of one slider move in docs/walk.md: what it names is there, and a move really goes that way."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, SimpleNamespace
from typing import Any

import pytest
import solara

from kastje.dashboard.policy.page import Page

STEP = re.compile(r"^( *)(\d+\.|-) `([\w./]+)`(?:: `(\w+)`)?", re.M)
INDENT = 4
TOOL = 3
"""The number under which this test watches calls: debuggers, coverage and profilers have 0, 1, 2 and 5."""
LINK = "?lang=en&n=2&p=horizon_days:29,runin_days:28"


@dataclass(frozen=True)
class Step:
    """One place of the walk: which other it comes from, and whether that calls it or only brings it about."""

    name: str
    under: str
    called: bool
    browser: str


def steps(text: str) -> list[Step]:
    """The walk that a document tells."""
    above: list[str] = []
    found = []
    for indent, mark, name, browser in STEP.findall(text):
        level = len(indent) // INDENT
        above = [*above[:level], name]
        found.append(Step(name, above[level - 1] if level else "", mark != "-", browser))
    return found


def named(name: str) -> Any:
    """What a dotted name names; a module that is called like a function in it is not looked for."""
    parts = name.split(".")
    for split in range(len(parts), 0, -1):
        try:
            found: Any = sys.modules.get(".".join(parts[:split])) or import_module(".".join(parts[:split]))
        except ModuleNotFoundError:
            continue
        for part in parts[split:]:
            found = getattr(found, part)
        return found
    raise AttributeError(name)


def code_of(thing: Any) -> CodeType:
    """The code of a function, a method, a component or a rule."""
    for inside in ("__func__", "f", "py_func", "__wrapped__"):
        thing = getattr(thing, inside, thing)
    return thing.__code__


@dataclass(frozen=True)
class Call:
    """A call of a place of the walk, and those within which it was made."""

    name: str
    within: frozenset[str]


def astray(walk: list[Step], calls: list[Call]) -> str:
    """The first place of the walk that was not come by after the one before it, or not within the one that calls it.

    What a place only brings about, such as a panel that is drawn again, comes at any time after it.
    """
    at = -1
    came: dict[str, int] = {}
    for step in walk:
        if "/" in step.name:
            continue
        since = at if step.called else came.get(step.under, len(calls))
        within = step.under if step.called else ""
        found = (k for k, one in enumerate(calls) if k > since and one.name == step.name)
        place = next((k for k in found if not within or within in calls[k].within), None)
        if place is None:
            return step.name
        came[step.name] = place
        at = place if step.called else at
    return ""


@pytest.fixture(scope="module")
def walk(root: Path) -> list[Step]:
    return steps((root / "docs" / "walk.md").read_text(encoding="utf-8"))


def test_every_place_that_it_names_is_there(root: Path, walk: list[Step]) -> None:
    assert len(walk) > 15
    for step in walk:
        if "/" in step.name:
            text = (root / step.name).read_text(encoding="utf-8")
            assert not step.browser or re.search(rf"\b{step.browser}\(", text), step
        else:
            assert code_of(named(step.name)), step
    for name in re.findall(r"`(kastje(?:\.\w+)+)`", (root / "docs" / "walk.md").read_text(encoding="utf-8")):
        assert named(name) is not None


@pytest.fixture
def watched(walk: list[Step], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Call]]:
    """Every call of a place of the walk on any thread, in order; the compiled loop by the name that calls it."""
    places = {code_of(named(step.name)): step.name for step in walk if "/" not in step.name}
    calls: list[Call] = []

    def begun(code: CodeType, offset: int) -> None:
        frame: FrameType | None = sys._getframe(1).f_back
        within = set()
        while frame is not None:
            within.add(places.get(frame.f_code, ""))
            frame = frame.f_back
        calls.append(Call(places[code], frozenset(within)))

    simulate = import_module("kastje.model.simulate")
    compiled = simulate.run_until

    def run_until(*state: Any) -> Any:
        return compiled(*state)

    places[run_until.__code__] = "kastje.model.engine.run_until"
    monkeypatch.setattr(simulate, "run_until", run_until)
    monitoring = sys.monitoring
    monitoring.use_tool_id(TOOL, "walk")
    monitoring.register_callback(TOOL, monitoring.events.PY_START, begun)
    for code in places:
        monitoring.set_local_events(TOOL, code, monitoring.events.PY_START)
    yield calls
    for code in places:
        monitoring.set_local_events(TOOL, code, 0)
    monitoring.register_callback(TOOL, monitoring.events.PY_START, None)
    monitoring.free_tool_id(TOOL)


@pytest.fixture
def taken(
    engine: None,
    watched: list[Call],
    view: Callable[[Any, str], Any],
    wait_for: Callable[[Callable[[], object]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> list[Call]:
    """The calls that one move of a slider brings about, from the browser's event to the figures on the tiles."""
    monkeypatch.setattr("solara.use_router", lambda: SimpleNamespace(search=LINK))
    box, context = solara.render(Page(), handle_error=False)
    done = {"phase": "done", "steps": "00000000"}
    wait_for(lambda: done.items() <= view(box, "figures").badge.items())
    watched.clear()
    view(box, "lessons").vue_move({"control": "ownership", "value": 4, "settled": True, "move": 1})
    done["steps"] = "00040000"
    wait_for(lambda: done.items() <= view(box, "figures").badge.items())
    context.close()
    return list(watched)


@pytest.mark.engine
def test_a_move_of_a_slider_goes_that_way(walk: list[Step], taken: list[Call]) -> None:
    assert astray(walk, taken) == ""
    assert astray(walk[::-1], taken)
    for k, step in enumerate(walk):
        if step.under and step.called:
            elsewhere = replace(step, under="kastje.dashboard.visit.header.Header")
            assert astray([*walk[:k], elsewhere, *walk[k + 1 :]], taken) == step.name
        if "/" not in step.name:
            assert astray(walk, [one for one in taken if one.name != step.name]) == step.name
