"""One click away: what the model does not know, its assumptions, how to get the same numbers, the figures as a file."""

import base64
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import solara

from kastje.dashboard.figures.figures import csv_text
from kastje.dashboard.figures.spreadsheet import csv_file
from kastje.dashboard.report.document import report
from kastje.dashboard.report.reproduce import csv_end, made_how, own_words, snippet
from kastje.dashboard.report.sections import UNKNOWN
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.safely import safely
from kastje.experiments.difference.table import parquet_bytes, table_of
from kastje.model import PARAMETERS
from kastje.model.profile import Profile
from kastje.version import version


@view("footer.vue")
def FooterView(
    *,
    texts: dict[str, str],
    files: list[dict[str, str]],
    synthetic: str = "",
    sheet: dict[str, Any],
    file: dict[str, Any],
    ready: bool = False,
    event_open: Callable[[str], None] = lambda name: None,
    event_closed: Callable[[Any], None] = lambda data: None,
    event_download: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part: a row of buttons and one dialogue."""


@solara.component
def Footer(session: Session) -> None:
    """The foot of the page; a sheet is made when somebody opens it."""
    opened, set_opened = solara.use_state("")
    nothing: dict[str, Any] = {}
    file, set_file = solara.use_state(nothing)
    choice, texts = session.choice, session.texts
    make = SHEETS.get(opened)
    failed = {"title": texts(f"footer.{opened}"), "text": texts("error.computing")} if make else {}
    ready = session.answer.value.comparison is not None

    def download(event: object) -> None:
        """Make the file that was asked for: {kind, address}; only what is about the choice on the screen."""
        answer, words = session.answer.peek(), session.texts
        if answer.comparison is not None:
            asked = event if isinstance(event, Mapping) else {}
            made = safely(lambda: file_of(answer, session.history.peek().present, words, asked), nothing)
            failure = {"problem": words("error.computing")}
            set_file((made or failure) | {"number": file.get("number", 0) + 1})

    FooterView(
        texts=texts.group("footer"),
        files=[
            {"kind": "report", "test": "report", "label": texts("files.report")},
            {"kind": "csv", "test": "download", "label": texts("footer.download")},
            {"kind": "parquet", "test": "parquet", "label": texts("files.parquet")},
        ],
        synthetic=texts("page.synthetic"),
        sheet=safely(lambda: make(choice, texts), failed) if make else {},
        file=file,
        ready=ready,
        event_open=set_opened,
        event_closed=lambda _: set_opened(""),
        event_download=download,
    )


def file_of(answer: Answer, present: Choice, texts: Texts, asked: Mapping[str, object]) -> dict[str, Any]:
    """A file to keep, of the comparison that is on the screen: `report`, `parquet`, or else the CSV."""
    comparison = answer.comparison
    assert comparison is not None, "asked for once there is one"
    # While another choice is being computed the screen still shows this one: its files say what they are of.
    choice = replace(answer.choice, lang=texts.language, show=present.show)
    kind = asked.get("kind")
    if kind == "report":
        text = report(answer, choice, texts, str(asked.get("address", "")))
        return {"name": texts("files.report_name"), "text": text, "type": "text/html;charset=utf-8"}
    if kind == "parquet":
        data = parquet_bytes(table_of(comparison), made_how(choice, comparison))
        kind, text = "application/vnd.apache.parquet", base64.b64encode(data).decode()
        return {"name": texts("files.parquet_name"), "data": text, "type": kind}
    return csv_file(texts("csv.filename"), csv_text(comparison, texts) + csv_end(choice, comparison, texts))


def unknown_sheet(choice: Choice, texts: Texts) -> dict[str, Any]:
    """What this model does not know, and which part of the municipality a profile is."""
    return {
        "title": texts("footer.unknown"),
        "points": [texts(f"unknown.{name}") for name in UNKNOWN],
        "after": {
            "title": texts("footer.slice"),
            "text": choice.world().profile.slice.in_language(texts.language),
        },
    }


def assumptions_sheet(choice: Choice, texts: Texts) -> dict[str, Any]:
    """The sources of the profile, and every parameter with its value in this scenario, bounds, status and source."""
    values = choice.scenario().values()
    status = Counter(parameter.status for parameter in PARAMETERS.values())
    rows = [
        {
            "label": parameter.label.in_language(texts.language),
            "name": name,
            "value": texts.plain(values[parameter.short]),
            "unit": parameter.unit_in(texts.language),
            "range": f"{texts.plain(parameter.low)} – {texts.plain(parameter.high)}",
            "status": texts(f"footer.status_{parameter.status}"),
            "source": parameter.source.in_language(texts.language),
        }
        for name, parameter in PARAMETERS.items()
    ]
    text = texts("footer.assumptions_text", assumed=status["assumed"], total=len(PARAMETERS))
    sources = {"title": texts("footer.sources"), "points": sources_of(choice.world().profile, texts.language)}
    return {"title": texts("footer.assumptions"), "text": text, "sources": sources, "rows": rows}


def sources_of(profile: Profile, language: str) -> list[str]:
    """Where a profile's own figures come from, and those of its processes."""
    known = [*profile.notes.values(), *(process.source for process in profile.processes)]
    said = [text.in_language(language) for text in known if text]
    return [text for text in dict.fromkeys(said) if text]


def reproduce_sheet(choice: Choice, texts: Texts) -> dict[str, Any]:
    """The lines of Python that give the numbers on the screen."""
    text = texts("footer.reproduce_text", replications=choice.replications, seed=choice.seed, version=version())
    text = " ".join([text, *own_words(choice, texts)])
    return {"title": texts("footer.reproduce"), "text": text, "code": snippet(choice)}


SHEETS = {"unknown": unknown_sheet, "assumptions": assumptions_sheet, "reproduce": reproduce_sheet}
