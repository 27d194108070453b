"""The report: one HTML file of the present choice that needs nothing else and prints well on A4."""

import json
from datetime import date
from html import escape
from pathlib import Path

from babel.dates import format_date

from kastje.dashboard.report import sections
from kastje.dashboard.report.reproduce import as_result
from kastje.dashboard.texts import LOCALES, Texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.runs.origin import model_hash
from kastje.version import version

RESULT = "kastje-result"
"""The name of the head's entry with the figures as data."""

STYLE = Path(__file__).with_name("report.css")
TOKENS = Path(__file__).parent.parent / "tokens.css"


def report(answer: Answer, choice: Choice, texts: Texts, address: str = "", today: date | None = None) -> str:
    """The whole document; `address` is where this page lives, without a query, so that the report holds its link.

    Raises ValueError when there is no comparison yet.
    """
    if answer.comparison is None:
        raise ValueError("a report needs a comparison")
    comparison = answer.comparison
    profile = choice.world().profile
    title = profile.title.in_language(texts.language)
    made = format_date(today or date.today(), "long", LOCALES[texts.language])
    body = "".join(
        (
            sections.warnings(answer, comparison, texts),
            sections.chosen(choice, texts),
            sections.outcomes(comparison, texts),
            sections.over_time(answer, choice.show, texts),
            sections.hours(comparison, choice, texts),
            sections.unknown(profile.slice.in_language(texts.language), texts),
            sections.assumptions(choice, texts),
            sections.again(choice, comparison, link_of(choice, address), texts),
        )
    )
    lines = texts("report.made", date=made, replications=texts.number(comparison.replications))
    return (
        f'<!doctype html>\n<html lang="{texts.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{_origin(choice, comparison)}"
        f"<title>Kastje: {escape(title)}</title><style>{tokens()}{STYLE.read_text(encoding='utf-8')}</style></head>"
        f'<body><header><p class="brand">Kastje</p><h1>{escape(title)}</h1>'
        f'<p class="made">{escape(lines)}</p><p class="synthetic">{escape(texts("page.synthetic"))}</p></header>'
        f"<main>{body}</main></body></html>\n"
    )


def _origin(choice: Choice, comparison: Comparison) -> str:
    """Which version and model made it, and its figures for `kastje reproduce`, as entries of the head."""
    result = as_result(choice, comparison)
    said = {"generator": f"Kastje {version()}", "kastje-model": model_hash(), RESULT: json.dumps(result)}
    return "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in said.items())


def link_of(choice: Choice, address: str) -> str:
    """The link to this choice; only its query when the address is none of a web page."""
    start = address if address.startswith(("http://", "https://")) else ""
    return f"{start.split('?')[0].split('#')[0]}?{choice.query()}"


def tokens() -> str:
    """The light colours and the type of the dashboard, so that a report looks like it."""
    style = TOKENS.read_text(encoding="utf-8")
    start = style.index(":root {")
    return style[start : style.index("}", start) + 1] + "\n"
