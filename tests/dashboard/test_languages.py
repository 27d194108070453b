"""Dutch pages hold no English and English pages no Dutch: all that a visitor can read is gathered, and looked through.

The pages are drawn with real runs, two of each, done at once instead of in the background.
"""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import solara
from solara.routing import Router, router_context

from kastje.dashboard.figures.figures import csv_text
from kastje.dashboard.inputs.own_panel import rows_of
from kastje.dashboard.pages import PAGES
from kastje.dashboard.present.story import STORY
from kastje.dashboard.report.document import report
from kastje.dashboard.report.reproduce import csv_end
from kastje.dashboard.research import held
from kastje.dashboard.research.results import listed
from kastje.dashboard.routes import routes
from kastje.dashboard.server.refusal import KEYS, page
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.state import Choice, profile_world
from kastje.experiments.difference.compare import compare
from kastje.experiments.runs.results import Found
from kastje.model import LESSON_TABLE, OUTCOMES, PARAMETERS, Scenario
from kastje.model.bands import BANDS
from kastje.model.parameters import STATUSES, UNITS_NL
from kastje.model.reading import Text

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine")]

LONG, SHORT = 12, 5
"""A text of several words and so many letters is found anywhere, a shorter one only when it stands alone.

One of a few letters can be a word of the other language, one word without a capital a name that programs use.
"""
WORDS = {
    "nl": "de het een van en niet dat met voor wordt zijn uw bij naar ook als om op er deze wat hoe die te aan heeft",
    "en": "the and not that with for are your you this what which how its their from they does be to on it has by",
}
"""Small words that one language has and the other has not."""
CODE = {"code", "methods", "query", "names", "policy", "template", "link"}
"""Fields that hold a program, an address or names of people."""
PLACES = re.compile(r"\{\w+\}")
STYLES_AND_NAMES = re.compile(r"\s*[<@.:*]|[\w.:/?=&,~%+-]*[_=/][\w.:/?=&,~%+-]*$")
"""Style sheets, templates, names that programs use (`change_and_renew`) and addresses: nobody reads them."""


def other(language: str) -> str:
    return "en" if language == "nl" else "nl"


def strings(value: Any, field: str = "") -> Iterator[str]:
    """Every string in plain data, the fields apart that hold no words."""
    if isinstance(value, str) and field not in CODE:
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from strings(one, str(name))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from strings(one, field)


def widgets(box: Any) -> list[Any]:
    """Every widget under a rendered element."""
    found = [box]
    for child in getattr(box, "children", ()) or ():
        if hasattr(child, "comm"):
            found += widgets(child)
    return found


def read_of(box: Any) -> list[str]:
    """What a visitor can read on a page: all strings that it gives to the browser."""
    found: list[str] = []
    for widget in widgets(box):
        ours = {name: getattr(widget, name) for name in widget.keys if not name.startswith("_")}
        found += strings({name: value for name, value in ours.items() if not hasattr(value, "comm")})
    return found


def registry(language: str) -> set[str]:
    """Every text of the catalogues, the registries and the profiles in one language."""
    found = {text for group in texts(language).catalogue.values() for text in group.values()}
    models: list[Any] = list(PARAMETERS.values())
    models += [band for bands in BANDS.values() for band in bands]
    for name in Scenario.profiles():
        profile = profile_world(name).profile
        models += [profile, *profile.processes]
    for model in models:
        found |= set(both(model, language))
    for one in LESSON_TABLE.values():
        found |= {text.in_language(language) for text in (one.label, one.message, one.happens, one.cost, one.evidence)}
    for outcome in OUTCOMES.values():
        found |= {text[language] for text in (outcome.label, outcome.unit, outcome.definition, outcome.matters_because)}
    found |= {page.title.in_language(language) for page in PAGES.values()}
    for step in STORY:
        found |= {text[language] for text in (step.title, step.question, step.hint, *step.points.values())}
    found |= set(UNITS_NL) if language == "en" else set(UNITS_NL.values())
    return found


def both(value: Any, language: str) -> Iterator[str]:
    """The texts in one language of a record and all records in it."""
    if isinstance(value, Text):
        yield value.in_language(language)
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from both(getattr(value, name), language)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from both(one, language)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from both(one, language)


FOREIGN: dict[str, list[re.Pattern[str]]] = {}


def foreign(language: str) -> list[re.Pattern[str]]:
    """What only the other language says, its places open."""
    if language not in FOREIGN:
        only = registry(other(language)) - registry(language)
        said = [text for text in only if len(fixed := PLACES.sub("", text).strip()) >= LONG and " " in fixed]
        parts = [[re.escape(part) for part in PLACES.split(text)] for text in said]
        FOREIGN[language] = [re.compile(r"(?<!\w)" + ".{0,200}?".join(part) + r"(?!\w)", re.S) for part in parts]
        alone = [text for text in only - set(said) if len(text) >= SHORT and (" " in text or text[0].isupper())]
        FOREIGN[language] += [re.compile(f"^{re.escape(text)}$") for text in alone]
    return FOREIGN[language]


def strays(said: list[str], language: str) -> list[str]:
    """What of it is in the other language: a text of its registries, or a sentence with more of its small words."""
    switch = {texts(language)("header.other_language")}  # The button to the other language is in that language.
    own, alien = ({*WORDS[lang].split()} for lang in (language, other(language)))
    found = []
    for text in dict.fromkeys(said):
        words = re.findall(r"[a-zà-ÿ]+", PLACES.sub("", text).lower())
        mixed = sum(word in alien for word in words) > sum(word in own for word in words)
        known = any(pattern.search(text) for pattern in foreign(language))
        if text not in switch and not STYLES_AND_NAMES.match(text) and (known or (mixed and len(words) > 2)):
            found.append(text)
    return found


ELSEWHERE = {
    "nl": re.compile(r"(?<![\w.,/])\d+\.(?:\d{1,2}|\d{4,})(?![\w.])"),
    "en": re.compile(r"(?<![\w.,/])\d+,(?:\d{1,2}|\d{4,})(?![\w,])"),
}
"""Numbers as the other language writes them; a number of an equation (2.1) is none."""


def misnumbered(said: list[str], language: str) -> list[str]:
    """Sentences with a number that is written as in the other language."""
    plain = (re.sub(r"(?:vergelijking|equation) \d\.\d", "", text) for text in dict.fromkeys(said))
    return [text for text in plain if " " in text and "{" not in text and ELSEWHERE[language].search(text)]


@solara.component
def At(component: Any, address: str) -> None:
    """A page at an address."""
    router_context.provide(Router(address, routes, lambda path: None))
    solara.Div(children=[component()])


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What pages do in the background is done at once, with few runs; a folder of results has one that is broken."""

    def now(work: Callable[[], None], dependencies: list[Any]) -> None:
        solara.use_effect(lambda: work() and None, dependencies)

    for name, module in list(sys.modules.items()):
        if name.startswith("kastje.dashboard.") and hasattr(module, "use_task"):
            monkeypatch.setattr(module, "use_task", now)
    monkeypatch.setattr(held, "RUNS", 2)
    (tmp_path / "broken.json").write_text('{"baseline": ')
    (tmp_path / "patterns.json").write_text(json.dumps({"cases": 1, "events": 2, "handovers_mean": 3.0}))
    monkeypatch.setenv("KASTJE_RESULTS", str(tmp_path))


def drawn(address: str, query: str) -> tuple[Any, Any]:
    component = next(one.component for one in routes if one.path == (address.strip("/") or "/"))
    return solara.render(At(component, f"{address}?{query}"), handle_error=False)


def view(box: Any, trait: str) -> Any:
    return next(widget for widget in widgets(box) if trait in widget.trait_names())


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", [page.address for page in PAGES.values()])
def test_a_page_is_in_one_language(address: str, language: str) -> None:
    query = f"lang={language}&profile=tilburg&s=60060000&n=2&p=alpha:0.2&staff=legal:120&pin=A~s~00000006&load=hot&x=1"
    box, context = drawn(address, query)
    try:
        said = read_of(box)
        if address == "/":
            for name in ("unknown", "assumptions"):
                view(box, "sheet").vue_open(name)
                said += read_of(box)
            view(box, "examples").vue_open({})
            view(box, "examples").vue_edit({"name": "alpha", "value": "9"})
            view(box, "examples").vue_load({"files": [{"name": "a.toml", "text": "scenario = 1\nmagic = 2"}]})
            said += read_of(box)
        if address == "/research":
            view(box, "kinds").vue_start({"kind": "range", "parameter": "early_share", "replications": "4"})
            said += read_of(box)
        if address == "/present":
            for act in ("goto", "forward", "forward", "forward"):
                view(box, "forward_word").vue_steer({"act": act, "value": 2})
                said += read_of(box)
            assert view(box, "forward_word").forward_word == "next"
    finally:
        context.close()
    assert len(said) > 100
    assert "\n".join(strays(said, language)) == ""
    assert "\n".join(misnumbered(said, language)) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_taken_along_is_in_one_language(language: str) -> None:
    choice = Choice(lang=language, steps=(6, 6, 6, 6, 6, 6, 6, 6), load=1.1, replications=2).with_parameter(
        "alpha", 0.2
    )
    comparison = compare(choice.scenario(), replications=2)
    answer = Answer(choice, "done", 2, 2, comparison)
    document = report(answer, choice, texts(language))
    pieces = re.split(r"<(?:style|pre)>.*?</(?:style|pre)>|<[^>]*>", document, flags=re.S)
    assert "\n".join(strays([unescape(piece).strip() for piece in pieces], language)) == ""
    separator = ";" if language == "nl" else ","
    table = csv_text(comparison, texts(language)) + csv_end(choice, comparison, texts(language))
    cells = [cell for row in csv.reader(io.StringIO(table), delimiter=separator) for cell in row]
    assert "\n".join(strays(cells, language)) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_in_one_language(language: str) -> None:
    for status in KEYS:
        shown = re.split(r"<style>.*?</style>|<[^>]*>", page(status, language).decode(), flags=re.S)
        assert strays(shown, language) == []


@pytest.mark.parametrize("profile", Scenario.profiles())
@pytest.mark.parametrize("language", LANGUAGES)
def test_profiles_say_their_reasons_in_one_language(profile: str, language: str) -> None:
    known = profile_world(profile).profile
    assert strays(list(both(known, language)), language) == []
    assert strays([text for process in known.processes for text in both(process, language)], language) == []


@pytest.mark.parametrize(("language", "written"), [("nl", "05-03-2026, 14:20"), ("en", "05/03/2026, 14:20")])
def test_a_result_has_its_date_as_the_language_writes_it(language: str, written: str) -> None:
    found = Found("a.json", "comparison", datetime(2026, 3, 5, 14, 20))
    assert listed(found, texts(language))["written"] == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_and_status_is_in_the_language(language: str) -> None:
    rows = rows_of(Choice(lang=language), texts(language))
    units = set(UNITS_NL.values()) if language == "nl" else set(UNITS_NL)
    assert {row["unit"] for row in rows} <= units | {""}
    assert {row["status"] for row in rows} == {texts(language)(f"footer.status_{name}") for name in STATUSES}
    assert all(row["source"] == PARAMETERS[row["name"]].source.in_language(language) for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_language_would_be_seen(language: str) -> None:
    """The sieve itself: it finds a text of each registry, and a sentence that stands in none."""
    there = texts(other(language))
    made_up = {
        "nl": "This sentence stands in no list and is not Dutch",
        "en": "Deze zin staat in geen lijst en is niet Engels",
    }
    planted = [
        there("outcomes.open_warning"),
        there("badge.first", done=2, total=20),
        PARAMETERS["act.fault_rate"].label.in_language(other(language)),
        PARAMETERS["staff.leave_days"].source.in_language(other(language)),
        profile_world("owo").profile.notes["policy"].in_language(other(language)),
        "a: " + BANDS["general"][2].source.in_language(other(language)),
        OUTCOMES["trust"].definition[other(language)],
        made_up[language],
    ]
    assert strays(planted, language) == planted
    wrong = {"nl": ["het duurt 3.5 dagen"], "en": ["it takes 3,5 days"]}
    assert misnumbered([*wrong["nl"], *wrong["en"], "1.234 of 1,234"], language) == wrong[language]
    assert strays([there("figure.better") + replace(Choice(), lang=language).lang], language) == []
