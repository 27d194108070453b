"""A visit: what every page makes for its visitor from the address, and keeps in step with it."""

from dataclasses import replace

import solara

from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Problem


def use_visit() -> tuple[Session, tuple[Problem, ...]]:
    """This visitor's session, made from the link, and what could not be used of that link. For a page component."""
    router = solara.use_router()
    first, problems = solara.use_memo(lambda: read(router.search), [])
    # The first values are kept: a reactive that is given another one takes it over.
    history = solara.use_reactive(solara.use_memo(lambda: History(first), []))
    answer = solara.use_reactive(solara.use_memo(lambda: Answer(first), []))
    session = solara.use_memo(lambda: Session(history, answer), [])
    return session, use_address(router.search, session, problems)


def use_address(search: str | None, session: Session, first: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Back, Forward and the links of this page change the address: take its choice. Returns its problems."""
    problems, set_problems = solara.use_state(first)
    seen = solara.use_ref(search)

    def follow() -> None:
        if seen.current == search:
            return
        seen.current = search
        history = session.history.peek()
        choice, found = read(search)
        set_problems(found)
        same = replace(choice, lang=history.present.lang, show=history.present.show) == history.present
        session.history.set(history.show(choice) if same else history.choose(choice))

    solara.use_effect(follow, [search])
    return problems
