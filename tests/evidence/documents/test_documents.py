"""The documents that are made from the code do not drift from it, and the examples of docs/extending.md run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from kastje.commands import cli
from kastje.evidence.documents.current import CURRENT
from kastje.evidence.documents.markdown import DOCS, PARTS, renewed
from kastje.evidence.documents.traces import LARGE, PERMITS, Traces, large_profiles, logs_of
from kastje.evidence.documents.validation import verdict
from kastje.evidence.documents.weeks import COUNTED_WEEKS, Weeks, decisions_by_week
from kastje.experiments.logs.patterns.comparison import FIGURES
from kastje.experiments.logs.patterns.real import real
from kastje.experiments.studies.bands import Landing
from kastje.fingerprint import PACKAGE
from kastje.model import PARAMETERS, Scenario
from kastje.model.bands import bands_for

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.S | re.M)
FILE = re.compile(r"# (\S+\.(?:toml|py))\n")


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sections() -> dict[str, list[tuple[str, str]]]:
    """The examples of docs/extending.md: by heading its blocks, as (language, text)."""
    parts = re.split(r"^## (.*)\n", read("extending.md"), flags=re.M)[1:]
    found = {title: BLOCK.findall(text) for title, text in zip(parts[::2], parts[1::2], strict=True)}
    return {title: blocks for title, blocks in found.items() if blocks}


def parts_of(name: str) -> list[str]:
    return [part[2] for part in PARTS.finditer(read(name))]


@pytest.mark.parametrize("name", CURRENT)
def test_the_tables_of_a_document_are_those_of_the_code(name: str) -> None:
    assert renewed(read(name), CURRENT[name]) == read(name), f"docs/{name} has drifted: make docs"
    assert sorted(parts_of(name)) == sorted(CURRENT[name])


def test_a_table_that_has_drifted_is_seen() -> None:
    drifted = read("parameters.md").replace("| `noise_sd_days` |", "| `noise_sd_weeks` |")
    assert drifted != read("parameters.md")
    assert renewed(drifted, CURRENT["parameters.md"]) == read("parameters.md")


def test_the_lists_have_every_parameter_and_every_outcome_in_both_languages() -> None:
    """Counted in the registers as they are written, not in what the lists are made from."""
    for name, register in (("parameters.md", "parameters.toml"), ("outcomes.md", "outcomes.toml")):
        rows = re.findall(r"^\| `(\w+)` \|(.*)$", read(name), re.M)
        text = resources.files("kastje.model").joinpath(register).read_text(encoding="utf-8")
        written = re.findall(r"^\[(?:\w+\.)?(\w+)\]$", text, re.M)
        assert sorted(row for row, _ in rows) == sorted(written)
        told = dict(rows)
        labels = re.findall(r'^\[(?:\w+\.)?(\w+)\]\nlabel = \{ nl = "(.*?)", en = "(.*?)" \}$', text, re.M)
        assert len(labels) == len(written)
        assert [label for label in labels if not (label[1] in told[label[0]] and label[2] in told[label[0]])] == []


def test_odd_has_its_seven_elements_in_their_order() -> None:
    elements = re.findall(r"^## (\d\. .*)", read("odd.md"), flags=re.M)
    assert elements == [
        "1. Purpose and patterns",
        "2. Entities, state variables and scales",
        "3. Process overview and scheduling",
        "4. Design concepts",
        "5. Initialisation",
        "6. Input data",
        "7. Submodels",
    ]


def test_odd_names_no_parameter_and_no_file_that_does_not_exist(root: Path) -> None:
    text = PARTS.sub("", read("odd.md"))
    known = {p.short for p in PARAMETERS.values()}
    known |= {"part_time", "per_year", "legal_days", "start_day", "ramp_days"}
    known |= {band.name for band in bands_for(Scenario.load("tilburg"))}
    named = set(re.findall(r"`([a-z][a-z0-9]*(?:_[a-z0-9]+)+)`", text))
    assert named - known == set()
    assert [f for f in re.findall(r"`((?:model|tests|agents)/[\w/.]+)`", text) if not (root / f).exists()] == []


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for name in ("odd.md", "validation.md", "extending.md"):
        links = re.findall(r"\]\(([^)#:]+)\)", read(name))
        assert [link for link in links if not (DOCS / link).exists()] == [], name


@pytest.mark.parametrize("name", Scenario.profiles())
def test_validation_has_every_profile_with_its_bands(name: str) -> None:
    """Figures need 20 runs of each profile; here only that none is missing and that bands and reasons are today's."""
    scenario = Scenario.load(name)
    landed = re.split(r"^### `(\w+)`\n", read("validation.md").split("## When decisions fall")[0], flags=re.M)[1:]
    rows = dict(zip(landed[::2], landed[1::2], strict=True))[name].splitlines()
    told = [row for row in rows if row.startswith("|")][2:]
    assert scenario.profile.slice.en in rows
    assert len(told) == len(bands_for(scenario)), "docs/validation.md has drifted: make docs"
    for row, band in zip(told, bands_for(scenario), strict=True):
        assert row.startswith(f"| {band.label.en} | {band.low:g} .. {band.high:g} | "), "make docs"
        note = scenario.profile.notes.get(band.name)
        assert ("**outside**" in row) <= (note is None or note.en in row), "make docs"
    for process in scenario.profile.processes:
        assert f"| {name}: {process.id} |" in read("validation.md"), "docs/validation.md has drifted: make docs"


def test_a_verdict_follows_the_band() -> None:
    band = bands_for(Scenario.load("tilburg"))[0]
    words = [verdict(Landing(band, value)) for value in (1.2, 9.0, float("nan"))]
    assert words == ["in", "**outside**", "not available"]


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_decisions_are_counted_by_week_and_kind() -> None:
    scenario = Scenario.load("permits").with_parameters(horizon_days=120)
    plain, extended = decisions_by_week(scenario, runs=1)["building_permit"]
    assert plain.shape == extended.shape == (COUNTED_WEEKS,)
    assert plain.sum() > 20
    # One in fourteen is extended; of some eighty cases more than a third would not be chance.
    assert extended.sum() < plain.sum() / 3


def test_the_real_logs_are_as_many_decisions_as_the_three_municipalities_have() -> None:
    weeks = Weeks()
    (_, complete), (_, extended) = weeks.complete[0], weeks.extended[0]
    assert (sum(complete), sum(extended)) == (2061, 167)
    assert weeks.unmet() == []
    assert "**" not in weeks.shapes()


def test_a_process_that_leaves_the_shape_is_told() -> None:
    weeks = Weeks()
    flat = [10] * COUNTED_WEEKS
    weeks.complete += [("here: event_permit", flat), ("here: social_assistance", flat)]
    weeks.extended.append(("here: event_permit", flat))
    told = weeks.unmet()
    assert len(told) == 5
    assert all(line.startswith("here: event_permit") for line in told)


def like_the_real_ones(**changed: float) -> Traces:
    """Traces in which the simulated logs are the real ones, with some of their figures changed."""
    logs = [one | changed for one in real().municipalities.values()]
    return Traces(logs, {"large": [real().large | {"network": real().large["network"] | {"nodes": 50.0}}]})


def test_traces_like_the_real_ones_are_met() -> None:
    traces = like_the_real_ones()
    assert traces.unmet() == []
    assert len(traces.met()) == len(FIGURES) + 1
    assert traces.table().count("| met |") == len(FIGURES)
    assert traces.islands().count("| met |") == 1


def test_a_trace_that_is_not_met_is_told_with_both_figures_and_its_note() -> None:
    traces = like_the_real_ones(handover_rate=0.5)
    assert traces.unmet() == [
        "permits, traces, not met: Handover rate (handovers / transitions) is 0.5, 0.0584 .. 0.0626 in the real logs "
        "(how the log is written)."
    ]
    assert "| 0.5 | 0.5 .. 0.5 | 0 of 3 | **not met** | how the log is written |" in traces.table()


def test_an_average_that_few_logs_meet_says_so() -> None:
    logs = [dict(real().municipalities["municipality_1"], handovers_mean=mean) for mean in (0.5, 2.7, 5.0)]
    assert [line for line in Traces(logs, {}).met() if "alone" in line] == ["Handovers per case (1 of 3 logs alone)"]


def test_validation_has_every_trace_and_every_large_profile() -> None:
    text = read("validation.md").split("## Traces beside real ones")[1]
    for figure in FIGURES:
        assert f"\n| {figure.label} | " in text, "docs/validation.md has drifted: make docs"
    assert [name for name in Scenario.profiles() if f"\n| `{name}` | " in text] == sorted([*large_profiles(), PERMITS])
    assert {"tilburg", "groningen"} <= set(large_profiles())
    assert sorted(parts_of("validation.md")) == sorted(
        ["runs", "landings", "complete", "shapes", "extended", "rule", "traces", "islands", "met", "unmet"]
    )
    assert real().citation in text


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_traces_of_short_logs_are_measured() -> None:
    traces = Traces(logs_of(PERMITS, 2, days=120), {name: logs_of(name, 1, days=60) for name in ["tilburg"]})
    assert all(
        len(row.each) == 2 and row.verdict != "not available" for row in traces.rows if "week" not in row.figure.label
    )
    assert traces.large["tilburg"]["network"]["nodes"] >= LARGE


PROGRAM = "import sys; from kastje.commands.cli import main; sys.exit(main(sys.argv[1:]))"


def obeyed(line: str, environment: dict[str, str] | None) -> int:
    """The exit code of a command line; with an environment it is a program of its own, as from a shell."""
    arguments = shlex.split(line, comments=True)[1:]
    if environment is None:
        return cli.main(arguments)
    return subprocess.run([sys.executable, "-c", PROGRAM, *arguments], env=environment, check=False).returncode


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("title", sections())
def test_every_example_of_extending_runs(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an `export` each command, and the Python too, is a program of its own that begins with the variable.

    A change to the sources is made in a copy of them, which those programs then run, as they are written.
    """
    monkeypatch.chdir(tmp_path)
    environment: dict[str, str] | None = None
    done = []
    for language, text in sections()[title]:
        named = FILE.match(text)
        assert named is not None or language != "toml", "a TOML example begins with its file name"
        if named is not None:
            Path(named[1]).write_text(text, encoding="utf-8")
        elif language == "diff":
            shutil.copytree(PACKAGE, "changed/kastje", ignore=shutil.ignore_patterns("__pycache__"))
            subprocess.run(
                ["git", "apply", "--unidiff-zero", "-"], cwd="changed/kastje", input=text.encode(), check=True
            )
            environment = {**os.environ, "PYTHONPATH": str(Path("changed").resolve()), "NUMBA_DISABLE_JIT": "1"}
        elif language == "sh":
            for line in text.splitlines():
                if line.startswith("export "):
                    name, _, value = line.removeprefix("export ").partition("=")
                    environment = {**(environment or os.environ), name: value}
                else:
                    assert obeyed(line, environment) == 0, line
        elif environment is not None:
            assert subprocess.run([sys.executable, "-c", text], env=environment, check=False).returncode == 0, text
        else:
            exec(compile(text, f"docs/extending.md, {title}", "exec"), {})
        done.append(language)
    assert "python" in done


def test_there_is_an_example_of_each_kind() -> None:
    assert list(sections()) == [
        "A municipality and a process of your own",
        "A lesson of your own",
        "An outcome of your own",
        "A page of your own",
        "A channel of your own",
        "Agents in your hands",
        "An act of your own",
    ]
