"""The parts of a report, each a piece of HTML; every number is written as on the screen, by the same code."""

import math
from collections.abc import Iterable, Sequence
from html import escape

from kastje.dashboard.figures.figures import (
    TILES,
    Figure,
    figures,
    flattered,
    label_of,
    range_text,
    unit_of,
    value_text,
)
from kastje.dashboard.figures.monthly import lines_of
from kastje.dashboard.own.own import Own
from kastje.dashboard.report.drawing import chart
from kastje.dashboard.report.reproduce import own_words, snippet
from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.circumstances import load_text, people_words
from kastje.dashboard.visit.state import STEPS, Choice
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.table import changed
from kastje.experiments.runs.origin import model_hash
from kastje.model import LESSON_TABLE, LESSONS, OUTCOMES, PARAMETERS
from kastje.version import version

UNKNOWN = ("synthetic", "mechanism", "lessons", "assumed", "money", "people", "politics", "horizon")
"""What the model does not know, by the names of its sentences."""


def section(title: str, *parts: str, whole: bool = False) -> str:
    """A part with its heading; `whole` keeps it on one printed page."""
    kind = ' class="whole"' if whole else ""
    return f"<section{kind}><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def paragraph(text: str, kind: str = "") -> str:
    """One paragraph of plain text."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def table(head: Sequence[str], rows: Iterable[str], text_columns: Iterable[int] = ()) -> str:
    """A table with a head; the rows are HTML already."""
    left = set(text_columns)
    cells = "".join(
        f'<th scope="col"{" class=text" if place in left else ""}>{escape(name)}</th>'
        for place, name in enumerate(head)
    )
    return f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def row(name: str, *cells: str, kind: str = "", text_columns: Iterable[int] = ()) -> str:
    """A row with its heading; `cells` are plain text, `name` is HTML already."""
    left = set(text_columns)
    made = "".join(
        f'<td class="{"text" if place in left else "number"}">{escape(cell)}</td>'
        for place, cell in enumerate(cells, 1)
    )
    return f'<tr{f" class={kind}" if kind else ""}><th scope="row">{name}</th>{made}</tr>'


def warnings(answer: Answer, comparison: Comparison, texts: Texts) -> str:
    """What a reader must know before the figures: a first estimate, and more open cases than today."""
    found = []
    if answer.phase != "done":
        found.append(texts("report.unfinished", done=comparison.replications, total=answer.total))
    if flattered(comparison):
        found.append(texts("outcomes.open_warning"))
    return "".join(paragraph(one, "warning") for one in found)


def chosen(choice: Choice, texts: Texts) -> str:
    """Which lessons, how far, from when; and under which circumstances."""
    steps = [(name, step) for name, step in zip(LESSONS, choice.steps, strict=True) if step]
    lang = texts.language
    rows = [
        row(
            f"{LESSON_TABLE[name].number}. {escape(LESSON_TABLE[name].label.in_language(lang))}",
            texts("report.step", word=texts(f"step.{step}"), step=step, of=STEPS),
            LESSON_TABLE[name].message.in_language(lang),
            text_columns=(1, 2),
        )
        for name, step in steps
    ]
    head = (texts("report.lesson"), texts("report.how_far"), texts("report.message"))
    start = texts("lessons.start_days", days=choice.start) if choice.start else texts("lessons.start_now")
    ramp = texts("lessons.ramp_days", days=choice.ramp) if choice.ramp else texts("lessons.ramp_now")
    lessons = table(head, rows, (1, 2)) if rows else paragraph(texts("report.no_lessons"))
    when = paragraph(texts("report.when", start=start, ramp=ramp)) if rows else ""
    changes = choice.scenario().parameters
    load = changes.get("work.load", 1.0)
    lines = [f"{texts('lessons.load')}: {load_text(load, texts)}"]
    for name, value in changes.items():
        if name != "work.load":
            one = PARAMETERS[name]
            lines.append(f"{one.label.in_language(lang)}: {texts.plain(value)} {one.unit_in(lang)}")
    sizes = dict(choice.staff_here())
    for department in choice.world().profile.departments:
        if size := sizes.get(department.id):
            people = people_words(department, size, texts)
            lines.append(f"{department.title.in_language(lang)}: {texts.plain(size)}%, {people}")
    context = f"<h3>{escape(texts('lessons.context'))}</h3>" + listed(lines)
    return section(texts("report.choice"), lessons, when, context)


def outcomes(comparison: Comparison, texts: Texts) -> str:
    """Every outcome: today, choice, difference, interval, verdict and certainty; the twelve tiles first."""
    names = (*TILES, *(name for name in OUTCOMES if name not in TILES))
    rows = [_outcome(one, comparison, texts) for one in figures(comparison, texts, names)]
    head = [texts("report.outcome"), texts("chart.today"), texts("chart.choice"), texts("report.difference")]
    head += [texts("report.range"), texts("report.certainty")]
    note = texts("report.outcomes_note", replications=texts.number(comparison.replications))
    return section(texts("report.outcomes"), paragraph(note, "note"), table(head, rows, (5,)))


def _outcome(one: Figure, comparison: Comparison, texts: Texts) -> str:
    difference = comparison.difference[one.name]
    name = f"{escape(one.label)} <small>{escape(unit_of(one.name, texts))}</small>"
    missing = texts("figure.not_available")
    today = value_text(one.name, comparison.baseline[one.name], texts)
    change = one.change or (one.verdict and value_text(one.name, difference.mean, texts, sign=True))
    range_ = range_text(one.name, difference, texts)
    sure = "; ".join(filter(None, (one.certainty, one.pairs)))
    words = f'<span class="{one.tone}">{escape(one.verdict)}</span>'
    words += f"<br><small>{escape(sure)}</small>" if sure else ""
    kind = ' class="first"' if one.name in TILES else ""
    numbers = "".join(
        f'<td class="number">{escape(cell)}</td>' for cell in (today, one.value, change or missing, range_)
    )
    return f'<tr{kind} data-outcome="{one.name}"><th scope="row">{name}</th>{numbers}<td class="text">{words}</td></tr>'


def over_time(answer: Answer, shown: str, texts: Texts) -> str:
    """The chosen outcome by month: chart and table."""
    lines = lines_of(answer.comparison, shown)
    outcome, unit = OUTCOMES[shown], unit_of(shown, texts)
    title = texts("report.over_time", label=label_of(shown, texts))

    def cell(value: float | None) -> str:
        return texts.number(math.nan if value is None else value, outcome.decimals)

    columns = ("today", "choice", "low", "high")
    rows = [
        row(str(month), *(cell(lines[part][place]) for part in columns)) for place, month in enumerate(lines["months"])
    ]
    heads = [texts("months.month"), *(texts(f"chart.{part}") for part in columns[:2])]
    heads += [texts(f"months.{part}") for part in columns[2:]]
    keys = (("today", "M0 4h26"), ("choice", "M0 4h26"), ("band", "M0 0h26v8h-26z"))
    legend = "".join(
        f'<li><svg class="key" viewBox="0 0 26 8" aria-hidden="true"><path class="{name}" d="{d}"/></svg>'
        f"{escape(texts(f'chart.{name}'))}</li>"
        for name, d in keys
    )
    drawn = chart(lines, label_of(shown, texts), unit, texts("report.alt", label=label_of(shown, texts)), texts)
    about = paragraph(outcome.definition[texts.language], "note")
    return section(title, about, f'<ul class="legend">{legend}</ul>', drawn, whole=True) + table(heads, rows)


def hours(comparison: Comparison, choice: Choice, texts: Texts) -> str:
    """What the lessons cost: hours of staff, and what they are spent on."""
    worlds = {"spent": comparison.scenario, "was": comparison.baseline}
    words = {name: value_text("lever_hours", world["lever_hours"], texts) for name, world in worlds.items()}
    lang = texts.language
    lines = [
        f"{LESSON_TABLE[name].label.in_language(lang)}: {LESSON_TABLE[name].cost.in_language(lang)}"
        for name, step in zip(LESSONS, choice.steps, strict=True)
        if step
    ]
    sentence = texts("report.hours_text", unit=unit_of("lever_hours", texts), **words)
    return section(texts("report.hours"), paragraph(sentence), listed(lines), whole=True)


def unknown(part_of: str, texts: Texts) -> str:
    """What this model does not know, and which part of the municipality this is."""
    points = [texts(f"unknown.{name}") for name in UNKNOWN]
    slice_ = f"<h3>{escape(texts('footer.slice'))}</h3>" + paragraph(part_of)
    return section(texts("footer.unknown"), listed(points), slice_)


def assumptions(choice: Choice, texts: Texts) -> str:
    """The assumptions on which the chosen lessons rest, and every parameter that is not at its default."""
    scenario = choice.scenario()
    values = scenario.values()
    source = texts("footer.source")
    head = (texts("footer.parameter"), texts("report.now"), texts("report.full"), texts("footer.status"), source)
    rows = []
    for name, step in zip(LESSONS, choice.steps, strict=True):
        for lever in LESSON_TABLE[name].levers if step else ():
            one = PARAMETERS[lever.parameter]
            numbers = (texts.plain(value) for value in (values[one.short], lever.full))
            rows.append(_parameter(one.name, (*numbers, texts(f"footer.status_{one.status}")), texts))
    levers = table(head, rows, (3, 4)) if rows else paragraph(texts("report.no_lessons"))
    changes = [
        _parameter(
            name,
            (*(texts.plain(v) for v in (PARAMETERS[name].default, value)), _whose(name, choice, texts)),
            texts,
        )
        for name, value in changed(scenario).items()
    ]
    columns = (head[0], texts("report.default"), texts("report.here"), texts("report.set_by"), source)
    other = table(columns, changes, (3, 4)) if changes else paragraph(texts("report.no_changes"))
    note = paragraph(texts("report.assumptions_note"), "note")
    return section(texts("report.assumptions"), note, levers, f"<h3>{escape(texts('report.changed'))}</h3>", other)


def _parameter(name: str, cells: tuple[str, ...], texts: Texts) -> str:
    one = PARAMETERS[name]
    unit = one.unit_in(texts.language)
    label = f"{escape(one.label.in_language(texts.language))} <small>{escape(unit)}</small><br><code>{name}</code>"
    numbers = "".join(f'<td class="number">{escape(cell)}</td>' for cell in cells[:-1])
    return (
        f'<tr><th scope="row">{label}</th>{numbers}<td class="text">{escape(cells[-1])}</td>'
        f'<td class="text"><small>{escape(one.source.in_language(texts.language))}</small></td></tr>'
    )


def _whose(name: str, choice: Choice, texts: Texts) -> str:
    own = name in choice.scenario().parameters
    return texts("report.by_you") if own else texts("report.by_profile")


def again(choice: Choice, comparison: Comparison, link: str, texts: Texts) -> str:
    """Version, model, profile, seeds, replications, link and program."""
    seeds = f"{comparison.seeds[0]} – {comparison.seeds[-1]}"
    facts = {
        texts("report.version"): version(),
        texts("report.model"): model_hash(),
        texts("report.profile"): choice.own.main if isinstance(choice.own, Own) else choice.profile,
        texts("report.seeds"): seeds,
        texts("report.replications"): texts.number(comparison.replications),
    }
    rows = [row(escape(name), value, text_columns=(1,)) for name, value in facts.items()]
    shown = escape(link)
    anchor = f'<a href="{shown}">{shown}</a>' if link.startswith("http") else shown
    return section(
        texts("report.again"),
        table((texts("report.fact"), texts("report.value")), rows, (1,)),
        f"<h3>{escape(texts('report.link'))}</h3>",
        f'<p class="link">{anchor}</p>',
        *[paragraph(sentence, "note") for sentence in own_words(choice, texts)],
        f"<h3>{escape(texts('report.program'))}</h3>",
        f"<pre><code>{escape(snippet(choice))}</code></pre>",
    )


def listed(lines: Iterable[str]) -> str:
    """A list of plain sentences."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
