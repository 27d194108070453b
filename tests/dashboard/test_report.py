"""What a visitor takes along: the report, the CSV and the Parquet file, which all say what the screen says."""

import base64
import csv
import inspect
import io
import re
import subprocess
import sys
from datetime import date
from html import escape

import pandas as pd
import pyarrow.parquet as pq
import pytest

from kastje.dashboard.figures.figures import figures, value_text
from kastje.dashboard.policy import footer
from kastje.dashboard.policy.footer import file_of
from kastje.dashboard.report.document import link_of, report
from kastje.dashboard.report.drawing import ticks_for
from kastje.dashboard.report.reproduce import snippet
from kastje.dashboard.texts import texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.compare import compare
from kastje.experiments.runs.origin import model_hash
from kastje.experiments.stamp import parquet_metadata
from kastje.model import OUTCOMES
from kastje.version import version

DAY = date(2026, 3, 5)


@pytest.fixture
def answer(comparison_of) -> Answer:
    choice = Choice(steps=(0, 0, 0, 3, 0, 0, 0, 6), load=1.1)
    changes = {"trust": 0.25, "lever_hours": 5000.0, "open_share": 0.2}
    return Answer(choice, "done", 20, 20, comparison_of(changes, gone="fit"))


def made(answer: Answer, lang: str, **options: str) -> str:
    choice = read(answer.choice.query())[0]
    return report(answer, Choice(**{**choice.__dict__, "lang": lang}), texts(lang), today=DAY, **options)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_says_what_the_screen_says(answer: Answer, lang: str) -> None:
    text = made(answer, lang)
    for one in figures(answer.comparison, texts(lang), tuple(OUTCOMES)):
        (row,) = re.findall(rf'<tr[^>]*data-outcome="{one.name}">.*?</tr>', text)
        cells = re.findall(r'<td class="number">(.*?)</td>', row)
        assert cells[0] == value_text(one.name, answer.comparison.baseline[one.name], texts(lang))
        assert cells[1] == one.value
        assert one.change in cells[2]
        assert escape(one.certainty) in row
    assert f'<html lang="{lang}">' in text
    assert ("5 maart 2026" if lang == "nl" else "5 March 2026") in text


def test_the_report_asks_nothing_of_anybody_and_is_whole(answer: Answer) -> None:
    text = made(answer, "nl")
    assert not re.search(r"""(?:src|href)=["']?(?:http|//)|url\(|@import|<script|<link""", text)
    assert "<svg" in text
    assert text.count("<tr data-outcome") + text.count('<tr class="first" data-outcome') == len(OUTCOMES)
    assert texts("nl")("outcomes.open_warning") in text
    assert texts("nl")("unknown.money") in text
    assert "@page" in text
    assert "--accent" in text


def test_the_report_of_a_first_estimate_says_so(answer: Answer) -> None:
    early = Answer(answer.choice, "first", 6, 20, answer.comparison)
    assert "eerste schatting" in made(early, "nl")
    assert "eerste schatting" not in made(answer, "nl")
    with pytest.raises(ValueError, match="comparison"):
        made(Answer(answer.choice), "nl")


def test_the_link_of_a_report_works_and_is_no_way_in(answer: Answer) -> None:
    assert link_of(answer.choice, "https://kastje.example/?lang=nl#x").startswith("https://kastje.example/?lang=nl&")
    assert link_of(answer.choice, "javascript:alert(1)") == "?" + answer.choice.query()
    text = made(answer, "nl", address='https://x/"><script>alert(1)</script>')
    assert "<script" not in text


def test_the_files_say_how_they_were_made(answer: Answer) -> None:
    words = texts("nl")
    csv_text = file_of(answer, answer.choice, words, {})["text"]
    assert f"link;{answer.choice.query()}" in csv_text
    assert "work.load;1,1" in csv_text
    table, _, end = csv_text.partition("\n\n")
    assert len(table.splitlines()) == len(OUTCOMES) + 1
    assert "ownership;0,5" in end
    data = base64.b64decode(file_of(answer, answer.choice, words, {"kind": "parquet"})["data"])
    known = parquet_metadata(pq.read_schema(io.BytesIO(data)).metadata)
    assert known["query"] == answer.choice.query()
    assert '"work.load": 1.1' in known["parameters"]
    assert {"version", "profile", "seed", "replications", "lessons", "program"} <= known.keys()


def test_every_file_to_keep_says_of_which_version_and_model_it_is(answer: Answer) -> None:
    kinds = re.findall(r'"kind": "(\w+)"', inspect.getsource(footer))
    assert len(kinds) == 3
    for kind in kinds:
        file = file_of(answer, answer.choice, texts("nl"), {"kind": kind})
        said = file.get("text") or base64.b64decode(file["data"]).decode("utf-8", "replace")
        assert version() in said, kind
        assert model_hash() in said, kind


def test_a_file_is_of_what_is_on_the_screen_not_of_what_is_being_computed(answer: Answer) -> None:
    newer = Choice(steps=(6,) * 8, show="trust")
    text = file_of(answer, newer, texts("nl"), {"kind": "report"})["text"]
    assert "l=ownership:3,change_and_renew:6" in text
    assert "ownership:6" not in text


def test_ticks_hold_every_value() -> None:
    for low, high in ((0.0, 0.0), (0.12, 0.14), (-3.0, 950.0), (5.0, 5.0), (99.9, 100.1)):
        ticks = ticks_for(low, high)
        assert ticks[0] <= low
        assert ticks[-1] >= high
        assert 2 <= len(ticks) <= 8


@pytest.mark.engine
def test_the_program_gives_the_numbers_of_the_screen_the_csv_the_parquet_and_the_report() -> None:
    choice = Choice(lang="en", steps=(0, 0, 0, 3, 0, 0, 0, 6), load=1.1, start=30, replications=6, seed=3)
    comparison = compare(choice.scenario(), replications=6, seed=3)
    answer, words = Answer(choice, "done", 6, 6, comparison), texts("en")
    ran = subprocess.run([sys.executable, "-c", snippet(choice)], capture_output=True, text=True, check=True)
    numbers = {}
    for line in ran.stdout.splitlines():
        name, today, scenario, rest = line.split(" ", 3)
        mean = re.search(r"mean=([^,]+)", rest)
        numbers[name] = (float(today), float(scenario), float(mean[1]))
    assert numbers.keys() == OUTCOMES.keys()
    data = base64.b64decode(file_of(answer, choice, words, {"kind": "parquet"})["data"])
    table = pd.read_parquet(io.BytesIO(data))
    whole = table[table["month"].isna()].set_index("outcome")
    rows = csv.DictReader(io.StringIO(file_of(answer, choice, words, {})["text"].lstrip("\ufeff").split("\n\n")[0]))
    by_name = {row["outcome"]: row for row in rows}
    text = file_of(answer, choice, words, {"kind": "report"})["text"]
    for name, (today, scenario, mean) in numbers.items():
        expected = pytest.approx([today, scenario, mean], rel=1e-12, nan_ok=True)
        assert [float(whole.loc[name, part]) for part in ("today", "choice", "difference")] == expected
        cells = [by_name[name][part] for part in ("today", "your choice", "difference")]
        assert [float(cell or "nan") for cell in cells] == pytest.approx(
            [float(f"{value:.6g}") for value in (today, scenario, mean)], rel=1e-15, abs=0.0, nan_ok=True
        )
        (row,) = re.findall(rf'<tr[^>]*data-outcome="{name}">.*?</tr>', text)
        shown = re.findall(r'<td class="number">(.*?)</td>', row)
        assert shown[:2] == [value_text(name, today, words), value_text(name, scenario, words)]
        (tile,) = figures(comparison, words, (name,))
        assert shown[1] == tile.value
    assert len(table) == 13 * len(OUTCOMES)
