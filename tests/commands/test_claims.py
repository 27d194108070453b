"""`kastje claims` on a few real, short runs: verdicts, what is left in the folder, going on, and refusing."""

import json
from pathlib import Path

import pandas as pd
import pytest

from kastje.commands import cli
from kastje.commands.claims import FAR_FOLDER
from kastje.experiments.runs.origin import model_hash
from kastje.experiments.runs.results import STUDY, found
from kastje.experiments.studies.claims import DEPENDS, FAILS, HOLDS
from kastje.model import Scenario, simulate

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine")]

BRIEF = {"horizon_days": 42.0, "runin_days": 14.0}
SHORT = ["--replications", "3", *(part for name, value in BRIEF.items() for part in ("--set", f"{name}={value:g}"))]
CLAIM = """
id: {name}
source: own
statement: {{ nl: Visiesessies kosten uren., en: Vision sessions cost hours. }}
contrast:
  of: {{ lived_vision: 1, ramp_days: 0 }}
outcomes:
  - {{ outcome: lever_hours, direction: {direction}, at_least: 1 }}
where: {{ profiles: [permits], loads: [1] }}
"""


@pytest.fixture
def claims(tmp_path: Path) -> list[str]:
    """One claim that cannot but hold, and the same turned round."""
    paths = []
    for name, direction in (("costs", "higher"), ("turned", "lower")):
        path = tmp_path / f"{name}.yaml"
        path.write_text(CLAIM.format(name=name, direction=direction), encoding="utf-8")
        paths.append(str(path))
    return paths


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert cli.main(["claims", *SHORT, *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_is_so_holds_and_turned_round_it_fails(claims, tmp_path, capsys) -> None:
    out = tmp_path / "out"
    said = run(capsys, *claims, "--out", str(out))
    assert {one["id"]: one["verdict"] for one in said["claims"]} == {"costs": HOLDS, "turned": FAILS}
    assert said["model"] == model_hash()
    assert said["seeds"] == {"first": [1, 3], "far": [1_000_001, 1_000_003]}
    assert [len(one["cells"]) for one in said["claims"]] == [7, 7]

    # Two arms, six cells and one with seeds far away, three seeds: and the second claim needs nothing more.
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["runs"] == 2 * 6 * 3
    assert json.loads((out / FAR_FOLDER / "manifest.json").read_text(encoding="utf-8"))["runs"] == 2 * 3
    assert manifest["claims"] == {"costs": HOLDS, "turned": FAILS}
    assert [(one.name, one.kind) for one in found(tmp_path)] == [("out", STUDY)]

    cells = pd.read_parquet(out / "cells.parquet")
    assert len(cells) == len(pd.read_csv(out / "cells.csv")) == 14
    assert set(pd.read_csv(out / "claims.csv")["verdict"]) == {HOLDS, FAILS}
    assert not (out / "alone.parquet").exists()

    made_before = run(capsys, *claims, "--out", str(out))
    assert made_before == said
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["sessions"][-1]["runs"] == 0


def test_an_effect_is_what_simulate_says(claims, tmp_path, capsys) -> None:
    said = run(capsys, claims[0], "--out", str(tmp_path / "out"))
    for cell in said["claims"][0]["cells"]:
        if cell["labels"] != "plain":
            continue
        form = ("logit", "product", "minimum").index(cell["act_rule"])
        today = Scenario.load("permits").with_parameters(
            **BRIEF,
            form=form,
            pressure=int(cell["pressure"] == "on"),
            disconfirmation=int(cell["disappointment"] == "on"),
        )
        first = 1 if cell["seeds"] == "first" else 1_000_001
        with_it = today.with_lessons(lived_vision=1.0, ramp_days=0.0)
        differences = [
            simulate(with_it, seed).as_dict()["lever_hours"] - simulate(today, seed).as_dict()["lever_hours"]
            for seed in range(first, first + 3)
        ]
        assert cell["effects"][0]["mean"] == pytest.approx(sum(differences) / 3)


PRESSED = """
id: pressed
source: own
statement: { nl: Onder druk zakt de maat voor goed werk., en: Under pressure the standard for good work slides. }
contrast:
  of: { load: 3 }
  against: { load: 0.5 }
outcomes:
  - { outcome: work_standard, direction: lower, at_least: 0.0005 }
where: { profiles: [permits], loads: [1], act_rules: [logit], disappointment: [on], seeds: first, labels: plain }
"""


def test_a_real_claim_that_a_structural_alternative_refutes_depends_on_it(tmp_path, capsys) -> None:
    """Without pressure the standard for good work does not move at all: the wire is cut."""
    path = tmp_path / "pressed.yaml"
    path.write_text(PRESSED, encoding="utf-8")
    more = ["--replications", "8", "--set", "horizon_days=120"]
    (one,) = run(capsys, str(path), "--out", str(tmp_path / "out"), *more)["claims"]
    assert one["verdict"] == DEPENDS
    assert one["depends_on"] == [{"circumstances": ["pressure"], "holds": ["on"], "fails": ["off"]}]
    assert [effect["mean"] for effect in one["cells"][1]["effects"]] == [0.0]


def test_claims_are_tested_in_a_town_of_ones_own(claims, tmp_path, root, capsys) -> None:
    town = tmp_path / "town.toml"
    text = (root / "model" / "profiles" / "permits.toml").read_text(encoding="utf-8")
    town.write_text(text.replace("staff = 12", "staff = 10"), encoding="utf-8")
    (one,) = run(capsys, claims[0], "--out", str(tmp_path / "out"), "--profile", str(town))["claims"]
    assert one["verdict"] == HOLDS
    assert {cell["profile"] for cell in one["cells"]} == {str(town)}


def test_a_folder_of_other_claims_is_refused(claims, tmp_path, capsys) -> None:
    out = str(tmp_path / "out")
    run(capsys, claims[0], "--out", out, "--quick")
    assert cli.main(["claims", claims[0], "--out", out, *SHORT, "--seed", "9", "--quick"]) == 2
    assert "holds another sweep" in capsys.readouterr().err


def test_what_people_see_names_claims_verdicts_and_what_was_left_out(claims, tmp_path, capsys) -> None:
    assert cli.main(["claims", *claims, "--out", str(tmp_path / "out"), *SHORT, "--quick"]) == 0
    shown = capsys.readouterr()
    assert "costs" in shown.out
    assert "holds in 1, fails in 0, unclear in 0 of 1 cells" in shown.out
    assert "fails in 1, unclear in 0 of 1 cells; the opposite in 1" in shown.out
    assert "structural alternatives were left out" in shown.out
    assert shown.err == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--quick", "--full"], ["--quick", "--full"]),
        (["ownership-stals"], ["claim", "did you mean 'ownership-stalls'"]),
        (["--replications", "1"], ["--replications", "1", "from 2 to"]),
        (["--set", "lod=1"], ["--set", "did you mean 'load'"]),
        (["--profile", "tilbrug"], ["tilbrug", "did you mean 'tilburg'"]),
    ],
)
def test_wrong_input_is_one_line(arguments, told, tmp_path, capsys) -> None:
    assert cli.main(["claims", *arguments, "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert [word for word in told if word not in said] == []
