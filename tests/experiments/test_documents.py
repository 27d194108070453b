"""The documents that are made from the code do not drift from it, and the examples of docs/extending.md run."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments import cli, documents
from model import LESSON_TABLE, PARAMETERS, Scenario
from model.bands import bands_for

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.S | re.M)
FILE = re.compile(r"# (\S+\.toml)\n")


def read(name: str) -> str:
    return (documents.DOCS / name).read_text(encoding="utf-8")


def sections() -> dict[str, list[tuple[str, str]]]:
    """The examples of docs/extending.md: by heading its blocks, as (language, text)."""
    parts = re.split(r"^## (.*)\n", read("extending.md"), flags=re.M)[1:]
    found = {title: BLOCK.findall(text) for title, text in zip(parts[::2], parts[1::2], strict=True)}
    return {title: blocks for title, blocks in found.items() if blocks}


def parts_of(name: str) -> list[str]:
    return [part[2] for part in documents.PARTS.finditer(read(name))]


def test_the_tables_of_odd_are_those_of_the_code() -> None:
    assert documents.renewed(read("odd.md")) == read("odd.md"), "docs/odd.md has drifted: make docs"
    assert sorted(parts_of("odd.md")) == sorted(documents.GENERATED)


def test_a_table_that_has_drifted_is_seen() -> None:
    drifted = read("odd.md").replace("| `noise_sd_days` |", "| `noise_sd_weeks` |")
    assert drifted != read("odd.md")
    assert documents.renewed(drifted) == read("odd.md")


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
    text = documents.PARTS.sub("", read("odd.md"))
    known = {p.short for p in PARAMETERS.values()}
    known |= {"part_time", "per_year", "legal_days", "start_day", "ramp_days"}
    known |= {band.name for band in bands_for(Scenario.load("tilburg"))}
    named = set(re.findall(r"`([a-z][a-z0-9]*(?:_[a-z0-9]+)+)`", text))
    assert named - known == set()
    assert [f for f in re.findall(r"`((?:model|tests|agents)/[\w/.]+)`", text) if not (root / f).exists()] == []


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for name in ("odd.md", "validation.md", "extending.md"):
        links = re.findall(r"\]\(([^)#:]+)\)", read(name))
        assert [link for link in links if not (documents.DOCS / link).exists()] == [], name


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
        assert row.startswith(f"| {band.label['en']} | {band.low:g} .. {band.high:g} | "), "make docs"
        assert ("**outside**" in row) <= (scenario.profile.notes.get(band.name, "") in row)
    for process in scenario.profile.processes:
        assert f"| {name}: {process.id} |" in read("validation.md"), "docs/validation.md has drifted: make docs"


def test_a_verdict_follows_the_band() -> None:
    band = bands_for(Scenario.load("tilburg"))[0]
    words = [documents.verdict(documents.Landing(band, value, "")) for value in (1.2, 9.0, float("nan"))]
    assert words == ["in", "**outside**", "not available"]


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_decisions_are_counted_by_week_and_kind() -> None:
    scenario = Scenario.load("permits").with_parameters(horizon_days=120)
    plain, extended = documents.decisions_by_week(scenario, runs=1)["building_permit"]
    assert plain.shape == extended.shape == (documents.COUNTED_WEEKS,)
    assert plain.sum() > 20
    # One in fourteen is extended; of some eighty cases more than a third would not be chance.
    assert extended.sum() < plain.sum() / 3


@pytest.fixture
def register() -> Iterator[None]:
    """The lever register as it was, whatever an example lays in it."""
    kept = dict(LESSON_TABLE)
    yield
    LESSON_TABLE.clear()
    LESSON_TABLE.update(kept)


@pytest.mark.engine
@pytest.mark.usefixtures("engine", "register")
@pytest.mark.parametrize("title", sections())
def test_every_example_of_extending_runs(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = []
    for language, text in sections()[title]:
        if language == "toml":
            named = FILE.match(text)
            assert named is not None, "a TOML example begins with its file name"
            Path(named[1]).write_text(text, encoding="utf-8")
        elif language == "sh":
            for line in text.splitlines():
                assert cli.main(shlex.split(line, comments=True)[1:]) == 0, line
        else:
            exec(compile(text, f"docs/extending.md, {title}", "exec"), {})
        done.append(language)
    assert "python" in done


def test_there_is_an_example_of_each_kind() -> None:
    assert list(sections()) == [
        "A municipality and a process of your own",
        "A lesson of your own",
        "Agents in your hands",
    ]
