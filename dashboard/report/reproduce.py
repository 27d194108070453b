"""How does somebody get the same numbers? A program, the link, and everything that decides them."""

import json
from typing import Any

from kastje.dashboard.figures.spreadsheet import csv_lines
from kastje.dashboard.own.own import Own
from kastje.dashboard.own.uploads import UPLOADS
from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.state import STEPS, Choice
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.table import about
from kastje.experiments.runs.origin import model_hash, record
from kastje.experiments.stamp import ORIGIN
from kastje.model import LESSONS, PARAMETERS


def snippet(choice: Choice) -> str:
    """A program of a few lines that prints what the tiles show."""
    question = choice.question()
    profile = question.own.main if isinstance(question.own, Own) else choice.profile
    lines = ["from kastje.experiments import compare"]
    lines += ["from kastje.experiments.designs.staff import with_staff"] if question.staff else []
    lines += ["from kastje.model import Scenario", "", f"scenario = Scenario.load({json.dumps(profile)})"]
    if question.staff:
        sizes = ", ".join(f"{json.dumps(name)}: {percent / 100:.10g}" for name, percent in question.staff)
        lines.append(f"scenario = with_staff(scenario, {{{sizes}}})")
    changed = choice.scenario().parameters
    if changed:
        values = ", ".join(f"{PARAMETERS[name].short}={value!r}" for name, value in changed.items())
        lines.append(f"scenario = scenario.with_parameters({values})")
    chosen = [f"    {name}={step} / {STEPS}," for name, step in zip(LESSONS, choice.steps, strict=True) if step]
    lines += [
        "scenario = scenario.with_lessons(",
        *chosen,
        f"    start_day={choice.start},",
        f"    ramp_days={choice.ramp},",
        ")",
    ]
    lines += [
        f"comparison = compare(scenario, replications={choice.replications}, seed={choice.seed})",
        "for name, difference in comparison.difference.items():",
        "    print(name, comparison.baseline[name], comparison.scenario[name], difference)",
    ]
    return "\n".join(lines) + "\n"


def made_how(choice: Choice, comparison: Comparison) -> dict[str, Any]:
    """Everything that decides the numbers, as plain data: for the Parquet file and the end of the CSV."""
    files = {"files": [name for name, _ in choice.own.files]} if isinstance(choice.own, Own) else {}
    return {
        **about(choice.scenario(), comparison),
        "staff": dict(choice.staff_here()),
        **files,
        "query": choice.query(),
        "program": snippet(choice),
    }


def as_result(choice: Choice, comparison: Comparison) -> dict[str, Any]:
    """The figures of a report with all that `kastje reproduce` needs to work them out again, as plain data."""
    return {**comparison.as_dict(), "query": choice.query(), ORIGIN: record_of(choice)}


def record_of(choice: Choice) -> dict[str, Any]:
    """Where the figures of a choice come from, with the hash of its municipality."""
    return record() | {"profiles": {choice.profile: choice.world().profile.figures_hash()}}


def csv_end(choice: Choice, comparison: Comparison, texts: Texts) -> str:
    """How the figures of a CSV were made, as lines of two cells after an empty line under the table.

    At the end, and not as comments at the top: a spreadsheet then still finds the head of the table in its first row
    and numbers in its columns, and `pandas.read_csv(.., nrows=..)` or a filter on the outcome's name drops the end.
    """
    known = made_how(choice, comparison)
    plain = {
        texts("csv_end.version"): known["version"],
        texts("csv_end.model"): model_hash(),
        texts("csv_end.profile"): known["profile"],
        texts("csv_end.seed"): known["seed"],
        texts("csv_end.replications"): known["replications"],
        texts("csv_end.start"): choice.start,
        texts("csv_end.ramp"): choice.ramp,
        texts("csv_end.query"): known["query"],
    }
    lines = [*plain.items(), *((name, x) for name, x in known["lessons"].items() if x), *known["parameters"].items()]
    lines += [(f"staff.{name}", x) for name, x in known["staff"].items()]
    return "\n" + csv_lines(lines, texts)


def own_words(choice: Choice, texts: Texts) -> list[str]:
    """Of an own municipality: which files the numbers are of, and how long the link works; of another nothing."""
    if not isinstance(choice.own, Own):
        return []
    names = ", ".join(name for name, _ in choice.own.files)
    return [texts("report.own_files", names=names), texts("report.own_link", hours=texts.number(UPLOADS.hours))]
