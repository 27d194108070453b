"""A choice as a TOML file: municipality, lessons, circumstances and edited parameters, to keep and to load again."""

import urllib.parse
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import tomli_w

from kastje.dashboard.own.own import OWN, Own, checked, own_of, tables
from kastje.dashboard.texts import phrase
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.lesson_parts import STEPS, parts_of, steps_with
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.state import Choice, Problem
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.runs.origin import short
from kastje.model import LESSONS, InputError
from kastje.model.errors import unexpected, unknown
from kastje.model.parameters import BY_SHORT, find
from kastje.model.phrase import Phrase

VERSION = 1
PLAIN = {
    "profile": "profile",
    "load": "load",
    "start_day": "start",
    "ramp_days": "ramp",
    "replications": "n",
    "seed": "seed",
}
"""Fields of the file and the parts of a link that they stand for."""
MADE = ("kastje", "model")
FIGURES = "figures"
"""Which version and model it was saved from, and what it showed: for who looks back; a choice does not hang on them."""
FIELDS = ("scenario", *MADE, *PLAIN, "lessons", "parameters", "staff", "files", FIGURES)


def scenario_text(choice: Choice, answer: Answer | None = None) -> str:
    """The choice as a TOML file; an own municipality's files are in it, as they were sent.

    With the whole `answer` to it, the file holds its figures too, so that `kastje reproduce` can say whether they are
    still the same.
    """
    question = choice.question()
    numbers = (choice.load, choice.start, choice.ramp, choice.replications, choice.seed)
    values: tuple[str | float, ...] = (choice.profile, *numbers)
    head: dict[str, str | float] = {"scenario": VERSION, **{name: short()[name] for name in MADE}}
    head |= {name: _figure(value) for name, value in zip(PLAIN, values, strict=True)}
    parts = [
        _part("A scenario of Kastje. Load it on the policy page under own municipality.", head),
        _part(f"Whole steps, 0 to {STEPS}.", {"lessons": dict(zip(LESSONS, choice.steps, strict=True))}),
    ]
    if choice.parameters:
        edits = {BY_SHORT[name].name: _figure(value) for name, value in choice.parameters}
        parts.append(_part("As `kastje parameters` lists them.", {"parameters": edits}))
    if question.staff:
        sizes = {name: _figure(value) for name, value in question.staff}
        parts.append(_part("Size of a department, in % of the profile's.", {"staff": sizes}))
    if isinstance(question.own, Own):
        parts.append("# The own municipality.\n[files]\n" + "".join(_file(*one) for one in question.own.files))
    if answer is not None and answer.phase == "done" and answer.comparison is not None and answer.answers(choice):
        means = {name: _means(name, answer.comparison) for name in answer.comparison.difference}
        parts.append(_part("What it showed, in each figure's own unit.", {FIGURES: means}))
    return "\n".join(parts)


def _part(about: str, table: Mapping[str, Any]) -> str:
    return f"# {about}\n{tomli_w.dumps(table)}"


def _figure(value: str | float) -> str | float:
    """As many digits as a link holds; what is whole without a point, as a link writes it."""
    if isinstance(value, str):
        return value
    return int(value) if value == int(value) else float(f"{value:.10g}")


def _means(name: str, comparison: Comparison) -> dict[str, float]:
    means = comparison.baseline[name], comparison.scenario[name], comparison.difference[name].mean
    return dict(zip(("today", "choice", "difference"), map(float, means), strict=True))


def _file(name: str, text: str) -> str:
    """A file over several lines; one with carriage returns on one, since TOML may read a line's end as another."""
    return tomli_w.dumps({name: text}, multiline_strings="\r" not in text)


def loaded(files: Any, now: Choice) -> tuple[Choice, tuple[Problem, ...]]:
    """What these files make of the present choice: a saved scenario, or the own municipality with its lessons kept.

    Raises InputError: one line that names file, field, value and what was expected.
    """
    texts = checked(files)
    found = tables(texts)
    scenarios = [name for name, table in found.items() if "scenario" in table]
    if not scenarios:
        own = own_of(texts)
        same = now.own is not None and now.own.digest == own.digest
        return replace(now, profile=OWN, own=own, staff=now.staff if same else ()), ()
    if len(found) > 1:
        raise InputError(phrase("wrong.alone", count=len(found)))
    return _scenario(scenarios[0], found[scenarios[0]], now)


def _scenario(where: str, table: Mapping[str, Any], now: Choice) -> tuple[Choice, tuple[Problem, ...]]:
    for name in table:
        if name not in FIELDS:
            raise unknown(_field(where, name), name, FIELDS)
    if table["scenario"] != VERSION:
        raise unexpected(_field(where, "scenario"), table["scenario"], phrase("wrong.version", version=VERSION))
    own = _own_files(where, table, now)
    parts = {"lang": now.lang, "show": now.show, **_steps(where, _table(where, table, "lessons"))}
    parts |= {part: str(table[name]) for name, part in PLAIN.items() if name in table}
    edits = _table(where, table, "parameters")
    if edits:
        checked_ = {find(name).short: find(name).check(v, _field(where, "parameters")) for name, v in edits.items()}
        parts["p"] = ",".join(f"{name}:{value:.10g}" for name, value in checked_.items())
    if staff := _table(where, table, "staff"):
        parts["staff"] = ",".join(f"{name}:{value}" for name, value in staff.items())
    if own is not None and parts.get("profile") == OWN:
        parts[OWN] = own.digest
    choice, problems = read(urllib.parse.urlencode(parts), lambda _: own)
    return replace(choice, pins=now.pins), problems


def _own_files(where: str, table: Mapping[str, Any], now: Choice) -> Own | None:
    if "files" not in table:
        here = now.own if isinstance(now.own, Own) else None
        if table.get("profile") == OWN and here is None:
            raise InputError(phrase("wrong.no_files", where=_field(where, "files")))
        return here
    files = _table(where, table, "files")
    return own_of(checked([{"name": name, "text": text} for name, text in files.items()]))


def _table(where: str, table: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise unexpected(_field(where, name), found, phrase("wrong.table"))
    return found


def _field(where: str, name: str) -> Phrase:
    return phrase("wrong.field", file=where, field=name)


def _steps(where: str, lessons: Mapping[str, Any]) -> dict[str, str]:
    for name, step in lessons.items():
        if name not in LESSONS:
            raise unknown(_field(where, f"lessons.{name}"), name, LESSONS)
        if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step <= STEPS:
            raise unexpected(_field(where, f"lessons.{name}"), step, phrase("wrong.step", most=STEPS))
    return dict(parts_of(steps_with(lessons)))
