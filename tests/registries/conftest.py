"""What the tests of registers share."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest


@pytest.fixture
def refused() -> Callable[[Mapping[str, Path]], str]:
    """The one line with which a command refuses files of one's own: refused({variable: file})."""

    def line(named: Mapping[str, Path]) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "from kastje.commands.cli import entry; entry()", "parameters"],
            env=os.environ | {name: str(path) for name, path in named.items()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        return done.stderr

    return line
