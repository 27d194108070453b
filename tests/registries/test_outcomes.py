"""The register of outcomes: each is measured, and one more is known wherever outcomes are."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kastje.dashboard.figures.figures import TILES
from kastje.dashboard.policy.why.places import OFFERED
from kastje.dashboard.present import headline
from kastje.dashboard.present.story import STORY
from kastje.dashboard.texts import LANGUAGES
from kastje.experiments.studies.factorial.summary import HEADLINES
from kastje.model import OUTCOMES, InputError, Scenario, simulate
from kastje.model.groups import GROUPED
from kastje.model.measures import MEASURES, SHIPPED, measured_by
from kastje.model.outcomes import OWN_FILES, register


def test_every_outcome_is_measured_and_whatever_is_measured_is_an_outcome() -> None:
    assert set(SHIPPED) == set(OUTCOMES) == set(MEASURES)


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_run_has_every_outcome_by_month_and_over_the_whole() -> None:
    found = simulate(Scenario.load("wageningen").with_parameters(horizon_days=56, runin_days=14), seed=1)
    assert set(found.values) == set(found.by_month) == set(OUTCOMES)


def test_who_shows_some_outcomes_shows_outcomes_that_there_are() -> None:
    some = {*TILES, *OFFERED, *HEADLINES, *GROUPED, *headline.LEAD, *headline.LEAD_PARTS, *headline.NEAR}
    assert some | {step.outcome for step in STORY} <= set(OUTCOMES)
    assert set(OFFERED) <= set(GROUPED)


def test_the_register_cannot_be_changed_while_a_program_runs() -> None:
    with pytest.raises(TypeError):
        OUTCOMES["another"] = OUTCOMES["fit"]  # type: ignore[index]


@pytest.fixture
def own(extending: Callable[..., Path]) -> Path:
    """The outcome of docs/extending.md, laid in a folder of its own; gives its entry."""
    return extending("waiting.toml", "waiting.py")


def program(own: Path, text: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {OWN_FILES: str(own)}
    command = [sys.executable, "-c", text, *arguments]
    return subprocess.run(command, env=environment, cwd=own.parent, capture_output=True, text=True, check=False)


KASTJE = "import sys; from kastje.commands.cli import main; sys.exit(main(sys.argv[1:]))"
KNOWN = """
import math
import numpy as np
from kastje import fingerprint
from kastje.dashboard.figures.figures import csv_text, figures
from kastje.dashboard.present.talking import talk
from kastje.dashboard.report.document import report
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.state import Choice
from kastje.experiments import compare, run_once
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.runs.origin import model_hash
from kastje.model import LESSONS, OUTCOMES, Scenario, simulate
from kastje.model.records import OPEN

NAME = "waiting_share"
assert list(OUTCOMES)[-1] == NAME
assert model_hash() != fingerprint.model_hash(fingerprint.PACKAGE)
short = {"horizon_days": 56, "runin_days": 28}
town = Scenario.load("wageningen").with_parameters(**short)
run = simulate(town, seed=1)
assert set(run.values) == set(run.by_month) == set(OUTCOMES)
assert 0.0 < run.values[NAME] < 1.0 and len(run.by_month[NAME]) == len(run.by_month["fit"])
assert run_once(seed=1, profile="wageningen", **short)[NAME] == run.values[NAME]
assert (yardstick(NAME).better, yardstick(NAME).matters) == (-1, 0.01)

choice, problems = read(f"profile=wageningen&l=ownership:6&show={NAME}&n=2&p=horizon_days:56,runin_days:28")
assert problems == () and choice.show == NAME
comparison = compare(choice.scenario(), replications=2)
answer = Answer(choice, "done", 2, 2, comparison)
for lang, label in zip(LANGUAGES, ("Wachten op elkaar", "Waiting for each other")):
    words = texts(lang)
    (tile,) = figures(comparison, words, (NAME,))
    assert tile.label == label and tile.unit == "%"
    assert label in csv_text(comparison, words)
    assert label in report(answer, choice, words, "http://here")
    assert label in talk(None, choice, comparison, None, words)["headline"]
print("known everywhere")
"""


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_new_outcome_is_measured_shown_and_written_wherever_outcomes_are(own: Path) -> None:
    done = program(own, KNOWN)
    assert (done.returncode, done.stdout) == (0, "known everywhere\n"), done.stderr[-2000:]


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_design_a_claim_and_processes_of_their_own_know_a_new_outcome(own: Path) -> None:
    design = 'replications = 1\nprofile = "wageningen"\n[factors]\nload = [1.0]\n'
    (own.parent / "design.toml").write_text(design + "[fixed]\nhorizon_days = 28\nrunin_days = 14\n", encoding="utf-8")
    claim = "statement: { nl: Korter., en: Shorter. }\ncontrast: { of: { load: 0.7 } }\n"
    claim += "outcomes: [{ outcome: waiting_share, direction: lower, at_least: 0.1 }]\n"
    (own.parent / "less.yaml").write_text(
        "id: less\nsource: own\n" + claim + "where: { profiles: [wageningen], loads: [1] }\n", encoding="utf-8"
    )
    few = ("--set", "horizon_days=28", "--set", "runin_days=14", "--replications", "2")
    for line in (
        ("sweep", "design.toml", "--out", "threads"),
        ("sweep", "design.toml", "--out", "processes", "--processes"),
        ("claims", "less.yaml", "--out", "claims", *few),
    ):
        done = program(own, KASTJE, *line, "--json")
        assert done.returncode == 0, done.stderr[-2000:]
        assert line[0] == "sweep" or "waiting_share" in done.stdout
    read = """
import pandas as pd
from pathlib import Path
both = [pd.concat(map(pd.read_parquet, Path(name, "parts").iterdir())) for name in ("threads", "processes")]
assert both[0]["waiting_share"].tolist() == both[1]["waiting_share"].tolist() != [float("nan")]
"""
    done = program(own, read)
    assert done.returncode == 0, done.stderr[-2000:]


ENTRY = """
[waiting_share]
label = { nl = "Wachten", en = "Waiting" }
unit = { nl = "%", en = "%" }
better = -1
scale = 100
decimals = 0
matters = 1
matters_because = { nl = "Eén procentpunt.", en = "One point." }
definition = { nl = "Deel.", en = "Share." }
measure = "waiting.py:waiting"
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda e: e.pop("matters"), ["matters", "missing"]),
        (lambda e: e.pop("measure"), ["measure", "missing"]),
        (lambda e: e["label"].pop("nl"), ["label.nl", "missing"]),
        (lambda e: e.update(better=2), ["better", "2", "one of: -1, 0, 1"]),
        (lambda e: e.update(matters=0), ["matters", "greater than 0"]),
        (lambda e: e.update(scal=1), ["scal", "did you mean 'scale'"]),
    ],
)
def test_what_is_wrong_with_an_outcome_is_one_line_with_file_outcome_and_field(
    change: Callable[[dict[str, Any]], Any], said: list[str]
) -> None:
    table = tomllib.loads(ENTRY)
    change(table["waiting_share"])
    with pytest.raises(InputError) as caught:
        register([("mine.toml", table)])
    line = str(caught.value)
    assert line.startswith("mine.toml: waiting_share: ")
    assert "\n" not in line
    assert [word for word in said if word not in line] == []


@pytest.mark.parametrize("name", ["Waiting", "seed", "alpha"])
def test_a_name_that_means_something_else_is_no_outcome(name: str) -> None:
    with pytest.raises(InputError, match="means nothing else yet"):
        register([("mine.toml", {name: tomllib.loads(ENTRY)["waiting_share"]})])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (None, "there is no waiting.py"),
        ("x = 1", "waiting.py has no waiting"),
        ("import nothing_like_it", "waiting.py cannot be read: ModuleNotFoundError"),
    ],
)
def test_an_outcome_that_nothing_measures_is_one_line(code: str | None, said: str, tmp_path: Path) -> None:
    if code is not None:
        (tmp_path / "waiting.py").write_text(code, encoding="utf-8")
    found = register([(str(tmp_path / "mine.toml"), tomllib.loads(ENTRY))])["waiting_share"]
    with pytest.raises(InputError) as caught:
        measured_by(found)
    assert said in str(caught.value)
    for language in LANGUAGES:
        assert caught.value.in_language(language).startswith(f"{tmp_path / 'mine.toml'}: waiting_share: ")


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("waiting.toml", ("waiting.py:waiting", "waiting.py:wating"), "waiting.py has no wating"),
        ("waiting.toml", ("decimals = 0", ""), "decimals is missing"),
        ("waiting.py", ("return share", "return 1.0 or share"), "gives no Measured with a value for each of the"),
    ],
)
def test_every_command_says_in_one_line_what_is_wrong_with_an_outcome(
    own: Path, file: str, change: tuple[str, str], said: str
) -> None:
    path = own.parent / file
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    done = program(own, KASTJE, "run", "wageningen", "--days", "28", "--set", "runin_days=14")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"kastje: {own}")
    assert said in done.stderr
