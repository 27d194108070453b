"""Own inputs: a municipality from files, any parameter within its bounds, a scenario to keep and to load again."""

from collections.abc import Callable, Mapping
from typing import Any

import solara

from dashboard.own import MOST_BYTES, MOST_FILES, OWN
from dashboard.parts import ELSEWHERE
from dashboard.problems import sentence
from dashboard.safely import safely
from dashboard.scenario_file import loaded, scenario_text
from dashboard.session import Session
from dashboard.state import Choice, Problem, read
from dashboard.texts import Texts
from model import PARAMETERS, InputError
from model.parameters import BY_SHORT, Parameter
from model.profile import shipped

FOLDERS = ("profiles", "processes")
STATUS = {
    "assumed": "notes.status_assumed",
    "calibrated": "notes.status_calibrated",
    "sourced": "notes.status_sourced",
}


@solara.component_vue("own.vue", vuetify=False)
def OwnView(
    texts: dict[str, str] = {},  # noqa: B006 - Solara turns the defaults of this signature into synchronised fields
    lang: str = "nl",
    summary: str = "",
    opened: bool = False,
    rows: list[dict[str, Any]] = [],  # noqa: B006
    examples: list[dict[str, str]] = [],  # noqa: B006
    result: dict[str, Any] = {},  # noqa: B006
    wrong: dict[str, str] = {},  # noqa: B006
    own: dict[str, Any] = {},  # noqa: B006
    missing: bool = False,
    limits: dict[str, int] = {},  # noqa: B006
    file: dict[str, Any] = {},  # noqa: B006
    event_open: Callable[[Any], None] = lambda data: None,
    event_closed: Callable[[Any], None] = lambda data: None,
    event_load: Callable[[Mapping[str, Any]], None] = lambda data: None,
    event_edit: Callable[[Mapping[str, Any]], None] = lambda data: None,
    event_fetch: Callable[[str], None] = lambda name: None,
    event_save: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part: a button with what is one's own, and the sheet."""


@solara.component
def OwnPanel(session: Session, problems: tuple[Problem, ...] = ()) -> None:
    """The button and its sheet; the rows are made when somebody opens it."""
    opened, set_opened = solara.use_state(False)
    nothing: dict[str, Any] = {}
    file, set_file = solara.use_state(nothing)
    result, set_result = solara.use_state(nothing)
    wrong, set_wrong = solara.use_state(nothing)
    link = solara.use_ref(solara.use_router().search)
    choice, texts = session.choice, session.texts

    def offer(name: str, text: str) -> None:
        set_file({"name": name, "text": text, "number": file.get("number", 0) + 1})

    def load(data: Mapping[str, Any]) -> None:
        now = session.history.peek().present
        failed = {"lead": texts("own.refused"), "lines": [texts("error.computing")]}
        if data.get("restored"):
            # The page was loaded again: the browser still had the files, the link says what was chosen with them.
            made = safely(lambda: loaded(data.get("files", []), now)[0], None)
            if made is not None:
                session.choose(read(link.current, made.own)[0])
            return
        set_result(safely(lambda: _taken(session, data.get("files", []), now, texts), failed))

    def edit(data: Mapping[str, Any]) -> None:
        name, value = str(data.get("name")), data.get("value")
        if name not in BY_SHORT or name in ELSEWHERE:
            return
        now = session.history.peek().present
        try:
            session.choose(now.with_parameter(name, None if value is None else str(value)))
            set_wrong({key: words for key, words in wrong.items() if key != name})
        except ValueError:
            set_wrong({**wrong, name: expected(BY_SHORT[name], str(value)[:40], texts)})

    def fetch(name: str) -> None:
        folder, _, stem = str(name).partition("/")
        path = shipped(folder).get(stem) if folder in FOLDERS else None
        if path is not None:
            offer(f"{stem}.toml", path.read_text(encoding="utf-8"))

    OwnView(
        texts=texts.group("own"),
        lang=choice.lang,
        summary=summary(choice, texts),
        opened=opened,
        rows=safely(lambda: rows_of(choice, texts), []) if opened else [],
        examples=[
            {"name": f"{folder}/{stem}", "label": f"{stem}.toml"} for folder in FOLDERS for stem in shipped(folder)
        ],
        result=result,
        wrong=wrong,
        own={"files": [{"name": n, "text": t} for n, t in choice.own.files]} if choice.own else {},
        missing=any(problem.name == OWN for problem in problems) and choice.own is None,
        limits={"files": MOST_FILES, "bytes": MOST_BYTES},
        file=file,
        event_open=lambda _: set_opened(True),
        event_closed=lambda _: set_opened(False),
        event_load=load,
        event_edit=edit,
        event_fetch=fetch,
        event_save=lambda _: offer(texts("own.filename"), scenario_text(session.history.peek().present)),
    )


def _taken(session: Session, files: Any, now: Choice, texts: Texts) -> dict[str, Any]:
    """Take what these files hold; returns the sentences about it."""
    try:
        choice, problems = loaded(files, now)
    except InputError as error:
        return {"lead": texts("own.refused"), "lines": [str(error)], "good": False}
    session.choose(choice)
    title = choice.world().profile.title.in_language(texts.language)
    return {
        "lead": texts("own.taken", title=title, staff=choice.world().profile.staff),
        "lines": [sentence(problem, texts) for problem in problems],
        "good": True,
    }


def summary(choice: Choice, texts: Texts) -> str:
    """What is one's own now, in a few words."""
    words = []
    if choice.profile == OWN:
        words.append(choice.world().profile.title.in_language(texts.language))
    if choice.parameters:
        words.append(texts("own.edited", count=len(choice.parameters)))
    return ", ".join(words) or texts("own.nothing")


def rows_of(choice: Choice, texts: Texts) -> list[dict[str, Any]]:
    """Every parameter that can be edited, with its value now and in the profile."""
    profile, edits = choice.world().values(), dict(choice.parameters)
    lang = texts.language
    return [
        {
            "short": p.short,
            "name": p.name,
            "label": p.label[lang],
            "value": f"{edits.get(p.short, profile[p.short]):.10g}",
            "usual": _number(profile[p.short], texts),
            "unit": "" if p.unit == "-" else p.unit_in(lang),
            "low": _number(p.low, texts),
            "high": _number(p.high, texts),
            "status": texts(STATUS[p.status]),
            "source": p.source,
            "changed": p.short in edits,
        }
        for p in PARAMETERS.values()
        if p.short not in ELSEWHERE
    ]


def expected(parameter: Parameter, value: str, texts: Texts) -> str:
    """What was wrong with a value that was typed, and what was expected."""
    key = "own.expected_whole" if parameter.whole else "own.expected"
    low, high = _number(parameter.low, texts), _number(parameter.high, texts)
    return texts(key, value=value, low=low, high=high, unit=parameter.unit_in(texts.language)).replace(" (-)", "")


def _number(value: float, texts: Texts) -> str:
    return texts.number(value, next((d for d in range(4) if round(value, d) == value), 4))
