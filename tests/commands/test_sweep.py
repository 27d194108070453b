"""`kastje sweep`: killed or stopped on the way, it goes on and loses nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from kastje.commands import cli
from kastje.experiments.runs.store import Store

pytestmark = pytest.mark.long

PATIENCE = 900.0
DESIGN = """
replications = 40
[fixed]
horizon_days = 30
runin_days = 14
[factors]
ownership = [0, 1]
load = [1.0, 1.2]
"""


@pytest.mark.engine
@pytest.mark.parametrize("more", [[], ["--processes"]], ids=["threads", "processes"])
def test_a_sweep_that_is_killed_goes_on_and_ends_with_the_rows_of_an_undisturbed_one(tmp_path: Path, more: list[str]):
    design = tmp_path / "study.toml"
    design.write_text(DESIGN)
    out = tmp_path / "out"
    command = [sys.executable, "-c", "from kastje.commands.cli import entry; entry()", "sweep", str(design)]
    command += ["--out", str(out), "--workers", "2", "--json", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    until = time.monotonic() + PATIENCE
    while len(list(out.glob("parts/stage*.parquet"))) < 2 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    left = len(list(out.glob("parts/stage*.parquet")))
    assert 2 <= left < 20, "it was killed neither before it began nor after its end"
    again = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE).stdout)
    assert again["runs"] == 160
    assert 0 < again["made"] < 160
    assert cli.main(["sweep", str(design), "--out", str(tmp_path / "plain"), "--workers", "2"]) == 0
    pd.testing.assert_frame_equal(Store(out).table(), Store(tmp_path / "plain").table(), check_exact=True)


@pytest.mark.engine
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "sigterm"])
def test_what_is_stopped_loses_nothing_and_says_how_to_go_on(tmp_path: Path, number: int, code: int):
    design = tmp_path / "study.toml"
    design.write_text(DESIGN)
    out = tmp_path / "out"
    command = [sys.executable, "-c", "from kastje.commands.cli import entry; entry()", "sweep", str(design)]
    command += ["--out", str(out), "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    until = time.monotonic() + PATIENCE
    while not list(out.glob("parts/stage*.parquet")) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert said.count(b"\n") == 1
    assert b"the same command goes on" in said
    manifest = Store(out).manifest
    assert manifest["status"] == "stopped"
    assert manifest["runs"] == manifest["sessions"][-1]["runs"] == len(Store(out).table())
