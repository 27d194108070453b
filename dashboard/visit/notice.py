"""What could not be used of a link: said above every page, until it is closed."""

import solara

from kastje.dashboard.own.own import OWN
from kastje.dashboard.view import view
from kastje.dashboard.visit.problems import sentence
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Problem


@view("notice.vue")
def NoticeView(*, title: str = "", lines: list[str], close_label: str = "", skip: str = "") -> None:
    """The browser's part: what was wrong with a link, until it is closed, and the way past the sliders."""


@solara.component
def Notice(session: Session, problems: tuple[Problem, ...]) -> None:
    """What could not be used of a link."""
    texts = session.texts
    if session.choice.profile == OWN:  # Its files have come since.
        problems = tuple(problem for problem in problems if problem.name != OWN)
    waiting = [texts("pins.waiting", name=pin.name) for pin in session.choice.pins if pin.choice.absent]
    NoticeView(
        title=texts("page.notice_title") if problems else texts("pins.waiting_title"),
        lines=[] if session.choice.absent else [*(sentence(problem, texts) for problem in problems), *waiting],
        close_label=texts("page.notice_close"),
        skip=texts("page.skip"),
    )
