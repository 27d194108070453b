"""`kastje roadmap`: from nothing, from runs made before, for people, and wrong input."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kastje.commands import cli
from kastje.experiments.runs.carry import sweep
from kastje.experiments.runs.places import Threads
from kastje.experiments.studies.factorial import lessons_design
from kastje.experiments.studies.roadmap import Terrain, best
from kastje.model import LESSONS

ADDS = np.array([0.05, -0.03, 0.02, 0.08, 0.04, -0.01, 0.03, 0.06])
COSTS = np.array([300.0, 120.0, 0.0, 200.0, 90.0, 150.0, 60.0, 240.0])


def there(lessons: tuple[str, ...]) -> np.ndarray:
    return np.array([lesson in lessons for lesson in LESSONS], dtype=float)


def worth(lessons: tuple[str, ...]) -> float:
    """What the lessons add; ownership and a lived vision help each other."""
    return float(there(lessons) @ ADDS) + 0.07 * ({"ownership", "lived_vision"} <= set(lessons))


def hours(lessons: tuple[str, ...]) -> float:
    return float(there(lessons) @ COSTS)


def sets() -> list[tuple[str, ...]]:
    return [tuple(one for at, one in enumerate(LESSONS) if number >> at & 1) for number in range(256)]


@pytest.fixture(autouse=True)
def made_up_model(without_delay: Callable[..., None]) -> None:
    without_delay(worth, hours)


def kastje(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert cli.main([*arguments, "--workers", "2", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_from_nothing_and_from_runs_made_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    runs = ("--horizon-quarters", "8", "--replications", "2", "--sampled", "4")
    plain = ("roadmap", "tilburg", "--budget", "500", *runs)
    said = kastje(capsys, *plain, "--out", str(tmp_path / "one"))
    land = Terrain(np.array([[worth(one)] * 2 for one in sets()]), np.array([hours(one) for one in sets()]), 500.0, 8.0)
    expected = best(land)[0]
    order = pd.DataFrame(said["orders"]).set_index("order").loc["best"]
    assert order["lessons"] == " > ".join(LESSONS[one] for one in expected.order)
    assert order["mean"] == pytest.approx(expected.value)
    assert order["simulated_mean"] == pytest.approx(expected.value)
    assert said["seeds"] == {"chosen_on": [1, 2], "simulated_with": [3, 4]}
    assert said["rank_agreement"]["tau"] == pytest.approx(1.0)
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text())
    assert (manifest["kind"], manifest["status"]) == ("roadmap", "complete")
    for name in ("orders", "quarters", "sets"):
        table = pd.read_parquet(tmp_path / "one" / f"{name}.parquet")
        assert len(table) == len(pd.read_csv(tmp_path / "one" / f"{name}.csv"))
    again = kastje(capsys, *plain, "--out", str(tmp_path / "two"), "--from", str(tmp_path / "one" / "lessons"))
    assert again["orders"] == said["orders"]
    assert not (tmp_path / "two" / "lessons").exists()


def test_the_command_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    arguments = ["roadmap", "tilburg", "--budget", "900", "--replications", "2", "--horizon-quarters", "4"]
    assert cli.main([*arguments, "--out", str(tmp_path / "one")]) == 0
    printed = capsys.readouterr().out
    for text in ("Best order:", "order of the source", "A random order", "Kendall's tau", "The approximation promises"):
        assert text in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--budget", "0"], "expected a number above 0"),
        (["--budget", "much"], "expected a number above 0"),
        (["--budget", "100", "--horizon-quarters", "13"], "from 1 to 12"),
        (["--budget", "100", "--outcome", "nothing"], "--outcome"),
        (["--budget", "100", "--from", "nowhere"], "--from: nowhere: there is no manifest.json"),
        (["--budget", "100", "--from", "nowhere", "--set", "load=1"], "--from"),
        (["--budget", "100", "--set", "load=1.1"], "expected the load as --load"),
    ],
)
def test_wrong_input_is_one_line(arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["roadmap", "tilburg", "--out", str(tmp_path / "out"), *arguments]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
    assert not (tmp_path / "out").exists()


def test_a_load_that_the_runs_do_not_have_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    sweep(lessons_design("tilburg", loads=[1.0], replications=1), tmp_path / "runs", Threads(2))
    arguments = ["roadmap", "tilburg", "--budget", "9", "--load", "1.2", "--from", str(tmp_path / "runs")]
    assert cli.main([*arguments, "--out", str(tmp_path / "out")]) == 2
    assert "--load is 1.2, expected one that the runs have: 1" in capsys.readouterr().err
