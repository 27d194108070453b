"""What all tests share: the real logs that lie beside a checkout, and the engine, compiled once."""

import os
import re
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

# A first call may compile a rule, and these machines are shared: how long a call takes is not what is tested.
settings.register_profile("kastje", deadline=None)
settings.load_profile("kastje")


KEPT = {"KASTJE_CACHE", "KASTJE_REQUIRE_SHARED"}
"""What of Kastje's own environment tests may be started with: where compiled code is kept, and what has to run."""


def pytest_configure() -> None:
    """Tests, and the processes that they start, begin alike however they were started.

    A shell starts what runs in the background with Ctrl-C ignored, and every child inherits that: a test that stops
    what it started would wait for ever. Settings of a dashboard or of colours would change what is said.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in [*os.environ]:
        if (name.startswith("KASTJE_") and name not in KEPT) or name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
            del os.environ[name]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first, and every page in a browser does."""
    items.sort(key=lambda item: not any(item.get_closest_marker(mark) for mark in ("long", "browser")))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def extending(root: Path, tmp_path: Path) -> Callable[..., Path]:
    """Lays files of the examples in docs/extending.md into the test's folder: extending(name, ..); gives the first."""
    text = (root / "docs" / "extending.md").read_text(encoding="utf-8")

    def laid(*names: str) -> Path:
        for name in names:
            found = re.search(rf"^```\w+\n(# {re.escape(name)}\n.*?)^```", text, re.S | re.M)
            assert found is not None, name
            (tmp_path / name).write_text(found[1], encoding="utf-8")
        return tmp_path / names[0]

    return laid


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real event logs beside the checkout: too large to keep in the repository.

    Where it is not, the test is skipped, unless KASTJE_REQUIRE_SHARED=1 says that it must run.
    """
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("KASTJE_REQUIRE_SHARED") == "1":
            pytest.fail(f"KASTJE_REQUIRE_SHARED=1, and there is no {folder}")
        pytest.skip(f"needs the real event logs in {folder}")
    return folder


@pytest.fixture(scope="session")
def engine() -> None:
    """The compiled engine: the first test that asks for it waits up to a minute, the others do not."""
    from kastje.model import Scenario, simulate

    simulate(Scenario.load("tilburg").with_parameters(horizon_days=28), seed=1)


@dataclass(frozen=True)
class Made:
    """Outcomes that a test makes up; the others are 0."""

    figures: dict[str, float]

    def as_dict(self) -> dict[str, float]:
        from kastje.model import OUTCOMES

        return dict.fromkeys(OUTCOMES, 0.0) | self.figures


Lessons = tuple[str, ...]


@pytest.fixture
def without_delay(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts a model in place of ours in which a lesson is there at once: without_delay(worth, hours a quarter).

    At any moment satisfaction is what the lessons are worth that have begun by then; their hours are those of all.
    """
    from kastje.experiments.runs import work
    from kastje.experiments.studies.roadmap.terrain import DAYS_A_QUARTER
    from kastje.model import Scenario

    def put(worth: Callable[[Lessons], float], hours: Callable[[Lessons], float]) -> None:
        def simulate(scenario: Scenario, seed: int = 1, *, log: bool = False) -> Made:
            horizon = scenario.value("horizon_days")
            begins = sorted((min(scenario.starts_on(lesson), horizon), lesson) for lesson in scenario.active)
            edges = [0.0, *(day for day, _ in begins), horizon]
            total = sum(
                worth(tuple(lesson for _, lesson in begins[:count])) * (edges[count + 1] - edges[count])
                for count in range(len(begins) + 1)
            )
            quarters = horizon / DAYS_A_QUARTER
            return Made({"satisfaction": seed + total / horizon, "lever_hours": hours(scenario.active) * quarters})

        monkeypatch.setattr(work, "simulate", simulate)

    return put
