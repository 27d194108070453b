"""How long do people wait when a room of them moves sliders at the same time? A benchmark, not a test.

`python -m kastje.evidence.pages.crowd --visitors 30 --seconds 60 --json`: one server in a process of its own, and that
many websocket connections that speak Solara's protocol. Each moves a slider every few seconds, each to choices of its
own, so that no result is shared. Measured is the time from sending the move to receiving the first picture of that very
choice (badge "first" or "done"), server and wire included, drawing in a browser not. A move that got no picture before
the visitor's next one counts with the time waited, which is too little; `unanswered` says how many there were. With
`--roaming 10` ten of them do not move sliders but open the other pages, one after the other, each with another choice.
"""

import argparse
import asyncio
import json
import math
import os
import random
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from time import monotonic
from typing import Any

from kastje.dashboard.pages import FIRST, PAGES
from kastje.dashboard.texts import LANGUAGES
from kastje.dashboard.visit.state import STEPS, Choice
from kastje.evidence.pages.browser import running_server
from kastje.evidence.pages.client import Visitor
from kastje.model import LESSONS, Scenario

PAUSE = (3.0, 5.0)
"""How long somebody looks at the figures before the next move [s]."""
ROAMING = (6.0, 10.0)
"""How long somebody stays on a page who goes from page to page [s]."""
PATIENCE = 600.0
"""How long to wait for the first answer of all, the first compilation included [s]."""


@dataclass(frozen=True)
class Move:
    """One move: who made it, seconds until its first picture, whether that came before the next move, bytes sent."""

    visitor: int
    seconds: float
    answered: bool
    received: int


async def visit(
    number: int, address: str, seconds: float, pause: tuple[float, float], ready: asyncio.Barrier
) -> list[Move]:
    """One visitor's minute, after everybody has arrived and seen an answer."""
    dice = random.Random(number)
    steps = [dice.randint(0, STEPS) for _ in LESSONS]
    profiles = Scenario.profiles()
    choice = Choice(steps=tuple(steps), profile=profiles[number % len(profiles)], lang="nl" if number % 2 else "en")
    visitor = Visitor(address, choice.query())
    found: list[Move] = []
    async with visitor.connected():
        if await visitor.seen(steps, ("first", "done"), 0, PATIENCE) is None:
            raise RuntimeError(f"visitor {number} got no answer within {PATIENCE:.0f} s")
        await ready.wait()
        until = monotonic() + seconds
        await asyncio.sleep(dice.uniform(0, pause[1]))
        while monotonic() < until:
            at = dice.randrange(len(LESSONS))
            steps[at] = (steps[at] + dice.randint(1, STEPS)) % (STEPS + 1)
            since, before = len(visitor.observations), visitor.received
            began = await visitor.move(LESSONS[at], steps[at])
            wait = dice.uniform(*pause)
            answer = await visitor.seen(steps, ("first", "done"), since, wait)
            waited = (answer.at if answer else monotonic()) - began
            received = answer.received if answer else visitor.received
            found.append(Move(number, waited, answer is not None, received - before))
            await asyncio.sleep(max(0.0, wait - (monotonic() - began)))
    return found


async def roam(number: int, address: str, seconds: float, ready: asyncio.Barrier) -> list[Move]:
    """Somebody who goes from page to page, each time with another choice; waits for nothing and measures nothing."""
    dice = random.Random(number)
    pages = [page.address for page in PAGES.values() if page.id != FIRST]
    profiles = Scenario.profiles()
    await ready.wait()
    until = monotonic() + seconds
    while monotonic() < until:
        steps = tuple(dice.randint(0, STEPS) for _ in LESSONS)
        choice = Choice(steps=steps, profile=dice.choice(profiles), lang=dice.choice(LANGUAGES))
        visitor = Visitor(address, choice.query(), dice.choice(pages))
        async with visitor.connected():
            await asyncio.sleep(dice.uniform(*ROAMING))
    return []


async def crowd(address: str, visitors: int, seconds: float, pause: tuple[float, float], roaming: int) -> list[Move]:
    """What the visitors measured; of them so many go around on the other pages."""
    ready = asyncio.Barrier(visitors)
    each = await asyncio.gather(
        *(
            roam(number, address, seconds, ready) if number < roaming else visit(number, address, seconds, pause, ready)
            for number in range(visitors)
        )
    )
    return [move for moves in each for move in moves]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1) of the values do not exceed; NaN for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def report(
    moves: Sequence[Move], visitors: int, seconds: float, pause: tuple[float, float], roaming: int = 0
) -> dict[str, Any]:
    """The figures of a run, as plain data."""
    waits = [move.seconds for move in moves]
    return {
        "visitors": visitors,
        "roaming": roaming,
        "seconds": seconds,
        "pause_s": list(pause),
        "moves": len(moves),
        "unanswered": sum(not move.answered for move in moves),
        "median_s": percentile(waits, 0.5),
        "p95_s": percentile(waits, 0.95),
        "most_s": max(waits, default=math.nan),
        "within_1_s": sum(wait <= 1 and move.answered for wait, move in zip(waits, moves, strict=True)) / len(moves),
        "median_bytes": percentile([move.received for move in moves], 0.5),
        "processors": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        "each": [asdict(move) for move in moves],
    }


def room(
    address: str, visitors: int, seconds: float, pause: tuple[float, float] = PAUSE, roaming: int = 0
) -> dict[str, Any]:
    """How long a room of people waits at this address: the figures of `report`."""
    return report(asyncio.run(crowd(address, visitors, seconds, pause, roaming)), visitors, seconds, pause, roaming)


def main() -> None:
    """Command line: --visitors, --seconds, --pause, --json, --address."""
    parser = argparse.ArgumentParser(prog="python -m kastje.evidence.pages.crowd", description=__doc__)
    parser.add_argument("--visitors", type=int, default=30, help="how many people")
    parser.add_argument("--seconds", type=float, default=60, help="how long they move sliders")
    parser.add_argument("--pause", type=float, nargs=2, default=PAUSE, help="seconds between two moves of one person")
    parser.add_argument("--roaming", type=int, default=0, help="how many of them go around on the other pages")
    parser.add_argument("--address", help="a server that runs already, for instance http://127.0.0.1:8765")
    parser.add_argument("--json", action="store_true", help="one JSON document and nothing else")
    arguments = parser.parse_args()
    pause = (arguments.pause[0], arguments.pause[1])

    started = nullcontext(arguments.address.rstrip("/")) if arguments.address else running_server()
    with started as address:
        figures = room(address, arguments.visitors, arguments.seconds, pause, arguments.roaming)
    if arguments.json:
        json.dump(figures, sys.stdout)
        print()
        return
    print(
        f"{figures['visitors']} visitors, {figures['moves']} moves, {figures['unanswered']} without a picture in time"
    )
    for name, words in (("median_s", "median"), ("p95_s", "95 %"), ("most_s", "longest")):
        print(f"{words:>8} {figures[name]:6.2f} s to the first picture")
    print(f"{figures['within_1_s']:8.0%} within one second; {figures['median_bytes']:,.0f} bytes a first picture")
    print(f"{figures['processors']} processors, load average {figures['load_average']:.1f}")


if __name__ == "__main__":
    main()
