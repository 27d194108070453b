"""A view takes all that its Vue file shows, and its Vue file is there."""

import re
import runpy
from pathlib import Path

import pytest
import solara

import kastje.dashboard
from kastje.dashboard.figures.plot import PLOT
from kastje.dashboard.research.sheet import Sheet, head
from kastje.dashboard.view import METHODS, SHARED, view
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


FOLDER = Path(kastje.dashboard.__file__).parent
VUE_FILES = sorted(FOLDER.rglob("*.vue"))
OWN_WAYS = {
    r"toLocale\w*String|Intl\.": "number",
    r"\.replace\(\s*[\"'`/]\S*\\?\{": "fill",
    r"prefers-reduced-motion": "calm",
    r"\.target === (this\.\$refs|event\.currentTarget)": "backdrop",
    r"createObjectURL|\.download = ": "saveFile",
}
"""What a file would hold that does for itself what view.js does for all, by the name of that."""


def test_what_the_vue_files_share_is_there_once() -> None:
    assert set(OWN_WAYS.values()) < set(METHODS)
    for pattern in OWN_WAYS:
        assert re.search(pattern, SHARED), pattern


@pytest.mark.parametrize("path", VUE_FILES, ids=lambda path: path.stem)
def test_no_vue_file_does_for_itself_what_all_of_them_share(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    defined = re.findall(r"^\s+(?:async )?(\w+)(?:\([^()]*\) \{|: (?:function|async|\())", text, re.MULTILINE)
    assert set(defined) & set(METHODS) == set()
    assert [name for pattern, name in OWN_WAYS.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("path", VUE_FILES, ids=lambda path: path.stem)
def test_a_vue_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320


def test_a_field_that_hides_what_all_views_share_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hiding.vue").write_text("<template><p></p></template>")
    module = tmp_path / "hiding.py"
    module.write_text(
        "from kastje.dashboard.view import view\n\n\n"
        '@view("hiding.vue")\n'
        "def Hiding(*, fill: str) -> None:\n"
        '    """The browser\'s part."""\n'
    )
    with pytest.raises(TypeError, match="fill"):
        runpy.run_path(str(module))


def test_a_vue_file_inside_others_shares_the_same() -> None:
    assert "prefers-reduced-motion" in PLOT["k-plot"]
    assert "prefers-reduced-motion" not in (FOLDER / "figures" / "plot.vue").read_text(encoding="utf-8")
