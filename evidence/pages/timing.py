"""How long does a reader wait? From a key on a slider to the first and to the full picture, in a real Chromium.

`python -m kastje.evidence.pages.timing --moves 7 --json`: a benchmark, not a test. A picture counts once it is painted;
over the wire alone, without a browser that takes its share of the processors, once it has arrived.
"""

import argparse
import asyncio
import json
import statistics
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.state import STEPS
from kastje.evidence.pages.browser import PATIENCE, opened_browser, running_server
from kastje.evidence.pages.client import Visitor
from kastje.model import LESSONS

REST = 0.6
"""How long to wait between two moves over the wire [s]."""

# Runs in the page: notes when the badge speaks of the new steps, at all and as final, counted from the key.
WATCH = """(steps) => {
  const badge = document.querySelector('[data-test=badge]');
  const times = { first: null, done: null };
  let began = null;
  document.addEventListener('keydown', () => { began = performance.now(); }, { once: true, capture: true });
  window.kastjeTimes = new Promise((resolve) => {
    const watcher = new MutationObserver(() => {
      const phase = badge.dataset.phase;
      if (badge.dataset.steps !== steps || phase === 'computing') return;
      requestAnimationFrame(() => setTimeout(() => {
        const now = performance.now() - began;
        if (times.first === null) times.first = now;
        if (phase !== 'done' || times.done !== null) return;
        times.done = now;
        watcher.disconnect();
        resolve(times);
      }, 0));
    });
    watcher.observe(badge, { attributes: true });
  });
}"""


def next_move(steps: list[int], move: int) -> int:
    """Change the steps as move number `move`, and say which lesson's that was; no move comes twice."""
    at = move % len(LESSONS)
    steps[at] = (steps[at] + 3 + move // len(LESSONS)) % (STEPS + 1)
    return at


def measure(page: Page, moves: int, steps: list[int]) -> list[dict[str, float]]:
    """Milliseconds to the first and to the full picture of each move, from these steps on."""
    found = []
    for move in range(moves):
        at = next_move(steps, move)
        page.focus(f"[data-test={LESSONS[at]}]")
        page.evaluate(WATCH, "".join(map(str, steps)))
        page.keyboard.press(str(steps[at]))
        found.append(page.evaluate("window.kastjeTimes"))
    return found


@dataclass(frozen=True)
class Pace:
    """What one visitor waited for: milliseconds to the `first` and to the full picture (`done`) of each move."""

    replications: int
    moves: list[dict[str, float]]

    def median(self, picture: str) -> float:
        """The middle wait for the `first` or the full (`done`) picture [ms]."""
        return statistics.median(move[picture] for move in self.moves)

    def longest(self, picture: str) -> float:
        """The longest wait for the `first` or the full (`done`) picture [ms]."""
        return max(move[picture] for move in self.moves)


def pace(browser: Browser, address: str, query: str, moves: int) -> Pace:
    """How long somebody who comes with this link waits at each of so many moves, once there is a first picture."""
    choice, _ = read(query)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        page.goto(f"{address}/?{query}")
        page.wait_for_selector('[data-test=badge][data-phase="done"]', timeout=PATIENCE)
        page.wait_for_selector("[data-test=plot][data-drawn] svg", timeout=PATIENCE)
        return Pace(choice.replications, measure(page, moves, list(choice.steps)))
    finally:
        page.close()


def wire(address: str, query: str, moves: int) -> Pace:
    """The same without a browser: until the picture has arrived over a websocket."""
    choice, _ = read(query)
    return Pace(choice.replications, asyncio.run(_wire(Visitor(address, query), moves, list(choice.steps))))


async def _wire(visitor: Visitor, moves: int, steps: list[int]) -> list[dict[str, float]]:
    async def arrived(since: int, *phases: str) -> float:
        answer = await visitor.seen(steps, phases, since, PATIENCE / 1000)
        if answer is None:
            raise RuntimeError(f"no picture within {PATIENCE / 1000:.0f} s")
        return answer.at

    found = []
    async with visitor.connected():
        await arrived(0, "done")
        for move in range(moves):
            await asyncio.sleep(REST)
            since = len(visitor.observations)
            at = next_move(steps, move)
            began = await visitor.move(LESSONS[at], steps[at])
            first, done = await arrived(since, "first", "done"), await arrived(since, "done")
            found.append({"first": 1000 * (first - began), "done": 1000 * (done - began)})
    return found


def main() -> None:
    """Command line: --moves, --query, --json."""
    parser = argparse.ArgumentParser(prog="python -m kastje.evidence.pages.timing", description=__doc__)
    parser.add_argument("--moves", type=int, default=7, help="how many moves of a slider")
    parser.add_argument("--query", default="lang=nl&profile=tilburg", help="where to start, as in a link")
    parser.add_argument("--json", action="store_true", help="one JSON document and nothing else")
    arguments = parser.parse_args()
    with running_server() as address, opened_browser() as browser:
        found = pace(browser, address, arguments.query, arguments.moves)
    median = {name: found.median(name) for name in ("first", "done")}
    if arguments.json:
        json.dump({"replications": found.replications, "moves_ms": found.moves, "median_ms": median}, sys.stdout)
        print()
        return
    print(f"{'move':>6} {'first picture':>15} {f'all {found.replications} pairs':>15}")
    for number, one in enumerate(found.moves, 1):
        print(f"{number:>6} {one['first']:>12.0f} ms {one['done']:>12.0f} ms")
    print(f"{'median':>6} {median['first']:>12.0f} ms {median['done']:>12.0f} ms")


if __name__ == "__main__":
    main()
