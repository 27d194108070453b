"""The figures of a result as tables: a comparison, a recovery, patterns of a log, a study with its Parquet tables."""

import json
import math
from collections.abc import Mapping
from typing import Any

from kastje.dashboard.figures.figures import label_of, unit_of
from kastje.dashboard.research import sheet
from kastje.dashboard.texts import Texts
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.difference import Difference
from kastje.experiments.difference.mean import Mean
from kastje.experiments.difference.yardstick import yardstick
from kastje.experiments.runs.results import COMPARISON, PATTERNS, RECOVERY, Found, Part
from kastje.experiments.studies.surges.findings import NOT_BACK
from kastje.experiments.studies.surges.recovery import WEEKS
from kastje.model import OUTCOMES

LONGEST = 300
MOST_COLUMNS = 60

Table = dict[str, Any]


def tables(found: Found, part: Part | None, texts: Texts) -> list[Table]:
    """The tables of a result, in the reader's language."""
    if found.kind == COMPARISON:
        return [compared(found, texts)]
    if found.kind == RECOVERY:
        return [recovered(found, texts)]
    if found.kind == PATTERNS:
        return patterns(found, texts)
    return [fields(found, texts)] + ([parquet(part, texts)] if part is not None else [])


def compared(found: Found, texts: Texts) -> Table:
    """A comparison as on the policy page, all outcomes."""
    comparison = comparison_from(found.document)
    labels = {name: (label_of(name, texts), unit_of(name, texts)) for name in OUTCOMES if name in comparison.difference}
    columns = (texts("designs.figure"), texts("chart.today"), texts("chart.choice"), texts("designs.difference"))
    head = sheet.head(*columns, texts("designs.interval"), texts("designs.verdict"), text=(5,))
    return {"caption": found.name, "head": head, "rows": sheet.compared(labels, comparison, texts)}


def comparison_from(document: Mapping[str, Any]) -> Comparison:
    """The comparison that `kastje compare --json` wrote, without its pairs; what is missing or odd is NaN.

    Certainty is worked out from the interval, and not read: older files hold another figure by that name.
    """
    differences = {}
    for name, one in document["difference"].items():
        if isinstance(one, Mapping) and name in OUTCOMES:
            mean, low, high = (number(one.get(part)) for part in ("mean", "low", "high"))
            over = Mean.from_interval(mean, low, high, _pairs(document, name) if math.isfinite(mean) else 0)
            differences[name] = Difference(over, yardstick(name))
    today, choice = (
        {name: number(document[world].get(name)) for name in differences} for world in ("baseline", "scenario")
    )
    return Comparison((), today, choice, differences)


def _pairs(document: Mapping[str, Any], outcome: str) -> int:
    """Over how many pairs a difference is: older files say only how many there were in all."""
    verdicts = document.get("verdict")
    said = verdicts.get(outcome) if isinstance(verdicts, Mapping) else None
    count = said.get("pairs") if isinstance(said, Mapping) else document.get("replications")
    return count if isinstance(count, int) else 0


def recovered(found: Found, texts: Texts) -> Table:
    """A recovery as `kastje resilience --json` writes it: today and, if lessons were chosen, the choice."""
    rows = {
        WEEKS: (texts("designs.weeks_back"), 1.0, 1),
        NOT_BACK: (texts("designs.not_back"), 100.0, 0),
        "worst_ratio": (texts("designs.worst"), 1.0, 2),
    }
    worlds = {"today": texts("chart.today"), "choice": texts("chart.choice")}
    there = [name for name in worlds if isinstance(found.document.get(name), Mapping)]
    made = []
    for name, (label, scale, decimals) in rows.items():
        said = [
            _weeks(found.document[world], texts)
            if name == WEEKS
            else texts.number(number(found.document[world].get(name)) * scale, decimals)
            for world in there
        ]
        made.append(sheet.row(label, [sheet.cell(text) for text in said]))
    head = sheet.head(texts("designs.figure"), *(worlds[name] for name in there))
    return {"caption": found.name, "head": head, "rows": made}


def _weeks(world: Mapping[str, Any], texts: Texts) -> str:
    """The median of the weeks until back, where more than half are; older files have a mean in its place."""
    if number(world.get(NOT_BACK)) > 0.5:
        return texts("designs.beyond")
    intervals = world.get("intervals")
    row = intervals.get(WEEKS) if isinstance(intervals, Mapping) else None
    return texts.number(number(row.get("p50") if isinstance(row, Mapping) else None), 1)


def patterns(found: Found, texts: Texts) -> list[Table]:
    """The figures of `kastje patterns --json` under its own names, a table a group."""
    groups: dict[str, dict[str, Any]] = {"": {}}
    for name, value in found.document.items():
        if isinstance(value, Mapping):
            nested = {key: one for key, one in value.items() if isinstance(one, Mapping)}
            plain = {key: one for key, one in value.items() if key not in nested}
            groups |= {name: plain} if plain else {}
            groups |= {f"{name}: {key}": dict(one) for key, one in nested.items()}
        else:
            groups[""][name] = value
    head = sheet.head(texts("designs.figure"), texts("report.value"))
    return [
        {
            "caption": f"{found.name}{': ' + group if group else ''}",
            "head": head,
            "rows": [sheet.row(str(name), [sheet.cell(written(value, texts))]) for name, value in figures.items()],
        }
        for group, figures in groups.items()
        if figures
    ]


def fields(found: Found, texts: Texts) -> Table:
    """Everything a study's manifest says, a row a field."""
    rows = [
        sheet.row(str(name), [sheet.cell(written(value, texts), kind="text")]) for name, value in found.document.items()
    ]
    head = sheet.head(texts("report.fact"), texts("report.value"), text=(1,))
    return {"caption": texts("results.manifest", name=found.name), "head": head, "rows": rows}


def parquet(part: Part, texts: Texts) -> Table:
    """The first rows of a Parquet table; its caption says how many rows and columns it has.

    And that its certainty is an older figure by that name: those tables have no standard deviation of the pairs.
    """
    columns = list(part.columns)[:MOST_COLUMNS]
    rows = []
    for place, (_, one) in enumerate(part.head.iterrows(), start=1):
        cells = [
            sheet.cell(written(one[name], texts), kind="number" if _is_number(one[name]) else "text")
            for name in columns
        ]
        rows.append(sheet.row(str(place), cells))
    caption = texts(
        "results.table",
        name=part.name,
        rows=texts.number(part.rows),
        columns=texts.number(len(part.columns)),
        shown=texts.number(len(rows)),
    )
    if "certainty" in part.columns and "sd" not in part.columns:
        caption = f"{caption} {texts('results.older_certainty')}"
    return {"caption": caption, "head": sheet.head(texts("results.row"), *columns), "rows": rows}


def written(value: Any, texts: Texts) -> str:
    """Any value of a document or table, short: numbers as the language writes them, nothing as not available."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return texts("figure.not_available")
    if _is_number(value):
        return texts.plain(float(value))
    text = value if isinstance(value, str) else _json(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return str(value)


def _is_number(value: Any) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, bool | str)


def number(value: object) -> float:
    """A number of a document; NaN for what is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
