"""One click away: what the model does not know, its assumptions, how to get the same numbers, the figures as a file."""

from collections import Counter
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import solara

from dashboard.figures import csv_text
from dashboard.safely import safely
from dashboard.session import Session
from dashboard.state import STEPS, Choice, profile_world
from dashboard.texts import Texts
from model import LESSONS, PARAMETERS

UNKNOWN = ("synthetic", "mechanism", "lessons", "assumed", "money", "people", "politics", "horizon")


@solara.component_vue("notes.vue", vuetify=False)
def NotesView(
    texts: dict[str, str] = {},  # noqa: B006 - Solara turns the defaults of this signature into synchronised fields
    synthetic: str = "",
    sheet: dict[str, Any] = {},  # noqa: B006
    file: dict[str, Any] = {},  # noqa: B006
    ready: bool = False,
    event_open: Callable[[str], None] = lambda name: None,
    event_closed: Callable[[Any], None] = lambda data: None,
    event_download: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part: a row of buttons and one dialogue."""


@solara.component
def Notes(session: Session) -> None:
    """The foot of the page; a sheet is made when somebody opens it."""
    opened, set_opened = solara.use_state("")
    nothing: dict[str, Any] = {}
    file, set_file = solara.use_state(nothing)
    choice, texts = session.choice, session.texts
    make = SHEETS.get(opened)
    failed = {"title": texts(f"notes.{opened}"), "text": texts("error.computing")} if make else {}
    ready = session.answer.value.comparison is not None

    def download(_: object) -> None:
        comparison = session.answer.peek().comparison
        if comparison is not None:
            text = "\N{ZERO WIDTH NO-BREAK SPACE}" + csv_text(comparison, session.texts)
            set_file({"name": texts("csv.filename"), "text": text, "number": file.get("number", 0) + 1})

    NotesView(
        texts=texts.group("notes"),
        synthetic=texts("page.synthetic"),
        sheet=safely(lambda: make(choice, texts), failed) if make else {},
        file=file,
        ready=ready,
        event_open=set_opened,
        event_closed=lambda _: set_opened(""),
        event_download=download,
    )


def unknown_sheet(choice: Choice, texts: Texts) -> dict[str, Any]:
    """What this model does not know, and which part of the municipality a profile is."""
    return {
        "title": texts("notes.unknown"),
        "points": [texts(f"unknown.{name}") for name in UNKNOWN],
        "after": {
            "title": texts("notes.slice"),
            "text": profile_world(choice.profile).profile.slice.in_language(texts.language),
        },
    }


def assumptions_sheet(choice: Choice, texts: Texts) -> dict[str, Any]:
    """Every parameter with its value in this scenario, bounds, status and source."""
    values = choice.scenario().values()
    status = Counter(parameter.status for parameter in PARAMETERS.values())
    rows = [
        {
            "label": parameter.label[texts.language],
            "name": name,
            "value": plain_number(values[parameter.short], texts),
            "unit": parameter.unit_in(texts.language),
            "range": f"{plain_number(parameter.low, texts)} – {plain_number(parameter.high, texts)}",
            "status": texts(f"notes.status_{parameter.status}"),
            "source": parameter.source,
        }
        for name, parameter in PARAMETERS.items()
    ]
    text = texts("notes.assumptions_text", assumed=status["assumed"], total=len(PARAMETERS))
    return {"title": texts("notes.assumptions"), "text": text, "rows": rows}


def reproduce_sheet(choice: Choice, texts: Texts) -> dict[str, Any]:
    """The lines of Python that give the numbers on the screen."""
    text = texts(
        "notes.reproduce_text", replications=choice.replications, seed=choice.seed, version=installed_version()
    )
    return {"title": texts("notes.reproduce"), "text": text, "code": snippet(choice)}


SHEETS = {"unknown": unknown_sheet, "assumptions": assumptions_sheet, "reproduce": reproduce_sheet}


def snippet(choice: Choice) -> str:
    """A program of a few lines that prints what the tiles show."""
    lines = [
        "from experiments.compare import compare",
        "from model import Scenario",
        "",
        f'scenario = Scenario.load("{choice.profile}")',
    ]
    if choice.load != 1.0:
        lines.append(f"scenario = scenario.with_parameters(load={choice.load:g})")
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


def plain_number(value: float, texts: Texts) -> str:
    """A parameter's value with as many decimals as it needs, at most four."""
    decimals = next((decimals for decimals in range(4) if round(value, decimals) == value), 4)
    return texts.number(value, decimals)


def installed_version() -> str:
    """The version of Kastje that runs here; "?" when it was not installed as a package."""
    try:
        return version("kastje")
    except PackageNotFoundError:
        return "?"
