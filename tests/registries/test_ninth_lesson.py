"""A ninth lesson, laid beside the eight: every study, every way to run and everything that is said knows it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from kastje.model.lessons import OWN_FILES
from kastje.model.outcomes import OUTCOMES

NINTH = "answer_at_once"
ENTRY = f"""
[[lessons]]
id = "{NINTH}"
label = {{ nl = "Meteen antwoorden", en = "Answer at once" }}
message = {{ nl = "Geef de eerste lijn de kennis om zelf te antwoorden.", en = "Give the first line the knowledge." }}
happens = {{ nl = "Meer vragen worden meteen beantwoord.", en = "More questions are answered at once." }}
cost = {{ nl = "Een kwartier overleg per week.", en = "A quarter of an hour of meetings a week." }}
evidence = {{ nl = "Verzonnen.", en = "Invented." }}
mediator = "look-ups that find the answer"
ways = {{ acts = ["look_up"], outcomes = ["first_contact_resolution", "lever_hours"] }}
cut = {{ "crm.lookup_forced" = 0.0, "work.lesson_cost" = 0.0 }}
levers = [
  {{ parameter = "crm.agreed", full = 1.0 }},
  {{ parameter = "crm.data_meeting_hours", full = 0.25 }},
]
"""
MADE_UP = """
import sys
from dataclasses import dataclass
from kastje.commands.cli import main
from kastje.experiments.runs import work
from kastje.experiments.studies.factorial import picture
from kastje.model import OUTCOMES

@dataclass(frozen=True)
class Said:
    figures: dict
    def as_dict(self):
        return dict.fromkeys(OUTCOMES, 0.5) | self.figures

def simulate(scenario, seed=1, *, log=False):
    x = scenario.lessons
    good = x["lived_vision"] + 4.0 * x["answer_at_once"] + 2.0 * x["lived_vision"] * x["answer_at_once"]
    return Said({"satisfaction": seed / 8.0 + good / 64.0, "lever_hours": 100.0 * sum(x.values())})

work.simulate = simulate
picture.HEADLINES = ("satisfaction",)
sys.exit(main(sys.argv[1:]))
"""
REAL = "import sys; from kastje.commands.cli import main; sys.exit(main(sys.argv[1:]))"

Program = Callable[..., str]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Runs a program that knows nine lessons, in a folder of its own: program(text, *arguments); gives what it said."""
    (tmp_path / "ninth.toml").write_text(ENTRY, encoding="utf-8")

    def run(text: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", text, *arguments],
            cwd=tmp_path,
            env=os.environ | {OWN_FILES: "ninth.toml"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    return run


def test_all_combinations_of_nine_with_their_pictures_and_the_best_order_of_them(
    program: Program, tmp_path: Path
) -> None:
    """With the model of MADE_UP the ninth lesson brings four 64ths of a point, and one more of its two with vision."""
    few = ("--load", "1.0", "--replications", "2", "--json")
    said = json.loads(program(MADE_UP, "lessons", "tilburg", "--out", "all", *few))
    found = said["loads"]["1"]["satisfaction"]
    assert len(found["lessons"]) == 9
    assert found["lessons"][NINTH]["shapley"]["mean"] == pytest.approx(5 / 64)
    assert sum(one["shapley"]["mean"] for one in found["lessons"].values()) == pytest.approx(7 / 64)
    (most,) = [row for row in found["interactions"] if abs(row["mean"]) > 1e-9]
    assert set(most["lessons"]) == {"lived_vision", NINTH}
    assert len(pd.read_parquet(tmp_path / "all" / "combinations.parquet")["package"].unique()) == 511
    drawn = {path.name for path in (tmp_path / "all" / "pictures").glob("*.svg")}
    assert {"shapley-satisfaction.svg", "interactions-satisfaction-load-1.svg"} <= drawn
    assert "Answer at once" in (tmp_path / "all" / "pictures" / "shapley-satisfaction.svg").read_text(encoding="utf-8")
    budget = ("--budget", "200", "--from", "all", "--out", "order", "--sampled", "4", "--replications", "2", "--json")
    plan = json.loads(program(MADE_UP, "roadmap", "tilburg", *budget))
    assert NINTH in json.dumps(plan)
    orders = pd.read_csv(tmp_path / "order" / "orders.csv").set_index("order")
    assert orders.loc["best", "lessons"].startswith(NINTH)
    assert orders.loc["best", f"day_{NINTH}"] >= 0
    assert (tmp_path / "order" / "roadmap.svg").stat().st_size > 1000


def test_claims_that_are_shipped_are_about_the_eight_and_all_in_ones_own_about_nine(
    program: Program, tmp_path: Path
) -> None:
    text = """
id: every
source: own
statement: { nl: Alle lessen kosten uren., en: All lessons cost hours. }
contrast:
  of: { all: 1, ramp_days: 0 }
outcomes:
  - { outcome: lever_hours, direction: higher, at_least: 850 }
where: { profiles: [tilburg], loads: [1] }
"""
    (tmp_path / "every.yaml").write_text(text, encoding="utf-8")
    held = json.loads(program(MADE_UP, "claims", "every.yaml", "--replications", "2", "--out", "own", "--json"))
    assert [claim["verdict"] for claim in held["claims"]] == ["holds"]
    named = """
from kastje.experiments.studies.claims.arms import arm_of
from kastje.experiments.studies.claims.reading import chosen
from kastje.model import LESSONS
for claim in chosen(None):
    arms = claim.contrast.of, *claim.contrast.against, *claim.contrast.parts, claim.contrast.under
    assert not any({"all", LESSONS[-1]} & {name for name, _ in arm_of(arm)} for arm in arms), claim.id
print(len(LESSONS))
"""
    assert program(named) == "9\n"


def test_a_design_with_it_gives_the_same_rows_on_threads_and_on_processes(program: Program, tmp_path: Path) -> None:
    design = f"""
replications = 2
profile = "wageningen"
[fixed]
horizon_days = 28
runin_days = 14
[factors]
{NINTH} = [0, 1]
"""
    (tmp_path / "design.toml").write_text(design, encoding="utf-8")
    tables = []
    for out, how in (("threads", []), ("processes", ["--processes"])):
        program(REAL, "sweep", "design.toml", "--out", out, "--workers", "2", "--json", *how)
        parts = [pd.read_parquet(path) for path in sorted((tmp_path / out / "parts").iterdir())]
        tables.append(pd.concat(parts).sort_values([NINTH, "seed"]).reset_index(drop=True))
    names = [NINTH, "seed", *OUTCOMES]
    assert len(tables[0]) == 4
    pd.testing.assert_frame_equal(tables[0][names], tables[1][names])
    hours = tables[0].groupby(NINTH)["lever_hours"].mean()
    assert hours[1.0] > hours[0.0]


def test_sensitivity_and_discovery_vary_it_and_resilience_takes_it(program: Program) -> None:
    short = ("--set", "runin_days=14", "--replications", "1", "--days", "28", "--json")
    morris = ("--method", "morris", "--points", "2", "--factor", NINTH, "--factor", "beta_v", "--outcome", "fit")
    found = json.loads(program(REAL, "sensitivity", "wageningen", *morris, "--out", "morris", *short))
    assert NINTH in json.dumps(found)
    asked = ("--where", "lever_hours_difference > 1", "--factor", NINTH, "--boxes", "1", "--points", "20")
    found = json.loads(program(REAL, "discover", "wageningen", *asked, "--out", "boxes", *short))
    assert NINTH in json.dumps(found)
    surge = ("--weeks", "1", "--extra", "0.5", "--replications", "2", "--json")
    found = json.loads(program(REAL, "resilience", "wageningen", "--lesson", f"{NINTH}=1", *surge))
    assert "choice" in found


SAID = """
import datetime
from dataclasses import replace

from kastje.dashboard.inputs.lessons_panel import heading
from kastje.dashboard.policy.why.chains import chain, levers
from kastje.dashboard.policy.why.explaining import explain
from kastje.dashboard.present.story import STORY
from kastje.dashboard.present.words import changed
from kastje.dashboard.report.document import report
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.scenario_file import scenario_text
from kastje.dashboard.visit.state import PRESETS, Choice
from kastje.evidence.documents.odd import levers as lever_table
from kastje.evidence.verification import wires
from kastje.experiments.difference.compare import compare
from kastje.experiments.runs.runner import Runs
from kastje.experiments.studies.small import alone
from kastje.model import LESSONS

MINE = LESSONS[-1]
assert len(LESSONS) == 9
choice = Choice(profile="wageningen", steps=(0, 0, 0, 6, 0, 0, 0, 0, 6), replications=2)
choice = choice.with_parameter("horizon_days", 28).with_parameter("runin_days", 14)
comparison = compare(choice.scenario(), replications=2)
answer = Answer(choice, "done", 2, 2, comparison)

told = []
explain(answer, Ticket(), told.append)
found = told[-1].contributions
for lang in LANGUAGES:
    words = texts(lang)
    label = {"nl": "Meteen antwoorden", "en": "Answer at once"}[lang]
    way = chain(MINE, choice.scenario(), found, words)
    assert [len(way[part]) for part in ("levers", "acts", "outcomes")] == [2, 1, 2]
    paper = report(answer, choice, words, "http://here", datetime.date(2026, 1, 2))
    assert f"9. {label}" in paper and f"{MINE}:6" in paper
    assert any(label in part for part in changed(choice, words))
    assert heading(words) in ("Negen lessen", "Nine lessons")
    assert changed(replace(choice, steps=(6,) * 9), words)[0].split(":")[0] in ("Alle lessen", "All lessons")

assert f"{MINE} = 6" in scenario_text(choice)
for step in STORY:
    assert step.chosen(choice).steps[-1] == 0, step.id
assert all(Choice().with_preset(name).steps[-1] == 0 for name in PRESETS)
rows = alone(choice.scenario(), Runs(2))
assert [row.name for row in rows] == [*LESSONS, "all"]
assert f"| 9 Answer at once (`{MINE}`)" in lever_table()
# Its values are not those of the first lesson, with which it shares a parameter: both are in place nowhere.
assert wires.agreeing() == LESSONS[:-1]
wires.LESSONS = (LESSONS[0], MINE)
found = [*wires.cut_wires(), *wires.placebos()]
assert [one.holds for one in found] == [True] * 5
assert f"all but {MINE} at 1" in found[-1].system
print("said everywhere")
"""


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_pages_the_report_the_story_documents_and_verification_speak_of_it(program: Program) -> None:
    assert program(SAID) == "said everywhere\n"
