"""One difference, one verdict: the same made-up runs say the same word on every surface, in both languages.

The words that are expected are written out here, and not asked of the function that decides.
"""

import ast
import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kastje.commands import cli
from kastje.commands import compare as command
from kastje.dashboard.figures.figures import csv_text, figures
from kastje.dashboard.policy.why.places import who
from kastje.dashboard.policy.why.shares import card
from kastje.dashboard.present.talking import talk
from kastje.dashboard.report.document import report
from kastje.dashboard.research import result_tables, sheet
from kastje.dashboard.research.design_results import csv_text as design_csv
from kastje.dashboard.research.job import ALONE, Job
from kastje.dashboard.texts import LANGUAGES, Texts, texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.contributions import Contributions
from kastje.experiments.difference.difference import CERTAINTY
from kastje.experiments.difference.table import table_of
from kastje.experiments.runs.results import COMPARISON, Found, Part
from kastje.experiments.studies.small import Row
from kastje.model import OUTCOMES, Scenario

ABOUT = (1.0, -1.0, 0.5, -0.5, 0.25, -0.25)
"""How six pairs lie around their mean: a standard deviation of .73, so an interval of .76 either way of their mean."""
MADE: dict[str, tuple[str, float, float]] = {
    # Of a lead time a day matters, and fewer are better.
    "lead_time_days_mean": ("better", -9.0, 1.0),
    "lead_time_days_median": ("worse", 9.0, 1.0),
    "legal_days_mean": ("unclear", -2.0, 5.0),
    "lead_time_days_p90": ("hardly", -0.5, 0.1),
    # Nearly all pairs have the sign of the mean, and the interval holds zero all the same.
    "burden_minutes": ("unclear", -6.0, 9.0),
    # Clearly more, and too little to matter: a tenth of a percentage point.
    "on_time_share": ("hardly", 0.001, 0.0001),
    "satisfaction": ("better", 0.05, 0.01),
    "trust": ("worse", -0.05, 0.01),
    "fit": ("same", 0.0, 0.0),
    # Neither way is better; and what a choice costs is weighed by the reader.
    "handovers_per_case": ("higher", 0.5, 0.1),
    "lead_touch_hours": ("lower", -2.0, 0.5),
    "cases_closed": ("unclear", 5.0, 60.0),
    "lever_hours": ("higher", 700.0, 50.0),
    "equity_gap": ("none", 0.0, 0.0),
}
"""Outcome: the word, the mean difference, and by how much the pairs lie around it."""
WORDS = {name: word for name, (word, _, _) in MADE.items()}
SAID = {
    "nl": {
        "better": "beter",
        "worse": "slechter",
        "higher": "hoger",
        "lower": "lager",
        "hardly": "nauwelijks verschil",
        "unclear": "onduidelijk",
        "same": "geen verschil",
        "none": "niet beschikbaar",
    },
    "en": {
        "better": "better",
        "worse": "worse",
        "higher": "higher",
        "lower": "lower",
        "hardly": "hardly any difference",
        "unclear": "unclear",
        "same": "no difference",
        "none": "not available",
    },
}
CHOICE = Choice(steps=(6, 0, 0, 0, 0, 0, 0, 0))


@pytest.fixture
def made_up(comparison_of: Callable[..., Comparison]) -> Comparison:
    """Six pairs whose differences are those of `MADE`."""
    comparison = comparison_of({}, 6, gone="equity_gap")
    for pair, around in zip(comparison.pairs, ABOUT, strict=True):
        for name, (_, mean, wide) in MADE.items():
            pair.scenario.values[name] += mean + wide * around  # type: ignore[index]
    return Comparison.of(comparison.pairs)


Surface = Callable[[Comparison, Texts], dict[str, str]]


def tile(comparison: Comparison, words: Texts) -> dict[str, str]:
    """The tiles of the policy page."""
    return {one.name: one.verdict for one in figures(comparison, words, tuple(MADE))}


def of_one_lesson(comparison: Comparison, names: tuple[str, ...]) -> Contributions:
    """The contributions of the only lesson there is."""
    worth = np.array(
        [
            [[getattr(pair, world).as_dict()[name] for name in names] for pair in comparison.pairs]
            for world in ("baseline", "scenario")
        ]
    )
    return Contributions(("shared_information",), names, worth, worth[1:] - worth[:1], 6, 1, with_alone=True)


def card_of_lessons(comparison: Comparison, words: Texts) -> dict[str, str]:
    """The card that says why: with one lesson, its part is the whole difference."""
    names = tuple(MADE)
    found = of_one_lesson(comparison, names)
    cards = {name: card(name, comparison, CHOICE.scenario(), found, words) for name in names}
    known = {name: one for name, one in cards.items() if one["whole"]}
    assert all(one["rows"][0]["verdict"] == one["whole"]["verdict"] for one in known.values())
    return {name: one["whole"]["verdict"] for name, one in known.items()}


def card_of_groups(comparison: Comparison, words: Texts) -> dict[str, str]:
    """The card that says who notices: every group has the figures of everybody."""
    profile = Scenario.load("tilburg").profile
    return {
        name: row["verdict"]
        for name in MADE
        for block in who(name, comparison, profile, words)["blocks"]
        for row in block["rows"]
    }


def research_sheet(comparison: Comparison, words: Texts) -> dict[str, str]:
    """A design on the research page."""
    row = Row("ownership", 1.0, comparison.arms())
    return {name: sheet.judged(name, sheet.comparison_of(row), words)[4]["text"] for name in MADE}


def opened_result(comparison: Comparison, words: Texts) -> dict[str, str]:
    """A result of `kastje compare --json` that is opened on the research page."""
    document = json.loads(json.dumps(comparison.as_dict()))
    shown = result_tables.compared(Found("one.json", COMPARISON, None, document), words)  # type: ignore[arg-type]
    labels = {OUTCOMES[name].label[words.language]: name for name in MADE}
    return {labels[row["head"]]: row["cells"][4]["text"] for row in shown["rows"] if row["head"] in labels}


def presenter(comparison: Comparison, words: Texts) -> dict[str, str]:
    """The headline of the presenter view: much or clearly are said of the size."""
    found = {}
    for name in MADE:
        said = talk(None, replace(CHOICE, show=name), comparison, None, words)["headline"]
        label = OUTCOMES[name].label[words.language]
        word = said.removeprefix(f"{label}: ") if said.startswith(label) else SAID[words.language]["none"]
        found[name] = re.sub(r"^(veel|duidelijk|iets|much|clearly|a little) ", "", word)
    return found


def printed(comparison: Comparison, words: Texts) -> dict[str, str]:
    """The report that is printed."""
    choice = replace(CHOICE, lang=words.language)
    text = report(Answer(choice, "done", 6, 6, comparison), choice, words)
    rows = {name: re.findall(rf'<tr[^>]*data-outcome="{name}">.*?</tr>', text)[0] for name in MADE}
    return {name: html.unescape(re.findall(r'<span class="\w+">(.*?)</span>', row)[0]) for name, row in rows.items()}


def spreadsheet(comparison: Comparison, words: Texts) -> dict[str, str]:
    """The figures as CSV."""
    delimiter = ";" if words.language == "nl" else ","
    rows = list(csv.DictReader(io.StringIO(csv_text(comparison, words)), delimiter=delimiter))
    return {row[words("csv.outcome")]: row[words("csv.verdict")] for row in rows if row[words("csv.outcome")] in MADE}


SURFACES: tuple[Surface, ...] = (
    tile,
    card_of_lessons,
    card_of_groups,
    research_sheet,
    opened_result,
    presenter,
    printed,
    spreadsheet,
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__)
def test_every_surface_says_the_same_word_of_the_same_runs(
    made_up: Comparison, surface: Surface, language: str
) -> None:
    said = surface(made_up, texts(language))
    # Where the figure itself is not available, a surface may leave the verdict out.
    missing = {name for name, word in WORDS.items() if word == "none"}
    assert {said.pop(name, "") for name in missing} <= {"", SAID[language]["none"]}
    assert said == {name: SAID[language][word] for name, word in WORDS.items() if name not in missing}


def test_the_command_line_says_it_too(made_up: Comparison, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(command, "compare_with_today", lambda *_, **__: made_up)
    asked = ["compare", "tilburg", "--lesson", "all=1", "--replications", "6"]
    assert cli.main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    for name, word in WORDS.items():
        (line,) = [one for one in lines if re.match(rf"{re.escape(OUTCOMES[name].label['en'])}\s{{2}}", one)]
        cells = [cell.strip() for cell in re.split(r"\s{2,}", line)]
        assert any(cell.split(":")[0] == SAID["en"][word] for cell in cells), line
    assert cli.main([*asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {name: document["verdict"][name]["word"] for name in MADE} == WORDS


def test_the_tables_for_programs_say_it_too(made_up: Comparison) -> None:
    whole = table_of(made_up).pipe(lambda table: table[table["month"].isna()]).set_index("outcome")
    assert whole["verdict"][list(MADE)].to_dict() == WORDS
    text = design_csv(Job(ALONE, CHOICE), [Row("ownership", 1.0, made_up.arms())], texts("en"))
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    assert {row["figure"]: row["verdict"] for row in rows if row["figure"] in MADE} == WORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_surface_with_room_says_the_same_certainty_and_how_many_replications_would_tell(
    made_up: Comparison, language: str
) -> None:
    words = texts(language)
    # -2 days, .73 x 5 / sqrt(6) = 1.49 a standard error: P(T_5 <= 1.34) = .881.
    certainty = {"nl": "kans op verbetering: 88%", "en": "chance of improvement: 88%"}[language]
    (one,) = figures(made_up, words, ("legal_days_mean",))
    assert one.certainty == certainty
    assert re.search(r"\b(ongeveer|about) \d+ (herhalingen|replications)", one.pairs)
    cells = sheet.judged("legal_days_mean", made_up, words)
    presented = talk(None, replace(CHOICE, show="legal_days_mean"), made_up, None, words)["sentence"]
    choice = replace(CHOICE, lang=language)
    paper = html.unescape(report(Answer(choice, "done", 6, 6, made_up), choice, words))
    for surface in (one.spoken, cells[4]["sub"], presented, paper):
        assert certainty in surface
        assert one.pairs in surface


def test_the_card_says_how_many_replications_would_tell(made_up: Comparison) -> None:
    names = ("legal_days_mean",)
    found = of_one_lesson(made_up, names)
    for language in LANGUAGES:
        lead = card(names[0], made_up, CHOICE.scenario(), found, texts(language))["lead"]
        assert figures(made_up, texts(language), names)[0].pairs in lead


# Nobody else decides.

HOUSE = ("agents", "model", "experiments", "dashboard", "evidence", "commands")
EDGES = {"low", "high", "certainty"}


def of_edges(node: ast.expr) -> bool:
    """Whether an expression is an edge of an interval or a certainty: `x.low`, `row["high"]`, or a plain name."""
    if isinstance(node, ast.Attribute):
        return node.attr in EDGES
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value in EDGES
    return isinstance(node, ast.Name) and node.id in EDGES


def constant(node: ast.expr) -> bool:
    """Whether an expression is a number, or a threshold by its name in capitals."""
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return (isinstance(node, ast.Constant) and isinstance(node.value, int | float)) or (
        isinstance(node, ast.Name) and node.id.isupper()
    )


def own_rules(source: str) -> Iterator[str]:
    """Every comparison of an edge of an interval, or of a certainty, with a number."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            beside = pairwise([node.left, *node.comparators])
            if any((of_edges(a) and constant(b)) or (constant(a) and of_edges(b)) for a, b in beside):
                yield ast.unparse(node)


def test_nobody_but_the_one_function_holds_an_interval_or_a_certainty_against_a_number(root: Path) -> None:
    found = {
        (path.relative_to(root).as_posix(), rule)
        for room in HOUSE
        for path in (root / room).rglob("*.py")
        if "experiments/difference" not in path.as_posix()
        for rule in own_rules(path.read_text(encoding="utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize(
    "source",
    [
        "sure = row['low'] > 0.0 or row['high'] < 0.0",
        "if difference.certainty >= SURE: pass",
        "clear = 0 < found.low",
        "same = part.low == part.high == 0.0",
        "many = certainty >= 0.8",
        "flat = -1 < difference.high",
    ],
)
def test_a_rule_of_ones_own_is_seen(source: str) -> None:
    assert list(own_rules(source))


def test_what_is_no_such_rule_is_let_be() -> None:
    assert not list(own_rules("inside = band.low <= value <= band.high\nif math.isfinite(part.low): pass"))


def test_the_words_of_certainty_are_the_same_in_every_document(root: Path) -> None:
    """The definition stands in one place in the code, and word for word where a reader meets the figure."""
    documents = [root / "README.md", *(root / "docs").rglob("*.md")]
    read = {path.relative_to(root).as_posix(): " ".join(path.read_text(encoding="utf-8").split()) for path in documents}
    names = ("command-line", "experiments", "experiments-lessons", "model")
    defined = ("README.md", *(f"docs/{name}.md" for name in names))
    assert [name for name in defined if CERTAINTY not in read[name]] == []
    old = re.compile(r"ertainty[^.]{0,60} share of|sign of the mean difference holds|ties (count )?half")
    assert [name for name, text in read.items() if old.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_older_table_says_that_its_certainty_is_another_figure(language: str) -> None:
    words = texts(language)
    older = pd.DataFrame({"outcome": ["trust"], "mean": [0.1], "certainty": [0.75]})
    for table, said in ((older, True), (older.assign(sd=0.2), False), (older.drop(columns="certainty"), False)):
        part = Part("effects.parquet", 1, tuple(table.columns), table)
        assert (words("results.older_certainty") in result_tables.parquet(part, words)["caption"]) is said


def test_an_older_document_has_its_certainty_worked_out_anew() -> None:
    """What an earlier version wrote as certainty is the share of pairs with the sign of their own mean."""
    trust = {"mean": 0.2, "low": -0.1, "high": 0.5, "certainty": 0.95}
    document = {
        "baseline": {"trust": 0.5},
        "scenario": {"trust": 0.7},
        "difference": {"trust": trust},
        "replications": 9,
    }
    read = result_tables.comparison_from(document)
    # The interval is 2.306 standard errors either way, so that .2 is 1.537 of them: P(T_8 <= 1.537) = .919.
    assert read.difference["trust"].certainty == pytest.approx(0.919, abs=5e-4)
    assert read.verdict("trust").word == "unclear"
