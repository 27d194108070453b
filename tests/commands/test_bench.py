"""`kastje bench`: what it writes and prints, and what it says of who does not do the work."""

import json
import math
from pathlib import Path

import pytest

from kastje.commands import bench as bench_command
from kastje.commands import cli
from kastje.evidence.bench import LOOPS, Report
from kastje.evidence.bench.kastje import Cost
from kastje.evidence.bench.queue import Queue, Round

QUEUE = Queue(arrivals=300.0, service=125.0, servers=3)
SECONDS = {"kastje": 0.001, "simpy": 0.05, "ciw": 0.1, "mesa": 0.03, "bare_loop": 0.0005, "drawing_loop": 0.001}


def told(simpy_waits: float = QUEUE.mean_wait) -> Report:
    """A report of one round of 50,000 customers whose figures are round numbers; in the loops nobody waits."""
    waits = dict.fromkeys(SECONDS, QUEUE.mean_wait) | {"simpy": simpy_waits} | dict.fromkeys(LOOPS, math.nan)
    rounds = {name: [Round(seconds, 50_000, waits[name], 105_000)] for name, seconds in SECONDS.items()}
    return Report(QUEUE, rounds, {64: [Cost(64, 0.002, 1000)]}, {"tilburg": [Cost(64, 0.1, 1000, 0.01)]})


def test_the_command_writes_and_prints_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(bench_command, "measure", lambda size, progress: told())
    out = tmp_path / "latest.json"
    assert cli.main(["bench", "--quick", "--json", "--out", str(out)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(out.read_text())
    assert {"ratio_vs_simpy", "ratio_vs_ciw", "ratio_vs_mesa", "ratio_to_bare_loop", "machine"} <= set(printed)
    assert printed["contestants"]["bare_loop"]["mean_wait_hours"] is None
    assert cli.main(["bench"]) == 0
    table = capsys.readouterr().out
    assert "SimPy" in table
    assert "50.0 times as fast" in table
    assert "2.0 times as slow" in table


def test_a_miss_is_exit_code_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bench_command, "measure", lambda size, progress: told(simpy_waits=0.0))
    assert cli.main(["bench", "--json"]) == 1
    assert "simpy" in capsys.readouterr().err
