"""Small designs that a visitor starts from the page: settings, progress with time left, results as chart and table."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

import solara
from solara.lab import use_task

from kastje.dashboard.research import sheet
from kastje.dashboard.research.design_results import DesignResults
from kastje.dashboard.research.job import ALONE, KINDS, RANGE, SURGE, Job, Progress, work
from kastje.dashboard.research.settings import Settings, in_field, number_of
from kastje.dashboard.texts import Texts
from kastje.dashboard.view import view
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.link_values import LOAD
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.visit.warmth import WARMTH
from kastje.dashboard.work.countdown import left_words
from kastje.experiments.studies.small import spread
from kastje.model import PARAMETERS

REPLICATIONS = (4, 40)
WEEKS = (1, 26)
EXTRA = (0.25, 0.5, 1.0, 2.0)
LOAD_NAME = "work.load"
FIXED = ("work.horizon_days", "work.runin_days")
"""How long is simulated: values of these give figures of different periods, which cannot be compared."""


@view("designs.vue")
def DesignsView(
    *,
    texts: dict[str, str],
    lang: str = "nl",
    kinds: list[dict[str, str]],
    parameters: list[dict[str, str]],
    extras: list[dict[str, str]],
    running: bool = False,
    share: float = 0.0,
    said: str = "",
    spoken: str = "",
    phase: str = "idle",
    problem: str = "",
    asked: dict[str, str],
    event_set: Callable[[Mapping[str, object]], None] = lambda event: None,
    event_start: Callable[[Mapping[str, object]], None] = lambda event: None,
    event_stop: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part: what to run, with which settings, and how far it is."""


class WrongSetting(ValueError):
    """A setting that cannot be: `args` are the key of the sentence about it and its values."""


@solara.component
def Designs(session: Session, settings: solara.Reactive[Settings], asked: Settings) -> None:
    """The visitor's own design: it runs on a background thread and is given up when the visitor leaves.

    `settings` keeps the fields for the link; `asked` is what a link has set them to.
    """
    nobody: Job | None = None
    job, set_job = solara.use_state(nobody)
    wrong, set_wrong = solara.use_state("")
    progress = solara.use_reactive(solara.use_memo(Progress, []))
    ticket = solara.use_memo(Ticket, [job])
    solara.use_effect(lambda: ticket.withdraw, [ticket])
    texts, now = session.texts, progress.value

    def ask() -> None:
        if job is not None:
            work(job, ticket, progress.set)

    use_task(ask, dependencies=[ticket])

    def start(event: Mapping[str, object]) -> None:
        number = job.number + 1 if job else 1
        try:
            asked = job_of(event, session.history.peek().present, session.texts, number)
        except WrongSetting as error:
            set_wrong(str(error))
            return
        set_wrong("")
        progress.set(Progress(asked, "running"))
        set_job(asked)

    def stop(_: object) -> None:
        ticket.withdraw()
        progress.set(replace(progress.peek(), phase="stopped"))

    running = now.phase == "running"
    still = solara.use_memo(lambda: _unchanging(texts), [texts.language])
    with solara.Div():
        DesignsView(
            **still,
            running=running,
            share=now.far.share,
            said=how_far(now, texts) if running else "",
            spoken=_spoken(now, texts),
            phase=now.phase,
            problem=wrong or (texts(now.problem[0], **now.problem[1]) if now.problem else ""),
            asked=_fields(asked, texts),
            event_set=lambda event: settings.set(settings.peek().changed(event, session.texts)),
            event_start=start,
            event_stop=stop,
        )
        if now.phase == "stopped":
            sheet.note(texts("designs.stopped"))
        if now.phase == "done" and now.job is not None:
            DesignResults(session, now.job, now.rows)


def _fields(asked: Settings, texts: Texts) -> dict[str, str]:
    ends = {end: in_field(getattr(asked, end), texts) for end in ("low", "high")}
    return asdict(asked) | ends


def _unchanging(texts: Texts) -> dict[str, Any]:
    words = {
        ALONE: (texts("designs.alone"), texts("designs.alone_text")),
        RANGE: (texts("designs.range"), texts("designs.range_text")),
        SURGE: (texts("designs.surge"), texts("designs.surge_text")),
    }
    return {
        "texts": texts.group("designs"),
        "lang": texts.language,
        "kinds": [{"name": name, "title": words[name][0], "text": words[name][1]} for name in KINDS],
        "parameters": parameters(texts),
        "extras": [{"value": f"{x:g}", "label": texts("designs.times", times=texts.plain(1 + x))} for x in EXTRA],
    }


def parameters(texts: Texts) -> list[dict[str, str]]:
    """The parameters that can be taken over a range, by their labels; with the ends that are offered first."""
    lang = texts.language
    found = []
    for name, one in PARAMETERS.items():
        if name not in FIXED:
            low, high = LOAD if name == LOAD_NAME else (one.low, one.high)
            label = one.titled(lang)
            ends = {"low": texts.plain(low), "high": texts.plain(high)}
            found.append({"name": name, "label": label, **ends})
    return sorted(found, key=lambda one: one["label"].casefold())


def job_of(event: Mapping[str, object], choice: Choice, texts: Texts, number: int) -> Job:
    """The job that these settings stand for. Raises WrongSetting, a sentence, for the first that cannot be."""
    kind = str(event.get("kind"))
    if kind not in KINDS:
        raise WrongSetting(texts("research.failed"))
    count = _whole(event.get("replications"), REPLICATIONS, texts("designs.replications"), texts)
    job = Job(kind, choice.question(), count, number=number)
    if kind == SURGE:
        weeks = _whole(event.get("weeks"), WEEKS, texts("designs.weeks"), texts)
        extra = next((x for x in EXTRA if f"{x:g}" == str(event.get("extra"))), 1.0)
        return replace(job, weeks=weeks, extra=extra)
    if kind == ALONE:
        return job
    name = str(event.get("parameter"))
    if name not in PARAMETERS or name in FIXED:
        raise WrongSetting(texts("research.failed"))
    one = PARAMETERS[name]
    bounds = {"low": texts.plain(one.low), "high": texts.plain(one.high)}
    try:
        low, high = (number_of(str(event.get(end)), texts) for end in ("low", "high"))
    except ValueError:
        low = high = float("nan")
    if not one.low <= low < high <= one.high:
        raise WrongSetting(texts("designs.wrong_range", **bounds))
    return replace(job, parameter=name, values=tuple(spread(name, low, high)))


def _whole(value: object, bounds: tuple[int, int], label: str, texts: Texts) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal()) or not bounds[0] <= int(text) <= bounds[1]:
        raise WrongSetting(texts("designs.wrong_number", label=label, low=bounds[0], high=bounds[1]))
    return int(text)


def how_far(progress: Progress, texts: Texts) -> str:
    """How many runs are done and about how long it will take."""
    far = progress.far
    if not far.total:
        return texts("badge.preparing") if WARMTH.busy() else texts("badge.computing")
    return texts("designs.so_far", done=far.done, total=far.total, left=left_words(far.left, texts))


def _spoken(progress: Progress, texts: Texts) -> str:
    if progress.phase == "running":
        return texts("badge.computing")
    return texts("designs.ready") if progress.phase == "done" else ""
