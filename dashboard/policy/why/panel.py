"""The three cards under the chart: why did it change, who notices, where is the bottleneck?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara
from solara.lab import use_task

from kastje.dashboard.policy.why.explaining import Explanation, explain
from kastje.dashboard.policy.why.places import where, who
from kastje.dashboard.policy.why.shares import badge, card
from kastje.dashboard.view import view
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.session import Session
from kastje.dashboard.work.safely import safely

STYLE = Path(__file__).with_name("style.css")


@view("why.vue")
def WhyView(
    *,
    texts: dict[str, str],
    card: dict[str, Any],
    badge: dict[str, Any],
    outcome: str = "",
) -> None:
    """The browser's part: a bar per lesson that opens into its chain, and the same as a table."""


@view("paired.vue")
def PairedView(
    *,
    texts: dict[str, str],
    title: str = "",
    name: str = "",
    card: dict[str, Any],
    event_show: Callable[[str], None] = lambda name: None,
) -> None:
    """The browser's part: two bars per group, and the same as a table."""


@solara.component
def WhyPanel(session: Session) -> None:
    """The cards of the latest answer; contributions are worked out once it is done and dropped by a new choice."""
    solara.Style(STYLE)
    with solara.Div(classes=["k-why"]):
        Why(session)
        Places(session)


@solara.component
def Why(session: Session) -> None:
    """Why did it change? The contributions come in while the reader looks."""
    choice, answer, texts = session.choice, session.answer.value, session.texts
    ready = answer if answer.phase == "done" and answer.answers(choice) else None
    state = solara.use_reactive(solara.use_memo(Explanation, []))
    ticket = solara.use_memo(Ticket, [ready])
    solara.use_effect(lambda: ticket.withdraw, [ticket])

    def ask() -> None:
        if ready is not None:
            explain(ready, ticket, lambda found: None if ticket.withdrawn() else state.set(found))

    use_task(ask, dependencies=[ticket])

    comparison = ready.comparison if ready else None
    found = state.value.contributions if comparison and state.value.comparison is comparison else None
    failed = state.value.failed and state.value.comparison is comparison
    scenario = solara.use_memo(lambda: safely(choice.scenario, None), [choice.question()])
    nothing = card(choice.show, None, None, None, texts)
    said = solara.use_memo(
        lambda: nothing if failed else safely(lambda: card(choice.show, comparison, scenario, found, texts), nothing),
        [choice.show, choice.lang, choice.question(), ready, found, failed],
    )
    WhyView(texts=texts.group("why"), card=said, badge=badge(state.value, comparison, texts), outcome=choice.show)


@solara.component
def Places(session: Session) -> None:
    """Who notices, and where is the bottleneck? Of the latest answer that is worked out: the figures above go first."""
    choice, texts = session.choice, session.texts
    last = solara.use_ref(session.answer.peek())
    if session.answer.value.phase != "first" or last.current.comparison is None:
        last.current = session.answer.value
    answer = last.current
    nothing: dict[str, Any] = {"lead": texts("error.computing"), "blocks": [], "note": "", "offers": []}
    profile = answer.choice.world().profile
    comparison = answer.comparison
    groups = solara.use_memo(
        lambda: safely(lambda: who(choice.show, comparison, profile, texts), nothing),
        [answer, choice.show, choice.lang],
    )
    departments = solara.use_memo(
        lambda: safely(lambda: where(comparison, profile, texts), nothing), [answer, choice.lang]
    )
    words = texts.group("paired")
    with solara.Div(classes=["kw-places"]):
        PairedView(texts=words, title=texts("who.title"), name="who", card=groups, event_show=session.show)
        PairedView(texts=words, title=texts("where.title"), name="where", card=departments)
