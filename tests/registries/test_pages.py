"""The register of pages: what it says of each page is whole, and one page more is known wherever pages are."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from kastje.dashboard.network.look import LINK
from kastje.dashboard.pages import OWN_FILES, PAGES, register
from kastje.dashboard.present.position import Position
from kastje.dashboard.research.settings import Settings
from kastje.dashboard.routes import DRAWN, drawn_by
from kastje.dashboard.texts import LANGUAGES
from kastje.dashboard.visit.link import pages_part
from kastje.evidence.pages.accessibility_report import CHECKS
from kastje.evidence.pages.screens import FRAMES, MORE
from kastje.model import InputError

HERE = Path("here")


def test_every_page_of_the_folder_is_in_the_register_and_is_drawn(root: Path) -> None:
    there = {path.parent.name for path in (root / "dashboard").glob("*/page.py")}
    assert there == set(PAGES) == set(DRAWN)


def test_every_page_names_itself_in_its_head(root: Path) -> None:
    for name in PAGES:
        source = (root / "dashboard" / name / "page.py").read_text(encoding="utf-8")
        heads = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        heads = [node for node in heads if ast.unparse(node.func) == "Header"]
        assert heads, name
        # Without a name the head is that of the page to which visitors come first.
        said = {ast.literal_eval(one.value) for node in heads for one in node.keywords if one.arg == "here"}
        assert (said or {"policy"}) == {name}


def test_the_parts_of_a_link_that_are_a_pages_own_are_those_that_it_reads() -> None:
    read = {
        "policy": set(),
        "case": {"case", "pick", "who"},
        "network": set(LINK),
        "research": {one.name for one in fields(Settings)},
        "present": {"step", *Position(years=3, guess=(1.0,)).query()},
    }
    assert {name: set(page.own) for name, page in PAGES.items()} == read


def test_every_page_is_tried_by_keyboard_and_looked_at(root: Path) -> None:
    tried = {Path(file).stem.removeprefix("test_") for _, file, _ in CHECKS}
    assert tried - {"axe"} == set(PAGES)
    assert {page for pages, _, _ in FRAMES.values() for page in pages} | {page for page, _ in MORE} <= set(PAGES)


def test_the_signs_that_there_is_something_to_see_are_in_the_markup(root: Path) -> None:
    sources = [path for kind in ("*.vue", "*.py") for path in (root / "dashboard").rglob(kind)]
    markup = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for page in PAGES.values():
        for sign in re.findall(r"data-test=([\w-]+)", " ".join(page.ready)):
            assert re.search(rf"""["']{sign}["']""", markup), (page.id, sign)


@pytest.fixture
def sixth(extending: Callable[..., Path]) -> Path:
    """The page of docs/extending.md, laid in a folder of its own; gives its entry."""
    return extending("levers.toml", "levers.py")


SIXTH = """
import asyncio, datetime, sys
import solara
from solara.routing import Router, router_context
from kastje.dashboard.pages import PAGES
from kastje.dashboard.routes import routes
from kastje.dashboard.server.application import application
from kastje.dashboard.visit.link import pages_part, read
from kastje.evidence.pages import accessibility_report, crowd, screens
from kastje.evidence.pages.accessibility import Look

assert list(PAGES)[-1] == "levers" and len(PAGES) == 6

async def answered(path, query):
    sent = []
    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        sent.append(message)
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
             "path": path, "raw_path": path.encode(), "query_string": query, "headers": [(b"host", b"localhost")],
             "server": ("localhost", 80), "client": ("localhost", 1), "root_path": ""}
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:]).decode()

app = application()
for lang, title in (("nl", "Knoppen"), ("en", "Levers")):
    status, body = asyncio.run(answered("/levers", f"lang={lang}".encode()))
    assert status == 200 and f"<title>{title} - Kastje</title>" in body
assert asyncio.run(answered("/lever", b""))[0] == 404

choice, problems = read("l=ownership:6&of=ownership")
assert problems == () and pages_part("of=ownership&l=ownership:6") == "&of=ownership"

@solara.component
def At(address):
    router_context.provide(Router(address, routes, lambda path: None))
    solara.Div(children=[routes[-1].component()])

def widgets(box):
    yield box
    for child in getattr(box, "children", ()) or ():
        if hasattr(child, "comm"):
            yield from widgets(child)
        else:
            yield child

for lang, title, word in (("nl", "Knoppen", "eigenaar"), ("en", "Levers", "owner")):
    where = f"/levers?lang={lang}&l=ownership:6,lived_vision:3&of=ownership"
    box, context = solara.render(At(where), handle_error=False)
    seen = list(widgets(box))
    head = next(one for one in seen if "pages" in getattr(one, "trait_names", list)())
    assert [page["title"] for page in head.pages][-1] == title and head.pages[-1]["here"]
    assert head.query.endswith("&of=ownership"), head.query
    said = [one for one in seen if isinstance(one, str) and "→" in one]
    assert len(said) == 3 and any(word in one for one in said), said
    context.close()

assert {one.lang for one in screens.pictures() if one.page == "levers"} == {"nl", "en"}
assert "## Knoppen / Levers" in screens.readme() and "Every parameter that the chosen" in screens.readme()
looks = [Look(name, "nl", "light", "phone", (), (), 40, "9") for name in PAGES]
assert "| levers | 0 |" in accessibility_report.document(looks, datetime.date(2026, 1, 2))
print("known everywhere")
"""


def program(text: str, files: Path) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {OWN_FILES: str(files)}
    return subprocess.run([sys.executable, "-c", text], env=environment, capture_output=True, text=True, check=False)


def test_a_sixth_page_is_known_wherever_pages_are(sixth: Path) -> None:
    done = program(SIXTH, sixth)
    assert (done.returncode, done.stdout) == (0, "known everywhere\n"), done.stderr


ENTRY: dict[str, Any] = {
    "id": "levers",
    "title": {"nl": "Knoppen", "en": "Levers"},
    "address": "/levers",
    "own": ["of"],
    "ready": ["main"],
    "about": "Levers.",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda e: e["title"].pop("en"), ["title.en", "missing"]),
        (lambda e: e.pop("ready"), ["ready", "missing"]),
        (lambda e: e.update(ready=[]), ["ready", "at least 1"]),
        (lambda e: e.update(adress="/x"), ["adress", "did you mean 'address'"]),
        (lambda e: e.update(address="levers"), ["address", "'levers'", "such as /clock"]),
        (lambda e: e.update(address="/case"), ["address", "'/case'", "no page has yet"]),
        (lambda e: e.update(id="Levers"), ["id", "small letters"]),
        (lambda e: e.update(id="case"), ["this id is there already"]),
    ],
)
def test_what_is_wrong_with_a_page_is_one_line_with_file_page_and_field(
    change: Callable[[dict[str, Any]], Any], said: list[str]
) -> None:
    entry = {**ENTRY, "title": dict(ENTRY["title"])}
    change(entry)
    shipped = [{**ENTRY, "id": page.id, "address": page.address} for page in PAGES.values()]
    with pytest.raises(InputError) as caught:
        register([("pages.toml", {"pages": shipped}, HERE), ("mine.toml", {"pages": [entry]}, HERE)])
    line = str(caught.value)
    assert line.startswith(f"mine.toml: {entry['id']}: ")
    assert [word for word in said if word not in line] == []


@pytest.mark.parametrize(
    ("code", "page", "said"),
    [
        (None, "levers.py:Page", "there is no levers.py"),
        ("x = 1", "levers.py:Page", "levers.py has no Page"),
        ("1 / 0", "levers.py:Page", "levers.py cannot be read: ZeroDivisionError"),
        ("x = 1", "levers:Page", "expected FILE.py:NAME"),
        ("x = 1", None, "nothing draws this page"),
    ],
)
def test_a_page_that_nothing_draws_is_refused_in_one_line(
    code: str | None, page: str | None, said: str, tmp_path: Path
) -> None:
    if code is not None:
        (tmp_path / "levers.py").write_text(code, encoding="utf-8")
    entry = ENTRY if page is None else ENTRY | {"page": page}
    found = register([("mine.toml", {"pages": [entry]}, tmp_path)])["levers"]
    with pytest.raises(InputError) as caught:
        drawn_by(found)
    assert said in str(caught.value)
    for language in LANGUAGES:
        assert caught.value.in_language(language).startswith("mine.toml: levers")
        assert "\n" not in caught.value.in_language(language)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('own = ["of"]', 'own = ["load"]'), "own is ['load'], expected names that mean nothing else yet in a link"),
        (('en = "Levers"', 'fr = "Leviers"'), "title"),
        (("levers.py:Page", "levers.py:Paje"), "levers.py has no Paje"),
    ],
)
def test_the_dashboard_does_not_start_with_a_page_that_is_not_whole(
    sixth: Path, change: tuple[str, str], said: str
) -> None:
    sixth.write_text(sixth.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    done = program(
        "from kastje.commands.cli import main; import sys; sys.exit(main(['dashboard', '--port', '0']))", sixth
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"kastje: {sixth}")
    assert said in done.stderr


def test_what_a_page_added_to_a_link_stays_behind_the_choice() -> None:
    assert pages_part("l=ownership:4&week=3&shows=staff&nonsense=1") == "&week=3&shows=staff"
