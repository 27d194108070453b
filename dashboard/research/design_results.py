"""What came out of a design: its chart, its table, and a CSV with every outcome."""

import math
from collections.abc import Sequence
from typing import Any

import solara

from kastje.dashboard.figures import saying
from kastje.dashboard.figures.figures import label_of, unit_of
from kastje.dashboard.figures.spreadsheet import csv_file
from kastje.dashboard.research import sheet
from kastje.dashboard.research.dots import Dots, series
from kastje.dashboard.research.job import ALONE, RANGE, Job
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.circumstances import load_text
from kastje.dashboard.visit.described import edits, name_of
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.safely import safely
from kastje.experiments.difference.verdict import verdict
from kastje.experiments.runs.origin import short
from kastje.experiments.studies.small import ALL, NOT_BACK, WEEKS, WORST, Row, as_rows
from kastje.model import LESSON_TABLE, OUTCOMES, PARAMETERS


@view("outcome.vue")
def OutcomeView(
    *,
    texts: dict[str, str],
    title: str = "",
    about: str = "",
    note: str = "",
    outcomes: list[dict[str, str]],
    shown: str = "",
    event_show: Any = lambda name: None,
) -> None:
    """The browser's part: what the results are of, and which outcome to show."""


@solara.component
def DesignResults(session: Session, job: Job, rows: Sequence[Row]) -> None:
    """The results of a finished design, in the present language and for the outcome that is chosen now."""
    nothing: dict[str, Any] = {}
    file, set_file = solara.use_state(nothing)
    texts, shown = session.texts, session.choice.show
    made = safely(lambda: _made(job, rows, shown, texts), nothing)
    if not made:
        sheet.problem(texts("research.failed"))
        return

    def download(_: object) -> None:
        words = session.texts
        made = csv_file(words("designs.file"), safely(lambda: csv_text(job, rows, words), ""))
        set_file(made | {"number": file.get("number", 0) + 1})

    by_outcome = job.kind in (ALONE, RANGE)
    with solara.Div():
        OutcomeView(
            texts=texts.group("outcome"),
            title=made["title"],
            about=made["about"],
            note=made["note"],
            outcomes=[{"name": name, "label": label_of(name, texts)} for name in OUTCOMES] if by_outcome else [],
            shown=shown,
            event_show=session.show,
        )
        Dots(**made["dots"], lang=texts.language)

        label = texts("designs.download")
        sheet.Sheet(**made["table"], name="design", download_label=label, file=file, event_download=download)


def _made(job: Job, rows: Sequence[Row], shown: str, texts: Texts) -> dict[str, Any]:
    words = {"about": about(job.choice, texts) + " " + texts("research.pairs", replications=job.replications)}
    if job.kind == ALONE:
        return words | _alone(rows, shown, texts)
    return words | (_range(job, rows, shown, texts) if job.kind == RANGE else _surge(job, rows[0], texts))


def _alone(rows: Sequence[Row], shown: str, texts: Texts) -> dict[str, Any]:
    outcome, label = OUTCOMES[shown], label_of(shown, texts)
    names = [lesson_name(row.name, texts) for row in rows]
    differences = [row.figures[shown].difference for row in rows]
    title = texts("designs.difference_of", label=label)
    return {
        "title": texts("designs.alone"),
        "note": texts("designs.alone_note"),
        "dots": {
            "title": title,
            "unit": texts("figure.points") if outcome.scale == 100 else unit_of(shown, texts),
            "decimals": outcome.decimals + 1,
            "labels": names,
            "series": [series(title, "choice", differences, outcome.scale)],
            "zero": True,
            "alt": texts("designs.alt", title=title),
        },
        "table": {
            "caption": f"{label} ({unit_of(shown, texts)})",
            "head": _head(texts("designs.arm"), texts("designs.with_lesson"), texts),
            "rows": [
                sheet.row(name, sheet.judged(shown, sheet.comparison_of(row), texts))
                for name, row in zip(names, rows, strict=True)
            ],
        },
    }


def _range(job: Job, rows: Sequence[Row], shown: str, texts: Texts) -> dict[str, Any]:
    outcome, label = OUTCOMES[shown], label_of(shown, texts)
    parameter = PARAMETERS[job.parameter]
    title = parameter.label.in_language(texts.language)
    names = [texts.plain(row.value) for row in rows]
    found = [row.figures[shown] for row in rows]
    both = [series(texts("chart.today"), "today", [one.baseline for one in found], outcome.scale)]
    if any(job.choice.steps):
        both.append(series(texts("chart.choice"), "choice", [one.scenario for one in found], outcome.scale))
    return {
        "title": title,
        "note": texts("designs.range_note") if len(both) > 1 else texts("designs.range_today"),
        "dots": {
            "title": label,
            "unit": unit_of(shown, texts),
            "decimals": outcome.decimals + 1,
            "labels": names,
            "series": both,
            "zero": False,
            "alt": texts("designs.alt", title=f"{label}: {title}"),
        },
        "table": {
            "caption": f"{label} ({unit_of(shown, texts)})",
            "head": _head(parameter.titled(texts.language), texts("chart.choice"), texts),
            "rows": [
                sheet.row(name, sheet.judged(shown, sheet.comparison_of(row), texts))
                for name, row in zip(names, rows, strict=True)
            ],
        },
    }


def _surge(job: Job, row: Row, texts: Texts) -> dict[str, Any]:
    title = texts("designs.surge_title", times=texts.plain(1 + job.extra), weeks=job.weeks)
    weeks = row.figures[WEEKS]
    chosen = any(job.choice.steps)
    labels = {
        WEEKS: (texts("designs.weeks_back"), 1.0, 1),
        NOT_BACK: (texts("designs.not_back"), 100.0, 0),
        WORST: (texts("designs.worst"), 1.0, 2),
    }
    both = [series(texts("chart.today"), "today", [weeks.baseline], 1.0)]
    both += [series(texts("chart.choice"), "choice", [weeks.scenario], 1.0)] if chosen else []
    table = []
    for name, (label, scale, decimals) in labels.items():
        one = row.figures[name]

        def text(value: float, sign: bool = False, scale: float = scale, decimals: int = decimals) -> str:
            if math.isinf(value):
                return texts("designs.open" if sign else "designs.beyond")
            return texts.number(value * scale, decimals, sign=sign)

        def within(part: Any, sign: bool = False, text: Any = text) -> str:
            ends = {"low": text(part.low, sign), "high": text(part.high, sign)}
            return texts("figure.range", **ends) if part.low < part.high else ""

        cells = [sheet.cell(text(part.mean), sub=within(part)) for part in (one.baseline, one.scenario)]
        said = ", ".join(filter(None, (within(one.difference, True), saying.word(one.difference, texts))))
        # Where the pairs do not tell the median itself, its interval may still say which way it lies.
        by = math.inf if one.difference.n and math.isnan(one.difference.mean) else one.difference.mean
        change = sheet.cell(text(by, True), sub=said, tone=str(verdict(one.difference).word))
        table.append(sheet.row(label, [*cells, change] if chosen else cells[:1]))
    columns = [texts("designs.figure"), texts("chart.today")]
    columns += [texts("chart.choice"), texts("designs.difference")] if chosen else []
    return {
        "title": title,
        "note": texts("designs.surge_note"),
        "dots": {
            "title": labels[WEEKS][0],
            "unit": "",
            "decimals": 1,
            "labels": [texts("designs.weeks_short")],
            "series": both,
            "zero": False,
            "alt": texts("designs.alt", title=labels[WEEKS][0]),
        },
        "table": {"caption": texts("designs.surge_caption"), "head": sheet.head(*columns), "rows": table},
    }


def _head(first: str, choice: str, texts: Texts) -> list[dict[str, str]]:
    columns = (first, texts("chart.today"), choice, texts("designs.difference"), texts("designs.interval"))
    return sheet.head(*columns, texts("designs.verdict"), text=(5,))


def lesson_name(name: str, texts: Texts) -> str:
    """A lesson by its number and label, or all together."""
    if name == ALL:
        return texts("designs.all")
    return f"{LESSON_TABLE[name].number}. {LESSON_TABLE[name].label.in_language(texts.language)}"


def csv_text(job: Job, rows: Sequence[Row], texts: Texts) -> str:
    """Every arm and figure of a design, each with how the design was made: one table that needs no explanation."""
    made = {
        "design": job.kind,
        "parameter": job.parameter,
        "replications": job.replications,
        "link": job.choice.query(),
        **short(),
    }
    flat = [one | made for one in as_rows(rows)]
    return sheet.csv_of("design_csv", list(flat[0]) if flat else list(made), flat, texts)


def about(choice: Choice, texts: Texts) -> str:
    """The choice that a design is about, in one line."""
    chosen = [f"{number}: {step}" for number, step in enumerate(choice.steps, start=1) if step]
    lessons = texts("research.steps", steps=", ".join(chosen)) if chosen else texts("research.no_lessons")
    return texts(
        "research.about",
        profile=", ".join([name_of(choice, texts), *edits(choice, texts)]),
        load=load_text(choice.load, texts),
        lessons=lessons,
        seed=choice.seed,
    )
