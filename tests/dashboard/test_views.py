"""A view takes all that its Vue file shows, and its Vue file is there."""

import pytest
import solara

from kastje.dashboard.research.sheet import Sheet, head
from kastje.dashboard.view import view
from kastje.dashboard.visit.notice import NoticeView


def test_a_view_whose_vue_file_is_not_there_is_refused_when_its_module_is_read() -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.vue"):

        @view("nowhere.vue")
        def Nowhere(*, title: str) -> None:
            """The browser's part."""


def test_a_view_is_given_everything_it_shows() -> None:
    NoticeView(title="A", lines=["b"], close_label="Close", skip="Skip")
    with pytest.raises(TypeError, match="lines"):
        NoticeView(title="A", close_label="Close", skip="Skip")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="line"):
        NoticeView(title="A", lines=["b"], line="b", close_label="Close", skip="Skip")  # type: ignore[call-arg]


def test_a_table_without_a_file_to_take_along_can_be_drawn() -> None:
    box, context = solara.render(Sheet(caption="A", head=head("B"), rows=[], name="c"), handle_error=False)
    try:
        assert box.children
    finally:
        context.close()
