"""An old result made again: identical where nothing changed, different where a figure did, or one line why not."""

import base64
import gzip
import json
import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kastje.commands import cli
from kastje.dashboard.policy.footer import file_of
from kastje.dashboard.texts import texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.scenario_file import scenario_text
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.compare import compare
from kastje.experiments.runs.origin import model_hash

SHORT = ["--days", "28"]
DESIGN = "replications = 2\n[fixed]\nhorizon_days = 28\n[factors]\nownership = [0, 1]\nload = [1.0, 1.15]\n"
LOGS = ("log.csv", "log.parquet", "log.xes", "log.xes.gz", "log.json")


def said(*arguments: object) -> tuple[int, Any]:
    """A command's exit code and the document that it prints."""
    with redirect_stdout(StringIO()) as printed:
        code = cli.main([*map(str, arguments), "--json"])
    return code, json.loads(printed.getvalue() or "null")


@pytest.fixture(scope="module")
def results(engine: None, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of each kind of result, all small."""
    folder = tmp_path_factory.mktemp("results")
    (folder / "design.toml").write_text(DESIGN, encoding="utf-8")
    shutil.copy(root / "model/profiles/tilburg.toml", folder / "town.toml")
    documents = {
        "run.json": ["run", "tilburg", "--lesson", "ownership=0.8", "--seed", "3", *SHORT],
        "own.json": ["run", folder / "town.toml", *SHORT],
        "compare.json": ["compare", "tilburg", "--lesson", "all=1", "--replications", "2", *SHORT],
        "resilience.json": ["resilience", "tilburg", "--weeks", "1", "--replications", "2"],
        "parameters.json": ["parameters"],
    }
    for name, words in documents.items():
        code, document = said(*words)
        assert code == 0, name
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
    for name in LOGS:
        assert cli.main(["log", "tilburg", *SHORT, "--out", str(folder / name)]) == 0
    assert cli.main(["sweep", str(folder / "design.toml"), "--out", str(folder / "sweep")]) == 0
    inputs = ["sensitivity", "tilburg", "--method", "morris", "--assumed", "none", "--of", "level", "--points", "2"]
    assert cli.main([*inputs, "--replications", "1", *SHORT, "--out", str(folder / "morris")]) == 0
    choice = Choice(steps=(6,) * 8, replications=2, seed=5)
    answer = Answer(choice, "done", 2, 2, compare(choice.scenario(), replications=2, seed=5))
    (folder / "report.html").write_text(file_of(answer, choice, texts("nl"), {"kind": "report"})["text"], "utf-8")
    data = file_of(answer, choice, texts("nl"), {"kind": "parquet"})["data"]
    (folder / "figures.parquet").write_bytes(base64.b64decode(data))
    (folder / "scenario.toml").write_text(scenario_text(choice, answer), encoding="utf-8")
    return folder


KINDS = ("run.json", "own.json", "compare.json", "resilience.json", "parameters.json", *LOGS, "sweep", "morris")


@pytest.mark.engine
@pytest.mark.parametrize("name", [*KINDS, "report.html", "figures.parquet", "scenario.toml"])
def test_what_was_made_just_now_is_identical(results: Path, name: str) -> None:
    code, found = said("reproduce", results / name, "--sample", 3)
    assert (code, found["verdict"], found["different"], found["rounding"]) == (0, "identical", 0, 0)
    assert found["identical"] == found["figures"] > 20
    assert found["changed"] == {}


@pytest.mark.engine
def test_all_runs_of_a_folder_are_made_again_when_asked_for(results: Path) -> None:
    few, all_ = (said("reproduce", results / "sweep", *more)[1] for more in (["--sample", 1], ["--all"]))
    assert all_["verdict"] == few["verdict"] == "identical"
    assert all_["figures"] > few["figures"]


def copied(results: Path, name: str, folder: Path) -> Path:
    target = folder / name
    (shutil.copytree if (results / name).is_dir() else shutil.copy)(results / name, target)
    return target


@pytest.mark.engine
def test_a_figure_that_is_not_what_the_model_gives_is_named_with_how_much(results: Path, tmp_path: Path) -> None:
    path = copied(results, "run.json", tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    was = document["trust"]
    path.write_text(json.dumps({**document, "trust": was + 0.25}), encoding="utf-8")
    code, found = said("reproduce", path)
    assert (code, found["verdict"], found["different"]) == (1, "different", 1)
    (one,) = found["differences"]
    assert one["figure"] == "trust"
    assert one["by"] == pytest.approx(-0.25)
    path.write_text(json.dumps({**document, "trust": was * (1 + 1e-13)}), encoding="utf-8")
    code, found = said("reproduce", path)
    assert (code, found["verdict"], found["rounding"]) == (0, "rounding", 1)


@pytest.mark.engine
@pytest.mark.parametrize("where", ["parts", "effects"])
def test_a_folder_with_another_run_or_another_table_is_different(results: Path, tmp_path: Path, where: str) -> None:
    folder = copied(results, "sweep", tmp_path)
    (path,) = folder.glob("parts/*.parquet") if where == "parts" else [folder / "effects.parquet"]
    table = pd.read_parquet(path)
    column = "trust" if where == "parts" else "mean"
    table[column] = table[column] + 0.25
    table.to_parquet(path, index=False)
    code, found = said("reproduce", folder)
    assert (code, found["verdict"]) == (1, "different")
    assert any(("run" in one["figure"]) == (where == "parts") for one in found["differences"])


@pytest.mark.engine
def test_another_model_version_or_library_is_said_first(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied(results, "run.json", tmp_path)
    text = path.read_text(encoding="utf-8").replace(model_hash(), "0123456789abcdef")
    document = json.loads(text)
    document["origin"]["libraries"]["numpy"] = "1.0"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert cli.main(["reproduce", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"another model: 0123456789abcdef there, {model_hash()} here"
    assert lines[2].startswith("other libraries: numpy 1.0 there, ")
    assert lines[-1] == "Identical."


@pytest.mark.engine
def test_a_profile_that_has_changed_or_moved_is_told(results: Path, tmp_path: Path) -> None:
    moved = copied(results, "town.toml", tmp_path)
    code, found = said("reproduce", results / "own.json", "--profile", moved)
    assert (code, found["changed"]) == (0, {})
    moved.write_text(moved.read_text(encoding="utf-8").replace("staff = 6", "staff = 7", 1), encoding="utf-8")
    code, found = said("reproduce", results / "own.json", "--profile", moved)
    assert (code, list(found["changed"])) == (1, ["profiles"])


@pytest.mark.engine
def test_a_comparison_of_before_results_said_how_they_were_made_is_still_made_again(
    results: Path, tmp_path: Path
) -> None:
    path = copied(results, "compare.json", tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["origin"]
    path.write_text(json.dumps(document), encoding="utf-8")
    code, found = said("reproduce", path)
    assert (code, found["verdict"]) == (0, "identical")


def wrong_files(folder: Path) -> dict[str, Path]:
    """What somebody may hand over that is no whole result of ours."""
    made = {
        "nowhere": folder / "nowhere.json",
        "empty folder": folder / "empty",
        "no ending": folder / "notes.txt",
        "no JSON": folder / "cut.json",
        "foreign JSON": folder / "foreign.json",
        "an empty list": folder / "list.json",
        "foreign CSV": folder / "foreign.csv",
        "empty CSV": folder / "empty.csv",
        "cut Parquet": folder / "cut.parquet",
        "cut packed XES": folder / "cut.xes.gz",
        "XES that is none": folder / "none.xes",
        "foreign TOML": folder / "foreign.toml",
        "foreign page": folder / "foreign.html",
        "no command": folder / "bench.json",
        "somebody's own line": folder / "line.json",
    }
    made["empty folder"].mkdir()
    texts_ = {
        "notes.txt": "x", "cut.json": '{"a": ', "foreign.json": '{"a": 1}', "list.json": "[]",
        "foreign.csv": "a,b\n1,2\n",
        "empty.csv": "", "cut.parquet": "PAR1", "none.xes": "<a/>", "foreign.toml": "a = 1", "foreign.html": "<p>x</p>",
        "bench.json": json.dumps({"origin": {"model": "x", "made": "kastje bench"}}),
        "line.json": json.dumps({"origin": {"model": "x", "made": "kastje run tilburg; rm -rf here"}}),
    }  # fmt: skip
    for name, text in texts_.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "cut.xes.gz").write_bytes(gzip.compress(b"<log>" + b"x" * 10_000)[:40])
    return made


@pytest.mark.parametrize("command", ["reproduce", "cite"])
@pytest.mark.parametrize("kind", range(15))
def test_what_is_no_whole_result_of_ours_is_one_line_and_exit_code_2(
    command: str, kind: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, path = list(wrong_files(tmp_path).items())[kind]
    if command == "cite" and name in ("no command", "somebody's own line"):
        return
    before = sorted(tmp_path.rglob("*"))
    assert cli.main([command, str(path)]) == 2, name
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1, name
    assert path.name in printed.err or name == "somebody's own line", name
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.engine
@pytest.mark.parametrize("name", ["log.csv", "log.parquet", "log.xes", "log.xes.gz", "log.json", "run.json"])
def test_a_result_that_was_cut_off_is_one_line(
    results: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied(results, name, tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    code = cli.main(["reproduce", str(path)])
    printed = capsys.readouterr()
    # Half a CSV is a whole one of fewer events: that it is different is what can be said.
    assert (code, printed.err.count("\n")) == ((1, 0) if name.endswith(".csv") else (2, 1))


@pytest.mark.engine
def test_a_table_of_a_study_asks_for_its_folder(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["reproduce", str(results / "sweep" / "effects.csv")]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert "expected the folder of that study" in printed.err
