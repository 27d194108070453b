"""docs/findings.md says of which model it is, and its parts are what the folders hold."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kastje.evidence.documents import findings as document
from kastje.evidence.documents.factorials import NONE, factorials
from kastje.evidence.documents.factorials import SHOWN as ALL_SHOWN
from kastje.evidence.documents.findings import (
    AGE,
    MODEL,
    OLD,
    SHOWN,
    collapsing,
    dated,
    findings,
    lessons_alone,
    main,
)
from kastje.evidence.documents.markdown import DOCS, PARTS, renewed
from kastje.evidence.documents.verdicts import matrices, short, verdicts
from kastje.experiments.runs.origin import model_hash
from kastje.experiments.runs.tables import write_tables
from kastje.experiments.studies.claims import shipped
from kastje.experiments.studies.claims.report import ALONE_TABLE, COLLAPSE
from kastje.experiments.studies.factorial import cubes_of, lessons_design
from kastje.experiments.studies.factorial.packages import HOURS, packages_table
from kastje.experiments.studies.factorial.tables import interactions_table, lessons_table
from kastje.model import LESSONS, OUTCOMES, InputError

TEXT = (DOCS / "findings.md").read_text(encoding="utf-8")
OTHER = "0123456789abcdef"


def effect(outcome: str, mean: float, against: str = "today", right: float | None = 0.001) -> dict:
    return {
        "outcome": outcome,
        "against": against,
        "mean": mean,
        "low": mean - 1.0,
        "high": mean + 1.0,
        "right": right,
    }


def cell(profile: str, load: str, status: str, *effects: dict, flattered: bool = False, **changes: str) -> dict:
    usual = {"act_rule": "logit", "disappointment": "on", "pressure": "on", "seeds": "first", "labels": "plain"}
    return {"profile": profile, "load": load, **usual, **changes} | {
        "status": status,
        "flattered": flattered,
        "effects": list(effects),
    }


@pytest.fixture
def study() -> dict:
    """A document of two claims as `kastje claims` writes it."""
    lead = "lead_time_days_mean"
    sooner = {
        "id": "sooner",
        "source": "lesson 2",
        "statement": {"nl": "Eerder.", "en": "Sooner."},
        "note": "Only here.",
        "ratio": False,
        "verdict": "depends",
        "why": "on the load: holds at 1; fails at 1.15; holds in 2",
        "cells": [
            cell("tilburg", "1", "holds", effect(lead, -3.0)),
            cell("towns/permits.toml", "1", "holds", effect(lead, -2.0), flattered=True),
            cell("tilburg", "1.15", "fails", effect(lead, 4.0)),
            cell("tilburg", "1", "unclear", effect(lead, -0.25), act_rule="product"),
        ],
    }
    best = sooner | {
        "id": "best",
        "verdict": "holds",
        "note": "",
        "cells": [cell("owo", "1", "holds", effect(lead, -5.0, right=0.001), effect(lead, -1.5, "vision", 0.02))],
    }
    return {
        "kastje": "0.1.0",
        "model": model_hash(),
        "layout": "usual",
        "replications": 4,
        "seeds": {"first": [1, 4], "far": [1_000_001, 1_000_004]},
        "settings": {"work.load": 1.5},
        "failures": {"ValueError: no": 2},
        "claims": [sooner, best],
    }


@pytest.fixture
def folder(tmp_path: Path, study: dict) -> Path:
    """A finished folder of `kastje claims` with each lesson alone in one profile at one load."""
    (tmp_path / "claims.json").write_text(json.dumps(study), encoding="utf-8")
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    numbers = {"today": 10.0, "mean": -2.0, "low": -3.0, "high": -1.0}
    arms = [("tilburg", 1.0, lesson) for lesson in (*LESSONS, "all")]
    alone = [
        {"profile": p, "load": x, "lesson": lesson, "outcome": name, **numbers}
        for p, x, lesson in arms
        for name in OUTCOMES
    ]
    tipped = [
        {"profile": p, "load": x, "lesson": lesson, "collapse": 0.25 * (lesson == "today")}
        | {"collapse_low": 0.05, "collapse_high": 0.7, "lead_p10": 40.0, "lead_p50": 60.0, "lead_p90": 200.0}
        for p, x, lesson in [("tilburg", 1.0, "today"), *arms]
    ]
    write_tables(tmp_path, {ALONE_TABLE: pd.DataFrame(alone), COLLAPSE: pd.DataFrame(tipped)})
    return tmp_path


@pytest.fixture
def factorial(tmp_path: Path) -> Path:
    """A folder of `kastje lessons` in which lesson 1 takes two days off and lesson 2 adds one; else nothing happens.

    Its tables hold only the outcomes that the document shows: all of them take half a minute.
    """
    design = lessons_design("tilburg", loads=[1.0], replications=4)
    chance = np.random.default_rng(3)
    arms = design.arms.loc[design.arms.index.repeat(4)].reset_index(drop=True)
    runs = arms.assign(seed=np.tile(np.arange(1, 5), len(design.arms)), error=None)
    for name in OUTCOMES:
        runs[name] = 0.5 + 1e-4 * chance.normal(size=len(runs))
    runs["lead_time_days_mean"] += 60.0 - 2.0 * runs["shared_information"] + runs["early_participation"]
    place = tmp_path / "lessons"
    place.mkdir()
    cubes = cubes_of(runs, (*ALL_SHOWN, HOURS))
    made = {"lessons": lessons_table(cubes[0]), "interactions": interactions_table(cubes[0])}
    write_tables(place, made | {"packages": packages_table(cubes)})
    manifest = {
        "kind": "sweep",
        "model": model_hash(),
        "design": design.as_data(),
        "runs": len(runs),
        "sessions": [{"seconds": 90.0, "workers": 2, "executor": "threads"}],
    }
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return place


def test_the_findings_are_of_todays_model_or_say_that_they_are_older() -> None:
    of = MODEL.search(TEXT)
    assert of is not None
    assert AGE.search(TEXT) is not None
    assert (OLD in TEXT) == (of[1] != model_hash()), "the model has changed: make docs, or make findings"
    assert dated(TEXT) == TEXT


def test_findings_of_another_model_say_so_and_those_of_this_one_do_not() -> None:
    old = dated(MODEL.sub(f"model `{OTHER}`", TEXT))
    assert old.count(OLD) == 1
    assert dated(old) == old
    assert OLD not in dated(MODEL.sub(f"model `{model_hash()}`", old))


def test_the_findings_have_every_claim_and_every_part() -> None:
    """Figures take ten minutes of runs; here only that none is missing."""
    listed = re.findall(r"^\| \[`([a-z0-9-]+)`\]\(#", TEXT, flags=re.M)
    assert sorted(listed) == sorted(shipped()), "a claim came or went: make findings"
    assert [part[2] for part in PARTS.finditer(TEXT)] == [
        "age",
        "origin",
        "short",
        "lessons",
        "collapse",
        "verdicts",
        "matrices",
        "factorials",
        "roadmaps",
        "sensitivities",
    ]


@pytest.mark.parametrize("name", ["findings.md", "claims.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (DOCS / link).exists()] == []


def test_all_parts_are_made_from_a_folder(folder: Path) -> None:
    text = renewed(TEXT, findings(folder))
    assert f"Kastje 0.1.0, model `{model_hash()}`. 4 pairs" in text
    assert "seeds 1 .. 4, and 1000001 .. 1000004" in text
    assert "With work.load = 1.5 in every run. 2 runs failed." in text
    assert NONE in text
    assert str(folder) not in text


def test_claims_are_listed_by_their_verdict(study: dict) -> None:
    assert "**Hold everywhere** (1 of 2): `best`." in short(study)
    assert "**Depend on something** (1 of 2): `sooner`." in short(study)
    assert "**Fail** (0 of 2): none." in short(study)
    assert "| [`sooner`](#sooner) | lesson 2 | **depends** | Sooner. | on the load: holds at 1;" in verdicts(study)


def test_each_claim_has_its_intervals_by_profile_and_circumstance(study: dict) -> None:
    sooner, best = matrices(study).split("### best")
    lines = sooner.splitlines()
    assert "Only here." in lines
    assert "|  | load 1 | load 1.15 | load 1, product act-rule |" in lines
    assert "| `tilburg` | ✓ -3.00 (-4.00 .. -2.00) | ✗ +4.00 (+3.00 .. +5.00) | ? -0.25 (-1.25 .. +0.75) |" in lines
    assert "| `permits.toml` | ✓ -2.00 (-3.00 .. -1.00) (more stay open) |  |  |" in lines
    assert "-1.50 (-2.50 .. -0.50)" in best
    assert "-5.00" not in best
    assert "the least favourable" in best


def test_what_is_not_available_is_told_so(study: dict) -> None:
    one = study["claims"][0]
    one["cells"] = [cell("owo", "1", "unclear", effect("fit", 0.0, right=None) | {"low": None, "mean": None})]
    assert "| `owo` | ? n/a (n/a .. +1.000) |" in matrices(study | {"claims": [one]})


def test_each_lesson_stands_beside_today(folder: Path) -> None:
    lines = lessons_alone(pd.read_parquet(folder / "alone.parquet")).splitlines()
    assert lines[0] == "### `tilburg`, load 1"
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == 2 + 1 + len(LESSONS) + 1
    assert rows[2].startswith("| *today* | 10.0 |")
    assert rows[3].startswith("| 1 Shared information | **-2.0** (-3.0 .. -1.0) |")
    assert rows[-1].startswith("| all lessons | ")
    assert SHOWN[-1] == "open_share"


def test_only_where_runs_had_tipped_a_row_is_given(folder: Path) -> None:
    told = collapsing(pd.read_parquet(folder / "collapse.parquet"))
    assert told.splitlines()[2:] == ["| `tilburg` | 1 | today | 25% | 5% .. 70% | 40 .. 60 .. 200 |"]
    assert "No run had tipped" in collapsing(pd.read_parquet(folder / "collapse.parquet")[1:])


def test_folders_of_all_combinations_give_shapley_values_and_packages(factorial: Path) -> None:
    told = factorials([factorial], model_hash())
    assert "1,024 runs, seeds 1 .. 4, in 2 minutes on 2 threads." in told
    assert "| 1 Shared information | -2.0 (-2.0 .. -2.0) |" in told
    assert "| 2 Early participation | +1.0 (+1.0 .. +1.0) |" in told
    best = next(line for line in told.splitlines() if line.startswith("| Mean lead time [days] | best |"))
    assert "shared_information" in best
    assert "-2.0 (" in best


def test_all_combinations_of_another_model_are_refused(factorial: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"expected that of the claims, {OTHER}"):
        factorials([factorial], OTHER)
    with pytest.raises(InputError, match="expected a folder that kastje wrote"):
        factorials([tmp_path / "nowhere"], OTHER)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The document in a folder of its own."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "findings.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(document, "DOCS", docs)
    return docs / "findings.md"


def test_the_command_renews_the_document(copied: Path, folder: Path, factorial: Path) -> None:
    assert main(["--claims", str(folder), "--lessons", str(factorial)]) == 0
    text = copied.read_text(encoding="utf-8")
    assert "`sooner`" in text
    assert "All combinations: `tilburg`" in text
    assert OLD not in text


def test_the_command_without_folders_only_looks_at_the_age(copied: Path) -> None:
    copied.write_text(MODEL.sub(f"model `{OTHER}`", TEXT), encoding="utf-8")
    assert main([]) == 0
    assert copied.read_text(encoding="utf-8").count(OLD) == 1


def test_what_is_no_finished_folder_is_told_in_one_line(copied: Path, folder: Path, capsys) -> None:
    assert main(["--claims", str(folder.parent)]) == 2
    assert main(["--lessons", str(folder)]) == 2
    (folder / "alone.parquet").unlink()
    assert main(["--claims", str(folder)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert ["claims.json" in said[0], "--lessons" in said[1], "all shipped claims" in said[2]] == [True] * 3
    assert len(said) == 3
    assert copied.read_text(encoding="utf-8") == TEXT
