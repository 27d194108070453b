"""The two catalogues say the same things, the screens use all of it, and numbers follow each language."""

import re
from pathlib import Path

import pytest

import kastje.dashboard
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.model import LESSON_TABLE, OUTCOMES
from kastje.model.channels import CHANNELS
from kastje.model.groups import KINDS, SKILL, VULNERABILITY

FOLDER = Path(kastje.dashboard.__file__).parent
PLACES = re.compile(r"\{(\w+)\}")
FAMILIES = {"nav", "step", "load", "preset", "url", "unknown", "server", "csv", "design_csv", "group"}
FAMILIES |= {f"case_{name}" for name in ("measure", "need", "channel", "part", "less", "more", "event", "behind")}
FAMILIES |= {
    f"case_{name}" for name in ("diff", "act", "total", "unit", "pick", "group", "state", "tone")
}  # tests/dashboard/test_case.py
"""Groups whose names are put together while the program runs; each has its own test below."""


def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.py")))


def used(key: str) -> bool:
    """Whether a screen says this sentence: by its full key in Python or by its name in the .vue file of its group."""
    group, name = key.split(".")
    markup = "".join(view.read_text(encoding="utf-8") for view in FOLDER.rglob(f"{group}.vue"))
    return f'"{key}"' in sources() or f"'{key}'" in sources() or re.search(rf"\btexts\.{name}\b", markup) is not None


def test_both_languages_have_the_same_sentences() -> None:
    assert texts("nl").keys() == texts("en").keys()


@pytest.mark.parametrize("key", sorted(texts("nl").keys()))
def test_a_sentence_has_the_same_places_in_both_languages(key: str) -> None:
    places = [set(PLACES.findall(texts(language)(key))) for language in LANGUAGES]
    assert places[0] == places[1]
    assert all(texts(language)(key).strip() for language in LANGUAGES)


def test_no_sentence_is_unused() -> None:
    composed = re.compile(
        r"^figure\.sure_\d$|^notes\.(status_\w+|unknown|assumptions|reproduce)$|^(why|present)\.act_\w+$"
    )
    unused = [
        key
        for key in sorted(texts("nl").keys())
        if key.split(".")[0] not in FAMILIES and not composed.match(key) and not used(key)
    ]
    assert unused == []


def test_every_group_of_residents_has_a_name() -> None:
    names = {*KINDS, *VULNERABILITY, *SKILL, *CHANNELS}
    assert set(texts("nl").group("group")) == names


def test_no_sentence_is_missing() -> None:
    asked = set(re.findall(r"""(?:texts|phrase)\(\s*"([a-z_]+\.[a-z_0-9]+)["]""", sources()))
    for view in FOLDER.rglob("*.vue"):
        own = set(re.findall(r"\btexts\.([a-z_0-9]+)", view.read_text(encoding="utf-8")))
        asked |= {f"{view.stem}.{name}" for name in own}
    # The head gets the name of its list of pages beside its own group.
    assert asked - {"header.nav"} <= texts("nl").keys()


def test_the_families_are_whole() -> None:
    from kastje.dashboard import pages
    from kastje.dashboard.figures import figures
    from kastje.dashboard.policy import footer
    from kastje.dashboard.server import document
    from kastje.dashboard.visit import circumstances, link, state

    words = texts("nl")
    assert set(words.group("nav")) == {*pages.PAGES, "nav"}
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
