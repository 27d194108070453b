"""How many there are of something that a register holds is said by the register, in no sentence of a program."""

import re
from pathlib import Path

import pytest

from kastje.commands.app import COMMANDS, app
from kastje.dashboard.pages import PAGES
from kastje.dashboard.present.story import STORY
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.lesson_parts import EIGHT

WORDS = {
    language: "|".join(["\\d+", *(re.escape(word) for word in texts(language).group("count").values())])
    for language in LANGUAGES
}
NOUNS = {
    "nl": r"lessen|schuiven|pagina's|profielen|gemeenten|kanalen|uitkomsten|handelingen|opdrachten",
    "en": r"lessons|sliders|pages|profiles|municipalities|channels|outcomes|acts|commands",
}
"""What is in a register, in both languages."""
OF_THE_PUBLICATION = {"about.all_eight", "about.half_way", "unknown.lessons"}
"""Sentences about the lessons of the publication, of which there are eight for good."""
OF_THE_LOGS = {"held.traces_text"}
"""Of three municipalities the event logs are public."""


def counted(text: str, language: str) -> list[str]:
    """Where a text says how many there are of something that is in a register."""
    found = re.finditer(rf"\b({WORDS[language]})\s+(?:\w+\s+)?({NOUNS[language]})\b", text, re.I)
    return [match[0] for match in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_screens_counts_a_register(language: str) -> None:
    words = texts(language)
    found = {key: said for key in sorted(words.keys()) if (said := counted(words(key), language))}
    assert set(found) <= OF_THE_PUBLICATION | OF_THE_LOGS, found
    assert all("publicatie" in words(key) or "publication" in words(key) for key in OF_THE_PUBLICATION)


def test_a_sentence_that_counts_is_seen() -> None:
    assert counted("Kies een van de vijf pagina's.", "nl") == ["vijf pagina's"]
    assert counted("What eight other lessons do, on 6 channels.", "en") == ["eight other lessons", "6 channels"]
    assert counted("A slider for each lesson.", "en") == []


def test_no_help_counts_a_register() -> None:
    said = [app.info.help or "", *(command.__doc__ or "" for command in COMMANDS)]
    assert [found for text in said for found in counted(text, "en")] == []
    assert [found for page in PAGES.values() for found in counted(page.about, "en")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_story_says_eight_it_is_the_eight_of_the_publication(language: str) -> None:
    for step in STORY:
        said = [step.title, step.question, step.hint, *step.points.values()]
        if any(counted(text[language], language) for text in said):
            assert set(step.lessons) == set(EIGHT), step.id


def test_no_document_of_a_command_counts_otherwise(root: Path) -> None:
    text = (root / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert counted(text, "en") == []
