"""Results that the command line wrote: a list of what is in the folder, and the figures of the one that is opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import solara
from babel.dates import format_datetime
from solara.lab import use_task

from kastje.dashboard.research import result_tables
from kastje.dashboard.research.sheet import Sheet
from kastje.dashboard.texts import LOCALES, Texts, phrase
from kastje.dashboard.view import view
from kastje.dashboard.visit.session import Session
from kastje.dashboard.work.safely import safely
from kastje.experiments.runs import results
from kastje.experiments.runs.results import COMPARISON, PATTERNS, RECOVERY, STUDY, Found, Part
from kastje.experiments.studies.small import ALL
from kastje.model import LESSONS, InputError
from kastje.model.phrase import Phrase

KINDS = {
    COMPARISON: "results.comparison",
    RECOVERY: "results.recovery",
    PATTERNS: "results.patterns",
    STUDY: "results.study",
}
LONGEST = 160


@view("results.vue")
def ResultsView(
    *,
    texts: dict[str, str],
    where: str = "",
    results: list[dict[str, str]],
    opened: str = "",
    parts: list[str],
    part: str = "",
    pictures: list[str],
    picture: str = "",
    image: str = "",
    problem: str = "",
    event_open: Callable[[str], None] = lambda name: None,
    event_choose: Callable[[str], None] = lambda name: None,
    event_draw: Callable[[str], None] = lambda name: None,
    event_refresh: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part: the list, and which part of a study to show."""


@dataclass(frozen=True)
class Picture:
    """One picture of a study: its name within it, and an address that holds it whole."""

    name: str
    address: str


@dataclass(frozen=True, eq=False)
class Reading:
    """What was read for one visitor: the list, and of the opened result its parts and one of them."""

    found: tuple[Found, ...] | None = None
    name: str = ""
    document: Found | None = None
    parts: tuple[str, ...] = ()
    part: Part | None = None
    pictures: tuple[str, ...] = ()
    picture: Picture | None = None
    problem: Phrase | str = ""


def read(name: str, file: str, drawn: str, listed: tuple[Found, ...] | None) -> Reading:
    """The list (read unless it is given), and of what is opened its table `file` and its picture `drawn`.

    Never raises: what cannot be read is said in one line.
    """
    root = results.folder()
    found = listed
    try:
        found = found if found is not None else tuple(results.found(root))
        if not name:
            return Reading(found)
        document = results.opened(root, name)
        files = tuple(results.parts(root, name)) if document.kind == STUDY else ()
        pictures = tuple(results.pictures(root, name)) if document.kind == STUDY else ()
    except (InputError, OSError) as error:
        said = error.said if isinstance(error, InputError) else phrase("results.unopened")
        return Reading(found or (), name, problem=said)
    reading = Reading(found, name, document, files, pictures=pictures)
    try:
        chosen, shown = _one_of(files, file), _one_of(pictures, drawn)
        return replace(
            reading,
            part=results.part(root, name, chosen) if chosen else None,
            picture=Picture(shown, results.picture(root, name, shown)) if shown else None,
        )
    except InputError as error:
        return replace(reading, problem=error.said)


def _one_of(names: tuple[str, ...], wanted: str) -> str:
    return wanted if wanted in names else next(iter(names), "")


@solara.component
def Results(session: Session) -> None:
    """The list and the opened result; files are read on a background thread."""
    texts = session.texts
    name, set_name = solara.use_state("")
    file, set_file = solara.use_state("")
    drawn, set_drawn = solara.use_state("")
    round_, set_round = solara.use_state(0)
    reading = solara.use_reactive(solara.use_memo(Reading, []))
    seen = solara.use_ref(-1)

    def look() -> None:
        listed = reading.peek().found if seen.current == round_ else None
        seen.current = round_
        nothing = Reading((), problem=texts("research.failed"))
        reading.set(safely(lambda: read(name, file, drawn, listed), nothing))

    use_task(look, dependencies=[name, file, drawn, round_])
    now = reading.value
    here = now if now.name == name else Reading(now.found)

    def open_(wanted: str) -> None:
        set_file("")
        set_drawn("")
        set_name("" if wanted == name else wanted)

    with solara.Div():
        ResultsView(
            texts=texts.group("results"),
            where=_where(now, texts),
            results=[listed(one, texts) for one in now.found or ()],
            opened=name,
            parts=list(here.parts),
            part=here.part.name if here.part else "",
            pictures=list(here.pictures),
            picture=here.picture.name if here.picture else "",
            image=here.picture.address if here.picture else "",
            problem=texts("results.problem", problem=here.problem) if here.problem else "",
            event_open=open_,
            event_choose=set_file,
            event_draw=set_drawn,
            event_refresh=lambda _: set_round(round_ + 1),
        )
        document = here.document
        if document is not None:
            tables: list[dict[str, Any]] = []
            for number, made in enumerate(safely(lambda: result_tables.tables(document, here.part, texts), tables)):
                Sheet(**made, name=f"result-{number}")


def _where(reading: Reading, texts: Texts) -> str:
    if reading.found is None:
        return texts("results.reading")
    return texts("results.some", count=len(reading.found)) if reading.found else texts("results.none")


def listed(one: Found, texts: Texts) -> dict[str, str]:
    """A result as a line of the list."""
    problem = texts("results.problem", problem=one.problem) if one.problem else ""
    return {
        "name": one.name,
        "kind": _kind(one, texts),
        "profile": one.profile or "–",
        "written": format_datetime(one.written, "short", locale=LOCALES[texts.language]),
        "settings": settings_text(one, texts),
        "problem": problem,
        "open": texts("results.open_named", name=one.name),
    }


def _kind(one: Found, texts: Texts) -> str:
    kind, title = texts(KINDS[one.kind]) if one.kind in KINDS else "", one.document.get("title")
    return f"{kind}: {title[:LONGEST]}" if one.kind == STUDY and isinstance(title, str) else kind


def settings_text(one: Found, texts: Texts) -> str:
    """How a result was made, in one short line, as far as its document says."""
    settings, said = one.settings, []
    for group in ("lessons", "parameters"):
        values = settings.get(group)
        if isinstance(values, Mapping):
            shown = {name: v for name, v in values.items() if isinstance(v, int | float) and (v or group != "lessons")}
            if group == "lessons" and len(shown) == len(LESSONS) and len(set(shown.values())) == 1:
                shown = {ALL: shown[LESSONS[0]]}
            said += [f"{name} {texts.plain(float(value))}" for name, value in shown.items()]
    count = one.document.get("replications")
    if isinstance(count, int):
        said.append(texts("results.replications", count=texts.number(count)))
    runs = one.document.get("runs")
    if isinstance(runs, int):
        said.append(texts("results.runs", count=texts.number(runs)))
    text = "; ".join(said) or "–"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
