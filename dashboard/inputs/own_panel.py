"""Own inputs: a municipality from files, any parameter within its bounds, a scenario to keep and to load again."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import solara

from kastje.dashboard.own.own import MOST_BYTES, MOST_FILES, OWN, Own
from kastje.dashboard.own.uploads import UPLOADS
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.described import name_of
from kastje.dashboard.visit.link_values import ELSEWHERE
from kastje.dashboard.visit.problems import sentence
from kastje.dashboard.visit.scenario_file import loaded, scenario_text
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.safely import safely
from kastje.model import PARAMETERS, InputError
from kastje.model.parameters import BY_SHORT, Parameter
from kastje.model.profile import shipped

STYLE = Path(__file__).with_name("style.css")
FOLDERS = ("profiles", "processes")
STATUS = {
    "assumed": "footer.status_assumed",
    "calibrated": "footer.status_calibrated",
    "sourced": "footer.status_sourced",
}


@view("own.vue")
def OwnView(
    *,
    texts: dict[str, str],
    summary: str = "",
    opened: bool = False,
    rows: list[dict[str, Any]],
    examples: list[dict[str, str]],
    result: dict[str, Any],
    wrong: dict[str, str],
    own: dict[str, Any],
    absent: bool = False,
    limits: dict[str, int],
    file: dict[str, Any],
    event_open: Callable[[Any], None] = lambda data: None,
    event_closed: Callable[[Any], None] = lambda data: None,
    event_load: Callable[[Mapping[str, Any]], None] = lambda data: None,
    event_edit: Callable[[Mapping[str, Any]], None] = lambda data: None,
    event_fetch: Callable[[str], None] = lambda name: None,
    event_save: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part: a button with what is one's own, and the sheet; of an `absent` one the files alone."""


@solara.component
def OwnPanel(session: Session) -> None:
    """The button and its sheet; the rows are made when somebody opens it."""
    opened, set_opened = solara.use_state(False)
    nothing: dict[str, Any] = {}
    file, set_file = solara.use_state(nothing)
    result, set_result = solara.use_state(nothing)
    wrong, set_wrong = solara.use_state(nothing)
    choice, texts = session.choice, session.texts

    def offer(name: str, text: str) -> None:
        number = file.get("number", 0) + 1
        set_file({"name": name, "type": "application/toml;charset=utf-8", "text": text, "number": number})

    def load(data: Mapping[str, Any]) -> None:
        now = session.history.peek().present
        failed = {"lead": texts("own.refused"), "lines": [texts("error.computing")]}
        if data.get("restored"):
            # The server has let go of them or was started again, and this tab still had the files.
            made = safely(lambda: loaded(data.get("files", []), now)[0].own, None)
            if isinstance(made, Own) and now.own is not None and made.digest == now.own.digest:
                take(session, made)
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
        texts=texts.group("own") | {"kept": texts("own.kept", hours=texts.number(UPLOADS.hours))},
        summary=summary(choice, texts),
        opened=opened,
        rows=safely(lambda: rows_of(choice, texts), []) if opened else [],
        examples=[
            {"name": f"{folder}/{stem}", "label": f"{stem}.toml"} for folder in FOLDERS for stem in shipped(folder)
        ],
        result=result,
        wrong=wrong,
        own={"files": [{"name": n, "text": t} for n, t in choice.own.files]} if isinstance(choice.own, Own) else {},
        absent=choice.absent,
        limits={"files": MOST_FILES, "bytes": MOST_BYTES},
        file=file,
        event_open=lambda _: set_opened(True),
        event_closed=lambda _: set_opened(False),
        event_load=load,
        event_edit=edit,
        event_fetch=fetch,
        event_save=lambda _: offer(texts("own.filename"), saved(session)),
    )


def saved(session: Session) -> str:
    """The present choice as a file, with its figures once all of them are there."""
    return scenario_text(session.history.peek().present, session.answer.peek())


def _taken(session: Session, files: Any, now: Choice, texts: Texts) -> dict[str, Any]:
    """Take what these files hold; returns the sentences about it."""
    try:
        choice, problems = loaded(files, now)
    except InputError as error:
        return {"lead": texts("own.refused"), "lines": [error.in_language(texts.language)], "good": False}
    if isinstance(choice.own, Own):
        take(session, choice.own)
        choice = choice.given(choice.own)
    session.choose(choice)
    title = choice.world().profile.title.in_language(texts.language)
    return {
        "lead": texts("own.taken", title=title, staff=choice.world().profile.staff),
        "lines": [sentence(problem, texts) for problem in problems],
        "good": True,
    }


def take(session: Session, own: Own) -> None:
    """Keep these files for the link, and give them to whatever waited for them."""
    UPLOADS.put(own)
    session.arrived(own)


def summary(choice: Choice, texts: Texts) -> str:
    """What is one's own now, in a few words."""
    words = []
    if choice.profile == OWN:
        words.append(name_of(choice, texts))
    if choice.parameters:
        count = len(choice.parameters)
        words.append(texts("own.edited_one") if count == 1 else texts("own.edited", count=count))
    return ", ".join(words) or texts("own.nothing")


def rows_of(choice: Choice, texts: Texts) -> list[dict[str, Any]]:
    """Every parameter that can be edited, with its value now and in the profile."""
    profile, edits = choice.world().values(), dict(choice.parameters)
    lang = texts.language
    return [
        {
            "short": p.short,
            "name": p.name,
            "label": p.label.in_language(lang),
            "value": texts.typed(edits.get(p.short, profile[p.short]), 10),
            "usual": texts.plain(profile[p.short]),
            "unit": p.unit_in(lang),
            "low": texts.plain(p.low),
            "high": texts.plain(p.high),
            "status": texts(STATUS[p.status]),
            "source": p.source.in_language(lang),
            "changed": p.short in edits,
        }
        for p in PARAMETERS.values()
        if p.short not in ELSEWHERE
    ]


def expected(parameter: Parameter, value: str, texts: Texts) -> str:
    """What was wrong with a value that was typed, and what was expected."""
    key = "own.expected_whole" if parameter.whole else "own.expected"
    low, high = texts.plain(parameter.low), texts.plain(parameter.high)
    return texts(key, value=value, low=low, high=high, unit=parameter.unit_in(texts.language)).replace(" ()", "")
