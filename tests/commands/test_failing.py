"""A study in which every run fails: the command says so in one line, and does not end as if it were done."""

import ast
import inspect
import json
from pathlib import Path
from typing import Any

import pytest

from kastje.commands import cli
from kastje.commands.app import COMMANDS
from kastje.experiments.runs import work
from kastje.experiments.runs.store import Store
from kastje.experiments.studies.surges import runs as surges

DESIGN = "replications = 2\n[factors]\nownership = [0, 1]\n"
STUDIES: dict[str, tuple[str, ...]] = {
    "sweep": ("design.toml",),
    "lessons": ("tilburg", "--load", "1", "--replications", "1"),
    "roadmap": ("tilburg", "--budget", "500", "--replications", "1"),
    "claims": ("told-again-flattered", "--quick", "--replications", "2"),
    "sensitivity": (
        "tilburg",
        "--method",
        "morris",
        "--points",
        "2",
        "--replications",
        "1",
        "--factor",
        "bounce_days",
    ),
    "discover": ("tilburg", "--points", "20", "--replications", "1", "--factor", "ownership"),
    "resilience": ("wageningen", "--replications", "2"),
}
"""How each study is asked for; as small as it can be."""


def breaks(*_: Any, **__: Any) -> None:
    raise ArithmeticError("the dog\nate it")


@pytest.fixture
def broken_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "simulate", breaks)
    monkeypatch.setattr(surges, "followed", breaks)


def asked(study: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    (tmp_path / "design.toml").write_text(DESIGN)
    monkeypatch.chdir(tmp_path)
    return [study, *STUDIES[study], "--out", "out", "--workers", "2"]


def test_every_command_that_makes_runs_wherever_they_are_asked_for_is_tested():
    studies = {one.__name__ for one in COMMANDS if "scheduler" in inspect.signature(one).parameters}
    assert studies == set(STUDIES)


@pytest.mark.parametrize("study", [*STUDIES, "compare"])
def test_every_study_ends_in_the_one_way_that_there_is(study: str, root: Path):
    """What it prints, where it is written and what failed are said by `tell`, and by nobody beside it."""
    tree = ast.parse((root / "commands" / f"{study}.py").read_text(encoding="utf-8"))
    called = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    assert called.count("tell") == 1
    assert not {"show", "print_json", "print"} & set(called)


@pytest.mark.parametrize("more", [(), ("--json",)], ids=["for people", "as json"])
@pytest.mark.parametrize("study", STUDIES)
def test_a_study_in_which_every_run_fails_says_what_failed_how_often_and_what_to_do(
    study: str,
    more: tuple[str, ...],
    broken_model: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    assert cli.main([*asked(study, tmp_path, monkeypatch), *more]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    runs = sum(
        Store(path.parent).runs() for path in Path("out").rglob("manifest.json") if (path.parent / "parts").is_dir()
    )
    assert runs > 0
    assert line.startswith(f"kastje: all {runs:,} runs failed: {runs:,} times ArithmeticError: the dog ate it. ")
    assert "the same command makes them again" in line


def test_a_folder_in_which_every_run_failed_is_begun_anew_and_one_with_a_good_run_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    real = work.simulate
    monkeypatch.setattr(work, "simulate", breaks)
    line = asked("sweep", tmp_path, monkeypatch)
    assert cli.main(line) == 1
    assert Store(Path("out")).manifest["status"] == "failed"
    monkeypatch.setattr(work, "simulate", lambda scenario, seed: breaks() if seed == 2 else real(scenario, seed))
    capsys.readouterr()
    assert cli.main([*line, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["made"], said["failures"]) == (4, {"ArithmeticError: the dog ate it": 2})
    assert Store(Path("out")).manifest["status"] == "complete"
    assert cli.main(line) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "All of it is in out."
    assert printed.err == "kastje: 2 runs failed and count as not available: ArithmeticError: the dog ate it\n"
    assert cli.main([*line, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["made"] == 0
