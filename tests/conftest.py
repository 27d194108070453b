"""What all tests share: the real logs that lie beside a checkout, and the engine, compiled once."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

# A first call may compile a rule, and these machines are shared: how long a call takes is not what is tested.
settings.register_profile("kastje", deadline=None)
settings.load_profile("kastje")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves an event loop running, in which no other test can start its own."""
    items.sort(key=lambda item: "browser" in item.path.relative_to(ROOT).parts)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


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
