"""Measure how long people wait and write it down: `python -m kastje.evidence.pages.pace_report --out docs/pace.md`."""

import argparse
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from kastje.evidence.pages.browser import opened_browser, running_server
from kastje.evidence.pages.crowd import PAUSE, ROAMING, room
from kastje.evidence.pages.timing import Pace, pace, wire
from kastje.model import Scenario

MOVES = 9
VISITORS = 30
SECONDS = 60.0
ROAMERS = (0, 10)
"""Of the people in the room, how many go around on the other pages: one measurement each."""


def document(alone: dict[str, Pace], wires: dict[str, Pace], rooms: Iterable[dict[str, Any]], made: date) -> str:
    """The whole page."""
    lines = [
        "# Pace",
        "",
        f"Measured by `make pace` on {made.isoformat()} on a machine with {os.cpu_count()} processors that did nothing",
        "else; server, browser and measuring share it. These are measurements of one day, no promise.",
        "",
        "## One visitor",
        "",
        f"A headless Chromium and {MOVES} moves of a slider by key on the policy page of each municipality. Counted",
        "from the key until the picture is painted: the first one, of a few pairs of runs, and the full one, of all",
        f"{next(iter(alone.values())).replications}. The aim is 0.3 s and 1.5 s. The last two columns are medians over",
        "a websocket, from the move until the picture has arrived: what server and wire take of it when no browser",
        "works on the same processors, as with visitors who have machines of their own.",
        "",
        "| municipality | first, median | longest | full, median | longest | first arrived | full arrived |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in alone.items():
        cells = [edge for picture in ("first", "done") for edge in (one.median(picture), one.longest(picture))]
        cells += [wires[name].median(picture) for picture in ("first", "done")]
        lines.append(f"| {name} | " + " | ".join(f"{value / 1000:.2f} s" for value in cells) + " |")
    between, stays = ("{:.0f} to {:.0f} s".format(*edges) for edges in (PAUSE, ROAMING))
    lines += [
        "",
        "## A room full of people",
        "",
        f"{VISITORS} websocket connections that speak Solara's protocol, for {SECONDS:.0f} s. Whoever is at the",
        f"sliders moves one every {between}, to choices of their own, over all municipalities, so that no result is",
        "shared. Counted from sending the move until the first picture of that very choice has arrived; drawing in a",
        "browser is not in it. Whoever goes around opens another page with another choice every",
        f"{stays}. The aim is that 95 % see a first picture within 1 s.",
        "",
        "| at the sliders | going around | moves | median | 95 % | longest | within 1 s | none before next move |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for told in rooms:
        cells = [told["visitors"] - told["roaming"], told["roaming"], told["moves"]]
        waits = [f"{told[name]:.2f} s" for name in ("median_s", "p95_s", "most_s")]
        shares = [f"{100 * told['within_1_s']:.0f} %", told["unanswered"]]
        lines.append("| " + " | ".join(map(str, [*cells, *waits, *shares])) + " |")
    lines += [
        "",
        f"The same by hand: `python -m {__package__}.timing` and `python -m {__package__}.crowd`.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Command line: --out FILE."""
    parser = argparse.ArgumentParser(prog="python -m kastje.evidence.pages.pace_report", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/pace.md"))
    arguments = parser.parse_args()
    queries = {name: f"lang=nl&profile={name}&s=33333333" for name in Scenario.profiles()}
    alone: dict[str, Pace] = {}
    with running_server() as address, opened_browser() as browser:
        for name, query in queries.items():
            alone[name] = pace(browser, address, query, MOVES)
            print(name, alone[name].median("first"), alone[name].median("done"), flush=True)
    # On a server of its own, which knows none of the answers yet.
    wires: dict[str, Pace] = {}
    with running_server() as address:
        for name, query in queries.items():
            wires[name] = wire(address, query, MOVES)
            print(name, wires[name].median("first"), wires[name].median("done"), flush=True)
    rooms = []
    for roaming in ROAMERS:
        with running_server() as address:
            rooms.append(room(address, VISITORS, SECONDS, roaming=roaming))
        print({name: value for name, value in rooms[-1].items() if name != "each"}, flush=True)
    arguments.out.write_text(document(alone, wires, rooms, date.today()), encoding="utf-8")


if __name__ == "__main__":
    main()
