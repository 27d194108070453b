"""Start the dashboard as a process of its own and look at it in the Chromium that this machine has."""

import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dashboard.server import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WAIT_SECONDS = 300.0


class NoBrowser(RuntimeError):
    """No Chromium on this machine; the message says how to get one."""


def chromium() -> str:
    """Where the system's Chromium is. Raises NoBrowser when there is none."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        raise NoBrowser("no Chromium found: install it, for instance with `sudo apt-get install chromium`")
    return found


@contextmanager
def running_server(port: int = 0) -> Iterator[str]:
    """The address of a dashboard that runs while the block runs. Raises RuntimeError when it does not start."""
    port = port or free_port()
    program = f"from dashboard.server import serve; serve('127.0.0.1', {port}, open_browser=False)"
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_up(address: str, process: subprocess.Popen[bytes], path: str = "/healthz") -> None:
    """Return once the server answers; raises RuntimeError when its process ends or takes too long."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the dashboard stopped while starting (exit code {process.returncode})")
        try:
            with urllib.request.urlopen(address + path, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not answer within {WAIT_SECONDS:.0f} s")


@contextmanager
def opened_browser() -> Iterator["Browser"]:
    """A headless Chromium that asks nothing of the internet."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
