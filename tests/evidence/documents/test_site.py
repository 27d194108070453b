"""The documents as a site: it builds, every link and anchor leads somewhere, it is searched without any other site."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import cast

import griffe
import pytest
from mkdocstrings import Inventory
from playwright.sync_api import Browser, Page, expect

from kastje import dashboard
from kastje.evidence.documents.reference import Said
from kastje.evidence.pages.browser import opened_browser
from kastje.model import LESSON_TABLE

LOADED = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
}
"""What a browser fetches by itself, and the attribute that says from where."""
STYLED = re.compile(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)")


def built(root: Path, out: Path, config: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What `mkdocs build` says: notebooks are shown, not carried out, which their own tests do."""
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(config or root / "mkdocs.yml")]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [*command, "--site-dir", str(out)], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site."""
    out = tmp_path_factory.mktemp("site") / "site"
    done = built(root, out)
    assert done.returncode == 0, done.stderr
    return out


def pages(site: Path) -> dict[str, str]:
    """The text of every page by its place in the site."""
    return {str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}


class Loads(HTMLParser):
    """What a page has a browser fetch from another site."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        place = dict(attrs).get(LOADED.get(tag, ""), "") or ""
        if re.match(r"(https?:)?//", place):
            self.foreign.append(place)


def foreign(text: str) -> list[str]:
    """What a page loads from elsewhere, by its tags and by its styles."""
    loads = Loads()
    loads.feed(text)
    return loads.foreign + STYLED.findall(text)


def test_every_document_is_a_page_and_no_link_or_anchor_is_broken(root: Path, site: Path) -> None:
    """The build is strict: it would have failed on a link, an anchor, or a document that the navigation leaves out."""
    documents = [
        path.relative_to(root / "docs") for path in (root / "docs").rglob("*") if path.suffix in (".md", ".ipynb")
    ]
    names = {str(path.with_suffix(".html")).replace("README", "index") for path in documents}
    assert "model.html" in names
    assert names <= set(pages(site))


FAULTS = {
    "links and anchors": {
        "[gone](nowhere.md)": "link 'nowhere.md'",
        "[gone](index.md#nowhere)": "link 'index.md#nowhere', but there is no such anchor",
        "[outside](../README.md)": "link '../README.md'",
    },
    "names of the reference": {"::: kastje.model.Nowhere": "kastje.model.Nowhere could not be found"},
    "documents in the navigation": {"": "lost.md"},
}


@pytest.mark.parametrize("kind", FAULTS)
def test_what_is_wrong_stops_the_build_and_is_named(root: Path, tmp_path: Path, kind: str) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(root / "docs" / "site", docs / "site")
    (docs / "index.md").write_text("\n\n".join(["# A page", *FAULTS[kind]]), encoding="utf-8")
    if kind == "documents in the navigation":
        (docs / "lost.md").write_text("# Nobody finds it\n", encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"INHERIT: {root / 'mkdocs.yml'}\ndocs_dir: docs\nnav: [index.md]\n", encoding="utf-8")
    done = built(root, tmp_path / "site", config)
    assert done.returncode != 0
    for said in FAULTS[kind].values():
        assert said in done.stderr


def test_a_dutch_page_says_that_it_is_dutch(root: Path, site: Path) -> None:
    assert {path.stem for path in (root / "docs" / "nl").iterdir()} == {path.stem for path in (site / "nl").iterdir()}
    spoken = {name for name, text in pages(site).items() if '<div lang="nl">' in text}
    assert spoken == {name for name in pages(site) if name.startswith("nl/")}


def test_no_page_loads_anything_from_another_site(site: Path) -> None:
    assert {name: found for name, text in pages(site).items() if (found := foreign(text))} == {}
    styles = {path.name: STYLED.findall(path.read_text(encoding="utf-8")) for path in site.rglob("*.css")}
    assert styles
    assert {name: found for name, found in styles.items() if found} == {}


@pytest.mark.parametrize(
    "text",
    [
        "<script src=https://elsewhere.example/a.js></script>",
        '<link rel="stylesheet" href="//elsewhere.example/a.css">',
        "<style>@font-face { src: url(https://elsewhere.example/a.woff2) }</style>",
    ],
)
def test_what_comes_from_another_site_is_seen(text: str) -> None:
    assert foreign(text)


ROOMS = ("kastje.model", "kastje.agents", "kastje.experiments", "kastje.experiments.designs")
"""The packages whose `__all__` says what is public."""
IMPORTED = re.compile(r'^[ "]*from (kastje[\w.]*) import ([\w, ]+)', re.M)


@pytest.fixture(scope="module")
def code(root: Path) -> griffe.Object:
    """The code as the reference reads it."""
    extensions = griffe.load_extensions(Said)
    return cast(griffe.Object, griffe.load("kastje", search_paths=[root / "src"], extensions=extensions))


@pytest.fixture(scope="module")
def public(root: Path, code: griffe.Object) -> dict[str, griffe.Object]:
    """Every public name, by how it is imported: what a room offers, and what documents and notebooks import.

    The document on extending shows the inside on purpose: what a new rule is made of is not public for that.
    """
    found = [root / "README.md", *(root / "docs").rglob("*.md"), *(root / "docs").rglob("*.ipynb")]
    documents = [path for path in found if path.name != "extending.md"]
    named = {(room, name) for room in ROOMS for name in import_module(room).__all__}
    for path in documents:
        for room, names in IMPORTED.findall(path.read_text(encoding="utf-8").replace("\\n", "\n")):
            named |= {(room, name.split(" as ")[0].strip()) for name in names.split(",")}
    return {f"{room}.{name}": defined(code, room, name) for room, name in sorted(named)}


def defined(code: griffe.Object, room: str, name: str) -> griffe.Object:
    """Where a name is defined; of a function that is called like its module, the function."""
    found = code[room.removeprefix("kastje.")].members[name]
    final = cast(griffe.Object, found.final_target if isinstance(found, griffe.Alias) else found)
    return cast(griffe.Object, final.members[name]) if final.is_module else final


def test_everything_public_is_in_the_reference(site: Path, public: dict[str, griffe.Object]) -> None:
    with (site / "objects.inv").open("rb") as file:
        described = set(Inventory.parse_sphinx(file, domain_filter=("py",)))
    assert {"kastje.model.Scenario", "kastje.experiments.Threads"} <= set(public)
    assert {name for name, one in public.items() if not {name, one.path} & described} == set()


def test_everything_public_and_all_that_is_in_it_says_what_it_answers(public: dict[str, griffe.Object]) -> None:
    silent = {name for name, one in public.items() if one.docstring is None}
    for name, one in public.items():
        members = one.members.items() if one.is_class else ()
        silent |= {f"{name}.{part}" for part, member in members if part[0] != "_" and member.docstring is None}
    assert silent == set()


def test_what_says_nothing_of_itself_is_seen(tmp_path: Path) -> None:
    made = "def _attribute(field, doc): ...\n\n\nclass A:\n    told = _attribute('o', 'What it is.')\n    silent = 1\n"
    (tmp_path / "told.py").write_text(made, encoding="utf-8")
    members = griffe.load("told", search_paths=[tmp_path], extensions=griffe.load_extensions(Said))["A"].members
    assert [name for name, member in members.items() if member.docstring is None] == ["silent"]


GUIDES = {
    "en": ("tutorials/policy-makers.md", "tutorials/facilitators.md"),
    "nl": ("nl/beleidsmakers.md", "nl/procesbegeleiders.md"),
}
PRESSED = re.compile(r"(?<![*\w])\*([^*\[\n]+)\*(?![*\w])")
"""What stands in italics in a guide: what its reader looks for on the screen."""


def said_on_screen(language: str) -> set[str]:
    """Every text of the dashboard in a language, and what the lessons are called."""
    catalogues = (dashboard.__path__[0] / Path("catalogues") / language).glob("*.toml")
    groups = [group for path in catalogues for group in tomllib.loads(path.read_text(encoding="utf-8")).values()]
    texts = {text for group in groups for text in group.values()}
    return texts | {lesson.label.in_language(language) for lesson in LESSON_TABLE.values()}


@pytest.mark.parametrize(("language", "name"), [(language, name) for language in GUIDES for name in GUIDES[language]])
def test_what_a_guide_tells_to_look_for_is_on_the_screen_under_that_name(root: Path, language: str, name: str) -> None:
    named = set(PRESSED.findall((root / "docs" / name).read_text(encoding="utf-8")))
    assert named
    known = said_on_screen(language)
    assert {one for one in named if not any(text.startswith(one) for text in known)} == set()


def test_what_is_not_on_the_screen_is_seen() -> None:
    (named,) = PRESSED.findall("Press *Magic button* and **wait**, *[elsewhere](index.md)*.")
    assert not any(text.startswith(named) for text in said_on_screen("en"))


def test_every_place_that_the_readme_points_to_is_there(root: Path, site: Path) -> None:
    links = re.findall(r"\]\(docs/([^)#\s]+)\.md#([^)\s]+)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert [(name, place) for name, place in links if f'id="{place}"' not in pages(site)[f"{name}.html"]] == []


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with opened_browser() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page without a network, which must not have asked for anything outside the folder nor stumbled."""
    page = chromium.new_page()
    page.context.set_offline(True)
    asked, stumbled = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: stumbled.append(str(error)))
    yield page
    page.close()
    assert asked
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert stumbled == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "found"), [("weeks_until_back", "experiments-sensitivity.html"), ("certainty verdict", "model.html")]
)
def test_opened_from_its_folder_without_a_network_it_finds_what_is_asked(
    site: Path, page: Page, words: str, found: str
) -> None:
    page.goto((site / "index.html").as_uri())
    page.fill("input.md-search__input", words)
    expect(page.locator(f"a.md-search-result__link[href*='{found}']").first).to_be_attached(timeout=300_000)
