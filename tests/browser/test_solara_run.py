"""`solara run app.py`, the way that people who know Solara start it, gives the same page."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kastje.evidence.pages.browser import free_port, wait_until_up

pytestmark = pytest.mark.browser


def test_solara_run_starts_the_page(visit, root: Path) -> None:
    solara = shutil.which("solara", path=str(Path(sys.executable).parent)) or shutil.which("solara")
    assert solara, "solara's own command is not installed"
    port = free_port()
    command = [solara, "run", "app.py", "--host", "127.0.0.1", "--port", str(port), "--no-open"]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address, process, "/readyz")
        visitor = visit(at=address).open("lang=nl&s=00040000")
        assert visitor.page.inner_text("h1") == "Kastje"
        visitor.wait_for_lessons("00040000")
        visitor.leave()
    finally:
        process.terminate()
        process.wait(30)
