"""Tests do not lean on each other, nor on how they were started."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

STARTS_BROWSERS = "opened_browser", "sync_playwright"


def test_no_event_loop_is_left_running() -> None:
    """Wherever this file comes among the others: a browser that outlives its file would leave one."""
    with pytest.raises(RuntimeError, match="no running event loop"):
        asyncio.get_running_loop()


def test_a_browser_lives_no_longer_than_a_file_of_tests(root: Path) -> None:
    """Whoever starts one in a fixture says so, and no fixture of a whole session does."""
    for path in sorted((root / "tests").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for fixture in source.split("@pytest.fixture")[1:]:
            if path != Path(__file__) and any(f"{name}()" in fixture.split("\n\n\n")[0] for name in STARTS_BROWSERS):
                assert fixture.startswith('(scope="module")'), path


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX here")
def test_ctrl_c_reaches_what_tests_start_however_they_were_started() -> None:
    assert threading.current_thread() is threading.main_thread()
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
    code = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
