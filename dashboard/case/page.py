"""Follow one case: one resident in both worlds, side by side."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import solara
from solara.lab import use_task

from kastje.dashboard.case.following import Followed, follow, measure_of
from kastje.dashboard.case.lines import lines
from kastje.dashboard.case.telling import badge, breath, trouble
from kastje.dashboard.case.wanted import Wanted, read
from kastje.dashboard.case.who import Naming, lesson_words, number_of
from kastje.dashboard.case.why import difference_rows, table_rows, total_rows
from kastje.dashboard.pages import FIRST, PAGES
from kastje.dashboard.view import view
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.described import edits
from kastje.dashboard.visit.header import Header
from kastje.dashboard.visit.notice import Notice
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.visit import use_visit
from kastje.dashboard.work.safely import safely
from kastje.experiments.logs.stories import GROUPS, PICKS
from kastje.model import LESSONS

TRIED = ("all_eight", "technology_only", "people_first")


@view("case_chooser.vue")
def ChooserView(
    *,
    texts: dict[str, str],
    processes: list[dict[str, str]],
    groups: list[dict[str, str]],
    picks: list[dict[str, str]],
    wanted: dict[str, Any],
    lessons: list[str],
    presets: list[dict[str, Any]],
    compared: str = "",
    policy: str = "",
    event_want: Callable[[dict[str, Any]], None] = lambda wish: None,
    event_preset: Callable[[str], None] = lambda name: None,
    event_policy_page: Callable[[Any], None] = lambda data: None,
) -> None:
    """The browser's part: which case, of whom, and the lessons it is followed with."""


@view("case_story.vue")
def StoryView(
    *,
    texts: dict[str, str],
    breath: dict[str, str],
    badge: dict[str, str],
    trouble: str = "",
    followed: str = "",
) -> None:
    """The browser's part: the answer in one breath."""


@view("case_lines.vue")
def LinesView(*, texts: dict[str, str], lines: dict[str, Any]) -> None:
    """The browser's part: two vertical time lines on one scale."""


@view("case_why.vue")
def WhyView(
    *,
    texts: dict[str, str],
    phase: str = "",
    differences: list[dict[str, Any]],
    totals: list[dict[str, str]],
    rows: list[dict[str, str]],
    chosen: bool = False,
) -> None:
    """The browser's part: what differs and through what, the figures, the time lines as a table."""


@solara.component
def Page() -> None:
    """One visitor's page. Everything that belongs to the visitor is made in here."""
    session, problems = use_visit()
    router = solara.use_router()
    choice = session.choice
    profile = choice.world().profile
    first = solara.use_memo(lambda: read(router.search, profile), [router.search, choice.municipality])
    wanted = solara.use_reactive(first)
    nothing = Followed(choice, first)
    followed = solara.use_reactive(solara.use_memo(lambda: nothing, []))
    solara.Style(Path(__file__).with_name("style.css"))
    with solara.Div(classes=["k-page"]):
        Notice(session, problems)
        Header(session, here="case", more=wanted.value.query())
        with solara.v.Html(tag="main", class_="c-main"):
            Chooser(session, wanted, followed)
            Told(session, followed)
        Following(session, wanted, followed)


@solara.component
def Chooser(session: Session, wanted: solara.Reactive[Wanted], followed: solara.Reactive[Followed]) -> None:
    """Which case: typical, gained most, lost most, the next one, or a number; of which process and residents."""
    router = solara.use_router()
    choice, texts, now, known = session.choice, session.texts, wanted.value, followed.value
    naming = Naming(choice.world().profile, texts)
    processes = [process.id for process in choice.world().profile.processes]

    def want(wish: dict[str, Any]) -> None:
        """What was asked for in the browser; what cannot be is ignored."""
        now, value = wanted.peek(), str(wish.get("value", ""))
        if wish.get("what") == "pick" and value in PICKS:
            wanted.set(replace(now, pick=value, case=""))
        elif wish.get("what") == "next" and followed.peek().following:
            wanted.set(replace(now, case=followed.peek().following))
        elif wish.get("what") == "number" and value.isascii() and value.isdecimal() and len(value) < 10:
            wanted.set(replace(now, case=f"{now.process}-{int(value)}"))
        elif wish.get("what") == "group" and value in GROUPS:
            wanted.set(replace(now, group=value, case=""))
        elif wish.get("what") == "process" and value in processes:
            wanted.set(replace(now, process=value, case=""))

    def policy(_: object) -> None:
        router.push(PAGES[FIRST].address + "?" + session.history.peek().present.query())

    others = [texts("network.others", edits=", ".join(found))] if (found := edits(choice, texts)) else []
    ChooserView(
        texts=texts.group("case_chooser"),
        processes=[{"name": name, "label": naming.process(name)} for name in processes],
        groups=[{"name": name, "label": texts(f"case_group.{name}")} for name in GROUPS],
        picks=[{"name": name, "label": texts(f"case_pick.{name}")} for name in PICKS],
        wanted={
            "process": now.process,
            "group": now.group,
            "pick": "" if now.case else now.pick,
            "number": number_of(known.case or now.case),
        },
        lessons=[lesson_words(lesson, texts) for lesson, x in zip(LESSONS, choice.steps, strict=True) if x],
        presets=[{"name": name, "label": texts(f"preset.{name}")} for name in TRIED],
        compared=" ".join(
            [texts("case_chooser.compared", measure=texts(f"case_measure.{measure_of(choice)}")), *others]
        ),
        policy=PAGES[FIRST].address + "?" + choice.query(),
        event_want=want,
        event_preset=session.preset,
        event_policy_page=policy,
    )


@solara.component
def Told(session: Session, followed: solara.Reactive[Followed]) -> None:
    """The answer, the time lines and what is behind the differences."""
    choice, texts, known = session.choice, session.texts, followed.value
    naming = Naming(known.choice.world().profile, texts)
    nothing: dict[str, Any] = {}
    rows: list[dict[str, Any]] = []
    chosen = any(known.choice.steps)
    stale = known.choice.question() != choice.question()
    StoryView(
        texts=texts.group("case_story"),
        breath=safely(lambda: breath(known, naming), {}),
        badge=badge(Followed(choice, known.wanted) if stale else known, texts),
        trouble=trouble(known, texts),
        followed=known.case,
    )
    if known.today is not None and known.now is not None:
        LinesView(texts=texts.group("case_lines"), lines=safely(lambda: lines(known, naming), nothing))
        WhyView(
            texts=texts.group("case_why"),
            phase=known.phase,
            differences=safely(lambda: difference_rows(known, texts), rows),
            totals=safely(lambda: total_rows(known, texts), rows),
            rows=safely(lambda: table_rows(known, naming), rows),
            chosen=chosen,
        )


@solara.component
def Following(session: Session, wanted: solara.Reactive[Wanted], followed: solara.Reactive[Followed]) -> None:
    """Follow again whenever the question, the outcome or the wish changes; what was asked before is withdrawn."""
    choice, wish = session.choice, wanted.value
    ticket = solara.use_memo(Ticket, [choice.question(), measure_of(choice), wish])
    solara.use_effect(lambda: ticket.withdraw, [ticket])

    def publish(found: Followed) -> None:
        before = followed.peek()
        if found.phase == "computing" and before.today is not None:
            # The old story stands until the new one is there.
            found = replace(before, phase="computing")
        followed.set(found)

    use_task(lambda: follow(choice, wish, ticket, publish), dependencies=[ticket])
    solara.Div(style="display: none")
