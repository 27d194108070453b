"""The research page without a browser: settings, progress, results in words, what is held against what."""

import json
import re
from pathlib import Path

import pytest
import solara

from kastje.dashboard.research import design_results, held, job, result_tables, results
from kastje.dashboard.research.designs import (
    REPLICATIONS,
    WrongSetting,
    how_far,
    job_of,
    parameters,
)
from kastje.dashboard.research.job import ALONE, RANGE, SURGE, Job, Progress
from kastje.dashboard.research.page import Page
from kastje.dashboard.research.settings import LONGEST, Settings, in_field
from kastje.dashboard.research.settings import read as read_settings
from kastje.dashboard.texts import texts
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.link import read as read_choice
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.difference import Arms
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.logs.patterns.comparison import FIGURES, beside
from kastje.experiments.logs.patterns.real import real
from kastje.experiments.runs.origin import model_hash
from kastje.experiments.runs.results import Found
from kastje.experiments.studies.bands import Landing
from kastje.experiments.studies.small import ALL, NOT_BACK, WEEKS, WORST, Row
from kastje.model import LESSONS, OUTCOMES, InputError, Scenario
from kastje.model.bands import bands_for
from kastje.model.errors import phrase
from kastje.model.reading import Text
from kastje.version import version

NL = texts("nl")
SETTINGS = {"kind": RANGE, "replications": "12", "parameter": "work.load", "low": "0,7", "high": "1,4"}


def a_row(name: str, value: float = 1.0) -> Row:
    today, choice = [0.4, 0.5, 0.6, 0.5, 0.4, 0.6], [0.5, 0.6, 0.7, 0.6, 0.5, 0.8]
    figures = {figure: Arms.of(today, choice, yardstick(figure)) for figure in (*OUTCOMES, WEEKS, NOT_BACK, WORST)}
    return Row(name, value, figures)


def test_settings_make_a_job_in_the_readers_numbers() -> None:
    made = job_of(SETTINGS, Choice(lang="nl", show="trust"), NL, 3)
    assert made.values == pytest.approx((0.7, 0.875, 1.05, 1.225, 1.4))
    assert (made.replications, made.parameter, made.number) == (12, "work.load", 3)
    english = job_of(SETTINGS | {"low": "0.7", "high": "1.4"}, Choice(lang="en"), texts("en"), 1)
    assert english.values == made.values
    assert english.choice == made.choice


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "other"},
        {"replications": "3"},
        {"replications": "41"},
        {"replications": "many"},
        {"replications": None},
        {"low": "1,4", "high": "0,7"},
        {"low": ""},
        {"high": "99"},
        {"high": "nan"},
        {"parameter": "no.such"},
        {"parameter": "work.horizon_days"},
        {"kind": SURGE, "weeks": "0"},
    ],
)
def test_a_setting_that_cannot_be_is_told_in_words(wrong: dict[str, object]) -> None:
    with pytest.raises(WrongSetting) as error:
        job_of(SETTINGS | wrong, Choice(), NL, 1)
    assert str(error.value).strip()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_ends_that_are_offered_can_be_used_as_they_stand(lang: str) -> None:
    for one in parameters(texts(lang)):
        settings = SETTINGS | {"parameter": one["name"], "low": one["low"], "high": one["high"]}
        assert job_of(settings, Choice(lang=lang), texts(lang), 1).values


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(design=SURGE, extra="2", weeks="4"),
        Settings(design=RANGE, runs="6", parameter="work.load", low="0.8", high="1.25"),
    ],
)
def test_a_link_carries_the_settings(settings: Settings) -> None:
    query = Choice().query() + settings.query()
    assert read_settings(query) == settings
    assert read_choice(query) == (Choice(), ())


def test_numbers_are_written_alike_in_every_link_and_as_the_language_does_in_the_field() -> None:
    typed = Settings().changed({"parameter": "work.load", "low": "0,75", "high": "1.000,5"}, NL)
    assert (typed.low, typed.high) == ("0.75", "1000.5")
    assert typed == Settings().changed({"parameter": "work.load", "low": "0.75", "high": "1,000.5"}, texts("en"))
    assert (in_field(typed.low, NL), in_field(typed.low, texts("en"))) == ("0,75", "0.75")
    assert typed.changed({"parameter": "work.staff"}, NL) == Settings(parameter="work.staff")
    assert typed.changed({"low": "many"}, NL).low == in_field("many", NL) == "many"


def test_what_no_design_is_called_is_the_first_design() -> None:
    assert read_settings("design=other&runs=5") == Settings(runs="5")
    assert len(read_settings(f"low={'9' * 500}").low) == LONGEST


def test_a_job_tells_how_far_it_is_and_what_came_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fake(scenario, runs):
        runs.watch.progress(9 * runs.replications, 9 * runs.replications)
        return [a_row("ownership")]

    monkeypatch.setattr(job, "alone", fake)
    told: list[Progress] = []
    job.work(Job(ALONE, Choice()), Ticket(), told.append)
    assert [one.phase for one in told] == ["running", "running", "done"]
    assert told[-1].rows[0].name == "ownership"
    assert "108" in how_far(told[1], NL)


def test_a_job_that_nobody_waits_for_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket, told = Ticket(), []

    def fake(scenario, runs):
        ticket.withdraw()
        assert runs.watch.cancelled()
        return []

    monkeypatch.setattr(job, "alone", fake)
    job.work(Job(ALONE, Choice()), ticket, told.append)
    assert [one.phase for one in told] == ["running"]


@pytest.mark.parametrize(
    ("error", "key"), [(InputError(phrase("problem.no_file")), "error.input"), (KeyError("x"), "research.failed")]
)
def test_a_job_that_fails_says_so_in_words(monkeypatch: pytest.MonkeyPatch, error: Exception, key: str) -> None:
    def fake(*_, **__):
        raise error

    monkeypatch.setattr(job, "alone", fake)
    told: list[Progress] = []
    job.work(Job(ALONE, Choice()), Ticket(), told.append)
    assert told[-1].phase == "failed"
    assert told[-1].problem[0] == key


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("kind", [ALONE, RANGE, SURGE])
@pytest.mark.parametrize("steps", [(0,) * 8, (3,) * 8])
def test_results_become_a_chart_a_table_and_a_csv(kind: str, lang: str, steps: tuple[int, ...]) -> None:
    words = texts(lang)
    names = (*LESSONS, ALL) if kind == ALONE else ("0.7", "1.4") if kind == RANGE else ("surge",)
    rows = [a_row(name) for name in names]
    done = Job(kind, Choice(lang=lang, steps=steps), 6, "work.load", (0.7, 1.4))
    made = design_results._made(done, rows, "lead_time_days_mean", words)
    assert len(made["dots"]["labels"]) == len(names)
    assert len(made["table"]["rows"]) == (3 if kind == SURGE else len(names))
    series = 2 if any(steps) and kind != ALONE else 1
    assert len(made["dots"]["series"]) == series
    lines = design_results.csv_text(done, rows, words).splitlines()
    assert lines[0].lstrip("\ufeff").startswith("variant;waarde;cijfer" if lang == "nl" else "variant,value,figure")
    assert len(lines) == 1 + len(rows) * len(rows[0].figures)
    assert all(line.endswith((f"{version()};{model_hash()}", f"{version()},{model_hash()}")) for line in lines[1:])


def test_bands_and_traces_have_words_for_everything() -> None:
    assert set(held.LABELS) == {figure.label for figure in FIGURES}
    assert set(held.REASONS) >= {figure.note for figure in FIGURES}
    municipalities = list(real().municipalities.values())
    rows = beside(municipalities, municipalities[:1])
    table = held.traces_table(rows, NL)
    assert len(table["rows"]) == len(FIGURES)
    assert len(table["head"]) == 6
    assert NL("trace.met") in table["rows"][0]["cells"][-1]["text"]
    bands = bands_for(Scenario.load("tilburg"))
    found = [
        Landing(band, band.high + (i == 0), Text(nl="reden", en="why") if i == 0 else None)
        for i, band in enumerate(bands)
    ]
    shown = held.bands_table(found, Choice(), NL)["rows"]
    assert shown[0]["cells"][2]["tone"] == "worse"
    assert shown[1]["cells"][2]["tone"] == "better"
    assert shown[0]["cells"][3]["text"] == "reden"
    assert re.search(r"\d+", held.met_text(found, NL))


def test_a_written_comparison_is_shown_as_on_the_policy_page(comparison_of) -> None:
    comparison = comparison_of({"trust": 0.25}, gone="fit")
    document = json.loads(json.dumps(comparison.as_dict()))
    table = result_tables.compared(Found("a.json", "comparison", None, document), NL)  # type: ignore[arg-type]
    rows = {row["head"]: row["cells"] for row in table["rows"]}
    assert rows[OUTCOMES["trust"].label["nl"]][2]["text"] == "+2,50"
    assert rows[OUTCOMES["fit"].label["nl"]][1]["text"] == "niet beschikbaar"


def test_odd_documents_break_nothing() -> None:
    for document in (
        {"baseline": {}, "scenario": {}, "difference": {"trust": {"mean": "much"}, "no_such": {}, "fit": 3}},
        {"baseline": {"trust": None}, "scenario": {}, "difference": {"trust": {}}, "replications": "x"},
    ):
        result_tables.compared(Found("a", "comparison", None, document), NL)  # type: ignore[arg-type]
    result_tables.recovered(Found("a", "recovery", None, {"surge": {}, "today": {"worst_ratio": []}}), NL)  # type: ignore[arg-type]
    result_tables.patterns(Found("a", "patterns", None, {"cases": 1, "network": {"a": {"b": None}}, "l": [1]}), NL)  # type: ignore[arg-type]
    result_tables.fields(Found("a", "study", None, {"x": {"y": [1, None]}, "z": "t" * 999}), NL)  # type: ignore[arg-type]


def test_reading_never_raises_and_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KASTJE_RESULTS", str(tmp_path))
    assert results.read("", "", "", None).found == ()
    assert results.read("../../etc/passwd", "", "", ()).problem
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "manifest.json").write_text('{"profile": "tilburg"}')
    (tmp_path / "s" / "broken.parquet").write_bytes(b"no")
    reading = results.read("s", "", "", None)
    assert reading.document is not None
    assert "broken.parquet" in str(reading.problem)
    assert results.listed(reading.found[0], NL)["profile"] == "tilburg"


def test_a_study_shows_its_picture_and_which_study_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KASTJE_RESULTS", str(tmp_path))
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "manifest.json").write_text('{"profile": "tilburg", "title": "lessons"}')
    for name in ("a.svg", "b.svg"):
        (tmp_path / "s" / name).write_text(f"<svg><title>{name}</title></svg>")
    reading = results.read("s", "", "b.svg", None)
    assert reading.pictures == ("a.svg", "b.svg")
    assert reading.picture is not None
    assert reading.picture.name == "b.svg"
    assert results.read("s", "", "gone.svg", None).picture.name == "a.svg"
    assert results.listed(reading.found[0], NL)["kind"] == "studie: lessons"


def test_the_page_renders_in_both_languages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KASTJE_RESULTS", str(tmp_path))
    monkeypatch.setattr(held, "hold", lambda *_: None)
    box, context = solara.render(Page(), handle_error=False)
    assert box is not None
    context.close()


def test_replications_are_those_that_were_asked_for() -> None:
    assert REPLICATIONS == (4, 40)
