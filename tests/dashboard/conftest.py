"""What the dashboard's tests share: a comparison that is made up, so that no engine has to run."""

import math
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import solara

from kastje.dashboard.own.own import Own, own_of
from kastje.dashboard.own.uploads import UPLOADS, Uploads
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.compare import Comparison
from kastje.model import OUTCOMES
from kastje.model.groups import COUNT
from kastje.model.profile import shipped

MONTHS = 12


@dataclass(frozen=True)
class MadeUp:
    """As much of a run's outcomes as a comparison reads."""

    values: Mapping[str, float]
    acts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, float]:
        return dict(self.values)

    @property
    def by_group(self) -> dict[str, dict[str, dict[str, float]]]:
        """Every group has the figures of everybody."""
        return {"channel": {name: {COUNT: 50.0} | dict(self.values) for name in ("phone", "web")}}

    @property
    def by_month(self) -> dict[str, np.ndarray]:
        return {name: np.full(MONTHS, value) for name, value in self.values.items()}


@dataclass(frozen=True)
class MadeUpPair:
    """As much of a pair as a comparison reads."""

    seed: int
    baseline: MadeUp
    scenario: MadeUp


def _comparison_of(changes: Mapping[str, float], pairs: int = 20, gone: str = "") -> Comparison:
    """Every outcome is 0.5 today and 0.5 plus its change in the scenario, in all pairs; `gone` is not available."""
    made = []
    for seed in range(1, pairs + 1):
        today = {name: math.nan if name == gone else 0.5 for name in OUTCOMES}
        choice = {name: value + changes.get(name, 0.0) for name, value in today.items()}
        made.append(MadeUpPair(seed, MadeUp(today), MadeUp(choice)))
    return Comparison.of(made)  # type: ignore[arg-type]


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages compute nothing."""
    monkeypatch.setattr("kastje.dashboard.visit.computing.answer", lambda *_: None)


@pytest.fixture
def comparison_of() -> Callable[..., Comparison]:
    """Makes a comparison up: comparison_of(changes, pairs=20, gone="")."""
    return _comparison_of


@pytest.fixture
def view() -> Callable[[Any, str], Any]:
    """The one widget under a rendered element that has a field: view(box, "lessons")."""

    def below(box: Any) -> Iterator[Any]:
        yield box
        for child in getattr(box, "children", ()) or ():
            if hasattr(child, "comm"):
                yield from below(child)

    return lambda box, trait: next(widget for widget in below(box) if trait in widget.trait_names())


@pytest.fixture
def a_session() -> Callable[..., Session]:
    """Makes one visitor's session: a_session(choice, answer)."""

    def made(choice: Choice | None = None, answer: Answer | None = None) -> Session:
        choice = choice or Choice()
        return Session(solara.Reactive(History(choice)), solara.Reactive(answer or Answer(choice)))

    return made


@pytest.fixture
def wait_for() -> Callable[[Callable[[], object]], None]:
    """Waits until something holds that another thread brings about: wait_for(lambda: ...)."""

    def held(condition: Callable[[], object]) -> None:
        until = time.monotonic() + 300
        while not condition():
            assert time.monotonic() < until
            time.sleep(0.02)

    return held


@pytest.fixture
def mine() -> Callable[..., Own]:
    """Makes an own municipality after Tilburg with two files: mine(title, **more files or other texts)."""

    def made(title: str = "Ons dorp", **texts: str) -> Own:
        profile = shipped("profiles")["tilburg"].read_text(encoding="utf-8")
        named = f'title = {{ nl = "{title}", en = "{title}" }}'
        profile = re.sub(r"^title = .*$", named, profile.replace('"event_permit"', '"steps.toml"'), count=1, flags=re.M)
        process = shipped("processes")["event_permit"].read_text(encoding="utf-8")
        return own_of({"mine.toml": profile, "steps.toml": process} | texts)

    return made


@pytest.fixture
def uploads() -> Iterator[Uploads]:
    """Everybody's uploads, empty before and after."""
    UPLOADS.clear()
    yield UPLOADS
    UPLOADS.clear()
