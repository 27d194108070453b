"""The two catalogues say the same things, the screens use all of it, and numbers follow each language."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kastje.dashboard
from kastje.dashboard.research.settings import number_of
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.model import LESSON_TABLE, OUTCOMES
from kastje.model.groups import KINDS, SKILL, VULNERABILITY

FOLDER = Path(kastje.dashboard.__file__).parent
PLACES = re.compile(r"\{(\w+)\}")
FAMILIES = {"count", "step", "load", "preset", "url", "unknown", "server", "csv", "design_csv", "group"}
FAMILIES |= {f"case_{name}" for name in ("measure", "need", "part", "less", "more", "event", "behind")}
FAMILIES |= {
    f"case_{name}" for name in ("diff", "act", "total", "unit", "pick", "group", "state", "tone")
}  # tests/dashboard/test_case.py
"""Groups whose names are put together while the program runs; each has its own test below."""


@cache
def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.py")))


@cache
def said_by(view: Path) -> set[str]:
    """The sentences of its group that a .vue file says, itself or through what all of them share."""
    markup = view.read_text(encoding="utf-8")
    figures = {"not_available"} if re.search(r"\b(figure|measure)\(", markup) else set()
    return set(re.findall(r"\btexts\.([a-z_0-9]+)", markup)) | figures


def used(key: str) -> bool:
    """Whether a screen says this sentence: by its full key in Python or by its name in the .vue file of its group."""
    group, name = key.split(".")
    return (
        f'"{key}"' in sources()
        or f"'{key}'" in sources()
        or any(name in said_by(view) for view in FOLDER.rglob(f"{group}.vue"))
    )


def test_both_languages_have_the_same_sentences() -> None:
    assert texts("nl").keys() == texts("en").keys()


@pytest.mark.parametrize("key", sorted(texts("nl").keys()))
def test_a_sentence_has_the_same_places_in_both_languages(key: str) -> None:
    places = [set(PLACES.findall(texts(language)(key))) for language in LANGUAGES]
    assert places[0] == places[1]
    assert all(texts(language)(key).strip() for language in LANGUAGES)


def test_no_sentence_is_unused() -> None:
    unused = [key for key in sorted(texts("nl").keys()) if key.split(".")[0] not in FAMILIES and not used(key)]
    assert unused == []


def test_every_group_of_residents_has_a_name() -> None:
    names = {*KINDS, *VULNERABILITY, *SKILL}
    assert set(texts("nl").group("group")) == names


def test_no_sentence_is_missing() -> None:
    asked = set(re.findall(r"""(?:texts|phrase)\(\s*"([a-z_]+\.[a-z_0-9]+)["]""", sources()))
    for view in FOLDER.rglob("*.vue"):
        asked |= {f"{view.stem}.{name}" for name in said_by(view)}
    # The head gets the name of its list of pages beside its own group.
    assert asked - {"header.nav"} <= texts("nl").keys()


def test_the_families_are_whole() -> None:
    from kastje.dashboard.figures import figures
    from kastje.dashboard.policy import footer
    from kastje.dashboard.server import document
    from kastje.dashboard.visit import circumstances, link, state

    words = texts("nl")
    assert set(words.group("step")) == {str(step) for step in range(state.STEPS + 1)}
    assert set(words.group("load")) == {word for _, word in circumstances.LOAD_WORDS}
    assert set(words.group("preset")) == set(state.PRESETS)
    assert set(words.group("url")) == {*link._READERS, "unknown"}
    assert set(words.group("unknown")) == set(footer.UNKNOWN)
    assert set(words.group("csv")) == {*figures.CSV_COLUMNS, "filename"}
    assert {f"server.{name}" for name in words.group("server")} == set(document._ENGLISH.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_the_message_of_a_lesson_too(language: str) -> None:
    said = [text for group in texts(language).catalogue.values() for text in group.values()]
    said += [
        text.in_language(language) for one in LESSON_TABLE.values() for text in (one.happens, one.cost, one.evidence)
    ]
    said += [text[language] for one in OUTCOMES.values() for text in (one.definition, one.matters_because)]
    sentences = [sentence for text in said for sentence in re.split(r"(?<=[.!?:;])\s", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 30] == []
    assert [one.id for one in LESSON_TABLE.values() if len(one.message.in_language(language).split()) > 20] == []


def test_views_hold_no_words_of_their_own() -> None:
    """Between the tags of a template there are only places that Python fills, signs, and the product's name."""
    for view in FOLDER.rglob("*.vue"):
        template = view.read_text(encoding="utf-8").split("<script>")[0]
        between = re.sub(r"<[^>]*>", " ", re.sub(r'"[^"]*"', '""', re.sub(r"\{\{.*?\}\}", " ", template, flags=re.S)))
        assert set(re.findall(r"[A-Za-z]{2,}", between)) <= {"Kastje"}, view.name


@pytest.mark.parametrize(
    ("language", "value", "decimals", "sign", "expected"),
    [
        ("nl", 1234.56, 1, False, "1.234,6"),
        ("en", 1234.56, 1, False, "1,234.6"),
        ("nl", 3.2, 1, True, "+3,2"),
        ("en", -3.2, 1, True, "\N{MINUS SIGN}3.2"),
        ("nl", -0.04, 1, True, "0,0"),
        ("en", 0.0, 0, True, "0"),
        ("nl", float("nan"), 1, False, "niet beschikbaar"),
        ("en", float("inf"), 1, False, "not available"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    language: str, value: float, decimals: int, sign: bool, expected: str
) -> None:
    assert texts(language).number(value, decimals, sign=sign) == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("nl", 1234.5, "1234,5"),
        ("en", -0.25, "-0.25"),
        ("nl", 3.0, "3"),
        ("en", 1_234_567.0, "1234570"),
        ("nl", -8.29965e-07, "-0,000000829965"),
        ("nl", float("nan"), ""),
    ],
)
def test_numbers_for_forms_and_spreadsheets_have_no_marks_between_thousands(
    language: str, value: float, expected: str
) -> None:
    assert texts(language).typed(value) == expected


@given(st.floats(-1e9, 1e9), st.sampled_from(LANGUAGES))
def test_a_number_that_is_typed_again_is_the_same_number(value: float, language: str) -> None:
    assert number_of(texts(language).typed(value, 10), texts(language)) == pytest.approx(value, rel=1e-9, abs=1e-14)


def test_shares_are_written_in_per_cent() -> None:
    assert [texts(language).percent(0.625) for language in LANGUAGES] == ["62%", "62%"]
    assert texts("nl").percent(12.5) == "1.250%"
    assert texts("nl").percent(float("nan")) == "niet beschikbaar"


def test_numbers_for_readers_are_written_in_one_place() -> None:
    by_hand = re.compile(r"""replace\(["']\.["'], ["'],["']\)|\{[^{}]*:[+]?,[.0-9]*[a-z]?\}|:\.\d+%\}|strftime""")
    found = {
        str(path.relative_to(FOLDER)): by_hand.findall(path.read_text(encoding="utf-8"))
        for path in FOLDER.rglob("*.py")
    }
    assert {name: hits for name, hits in found.items() if hits} == {}
