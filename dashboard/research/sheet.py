"""A table on the research page: its columns and rows in words, and the same as a CSV."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import solara

from kastje.dashboard.figures.figures import figures, range_text, value_text
from kastje.dashboard.figures.spreadsheet import csv_lines
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.studies.small import Row

Cell = dict[str, str]


@view("sheet.vue")
def Sheet(
    *,
    caption: str = "",
    head: list[dict[str, str]],
    rows: list[dict[str, Any]],
    name: str = "",
    download_label: str = "",
    file: Mapping[str, Any] | None = None,
    event_download: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part: one table with, if it has a label for it, a button that downloads its `file`."""


def note(text: str) -> None:
    """A paragraph of plain text in the smaller type of notes."""
    solara.HTML(tag="p", classes=["r-note"], unsafe_innerHTML=escape(text))


def problem(text: str) -> None:
    """What went wrong, in words."""
    solara.HTML(tag="p", classes=["k-problem"], unsafe_innerHTML=escape(text))


def head(*names: str, text: Iterable[int] = ()) -> list[dict[str, str]]:
    """The columns by name; those in `text` (from 0) hold words and stand to the left."""
    left = {0, *text}
    return [{"text": name, "kind": "text" if place in left else "number"} for place, name in enumerate(names)]


def cell(text: str, *, sub: str = "", tone: str = "", kind: str = "number") -> Cell:
    """One cell: its text, a smaller line under it, and its tone for the style sheet."""
    return {"text": text, "sub": sub, "tone": tone, "kind": kind}


def row(name: str, cells: Sequence[Cell], sub: str = "") -> dict[str, Any]:
    """One row with its heading."""
    return {"head": name, "sub": sub, "cells": list(cells)}


def compared(labels: Mapping[str, tuple[str, str]], comparison: Comparison, texts: Texts) -> list[dict[str, Any]]:
    """Rows of outcomes (name: heading and the line under it): today, choice, difference, interval, verdict."""
    return [
        row(labels[one.name][0], judged(one.name, comparison, texts), labels[one.name][1])
        for one in figures(comparison, texts, tuple(labels))
    ]


def judged(name: str, comparison: Comparison, texts: Texts) -> list[Cell]:
    """One outcome as cells, in the words of the policy page."""
    (one,) = figures(comparison, texts, (name,))
    difference = comparison.difference[name]
    today = value_text(name, comparison.baseline[name], texts)
    change = one.change or (one.verdict and value_text(name, difference.mean, texts, sign=True)) or one.value
    sure = "; ".join(filter(None, (one.certainty, one.pairs)))
    verdict = cell(one.verdict, sub=sure, tone=one.tone, kind="text")
    return [cell(today), cell(one.value), cell(change), cell(range_text(name, difference, texts)), verdict]


def comparison_of(one: Row) -> Comparison:
    """An arm as a comparison without its pairs, for what writes a comparison in words."""
    figures_ = one.figures
    return Comparison(
        (),
        {name: figure.baseline.mean for name, figure in figures_.items()},
        {name: figure.scenario.mean for name, figure in figures_.items()},
        {name: figure.difference for name, figure in figures_.items()},
    )


def csv_of(group: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], texts: Texts) -> str:
    """Rows as CSV under the headings of a `group` of the catalogues."""
    head = [texts(f"{group}.{name}") for name in columns]
    return csv_lines([head, *([one[name] for name in columns] for one in rows)], texts)
