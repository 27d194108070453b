"""Start the dashboard as a process of its own and look at it in the Chromium that this machine has."""

import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kastje.dashboard.pages import PAGES
from kastje.dashboard.server.application import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WAIT_SECONDS = 300.0
PATIENCE = 600_000
"""How long a page may take to have something to see, the first compilation included [ms]."""
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
THEMES = ("light", "dark")
AT_REST = """() => Promise.all(document.getAnimations().filter(
  (one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => null)))"""
"""What glides or fades in is looked at once it has arrived; what turns for ever is not waited for."""


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
    program = f"from kastje.dashboard.server.application import serve; serve('127.0.0.1', {port}, open_browser=False)"
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


def opened_page(browser: "Browser", size: str, theme: str) -> "Page":
    """A new page of a desk or a phone, for somebody whose system is light or dark."""
    width, height = SIZES[size]
    scheme: Any = theme
    return browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=size == "phone")


def wait_until_seen(page: "Page", name: str) -> None:
    """Return once the page called `name` has its content and nothing moves any more."""
    for sign in PAGES[name].ready:
        page.wait_for_selector(sign, timeout=PATIENCE)
    page.evaluate(AT_REST)
